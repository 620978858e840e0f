package sellers

import (
	"context"
	"time"

	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Source answers for what the feature holds about a person.
type Source struct{ s *Service }

// Source makes the feature's entry for the privacy register.
func (s *Service) Source() Source { return Source{s} }

// Name is "sellers".
func (Source) Name() string { return "sellers" }

// Tables lists the tables of the feature that hold personal data.
func (Source) Tables() []string {
	return []string{"sellers_applications", "sellers_captures", "sellers_capture_steps", "sellers_capture_prints", "sellers_kept_frames", "sellers_evidence", "sellers_corrections",
		"sellers_checks", "sellers_decisions", "sellers_appeals", "sellers_connections", "sellers_replies", "sellers_traders"}
}

// Describe counts applications and evidence of a person.
func (x Source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	apps, err := x.s.applicationsOf(ctx, person)
	if err != nil || len(apps) == 0 {
		return nil, err
	}
	out := []privacy.Holding{{What: "applications", Count: len(apps), Oldest: apps[len(apps)-1].CreatedAt}}
	items, err := x.s.keptItems(ctx, person)
	if err != nil {
		return nil, err
	}
	counts := map[string]*privacy.Holding{}
	for _, app := range apps {
		evidence, err := x.s.evidenceOf(ctx, app)
		if err != nil {
			return nil, err
		}
		kept, err := x.s.keptFrames(ctx, app)
		if err != nil {
			return nil, err
		}
		for _, e := range kept {
			countHolding(counts, "copy", privacy.PurposeDispute, e.At, e.KeepUntil)
		}
		for _, e := range evidence {
			countHolding(counts, string(e.Kind), purposeOf(e.Kind), e.At, e.KeepUntil)
			if e.portrait != "" { // cut out of the document for the face match
				countHolding(counts, "portrait", privacy.PurposeFace, e.At, items[e.portrait].KeepUntil)
			}
		}
	}
	for _, kind := range []string{string(EvidenceDocument), string(EvidencePaper), string(EvidenceFrame), "portrait", "copy"} {
		if h := counts[kind]; h != nil {
			out = append(out, *h)
		}
	}
	return out, nil
}

func countHolding(counts map[string]*privacy.Holding, kind string, purpose vault.Purpose, at, until time.Time) {
	h := counts[kind]
	if h == nil {
		h = &privacy.Holding{What: "evidence-" + kind, Purpose: purpose, Oldest: at}
		counts[kind] = h
	}
	h.Count++
	if at.Before(h.Oldest) {
		h.Oldest = at
	}
	if until.After(h.KeptUntil) {
		h.KeptUntil = until
	}
}

// exported is one application as its person gets it.
type exported struct {
	Application Application
	Evidence    []Evidence
	Checks      []Check
	Decisions   []Result
	Appeal      string
}

// Export returns the person's applications without the pictures, which they
// open one by one, and without names of staff.
func (x Source) Export(ctx context.Context, person string) (any, error) {
	apps, err := x.s.applicationsOf(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []exported
	for _, app := range apps {
		app.ClaimedBy = ""
		one := exported{Application: app}
		if one.Evidence, err = x.s.evidenceOf(ctx, app); err != nil {
			return nil, err
		}
		if one.Checks, err = x.s.checksOf(ctx, app.ID, app.Round); err != nil {
			return nil, err
		}
		for i := range one.Checks { // a score is for those who decide, like everywhere
			one.Checks[i].Score, one.Checks[i].HasScore, one.Checks[i].Threshold = 0, false, nil
		}
		if one.Appeal, err = x.s.appealWords(ctx, app.ID); err != nil {
			return nil, err
		}
		decisions, err := x.s.decisionsOf(ctx, app.ID)
		if err != nil {
			return nil, err
		}
		for _, d := range decisions {
			if d.Standing == Final || d.Standing == Overruled {
				one.Decisions = append(one.Decisions, Result{Kind: d.Kind, ReasonCode: d.ReasonCode, Words: d.Words, Items: d.Items, At: d.At, ReapplyAt: d.ReapplyAt})
			}
		}
		out = append(out, one)
	}
	return out, nil
}
