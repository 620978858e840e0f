package lab

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/mathext"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/search"
)

// Model draws vectors whose distances come near to strangers' as often as real
// faces' do: independent normal values in some directions, nothing in the
// others. The squared distance of two is then 2 x Variance x chi-squared with
// Dimensions degrees of freedom. It says nothing about any person or group.
type Model struct {
	Set        string  `json:"set"`        // whose strangers it was fitted to
	Pairs      int     `json:"pairs"`      // of that set
	Dimensions int     `json:"dimensions"` // directions that vary
	Variance   float64 `json:"variance"`   // in each
	Fits       []Match `json:"fits"`       // how well, at the distances of the fit
}

// Match is a measured false match rate beside the model's.
type Match struct {
	Distance float64 `json:"distance"`
	Measured float64 `json:"measured"`
	Model    float64 `json:"model"`
}

// StandardModel was fitted to the 19,000 pairs of strangers of face-orl, the
// public set with the most; see docs/measurements.md, "Identification".
var StandardModel = Model{Set: "face-orl", Pairs: 19000, Dimensions: 41, Variance: 0.00647}

// fitted is the range of a fit: distances up to which at least leastFitted
// pairs and fewer than half of all come.
const leastFitted = 5

// modelLength is the length of drawn vectors, that of the standard network's.
const modelLength = 128

// ErrShape says that a synthetic drill has no size that can be run.
var ErrShape = errors.New("lab: a synthetic drill is GALLERYxPROBES, such as 25000x535: 2 to 1,000,000 by 1 to 100,000")

// FitModel fits a model to a report's table: the number of directions whose
// false match rates differ least from the measured ones on a logarithmic scale,
// where the small rates count, which a drill is about.
func FitModel(r FaceReport) (Model, error) {
	var rows []Row
	for _, row := range r.Table {
		if row.FMR.Errors >= leastFitted && 2*row.FMR.Errors < row.FMR.Pairs {
			rows = append(rows, row)
		}
	}
	if len(rows) < 3 {
		return Model{}, fmt.Errorf("lab: %s has too few close strangers to draw others like them", r.Set)
	}
	last, least := rows[len(rows)-1], math.Inf(1)
	var best Model
	for k := 2; k <= modelLength; k++ {
		m := Model{Set: r.Set, Pairs: r.Impostor, Dimensions: k}
		m.Variance = m.through(last.Distance, last.FMR.Rate)
		var off float64
		for _, row := range rows {
			off += math.Pow(math.Log(m.FMR(row.Distance)/row.FMR.Rate), 2)
		}
		if off < least {
			least, best = off, m
		}
	}
	for _, row := range rows {
		best.Fits = append(best.Fits, Match{row.Distance, row.FMR.Rate, best.FMR(row.Distance)})
	}
	return best, nil
}

// FMR is how often two drawn vectors come up to a distance.
func (m Model) FMR(distance float64) float64 {
	if distance <= 0 {
		return 0
	}
	return mathext.GammaIncReg(float64(m.Dimensions)/2, distance*distance/(4*m.Variance))
}

// Threshold is the distance up to which a share of pairs comes.
func (m Model) Threshold(fmr float64) float64 {
	return math.Sqrt(4 * m.Variance * mathext.GammaIncRegInv(float64(m.Dimensions)/2, fmr))
}

// through is the variance with which a share of pairs comes up to a distance.
func (m Model) through(distance, share float64) float64 {
	return distance * distance / (4 * mathext.GammaIncRegInv(float64(m.Dimensions)/2, share))
}

// The Congress test: 28 wrong names among 535 x 25,000 comparisons (ACLU, 2018).
const (
	PointCongress = "congress"
	congressFMR   = 28.0 / (535 * 25000)
)

// IdentifySynthetic runs a drill on drawn vectors: gallery and probes are all of
// different people, and none exists. Beside the two usual thresholds it is held
// at the false match rate of the Congress test.
func IdentifySynthetic(ctx context.Context, m Model, gallery, probes int, active face.Thresholds, o Options) (IdentifyReport, error) {
	if gallery < 2 || probes < 1 || gallery > 1_000_000 || probes > 100_000 || m.Dimensions < 1 || m.Dimensions > modelLength {
		return IdentifyReport{}, ErrShape
	}
	accept, _, source := o.limits(active)
	r := IdentifyReport{
		Set: fmt.Sprintf("synthetic %dx%d", gallery, probes), Provenance: provenance("", "", o), Synthetic: true, Model: &m, Images: gallery + probes,
		How: fmt.Sprintf("drawn vectors, nobody's faces: %d of %d numbers vary, fitted to the distances of %d pairs of strangers of %s",
			m.Dimensions, modelLength, m.Pairs, m.Set),
	}
	b, err := m.bench(ctx, gallery, probes, o)
	if err != nil {
		return r, err
	}
	b.how = r.How
	points := []IdentifyPoint{
		{Name: PointDefault, Threshold: makersDefault, Source: makersName},
		{Name: PointOperating, Threshold: accept, Source: source},
		{Name: PointCongress, Threshold: m.Threshold(congressFMR), Source: "the false match rate of the Congress test, 28 in 13.4 million comparisons"},
	}
	return r, r.drill(ctx, b, points, o)
}

// bench draws the gallery and the probes.
func (m Model) bench(ctx context.Context, gallery, probes int, o Options) (*bench, error) {
	draw := rand.New(rand.NewPCG(o.Seed, 0x6472696c6c))
	b := &bench{set: Set{Name: "synthetic", Samples: make([]Sample, gallery+probes)}}
	var err error
	if b.gallery, err = search.New(modelLength, gallery); err != nil {
		return nil, err
	}
	for i := range b.set.Samples {
		name := fmt.Sprintf("gallery %d", i+1)
		if i >= gallery {
			name = fmt.Sprintf("probe %d", i-gallery+1)
		}
		b.set.Samples[i] = Sample{File: name, Subject: name}
		b.person = append(b.person, i)
		v := m.draw(draw)
		if i >= gallery {
			b.probes, b.vectors = append(b.probes, i), append(b.vectors, v)
			continue
		}
		if err := b.enter(i, v); err != nil {
			return nil, err
		}
		if i%10_000 == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

func (m Model) draw(from *rand.Rand) []float32 {
	v := make([]float32, modelLength)
	for i := range m.Dimensions {
		v[i] = float32(from.NormFloat64() * math.Sqrt(m.Variance))
	}
	return v
}

// ParseShape reads a drill's size, such as 25000x535.
func ParseShape(text string) (gallery, probes int, err error) {
	var rest string
	if n, _ := fmt.Sscanf(text+" .", "%dx%d %s", &gallery, &probes, &rest); n != 3 || rest != "." {
		return 0, 0, ErrShape
	}
	return gallery, probes, nil
}
