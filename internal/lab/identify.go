package lab

import (
	"context"
	"errors"
	"math"

	"truepenny/internal/biometrics/search"
)

// IdentifyReport says how often a search names the wrong person: probes are held
// against a gallery of other people, as when 535 members of Congress were held
// against 25,000 mugshots (ACLU, 2018).
type IdentifyReport struct {
	Set string `json:"set"`
	Provenance
	Synthetic bool   `json:"synthetic"` // drawn vectors, not faces
	How       string `json:"how"`       // what the gallery and the probes are
	Images    int    `json:"images"`
	Missed    int    `json:"missed"`  // images without a face, in neither
	Gallery   int    `json:"gallery"` // entries, one a person
	Probes    int    `json:"probes"`
	// Compared is how many entries a probe is held against: the gallery without
	// the probe's own person.
	Compared int             `json:"compared"`
	Points   []IdentifyPoint `json:"points"`
	Needed   []Need          `json:"needed"`
	// Hits are the closest wrong names at the first point; at most maxFailures.
	Hits        []Pair  `json:"hits"`
	Model       *Model  `json:"model,omitempty"` // of synthetic vectors
	MSPerSearch float64 `json:"ms_per_search"`
}

// IdentifyPoint is the drill at one threshold.
type IdentifyPoint struct {
	Name      string  `json:"name"` // PointDefault or PointOperating
	Threshold float64 `json:"threshold"`
	Source    string  `json:"source"` // whose threshold it is
	// FalseIdentities are probes for which somebody else was named; FalsePairs
	// counts everybody who was named.
	FalseIdentities int             `json:"false_identities"`
	FalsePairs      int             `json:"false_pairs"`
	FPIR            Rate            `json:"fpir"` // false positive identification rate, of searches
	FMR             Rate            `json:"fmr"`  // of single comparisons
	FNIR            Rate            `json:"fnir"` // searches that did not name the probe's own entry
	Claim           Claim           `json:"claim"`
	Groups          []IdentifyGroup `json:"groups"`
	Expected        []Expected      `json:"expected"`
}

// The thresholds of a drill.
const (
	PointDefault   = "default"   // what the network's makers propose
	PointOperating = "operating" // the one that this product runs at
)

// makersDefault is dlib's and face-api's own default for "same person", which
// whoever plugs the network in gets without asking.
const (
	makersDefault = 0.60
	makersName    = "dlib's and face-api's own default"
)

// IdentifyGroup is the share of a group's probes for which somebody else was
// named, against everybody's.
type IdentifyGroup struct {
	Name     string   `json:"name"`
	Value    string   `json:"value"`
	People   int      `json:"people"` // who were searched for
	FPIR     Rate     `json:"fpir"`
	Ratio    *float64 `json:"ratio,omitempty"`
	Standing Standing `json:"standing,omitempty"`
}

// Expected is what the measured false match rate means for a gallery of N, if
// comparisons were independent: 1-(1-FMR)^N.
type Expected struct {
	N    int     `json:"n"`
	FPIR float64 `json:"fpir"`
	Low  float64 `json:"low"` // from the interval of the FMR
	High float64 `json:"high"`
}

// Need is the false match rate at which one search in a thousand names somebody
// else in a gallery of N (NIST SP 800-63A-4, 3.11: FPIR at most 1:1,000).
type Need struct {
	N   int     `json:"n"`
	FMR float64 `json:"fmr"`
}

var gallerySizes = []int{1_000, 10_000, 100_000}

// roleColumn of a manifest tells the gallery from the probes.
const (
	roleColumn  = "role"
	roleGallery = "gallery"
	roleProbe   = "probe"
)

// ErrDrill says that a set does not make a gallery and probes.
var ErrDrill = errors.New("lab: a drill needs probes and a gallery of at least one other person (a manifest may have a column role: gallery or probe)")

