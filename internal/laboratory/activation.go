package laboratory

import (
	"encoding/json"
	"slices"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/errs"
	"truepenny/internal/lab"
)

// Standing is where a threshold stands.
type Standing string

const (
	Proposed Standing = "proposed" // by one; another has to confirm it
	Active   Standing = "active"   // governs live face checks
	Returned Standing = "returned" // not confirmed, or taken back
	Replaced Standing = "replaced" // by a later one
	Stopped  Standing = "ended"    // taken out of force without another
)

// Activation is a threshold from one report, and who answers for it.
type Activation struct {
	ID         string
	RunID      string
	Network    string
	Version    string
	Thresholds face.Thresholds
	Words      string
	Standing   Standing
	Worse      []WorseGroup // groups beyond the 25 % rule
	ProposedBy string
	ProposedAt time.Time
	SettledBy  string // confirmed or returned it
	SettledAt  time.Time
	Answer     string // words with it
	EndedAt    time.Time

	// Exception is why a worse group is accepted, signed by a lead and by a
	// privacy officer. It stands on the public page of the report.
	Exception string
	LeadBy    string
	LeadAt    time.Time
	PrivacyBy string
	PrivacyAt time.Time
}

// WorseGroup is a group whose error rate is more than 25 % above everybody's.
type WorseGroup struct {
	Name   string  `json:"name"`
	Value  string  `json:"value"`
	Rate   string  `json:"rate"` // "fmr" or "fnmr"
	Ratio  float64 `json:"ratio"`
	Errors int     `json:"errors"`
	Pairs  int     `json:"pairs"`
}

// Excepted reports whether both signatures are there.
func (a Activation) Excepted() bool { return !a.LeadAt.IsZero() && !a.PrivacyAt.IsZero() }

// Blocked reports whether groups keep the threshold from being confirmed.
func (a Activation) Blocked() bool { return len(a.Worse) > 0 && !a.Excepted() }

// backing reads from a run what a threshold needs. Errors: Conflict
// "lab.report.unfit" (not a finished face report, or too few pairs),
// "lab.report.other-network", "lab.report.older" (the networks changed since).
func (s *Service) backing(run Run) (lab.FaceReport, face.Thresholds, error) {
	var report lab.FaceReport
	var none face.Thresholds
	if run.Kind != Face || run.State != Done {
		return report, none, errs.New(errs.Conflict, "lab.report.unfit")
	}
	if s.faces == nil {
		return report, none, errs.New(errs.Unavailable, "engine.missing")
	}
	network, version := s.faces.Network()
	switch {
	case run.Network != network || run.Version != version:
		return report, none, errs.New(errs.Conflict, "lab.report.other-network")
	case run.Fingerprint != s.fingerprint:
		return report, none, errs.New(errs.Conflict, "lab.report.older")
	}
	if err := json.Unmarshal(run.Report, &report); err != nil {
		return report, none, errs.Wrap(errs.Internal, "internal", err)
	}
	limits, err := report.Limits(ReportName(run))
	if err != nil {
		return report, none, errs.Wrap(errs.Conflict, "lab.report.unfit", err)
	}
	return report, limits, nil
}

// ReportName is how a threshold names the report behind it.
func ReportName(run Run) string {
	return "lab report " + itoa(run.Number) + " of " + run.FinishedAt.UTC().Format("2006-01-02")
}

// worseGroups lists the groups that the report says are more than 25 % worse.
func worseGroups(r lab.FaceReport) []WorseGroup {
	var out []WorseGroup
	add := func(g lab.Group, which string, rate lab.Rate, ratio *float64, standing lab.Standing) {
		if standing != lab.Worse {
			return
		}
		w := WorseGroup{Name: g.Name, Value: g.Value, Rate: which, Errors: rate.Errors, Pairs: rate.Pairs}
		if ratio != nil {
			w.Ratio = *ratio
		}
		out = append(out, w)
	}
	for _, g := range r.Unfair() {
		add(g, "fmr", g.FMR, g.FMRRatio, g.FMRStanding)
		add(g, "fnmr", g.FNMR, g.FNMRRatio, g.FNMRStanding)
	}
	slices.SortFunc(out, func(a, b WorseGroup) int {
		switch {
		case a.Ratio > b.Ratio:
			return -1
		case a.Ratio < b.Ratio:
			return 1
		}
		return 0
	})
	return out
}
