package privacy

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
)

// Show says which lines of the log a person asks for.
type Show string

const (
	ShowOthers Show = ""      // looks by anybody but themselves, and attempts that were refused
	ShowLooks  Show = "looks" // every look, their own too
	ShowLog    Show = "log"   // everything that was done with their data
)

// Shows is the closed list, in the order pages show it.
var Shows = []Show{ShowOthers, ShowLooks, ShowLog}

const (
	logPage  = 500 // entries read at a time
	logPages = 40  // at most, for one page of looks
)

// untold are steps of a decision that is not taken yet, which the person hears of
// with the decision, and steps of work that say nothing to anybody.
var untold = map[string]bool{
	"case.refusal-proposed": true, "case.refusal-returned": true, "case.claimed": true, "case.released": true, "case.connection-declared": true,
	"check.recorded": true, "application.details-saved": true, "capture.step-told": true, "copy.part-sealed": true,
}

// IsLook reports whether an action is a look at somebody's data, or an attempt.
func IsLook(action string) bool {
	switch action {
	case "vault.opened", "vault.refused", "case.opened", "request.read", "consents.looked-up":
		return true
	}
	return false
}

func (s Show) shows(r audit.Row, person string) bool {
	switch {
	case r.Person != person || untold[r.Action]:
		return false
	case s == ShowLog:
		return true
	case s == ShowLooks:
		return IsLook(r.Action)
	}
	own := r.Actor.Kind == audit.KindSeller && r.Actor.ID == person
	return IsLook(r.Action) && !own
}

// Looks returns lines of the log about a person for that person, newest first,
// at most limit of them and all below the entry before (0 for the newest), and
// the number below which the next page begins, 0 where there is none. People who
// work here appear by their role: their ids are taken out.
func Looks(ctx context.Context, log *audit.Log, person string, show Show, before int64, limit int) ([]audit.Row, int64, error) {
	var out []audit.Row
	for range logPages {
		rows, err := log.List(ctx, audit.Filter{Person: person, Before: before, Limit: logPage})
		if err != nil {
			return nil, 0, err
		}
		for _, r := range rows {
			before = r.Index
			if !show.shows(r, person) {
				continue
			}
			if r.Actor.Kind == audit.KindStaff {
				r.Actor.ID = ""
			}
			if out = append(out, r); len(out) == limit {
				return out, before, nil
			}
		}
		if len(rows) < logPage {
			return out, 0, nil
		}
	}
	return out, before, nil
}

// LookProof returns the proof that one line about a person stands in the log. A line
// about anybody else, or one that they are not told of, is NotFound
// "audit.entry-missing".
func LookProof(ctx context.Context, log *audit.Log, person string, index int64) (audit.Proof, error) {
	missing := errs.New(errs.NotFound, "audit.entry-missing")
	if index < 0 {
		return audit.Proof{}, missing
	}
	rows, err := log.List(ctx, audit.Filter{Person: person, Before: index + 1, Limit: 1})
	if err != nil {
		return audit.Proof{}, err
	}
	if len(rows) == 0 || rows[0].Index != index || !ShowLog.shows(rows[0], person) {
		return audit.Proof{}, missing
	}
	return log.Inclusion(ctx, index)
}
