package handlers

import (
	"fmt"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentQueue decides what the list of cases shows.
func (s *Server) presentQueue(c echo.Context, q paths.QueueQuery, rows []sellers.QueueRow, total int) review.QueueProps {
	list, title := placeOf(q)
	now, name, me := s.clock.Now(), s.names(c), visitorOf(c).member.ID
	p := review.QueueProps{
		Frame: s.console(c, title), Title: title, Messages: queueMessages(c),
		Filter: s.presentFilter(c, q, list, name), Views: readyViews(), Columns: queueColumns(q),
		Empty:  emptyQueue(q),
		Claims: paths.Claims(q), Releases: paths.Releases(q),
	}
	for _, r := range rows {
		p.Rows = append(p.Rows, presentRow(r, q, now, name, me))
	}
	if doneWith(c) && len(p.Rows) > 0 {
		p.Next = p.Rows[0].Href
	}
	p.Pager = queuePager(q, len(rows), total)
	return p
}

func presentRow(r sellers.QueueRow, q paths.QueueQuery, now time.Time, name func(string) string, me string) review.QueueRow {
	row := review.QueueRow{
		ID: r.ID, Label: caseLabel(r.Number), Href: paths.Case(r.ID, q), Name: r.Name, Country: words.CountryName(r.Country),
		Machine: machineBadge(r.Outcome), Road: words.RoadName(string(r.Road)), Appeal: r.Appealed && r.State.Open(),
	}
	if q.State == "" {
		state := stateBadge(r.State)
		row.State = &state
	}
	row.Since, row.SinceAt = since(r, now)
	if promised(r.State) {
		row.Due, row.Late = due(r.DueAt, now)
	}
	switch {
	case r.ClaimedBy == me:
		row.Holder, row.Release = words.HeldYou, paths.CaseRelease(r.ID, q)
	case r.ClaimedBy != "":
		row.Holder = name(r.ClaimedBy)
	case claimable(r.State):
		row.Claim = paths.CaseClaim(r.ID, q)
	}
	return row
}

func caseLabel(number int64) string { return sellers.Application{Number: number}.Label() }

// claimable are the states in which a person has to decide something.
func claimable(state sellers.State) bool { return state == sellers.Waiting || state == sellers.Second }

// promised are the states in which the seller was told by when a person decides.
func promised(state sellers.State) bool { return claimable(state) || state == sellers.Analysing }

func since(r sellers.QueueRow, now time.Time) (text, moment string) {
	if !r.DecidedAt.IsZero() && !r.State.Open() {
		return words.Date(r.DecidedAt), words.Moment(r.DecidedAt)
	}
	if r.SubmittedAt.IsZero() {
		return "", ""
	}
	return words.Span(now.Sub(r.SubmittedAt)), words.Moment(r.SubmittedAt)
}

func due(at, now time.Time) (text string, late bool) {
	if at.IsZero() {
		return "", false
	}
	if now.After(at) {
		return words.LateBy(now.Sub(at)), true
	}
	return words.DueIn(at.Sub(now)), false
}

func stateBadge(state sellers.State) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.StateName(string(state)), Icon: kit.GlyphCircle}
	switch state {
	case sellers.Analysing:
		b.Icon = kit.GlyphTurn
	case sellers.Waiting, sellers.Second:
		b.Tone, b.Icon = kit.ToneWarn, kit.GlyphHalf
	case sellers.Asked:
		b.Tone, b.Icon = kit.ToneInfo, kit.GlyphMail
	case sellers.Approved:
		b.Tone, b.Icon = kit.ToneGood, kit.GlyphCheck
	case sellers.Refused:
		b.Tone, b.Icon = kit.ToneBad, kit.GlyphCross
	}
	return b
}

func machineBadge(o sellers.Outcome) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.OutcomeName(string(o)), Icon: kit.GlyphCircle}
	switch o {
	case sellers.Pass:
		b.Tone, b.Icon = kit.ToneGood, kit.GlyphCheck
	case sellers.Review:
		b.Tone, b.Icon = kit.ToneWarn, kit.GlyphHalf
	case sellers.Fail:
		b.Tone, b.Icon = kit.ToneBad, kit.GlyphCross
	case "":
		return kit.BadgeProps{}
	}
	return b
}

func queueColumns(q paths.QueueQuery) []kit.Column {
	columns := []kit.Column{sortable(q, words.ColumnCase, sellers.SortNumber), sortable(q, words.ColumnName, sellers.SortName)}
	if q.State == "" {
		columns = append(columns, kit.Column{Label: words.ColumnState})
	}
	return append(columns,
		kit.Column{Label: words.ColumnMachine}, kit.Column{Label: words.ColumnRoad}, kit.Column{Label: words.ColumnCountry},
		sortable(q, words.ColumnSent, sellers.SortSubmitted),
		sortable(q, words.ColumnDue, sellers.SortDue),
		kit.Column{Label: words.ColumnHolder},
	)
}

// sortable is a column whose head sorts by it, the other way round when it does
// already.
func sortable(q paths.QueueQuery, label string, by sellers.Sort) kit.Column {
	current := sellers.Sort(q.Sort)
	if current == "" {
		current = sellers.SortDue
	}
	col := kit.Column{Label: label}
	next := q
	next.Sort, next.Desc, next.Page = string(by), false, 0
	if current == by {
		col.Sorted, next.Desc = kit.Ascending, !q.Desc
		if q.Desc {
			col.Sorted = kit.Descending
		}
	}
	col.SortURL = paths.Queue(next)
	return col
}

func queuePager(q paths.QueueQuery, rows, total int) kit.PagerProps {
	from := (q.Page-1)*sellers.PageSize + 1
	p := kit.PagerProps{From: from, To: from + rows - 1, Total: total, Noun: words.CaseNoun, Nouns: words.CaseNouns, CSV: paths.QueueCSV(q)}
	prev, next := q, q
	prev.Page, next.Page = q.Page-1, q.Page+1
	if q.Page > 1 {
		p.Prev = paths.Queue(prev)
	}
	if p.To < total && rows > 0 {
		p.Next = paths.Queue(next)
	}
	return p
}

func emptyQueue(q paths.QueueQuery) kit.EmptyProps {
	if q.Held == heldMe {
		return kit.EmptyProps{Icon: kit.GlyphPerson, Title: words.EmptyMineTitle, Text: words.EmptyMineText}
	}
	return kit.EmptyProps{Icon: kit.GlyphCheck, Title: words.EmptyQueueTitle, Text: words.EmptyQueueText}
}

// doneWith reports whether the visitor comes from a case that they dealt with.
func doneWith(c echo.Context) bool {
	return words.DecisionKnown(c.QueryParam("what")) && c.QueryParam("done") != ""
}

// queueMessages says what was just done. Only known words and numbers come
// from the address.
func queueMessages(c echo.Context) []kit.Message {
	what := c.QueryParam("what")
	if number, err := strconv.ParseInt(c.QueryParam("done"), 10, 64); err == nil && words.DecisionKnown(what) {
		return []kit.Message{{Tone: kit.ToneGood, Text: words.DecisionDone(caseLabel(number), what)}}
	}
	var done, not int
	if n, err := fmt.Sscanf(c.QueryParam("bulk"), "%d-%d", &done, &not); err != nil || n != 2 || !words.BulkKnown(what) {
		return nil
	}
	tone := kit.ToneGood
	if not > 0 {
		tone = kit.ToneWarn
	}
	return []kit.Message{{Tone: tone, Text: words.BulkDone(what, done, not)}}
}
