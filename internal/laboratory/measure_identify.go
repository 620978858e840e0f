package laboratory

import (
	"context"

	"truepenny/internal/lab"
)

// runIdentify is the Congress drill: on a set, or on vectors that belong to
// nobody.
func (s *Service) runIdentify(ctx context.Context, b bench) (outcome, error) {
	r, err := s.identify(ctx, b)
	out := outcome{report: r, failed: len(r.Hits), made: r.Provenance, headline: map[string]float64{"probes": float64(r.Probes), "gallery": float64(r.Gallery)}}
	if r.Synthetic {
		out.failed = 0 // nobody was named
	}
	for _, p := range r.Points {
		if p.Name == lab.PointOperating {
			out.headline["fpir"], out.headline["false"], out.headline["fmr"] = p.FPIR.Rate, float64(p.FalseIdentities), p.FMR.Rate
		}
	}
	return out, err
}

func (s *Service) identify(ctx context.Context, b bench) (lab.IdentifyReport, error) {
	if b.shelf == nil {
		return lab.IdentifySynthetic(ctx, lab.StandardModel, b.run.Options.Gallery, b.run.Options.Probes, s.Thresholds(ctx), b.options)
	}
	set, err := lab.ReadSetFrom(b.run.SetName, b.shelf)
	if err != nil {
		return lab.IdentifyReport{}, err
	}
	return lab.Identify(ctx, s.governed(ctx), set, b.options)
}
