package lab

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/sitter"
)

// LivenessParts is what liveness is measured with.
type LivenessParts struct {
	Faces  *face.Engine
	Meshes *mesh.Engine
	// People play in the generated films, beside those whom the set's live
	// material shows.
	People []sitter.Portrait
	// Few makes a quick run of two people and few presentations, for tests.
	Few bool
	// Only leaves all other kinds out, for tests; nil for all.
	Only []string
}

// LivenessReport says how well attacks are refused and living people accepted.
// Rates are shares of 1. There is no average over kinds: the worst kind is the
// result (ISO/IEC 30107-3).
type LivenessReport struct {
	Set          string       `json:"set"`
	LivenessPart              // with coloured light, as the product is set up
	LiveReal     Rate         `json:"live_real"`     // filmed people, long enough to be judged; Errors were not accepted
	WithoutLight LivenessPart `json:"without_light"` // the same where no coloured light is shown
	Clips        []ClipResult `json:"clips"`         // filmed material, judged by what needs no challenge
	Stills       []StillCount `json:"stills"`        // pictures: too short for a capture
	People       int          `json:"people"`        // who played
	Unfit        int          `json:"unfit"`         // people whose portraits cannot be posed so that every gesture is seen
	Films        int          `json:"films"`         // that were rendered and watched
	Frames       int          `json:"frames"`        // of these
	Provenance
}

// LivenessPart is what was measured with coloured light, or without.
type LivenessPart struct {
	Live          int          `json:"live"`  // presentations of living people, filmed and rendered
	BPCER         float64      `json:"bpcer"` // of these, not accepted
	Attacks       []AttackRate `json:"attacks"`
	LiveGenerated Rate         `json:"live_generated"` // of the living: rendered; Errors were not accepted
	LiveReviewed  int          `json:"live_reviewed"`  // of these, left to a person
	// Steered are screens whose bearer shows every gesture when it is asked for,
	// from recordings of each: a stronger attack than any replay.
	Steered []AttackRate `json:"steered"`
}

// AttackRate is one kind of attack. Accepted are those that passed without a
// person looking; IAPAR is their share, with its exact 95 % interval.
type AttackRate struct {
	Kind      string         `json:"kind"`
	Presented int            `json:"presented"`
	Accepted  int            `json:"accepted"`
	IAPAR     float64        `json:"iapar"`
	Low       float64        `json:"low"`
	High      float64        `json:"high"`
	Reviewed  int            `json:"reviewed"` // left to a person
	Refused   int            `json:"refused"`
	Films     int            `json:"films"` // that the presentations were put together from
	Reasons   map[string]int `json:"reasons"`
}

// Numbers of a run.
const (
	presentations    = 240 // of each kind, and of living people
	fewPresentations = 12
	mostPeople       = 6
)

// Liveness measures on a folder; LivenessFrom says how.
func Liveness(ctx context.Context, dir string, p LivenessParts, o Options) (LivenessReport, error) {
	return LivenessFrom(ctx, filepath.Base(filepath.Clean(dir)), os.DirFS(dir), p, o)
}

// LivenessFrom judges the videos and pictures that labels.csv names, and
// presents generated attacks to the same rules. Every person's film is rendered
// and watched once; presentations are put together from its observations for
// challenges drawn anew, since the pixels would be the same. So the interval of a
// kind speaks of challenges, and only a little of people and materials, of
// which there are few.
func LivenessFrom(ctx context.Context, name string, files fs.FS, p LivenessParts, o Options) (LivenessReport, error) {
	begun := o.Clock.Now()
	r := LivenessReport{Set: name}
	network, version := p.Faces.Network()
	r.Provenance = provenance(network, version, o)
	labels, err := livenessLabels(files)
	if err != nil {
		return r, err
	}
	people, err := r.real(ctx, files, labels, p)
	if err != nil {
		return r, err
	}
	people = append(people, p.People...)
	films := 3
	most := mostPeople
	if p.Few {
		most, films = 2, 1
	}
	total := 0
	played := kinds
	if p.Only != nil {
		played = slices.DeleteFunc(slices.Clone(kinds), func(k kind) bool { return !slices.Contains(p.Only, k.name) })
	}
	for _, k := range played {
		total += min(k.films, films)
	}
	s, err := newStage(p, people, most, o.Seed, func(frames int) {
		r.Films++
		r.Frames += frames
		if o.Progress != nil {
			o.Progress(r.Films, total)
		}
	})
	if err != nil {
		return r, err
	}
	r.People, r.Unfit = len(s.cast), s.unfit
	total += len(s.cast)
	if err := r.generate(ctx, s, played, films, p.Few); err != nil {
		return r, err
	}
	r.Seconds = o.Clock.Now().Sub(begun).Seconds()
	return r, nil
}

// generate shoots all films and presents them.
func (r *LivenessReport) generate(ctx context.Context, s *stage, played []kind, films int, few bool) error {
	var living []take
	for _, a := range s.cast {
		t, err := s.film(ctx, newScript(longLead, s.light), a.way, a.live)
		if err != nil {
			return err
		}
		living = append(living, t)
	}
	n := presentations
	if few {
		n = fewPresentations
	}
	for i, k := range played {
		own, err := k.shoot(ctx, s, min(k.films, films))
		if err != nil {
			return err
		}
		r.present(k, &show{own: own, living: living, chance: specimen.NewChance(r.Seed<<8 + uint64(i))}, n, s.light)
	}
	r.close()
	return nil
}

// present makes presentations of a kind, with coloured light and without.
func (r *LivenessReport) present(k kind, s *show, n int, light pad.Sequence) {
	r.Attacks = append(r.Attacks, k.present(s, n, light))
	if k.name != unlitKind {
		r.WithoutLight.Attacks = append(r.WithoutLight.Attacks, k.present(s, n, nil))
	}
	if len(s.own) > 0 && k.recorded { // the screens
		k.act = obey
		r.Steered = append(r.Steered, k.present(s, n, light))
		r.WithoutLight.Steered = append(r.WithoutLight.Steered, k.present(s, n, nil))
	}
}

func (r *LivenessReport) close() {
	r.LivenessPart.close(r.LiveReal)
	r.WithoutLight.close(r.LiveReal)
}

// close sums up: films of living people are rendered ones, so that the row of
// the rendered puppet is also that of the living, turned over.
func (p *LivenessPart) close(filmed Rate) {
	for _, a := range p.Attacks {
		if a.Kind == puppetKind {
			p.LiveGenerated, p.LiveReviewed = newRate(a.Presented-a.Accepted, a.Presented), a.Reviewed
		}
	}
	all := newRate(filmed.Errors+p.LiveGenerated.Errors, filmed.Pairs+p.LiveGenerated.Pairs)
	p.Live, p.BPCER = all.Pairs, all.Rate
	worstFirst(p.Attacks)
	worstFirst(p.Steered)
}
