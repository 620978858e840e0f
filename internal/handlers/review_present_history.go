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
	for _, e := range f.Looks {
		p.Looks = append(p.Looks, historyLine(e, name, me, now))
	}
	for _, record := range f.Decisions {
		p.Decisions = append(p.Decisions, presentDecision(record, name))
	}
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
