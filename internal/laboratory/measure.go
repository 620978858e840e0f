package laboratory

import (
	"context"
	"errors"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/errs"
	"truepenny/internal/lab"
)

// runner measures one kind on a set whose pictures it opens as it goes.
type runner func(ctx context.Context, b bench) (outcome, error)

// bench is what a runner gets.
type bench struct {
	run     Run
	shelf   *shelf // nil for synthetic vectors
	options lab.Options
}

// runners are the kinds that can be measured here, by the very functions that
// the command calls.
func (s *Service) runners() map[Kind]runner {
	out := map[Kind]runner{Document: s.runDocument, Barcode: s.runBarcode}
	if s.faces != nil {
		out[Face], out[Identify] = s.runFace, s.runIdentify
	}
	if s.liveness != nil {
		out[Liveness] = s.runLiveness
	}
	return out
}

// Able lists what can be measured here.
func (s *Service) Able() []Kind {
	table := s.runners()
	var out []Kind
	for _, kind := range Kinds {
		if table[kind] != nil {
			out = append(out, kind)
		}
	}
	return out
}

// measure does a run, from where an earlier attempt was stopped.
func (s *Service) measure(ctx context.Context, run Run) (outcome, error) {
	do := s.runners()[run.Kind]
	if do == nil {
		return outcome{}, errs.New(errs.Unavailable, "engine.missing")
	}
	b := bench{run: run, options: lab.Options{Clock: s.clock, Seed: run.Seed, Accept: run.Options.Accept, Review: run.Options.Review}}
	if run.Synthetic() {
		b.options.Progress = func(done, total int) { s.advance(run.ID, done, total) }
		return do(ctx, b)
	}
	set, err := s.readSet(ctx, run.SetID)
	if err != nil {
		return outcome{}, err
	}
	if err := set.fits(run.Kind, s.clock.Now()); err != nil {
		return outcome{}, err
	}
	memory, err := s.openKept(ctx, run, set)
	if err != nil {
		return outcome{}, err
	}
	b.options.Cache = memory
	goOn := func() error { return s.goOn(ctx, run.ID) }
	b.shelf, err = s.openShelf(ctx, reader, set, goOn, func(done, total int) { s.advance(run.ID, done, total) })
	if err != nil {
		return outcome{}, err
	}
	out, err := do(ctx, b)
	if err != nil && ctx.Err() != nil && !errors.Is(err, errStopped) {
		if again := memory.stopped(ctx); again != nil && !errors.Is(again, errStopped) {
			err = errors.Join(err, again)
		}
	}
	return out, err
}

// goOn fails when the run was cancelled, here or in another process.
func (s *Service) goOn(ctx context.Context, id string) error {
	state, err := s.runState(ctx, id)
	if err == nil && state != Running {
		err = errStopped
	}
	return err
}

// governed is the face engine at the thresholds in force, so that a report says
// how the machine does as it is used.
func (s *Service) governed(ctx context.Context) lab.Describer {
	return inForce{s.faces, s.Thresholds(ctx)}
}

type inForce struct {
	lab.Describer
	limits face.Thresholds
}

// Thresholds are those in force.
func (i inForce) Thresholds() face.Thresholds { return i.limits }

func (s *Service) runFace(ctx context.Context, b bench) (outcome, error) {
	set, err := lab.ReadSetFrom(b.run.SetName, b.shelf)
	if err != nil {
		return outcome{}, err
	}
	r, err := lab.Face(ctx, s.governed(ctx), set, b.options)
	return outcome{
		report: r, failed: len(r.Missed) + len(r.FalseMatches) + len(r.FalseNonMatches), made: r.Provenance,
		headline: map[string]float64{"eer": r.EER, "fmr": r.FMR, "fnmr": r.FNMR, "accept": r.Threshold},
	}, err
}

func (s *Service) runDocument(ctx context.Context, b bench) (outcome, error) {
	r, err := lab.DocumentFrom(ctx, b.run.SetName, b.shelf, s.clock)
	out := outcome{report: r, failed: len(r.Cases), made: lab.ProvenanceOf("", "", b.options),
		headline: map[string]float64{"exact": r.Exact, "documents": float64(r.Documents), "false_sure": float64(r.FalseSure)}}
	if len(r.Cases) > 0 {
		out.failures = r.Cases
	}
	return out, err
}

// runLiveness plays attacks and living people to the rules of the face capture.
func (s *Service) runLiveness(ctx context.Context, b bench) (outcome, error) {
	b.options.Progress = func(done, total int) { s.advance(b.run.ID, done, total) } // films, not files
	parts, err := s.liveness()
	if err != nil {
		return outcome{}, err
	}
	r, err := lab.LivenessFrom(ctx, b.run.SetName, b.shelf, parts, b.options)
	out := outcome{report: r, made: r.Provenance, headline: map[string]float64{"bpcer": r.BPCER, "live": float64(r.Live)}}
	if len(r.Attacks) > 0 { // worst first
		out.headline["iapar"] = r.Attacks[0].IAPAR
	}
	return out, err
}

func (s *Service) runBarcode(ctx context.Context, b bench) (outcome, error) {
	files, err := newCodeShelf(b.shelf)
	if err != nil {
		return outcome{}, err
	}
	r, err := lab.BarcodeFrom(ctx, b.run.SetName, files, s.clock)
	return outcome{
		report: r, failed: r.Pictures - r.Read, made: lab.ProvenanceOf("", "", b.options),
		headline: map[string]float64{"read": float64(r.Read), "pictures": float64(r.Pictures)},
	}, err
}
