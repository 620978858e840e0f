package lab

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"truepenny/internal/biometrics/face"
)

// FaceReport is the measured accuracy of a face engine on one set. Rates are
// shares from 0 to 1.
type FaceReport struct {
	Set string `json:"set"`
	Provenance
	Images   int `json:"images"`
	Subjects int `json:"subjects"`
	// FailureToAcquire is the share of images in which no face was found.
	FailureToAcquire float64  `json:"failure_to_acquire"`
	Acquire          Rate     `json:"acquire"` // the same with its interval
	Missed           []Missed `json:"missed"`
	Genuine          int      `json:"genuine"`
	Impostor         int      `json:"impostor"`
	EER              float64  `json:"eer"`
	// EERBootstrap comes from resampled people; none where nothing erred.
	EERBootstrap *Interval `json:"eer_bootstrap"`
	// FNMRAtFMR holds the false match rates "1e-2" to "1e-6".
	FNMRAtFMR map[string]Operating `json:"fnmr_at_fmr"`
	// Threshold is the one for "same person", the active one unless the run
	// was made at another; FMR and FNMR are the rates there. Their intervals stand in the group "all".
	Threshold float64 `json:"threshold"`
	Review    float64 `json:"review"` // the limit beyond which faces differ
	Source    string  `json:"source"` // the report that the active threshold comes from
	FMR       float64 `json:"fmr"`
	FNMR      float64 `json:"fnmr"`
	Groups    []Group `json:"groups"`
	// Claims hold the bars against what this many pairs can show.
	Claims    []Claim   `json:"claims"`
	DET       []Point   `json:"det"`
	Histogram Histogram `json:"histogram"`
	Table     []Row     `json:"table"` // from distance to error rates
	// Pairs that erred at the threshold: strangers closest first, one person's
	// furthest first; at most maxFailures of each.
	FalseMatches    []Pair           `json:"false_matches"`
	FalseNonMatches []Pair           `json:"false_non_matches"`
	Checks          []CheckTrial     `json:"checks"` // the check as it is used: one portrait, several frames
	Calibration     face.Calibration `json:"calibration"`
	Fits            []Fit            `json:"fits"`         // the ways to a likelihood ratio that were compared
	MSPerImage      float64          `json:"ms_per_image"` // decoding, finding and describing, one thread
	Cached          int              `json:"cached"`       // images taken from an earlier run, not timed
}

// Pair is a comparison that is listed with its pictures.
type Pair struct {
	A        string  `json:"a"` // file
	B        string  `json:"b"`
	SubjectA string  `json:"subject_a"`
	SubjectB string  `json:"subject_b"`
	Distance float64 `json:"distance"`
}

const maxFailures = 200

// operatingPoints are the false match rates that every report gives.
var operatingPoints = []struct {
	name string
	rate float64
}{{"1e-2", 1e-2}, {"1e-3", 1e-3}, {"1e-4", 1e-4}, {"1e-5", 1e-5}, {"1e-6", 1e-6}}

// Face compares every picture of a set with every other. Of several faces in a
// picture the largest counts. Stopped through ctx it returns its error; with a
// Cache the next run goes on there.
func Face(ctx context.Context, e Describer, s Set, o Options) (FaceReport, error) {
	network, version := e.Network()
	accept, review, source := o.limits(e.Thresholds())
	r := FaceReport{
		Set: s.Name, Provenance: provenance(network, version, o), Images: len(s.Samples), Subjects: s.subjects(),
		Threshold: accept, Review: review, Source: source, FNMRAtFMR: map[string]Operating{},
	}
	d, err := describeAll(ctx, e, s, o)
	if err != nil {
		return r, err
	}
	r.acquired(d)
	pairs, err := compareAll(ctx, d.all)
	if err != nil {
		return r, err
	}
	if err := r.measure(ctx, d, pairs); err != nil {
		return r, err
	}
	r.Seconds = o.Clock.Now().Sub(r.At).Seconds()
	return r, nil
}

