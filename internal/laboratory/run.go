package laboratory

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// RunState is where a run stands.
type RunState string

const (
	Waiting   RunState = "waiting" // for the one before: one run at a time, applications come first
	Running   RunState = "running"
	Done      RunState = "done"
	Failed    RunState = "failed"
	Cancelled RunState = "cancelled"
)

// Open reports whether the run is still to be worked on.
func (s RunState) Open() bool { return s == Waiting || s == Running }

// Options of a run. The zero value measures at the thresholds in force.
type Options struct {
	Accept  float64 `json:"accept,omitempty"`  // distance; 0 for the one in force
	Review  float64 `json:"review,omitempty"`  // distance; 0 for the one in force
	Gallery int     `json:"gallery,omitempty"` // people searched in, synthetic drill only
	Probes  int     `json:"probes,omitempty"`  // searches, synthetic drill only
	Seed    uint64  `json:"seed,omitempty"`    // of everything that is drawn; 0 draws one
}

// Bounds of what a drill on synthetic vectors may be asked for.
const (
	MostGallery = 100_000
	MostProbes  = 5_000
	mostLimit   = 4.0 // no distance between unit vectors is larger than 2
)

func (o Options) check(kind Kind, synthetic bool) error {
	fields := map[string]string{}
	if o.Accept < 0 || o.Accept > mostLimit || o.Accept != o.Accept {
		fields["accept"] = "lab.limit"
	}
	if o.Review < 0 || o.Review > mostLimit || o.Review != o.Review || o.Review > 0 && o.Review < o.Accept {
		fields["review"] = "lab.limit.order"
	}
	if synthetic && (o.Gallery < 100 || o.Gallery > MostGallery) {
		fields["gallery"] = "lab.gallery"
	}
	if synthetic && (o.Probes < 10 || o.Probes > MostProbes) {
		fields["probes"] = "lab.probes"
	}
	if synthetic && kind != Identify {
		fields["set"] = "form.choose"
	}
	return errs.Fields(fields)
}

// Run is one measurement, its report included once it is done.
type Run struct {
	ID          string
	Number      int64
	SetID       string // "" for synthetic vectors
	SetName     string
	Kind        Kind
	Options     Options
	State       RunState
	Reason      string
	Message     string // what the measurement said when it failed
	Done, Total int    // pictures
	Resumed     int
	Failures    int
	Report      json.RawMessage
	Headline    map[string]float64 // what lists show: "eer", "fpir" ... by kind
	Network     string
	Version     string
	Fingerprint string
	Code        string
	Machine     string
	Seed        uint64
	AskedBy     string
	AskedAt     time.Time
	StartedAt   time.Time
	FinishedAt  time.Time
	PublishedBy string
	PublishedAt time.Time

	job, keptItem, failuresItem string
}

// Synthetic reports whether the run is on vectors that belong to nobody.
func (r Run) Synthetic() bool { return r.SetID == "" }

// Public reports whether everybody may read the report.
func (r Run) Public() bool { return !r.PublishedAt.IsZero() && r.State == Done }

// Start asks for a run; it is done by a job, one run at a time. An empty set is
// the synthetic drill. Errors: Forbidden, NotFound, Invalid with fields,
// Conflict "lab.set.not-ready", "lab.kind.unfit", "engine.missing".
func (s *Service) Start(ctx context.Context, actor audit.Actor, kind Kind, setID string, o Options) (Run, error) {
	if err := mayRun(actor); err != nil {
		return Run{}, err
	}
	if err := o.check(kind, setID == ""); err != nil {
		return Run{}, err
	}
	if !slices.Contains(s.Able(), kind) {
		return Run{}, errs.New(errs.Unavailable, "engine.missing")
	}
	run := Run{
		ID: ids.New("run"), SetID: setID, Kind: kind, Options: o, State: Waiting, Seed: o.Seed,
		AskedBy: actor.ID, AskedAt: s.clock.Now(),
	}
	if run.Seed == 0 {
		run.Seed = uint64(ids.Intn(1 << 31))
	}
	entry := audit.Entry{Actor: actor, Action: "lab.run-asked", Subject: subject("labrun", run.ID), Details: map[string]string{"kind": string(kind), "set": setID}}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if setID != "" {
			set, err := takeSet(tx, setID)
			if err != nil {
				return err
			}
			if err := set.fits(kind, s.clock.Now()); err != nil {
				return err
			}
			run.SetName, run.Total = set.Name, set.Pictures
		}
		return s.queueRun(tx, &run)
	})
	return run, err
}

