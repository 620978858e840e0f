package sellers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
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
		"sellers_checks", "sellers_decisions", "sellers_appeals", "sellers_connections", "sellers_replies"}
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
		for _, e := range evidence {
			countHolding(counts, string(e.Kind), purposeOf(e.Kind), e.At, e.KeepUntil)
			if e.portrait != "" { // cut out of the document for the face match
				countHolding(counts, "portrait", privacy.PurposeFace, e.At, items[e.portrait].KeepUntil)
			}
		}
	}
	for _, kind := range []string{string(EvidenceDocument), string(EvidencePaper), string(EvidenceFrame), "portrait"} {
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

// Expire empties applications that nobody sent, removes the rows behind
// pictures that were kept long enough, and forgets old idempotency keys, prints
// of films whose pictures are gone, and steps of captures nobody finished. It
// returns how many applications were emptied. The pictures themselves expire in
// the vault.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	stale, err := x.s.stale(ctx, now)
	if err != nil {
		return 0, err
	}
	n := 0
	var failed []error
	for _, app := range stale {
		_, err := x.s.edit(ctx, actor, app, "application.expired", "", func(e *edit) error {
			return x.s.expire(e, now)
		})
		if err != nil { // one that cannot be emptied must not keep the others
			failed = append(failed, fmt.Errorf("empty %s: %w", app.ID, err))
			continue
		}
		n++
	}
	entry := audit.Entry{Actor: actor, Action: "sellers.keys-forgotten", Subject: "sellers"}
	err = x.s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if err := deleteStepsBefore(tx, now.Add(-stepsKept)); err != nil {
			return err
		}
		if err := deletePrintsDecided(tx, now.Add(-x.s.Policy.FaceKept)); err != nil {
			return err
		}
		_, err := deleteReplies(tx, now.Add(-replyKept))
		return err
	})
	return n, errors.Join(append(failed, err)...)
}

// stale lists what nobody sends or answers for too long, and decided applications
// whose documents were kept long enough, that are not emptied yet.
func (s *Service) stale(ctx context.Context, now time.Time) ([]Application, error) {
	var rows []applicationRow
	err := s.store.Reader(ctx).Where("emptied_at IS NULL").
		Where("(state IN ('draft','asked') AND updated_at <= ?) OR (state IN ('approved','refused') AND decided_at <= ?)",
			now.Add(-s.Policy.DraftKept), now.Add(-s.Policy.DocumentsKept)).
		Order("number").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list stale applications: %w", err)
	}
	out := make([]Application, len(rows))
	for i, r := range rows {
		out[i] = r.application()
	}
	return out, nil
}

func (s *Service) expire(e *edit, now time.Time) error {
	if e.app.State.Editable() { // nobody sends it, or nobody answers what was asked
		if e.app.UpdatedAt.After(now.Add(-s.Policy.DraftKept)) {
			return errUnchanged // they came back
		}
		if err := e.app.move(Cancelled); err != nil {
			return err
		}
		e.app.Details = Details{Kind: e.app.Kind}
		e.app.DecidedAt = e.now
	}
	if e.app.State == Refused { // whose it was stays, for as long as the decision does
		e.app.BirthDate, e.app.Address = "", Address{}
	}
	e.app.EmptiedAt = e.now
	return s.empty(e)
}