// acquired notes what became of the pictures.
func (r *FaceReport) acquired(d described) {
	r.Missed, r.Cached = append([]Missed{}, d.missed...), len(d.all)-d.fresh
	r.Acquire = newRate(len(d.missed), len(d.all))
	r.FailureToAcquire = r.Acquire.Rate
	if d.fresh > 0 {
		r.MSPerImage = math.Round(d.spent*1e5/float64(d.fresh)) / 100
	}
}

// measure fills in everything that comes from the pairs.
func (r *FaceReport) measure(ctx context.Context, d described, pairs []pair) error {
	scores := split(d.set, pairs)
	r.Genuine, r.Impostor = len(scores.Genuine), len(scores.Impostor)
	if r.Genuine == 0 || r.Impostor == 0 {
		return errors.New("the set needs two pictures of one person and pictures of two people with a face in each")
	}
	r.EER = scores.EqualErrorRate()
	for _, o := range operatingPoints {
		r.FNMRAtFMR[o.name] = scores.AtFalseMatch(o.rate)
	}
	r.Groups = byGroup(d.set, pairs, r.Threshold)
	r.resample(d.set, pairs)
	all := r.Groups[0]
	r.FMR, r.FNMR = all.FMR.Rate, all.FNMR.Rate
	r.Claims = pairClaims(all.FMR, all.FNMR)
	r.DET, r.Histogram, r.Table = scores.Curve(), scores.Histogram(), scores.Table()
	r.FalseMatches, r.FalseNonMatches = failures(d.set, pairs, r.Threshold)
	r.Checks = checkTrials(d, r.Threshold)
	r.Calibration, r.Fits = calibrate(d.set, pairs, scores)
	return ctx.Err()
}

// resample adds the intervals that allow for pairs that share people.
func (r *FaceReport) resample(s Set, pairs []pair) {
	people := newResampler(s, r.Seed)
	if r.EER > 0 {
		r.EERBootstrap = people.equalErrorRate(pairs)
	}
	all := &r.Groups[0]
	all.FMR.Bootstrap = people.interval(pairs, false, func(p pair) bool { return p.distance <= r.Threshold })
	all.FNMR.Bootstrap = people.interval(pairs, true, func(p pair) bool { return p.distance > r.Threshold })
}

// compareAll gives the distance of every two pictures that have a descriptor.
func compareAll(ctx context.Context, all []Described) ([]pair, error) {
	var pairs []pair
	for i, a := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for j := i + 1; a.Descriptor != nil && j < len(all); j++ {
			if all[j].Descriptor == nil {
				continue
			}
			d, err := face.Distance(*a.Descriptor, *all[j].Descriptor)
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, pair{int32(i), int32(j), d})
		}
	}
	return pairs, nil
}

func split(s Set, pairs []pair) Scores {
	var scores Scores
	for _, p := range pairs {
		if s.same(p) {
			scores.Genuine = append(scores.Genuine, p.distance)
		} else {
			scores.Impostor = append(scores.Impostor, p.distance)
		}
	}
	scores.sort()
	return scores
}

// same says whether a pair shows one person.
func (s Set) same(p pair) bool { return s.Samples[p.a].Subject == s.Samples[p.b].Subject }

// failures lists the pairs that erred at a threshold, worst first.
func failures(s Set, pairs []pair, threshold float64) (matches, misses []Pair) {
	matches, misses = []Pair{}, []Pair{}
	for _, p := range pairs {
		a, b := s.Samples[p.a], s.Samples[p.b]
		listed := Pair{a.File, b.File, a.Subject, b.Subject, p.distance}
		switch near := p.distance <= threshold; {
		case near && a.Subject != b.Subject:
			matches = append(matches, listed)
		case !near && a.Subject == b.Subject:
			misses = append(misses, listed)
		}
	}
	nearer := func(a, b Pair) int { return cmp.Compare(a.Distance, b.Distance) }
	slices.SortStableFunc(matches, nearer)
	slices.SortStableFunc(misses, func(a, b Pair) int { return nearer(b, a) })
	return matches[:min(len(matches), maxFailures)], misses[:min(len(misses), maxFailures)]
}
