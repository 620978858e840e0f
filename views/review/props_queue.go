package review

import (
	"truepenny/views/kit"
	"truepenny/views/layout"
)

// QueueProps is the list of cases as one filter shows it.
type QueueProps struct {
	Frame    layout.ConsoleProps
	Title    string
	Messages []kit.Message
	Next     string // address of the first case to open, offered after a decision; "" for none
	Filter   Filter
	Views    []layout.Link // ready-made lists
	Columns  []kit.Column
	Rows     []QueueRow
	Pager    kit.PagerProps
	Empty    kit.EmptyProps
	Claims   string // where picked cases are claimed
	Releases string // and given back
}

// Filter is what narrows the list, with the choices that there are.
type Filter struct {
	Action                                     string
	Text, State, Road, Country, Outcome, Held  string
	States, Roads, Countries, Outcomes, Holder []kit.Option
	Keep                                       []kit.Hidden
	On                                         []kit.FilterOn
	Clear                                      string
}

// QueueRow is one case in the list, in words.
type QueueRow struct {
	ID      string
	Label   string // "TP-2041"
	Href    string
	Name    string
	Country string
	State   *kit.BadgeProps // nil when the filter says it for all
	Machine kit.BadgeProps
	Road    string
	Since   string // how long it waits, or when it was decided
	SinceAt string // the moment, for a pointer's rest
	Due     string // "in 2 days 4 h", "3 h late", "" when nothing is promised any more
	Late    bool
	Appeal  bool
	Holder  string
	Claim   string // where to claim it; "" when one cannot
	Release string // where to give it back; "" when it is not one's own
}
