package sellers

import (
	"context"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/audit"
)

const (
	lookAgain = 10 * time.Minute // equal looks by one within this time are one line
	logPage   = 1000             // entries read at a time
	logLimit  = 20               // pages read at most; 20,000 entries about one person
)

// Timeline returns what happened to the person's application, newest first,
// with every look at their evidence: who by role, when and why. It names no
// member of staff, and leaves out the person's own looks.
func (s *Service) Timeline(ctx context.Context, actor audit.Actor, id string) ([]Event, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	events, err := s.eventsOf(ctx, app)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, e := range events {
		if hiddenFromPerson[e.Action] || isLook(e.Action) && e.By == audit.KindSeller {
			continue
		}
		if e.By == audit.KindStaff {
			e.ActorID = ""
		}
		e.Details = shownDetails(e.Details)
		out = append(out, e)
	}
	return out, nil
}

// hiddenFromPerson are steps of a decision that is not taken yet: the person
// hears of a refusal when two agree on it, not before.
var hiddenFromPerson = map[string]bool{
	"case.refusal-proposed": true, "case.refusal-returned": true, "case.claimed": true, "case.released": true,
	"case.connection-declared": true, "check.recorded": true, "application.details-saved": true,
}

// shownDetails keeps what a person can make something of.
func shownDetails(d map[string]string) map[string]string {
	out := map[string]string{}
	for _, name := range []string{"round", "road", "from", "to", "reasons", "items", "field", "count", "table"} {
		if v := d[name]; v != "" {
			out[name] = v
		}
	}
	return out
}

// eventsOf gathers the entries of an application and the looks at what was
// sealed in it, newest first, equal looks in a row folded into one.
func (s *Service) eventsOf(ctx context.Context, app Application) ([]Event, error) {
	var out []Event
	filter := audit.Filter{Person: app.AccountID, Limit: logPage}
	for range logLimit {
		rows, err := s.log.List(ctx, filter)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if concerns(r, app) {
				out = appendEvent(out, r)
			}
		}
		if len(rows) < logPage {
			break
		}
		filter.Before = rows[len(rows)-1].Index
	}
	return out, nil
}

func concerns(r audit.Row, app Application) bool {
	if r.Subject == app.Subject() || strings.HasPrefix(r.Action, "consent.") {
		return true
	}
	return isLook(r.Action) && strings.HasPrefix(r.Details["row"], app.ID+"/")
}

func isLook(action string) bool { return action == "vault.opened" || action == "vault.refused" }

func appendEvent(out []Event, r audit.Row) []Event {
	e := Event{Index: r.Index, At: r.At, Action: r.Action, By: r.Actor.Kind, ActorID: r.Actor.ID, Role: r.Actor.Role,
		Reason: r.Reason, Purpose: r.Purpose, Details: r.Details, Times: 1}
	if n := len(out); n > 0 && (isLook(r.Action) || r.Action == "case.opened" || r.Action == "application.details-saved") {
		last := &out[n-1]
		same := last.Action == e.Action && last.ActorID == e.ActorID && last.Reason == e.Reason &&
			last.Purpose == e.Purpose && last.Details["table"] == e.Details["table"]
		if same && last.At.Sub(e.At) < lookAgain {
			last.Times++
			last.Details = addCounts(last.Details, e.Details)
			return out
		}
	}
	return append(out, e)
}

// addCounts adds up how many items the folded looks opened.
func addCounts(a, b map[string]string) map[string]string {
	x, errA := strconv.Atoi(a["count"])
	y, errB := strconv.Atoi(b["count"])
	if errA != nil || errB != nil {
		return a
	}
	out := map[string]string{}
	for k, v := range a {
		out[k] = v
	}
	out["count"] = strconv.Itoa(x + y)
	return out
}