func (s Set) fits(kind Kind, now time.Time) error {
	if s.State != Ready || !now.Before(s.ExpiresAt) {
		return errs.New(errs.Conflict, "lab.set.not-ready")
	}
	if kind.Needs() != s.Kind {
		return errs.New(errs.Conflict, "lab.kind.unfit")
	}
	return nil
}

func (s *Service) queueRun(tx *db.Tx, run *Run) error {
	number, err := nextNumber(tx)
	if err != nil {
		return err
	}
	run.Number = number
	if err := insertRun(tx, *run); err != nil {
		return err
	}
	_, err = s.jobs.Enqueue(tx, runJob, nil, runOptions)
	return err
}

// Cancel ends a run; what was made so far is thrown away.
func (s *Service) Cancel(ctx context.Context, actor audit.Actor, id string) error {
	if err := mayRun(actor); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Action: "lab.run-cancelled", Subject: subject("labrun", id)}
	err := s.log.Record(ctx, entry, func(tx *db.Tx) error {
		run, err := takeRun(tx, id)
		if err != nil {
			return err
		}
		if !run.State.Open() {
			return errs.New(errs.Conflict, "lab.run.over")
		}
		run.State, run.FinishedAt = Cancelled, s.clock.Now()
		if err := s.forget(tx, &run); err != nil {
			return err
		}
		return saveRun(tx, run)
	})
	if err == nil {
		s.stop(id)
	}
	return err
}

// forget removes what was kept so that a run could go on.
func (s *Service) forget(tx *db.Tx, run *Run) error {
	if run.keptItem == "" {
		return nil
	}
	item := run.keptItem
	run.keptItem = ""
	return s.vault.Remove(tx, item)
}

// Runs lists runs, newest first. Empty filters do not narrow.
func (s *Service) Runs(ctx context.Context, actor audit.Actor, f RunFilter) ([]Run, error) {
	if err := mayRead(actor); err != nil {
		return nil, err
	}
	return s.listRuns(ctx, f)
}

// RunFilter narrows a list of runs.
type RunFilter struct {
	Kind  Kind
	State RunState
	Set   string
}

// Run returns one, with how far it has come.
func (s *Service) Run(ctx context.Context, actor audit.Actor, id string) (Run, error) {
	if err := mayRead(actor); err != nil {
		return Run{}, err
	}
	run, err := s.readRun(ctx, id)
	if done, total, here := s.reached(id); here && total > 0 {
		run.Done, run.Total = done, total
	}
	return run, err
}

// Publish puts a report on a public address, with its pictures left out.
func (s *Service) Publish(ctx context.Context, actor audit.Actor, id string, on bool) error {
	if err := mayRun(actor); err != nil {
		return err
	}
	entry := audit.Entry{Actor: actor, Action: "lab.report-published", Subject: subject("labrun", id)}
	if !on {
		entry.Action = "lab.report-withdrawn"
	}
	return s.log.Record(ctx, entry, func(tx *db.Tx) error {
		run, err := takeRun(tx, id)
		if err != nil {
			return err
		}
		if run.State != Done || on == run.Public() {
			return errs.New(errs.Conflict, "lab.run.state")
		}
		if !on {
			inForce, err := standsBehind(tx, id)
			if err != nil {
				return err
			}
			if inForce { // an exception to the rule on groups is public as long as it holds
				return errs.New(errs.Conflict, "lab.report.needed")
			}
		}
		run.PublishedBy, run.PublishedAt = "", time.Time{}
		if on {
			run.PublishedBy, run.PublishedAt = actor.ID, s.clock.Now()
		}
		return saveRun(tx, run)
	})
}

// PublicRuns lists the reports that everybody may read, newest first.
func (s *Service) PublicRuns(ctx context.Context) ([]Run, error) { return s.publicRuns(ctx) }

// PublicRun is one of them, with what is nobody's business left out of its
// report; any other is NotFound.
func (s *Service) PublicRun(ctx context.Context, id string) (Run, error) {
	run, err := s.readRun(ctx, id)
	if err == nil && !run.Public() {
		err = errs.New(errs.NotFound, "not-found")
	}
	if err != nil {
		return Run{}, err
	}
	return outside(run)
}