// Identify searches a set's gallery for every probe. Without a column "role" in
// the manifest everybody's first picture is in the gallery and every picture a
// probe, held against everybody else.
func Identify(ctx context.Context, e Describer, s Set, o Options) (IdentifyReport, error) {
	network, version := e.Network()
	accept, _, source := o.limits(e.Thresholds())
	r := IdentifyReport{Set: s.Name, Provenance: provenance(network, version, o), Images: len(s.Samples)}
	d, err := describeAll(ctx, e, s, o)
	if err != nil {
		return r, err
	}
	r.Missed = len(d.missed)
	b, err := newBench(d)
	if err != nil {
		return r, err
	}
	r.How = b.how
	points := []IdentifyPoint{{Name: PointDefault, Threshold: makersDefault, Source: makersName}, {Name: PointOperating, Threshold: accept, Source: source}}
	if network != standardNetwork { // its makers propose another limit, or none
		points = points[1:]
	}
	if err := r.drill(ctx, b, points, o); err != nil {
		return r, err
	}
	return r, nil
}

// standardNetwork is the network that the makers' default belongs to.
const standardNetwork = "face-api-recognition"

// bench is a gallery with its probes. The first probe of gallery[i] is nobody
// in particular: numbers lead from both to samples and persons.
type bench struct {
	set     Set
	how     string
	gallery *search.Index
	entries []int // samples
	probes  []int // samples
	vectors [][]float32
	person  []int // of each sample
}

func newBench(d described) (*bench, error) {
	b := &bench{set: d.set, person: newResampler(d.set, 0).person}
	b.how = "everybody's first picture is in the gallery, every picture is a probe, held against everybody else"
	role := -1
	for i, g := range d.set.Groups {
		if g == roleColumn {
			role = i
			b.how = "gallery and probes as the manifest's column role says"
		}
	}
	entered := map[int]bool{}
	for i, made := range d.all {
		if made.Descriptor == nil {
			continue
		}
		v := made.Descriptor.Values
		in, out := !entered[b.person[i]], true
		if role >= 0 {
			in, out = d.set.Samples[i].Groups[role] == roleGallery, d.set.Samples[i].Groups[role] == roleProbe
		}
		if in {
			entered[b.person[i]] = true
			if err := b.enter(i, v); err != nil {
				return nil, err
			}
		}
		if out {
			b.probes, b.vectors = append(b.probes, i), append(b.vectors, v)
		}
	}
	if len(b.probes) == 0 || len(b.entries) < 2 {
		return nil, ErrDrill
	}
	return b, nil
}

func (b *bench) enter(sample int, v []float32) (err error) {
	if b.gallery == nil {
		if b.gallery, err = search.New(len(v), 0); err != nil {
			return err
		}
	}
	b.entries = append(b.entries, sample)
	return b.gallery.Add(v)
}

// drill searches for every probe once, as far as the loosest threshold.
func (r *IdentifyReport) drill(ctx context.Context, b *bench, points []IdentifyPoint, o Options) error {
	r.Gallery, r.Probes = len(b.entries), len(b.probes)
	furthest := 0.0
	for _, p := range points {
		furthest = math.Max(furthest, p.Threshold)
	}
	start := o.Clock.Now()
	t := newTally(b, points)
	for i, v := range b.vectors {
		if err := ctx.Err(); err != nil {
			return err
		}
		hits, err := b.gallery.Within(v, furthest)
		if err != nil {
			return err
		}
		t.probe(i, hits)
	}
	r.MSPerSearch = math.Round(o.Clock.Now().Sub(start).Seconds()*1e6/float64(len(b.vectors))) / 1000
	r.Compared = int(math.Round(float64(t.compared) / float64(len(b.probes))))
	r.Points, r.Hits = t.points(r.Seed), t.listed()
	for _, n := range gallerySizes {
		r.Needed = append(r.Needed, Need{n, -math.Expm1(math.Log1p(-barFPIR) / float64(n))})
	}
	r.Seconds = o.Clock.Now().Sub(r.At).Seconds()
	return nil
}

// expected is what a false match rate means for larger galleries.
func expected(fmr Rate) []Expected {
	of := func(rate float64, n int) float64 {
		if rate >= 1 {
			return 1
		}
		return -math.Expm1(float64(n) * math.Log1p(-rate))
	}
	var out []Expected
	for _, n := range gallerySizes {
		out = append(out, Expected{n, of(fmr.Rate, n), of(fmr.Low, n), of(fmr.High, n)})
	}
	return out
}
