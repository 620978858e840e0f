package handlers

import (
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentCaseHistory puts the case's history, looks and earlier decisions into
// words, and what changed since the page that a decision was sent from.
func (s *Server) presentCaseHistory(c echo.Context, p *review.CaseProps, f caseFile, d desk) {
	name, me, now := s.names(c), visitorOf(c).member.ID, s.clock.Now()
	for _, e := range f.History {
		if e.Action == "check.recorded" { // the end of all checks is said once
			continue
		}
		line := historyLine(e, name, me, now)
		p.History = append(p.History, line)
		if d.conflict && e.Index > d.typed.seen && d.typed.seen > 0 && tells(e, me) {
			if p.Conflict == nil {
				p.Conflict = &review.Conflict{}
			}
			p.Conflict.Changes = append(p.Conflict.Changes, line)
		}
	}
	if d.conflict && p.Conflict == nil {
		p.Conflict = &review.Conflict{}
	}
	if p.Conflict != nil {
		p.Conflict.Reason = conflictReason(d.err)
	}
	if len(p.History) > mostHistory {
		p.History, p.Older = p.History[:mostHistory], p.History[mostHistory:]
	}
	for _, look := range foldLooks(f.Looks) {
		p.Looks = append(p.Looks, kit.Event{At: look.at, When: words.ShortMoment(look.at, now), Text: words.Sentence(byWhom(look.Event, name, me)), Note: words.LookedAt(look.items)})
	}
	for _, record := range f.Decisions {
		p.Decisions = append(p.Decisions, presentDecision(record, name))
	}
}

// mostHistory is how many lines of history are shown at once; the others fold.
const mostHistory = 10

// lookSitting is how long one person's looks count as one.
const lookSitting = 15 * time.Minute

// look is one person's looks in one sitting.
type look struct {
	sellers.Event
	at    time.Time // of the latest
	items int
}

// foldLooks joins one person's looks of one sitting, newest first.
func foldLooks(events []sellers.Event) []look {
	var out []look
	for _, e := range events {
		items, err := strconv.Atoi(e.Details["count"])
		switch {
		case err == nil:
		case e.Action == "vault.opened":
			items = max(e.Times, 1)
		}
		if n := len(out); n > 0 && out[n-1].By == e.By && out[n-1].ActorID == e.ActorID && out[n-1].Event.At.Sub(e.At) < lookSitting {
			out[n-1].items += items
			out[n-1].Event.At = e.At
			continue
		}
		out = append(out, look{e, e.At, items})
	}
	return out
}

// tells reports whether an event says what changed: the visitor's own opening
// and claiming of the page does not.
func tells(e sellers.Event, me string) bool {
	return e.ActorID != me || !(e.Action == "case.opened" || e.Action == "case.claimed")
}

// conflictReason is the sentence of a conflict that has more to say than that
// something changed.
func conflictReason(err error) string {
	if reason := errs.ReasonOf(err); reason != "case.changed" {
		return words.Reason(reason)
	}
	return ""
}

func historyLine(e sellers.Event, name func(string) string, me string, now time.Time) kit.Event {
	notes := []string{byWhom(e, name, me)}
	if times := words.Times(e.Times); times != "" {
		notes = append(notes, times)
	}
	return kit.Event{At: e.At, When: words.ShortMoment(e.At, now), Text: words.CaseLine(e.Action, e.Details), Note: strings.Join(notes, " · ")}
}

func byWhom(e sellers.Event, name func(string) string, me string) string {
	switch {
	case e.ActorID != "" && e.ActorID == me:
		return words.ByYou
	case e.By == audit.KindStaff:
		return name(e.ActorID)
	case e.By == audit.KindSeller:
		return words.BySeller
	}
	return words.ByMachine
}

// newestSeen is the number of the newest line on the page; a decision sends it
// back, so that a conflict can say what came after it.
func newestSeen(f caseFile) string {
	newest := int64(0)
	for _, e := range f.History {
		newest = max(newest, e.Index)
	}
	return strconv.FormatInt(newest, 10)
}

func presentDecision(d sellers.DecisionRecord, name func(string) string) review.Decided {
	out := review.Decided{
		Title: words.DecisionName(string(d.Kind), string(d.Standing)), By: name(d.By) + ", " + words.Moment(d.At),
		Words: d.Words, After: d.SecondWords,
	}
	if d.Kind == sellers.Refuse {
		out.Reason = words.RefusalName(d.ReasonCode)
	}
	for _, item := range d.Items {
		out.Items = append(out.Items, words.ItemName(string(item)))
	}
	if d.SecondBy != "" {
		out.Second = words.SecondDone(string(d.Standing), name(d.SecondBy), d.SecondAt)
	}
	return out
}
