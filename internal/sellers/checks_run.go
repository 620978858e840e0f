package sellers

import (
	"context"
	"fmt"
	"image"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/privacy"
)

// lookAnalysis is the reason of looks that the machine makes.
const lookAnalysis = "analysis"

// run is one pass over the checks of a round. What several checks need is
// loaded once; descriptors of faces live in it alone and end with it.
type run struct {
	s   *Service
	ctx context.Context
	app Application

	loaded   bool
	evidence []Evidence
	fields   map[FieldName]Field
	best     *reading
	portrait *portrait
}

func (r *run) check(kind CheckKind) (Check, error) {
	if err := r.load(); err != nil {
		return Check{}, err
	}
	if kind.ofFace() {
		if agreed, err := r.s.agreed(r.ctx, r.app); err != nil || !agreed {
			return Check{Outcome: NotRun, Reason: reasonDeclined}, err
		}
	}
	switch kind {
	case CheckRead:
		return r.checkRead(), nil
	case CheckExpiry:
		return r.checkExpiry(), nil
	case CheckName:
		return r.checkName(), nil
	case CheckBirth:
		return r.checkBirth(), nil
	case CheckBarcode:
		return r.checkBarcode()
	case CheckPrinted:
		return r.checkPrinted()
	case CheckPaper:
		return r.checkPaper()
	case CheckPortrait:
		return r.checkPortrait()
	case CheckCapture:
		return r.checkCapture()
	case CheckFace:
		return r.checkFace()
	}
	return Check{}, fmt.Errorf("sellers: no check of kind %q", kind)
}

// ofFace reports whether a check looks at a face, which needs the consent.
func (k CheckKind) ofFace() bool { return k == CheckPortrait || k == CheckCapture || k == CheckFace }

// agreed reports whether a machine may look at the person's face now. The
// consent is asked for every time: it can be taken back between two checks.
func (s *Service) agreed(ctx context.Context, app Application) (bool, error) {
	if app.Road != RoadFace {
		return false, nil
	}
	consent, _, err := s.consents.Current(ctx, app.AccountID, privacy.PurposeFace)
	return consent.Given(), err
}

func (r *run) load() error {
	if r.loaded {
		return nil
	}
	var err error
	if r.evidence, err = r.s.evidenceOf(r.ctx, r.app); err != nil {
		return err
	}
	fields, best, err := r.s.fieldsOf(r.ctx, analyst, r.app, lookAnalysis)
	if err != nil {
		return err
	}
	r.best, r.fields = best, map[FieldName]Field{}
	for _, f := range fields {
		r.fields[f.Name] = f
	}
	r.loaded = true
	return nil
}

// frames lists the evidence of the accepted capture.
func (r *run) frames() []Evidence {
	var out []Evidence
	for _, e := range r.evidence {
		if e.Kind == EvidenceFrame {
			out = append(out, e)
		}
	}
	return out
}

func (r *run) front() (Evidence, bool) {
	for _, e := range r.evidence {
		if e.Kind == EvidenceDocument && e.Side == Front {
			return e, true
		}
	}
	return Evidence{}, false
}

// pictures opens and decodes evidence of one kind, with one audit entry.
func (r *run) pictures(list []Evidence) ([]*image.RGBA, error) {
	if len(list) == 0 {
		return nil, nil
	}
	items := make([]string, len(list))
	for i, e := range list {
		items[i] = e.item
	}
	opened, err := r.s.vault.OpenAll(r.ctx, analyst, items, purposeOf(list[0].Kind), lookAnalysis)
	if err != nil {
		return nil, err
	}
	out := make([]*image.RGBA, len(opened))
	for i, o := range opened {
		p, err := picture.Decode(o.Plain, picture.DefaultLimits)
		if err != nil {
			return nil, fmt.Errorf("evidence %s: %w", list[i].ID, err)
		}
		out[i] = p.RGBA
	}
	return out, nil
}
