package lab

import (
	"math"
	"slices"

	"truepenny/internal/biometrics/face"
)

// Point is one threshold of a DET curve: both error rates there, 0 to 1.
type Point struct {
	Threshold float64 `json:"threshold"`
	FMR       float64 `json:"fmr"`
	FNMR      float64 `json:"fnmr"`
}

// detLevels is how many levels of each rate a curve follows.
const detLevels = 96

// Curve gives the detection error trade-off, thresholds upwards: the thresholds
// at which each rate passes levels that are even on a logarithmic scale, so that
// the ends, which matter, are as fine as the middle.
func (s Scores) Curve() []Point {
	if len(s.Genuine) == 0 || len(s.Impostor) == 0 {
		return nil
	}
	var at []float64
	for i := range detLevels {
		level := math.Pow(10, 6*(float64(i)/(detLevels-1)-1)) // 1e-6 to 1
		at = append(at, s.Impostor[int(level*float64(len(s.Impostor)-1))])
		at = append(at, s.Genuine[len(s.Genuine)-1-int(level*float64(len(s.Genuine)-1))])
	}
	slices.Sort(at)
	at = slices.Compact(at)
	curve := make([]Point, len(at))
	for i, t := range at {
		curve[i] = Point{t, share(upTo(s.Impostor, t), len(s.Impostor)), share(s.misses(t), len(s.Genuine))}
	}
	return curve
}

func share(part, whole int) float64 { return float64(part) / float64(whole) }

// Histogram counts distances in bins of one width; bin i begins at From+i*Width.
type Histogram struct {
	From     float64 `json:"from"`
	Width    float64 `json:"width"`
	Genuine  []int   `json:"genuine"`
	Impostor []int   `json:"impostor"`
}

// Row is one distance of the table from score to error.
type Row struct {
	Distance float64 `json:"distance"`
	FMR      Rate    `json:"fmr"`     // pairs of two people up to the distance
	FNMR     Rate    `json:"fnmr"`    // pairs of one person beyond it
	AtMost   float64 `json:"at_most"` // the FMR that is not excluded, see Rate.AtMost
}

// binWidth is the width of bins and table rows: about fifty in all.
func (s Scores) binWidth() float64 {
	span := math.Max(s.Genuine[len(s.Genuine)-1], s.Impostor[len(s.Impostor)-1])
	for _, width := range []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1} {
		if span/width <= 80 {
			return width
		}
	}
	return span / 50
}

// Histogram counts both kinds of pairs.
func (s Scores) Histogram() Histogram {
	if len(s.Genuine) == 0 || len(s.Impostor) == 0 {
		return Histogram{}
	}
	width := s.binWidth()
	last := int(math.Max(s.Genuine[len(s.Genuine)-1], s.Impostor[len(s.Impostor)-1]) / width)
	h := Histogram{Width: width, Genuine: make([]int, last+1), Impostor: make([]int, last+1)}
	for _, d := range s.Genuine {
		h.Genuine[int(d/width)]++
	}
	for _, d := range s.Impostor {
		h.Impostor[int(d/width)]++
	}
	return h
}

// Table gives both error rates at round distances, from the closest pair to
// where every pair of two people counts or no pair of one is missed.
func (s Scores) Table() []Row {
	if len(s.Genuine) == 0 || len(s.Impostor) == 0 {
		return nil
	}
	width := s.binWidth()
	first := math.Floor(math.Min(s.Genuine[0], s.Impostor[0]) / width)
	var rows []Row
	for i := math.Max(1, first); ; i++ {
		d := math.Round(i*width*1e6) / 1e6
		row := Row{Distance: d, FMR: s.FalseMatch(d), FNMR: s.FalseNonMatch(d)}
		row.AtMost = row.FMR.AtMost()
		rows = append(rows, row)
		if row.FNMR.Errors == 0 && 2*row.FMR.Errors >= row.FMR.Pairs {
			return rows
		}
	}
}

// strangers is the count that a calibration keeps, at round distances from just
// short of the closest pair to where half of all pairs count.
func (s Scores) strangers(set string) face.Calibration {
	c := face.Calibration{Set: set, Pairs: len(s.Impostor)}
	if len(s.Impostor) == 0 {
		return c
	}
	step := s.Impostor[len(s.Impostor)-1] / 128
	for _, round := range []float64{0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1} {
		if step <= round {
			step = round
			break
		}
	}
	for i := math.Ceil(s.Impostor[0]/step) - 1; ; i++ {
		d := math.Round(i*step*1e6) / 1e6
		n := upTo(s.Impostor, d)
		c.Points = append(c.Points, face.CalibrationPoint{Distance: d, FalseMatches: n})
		if 2*n >= len(s.Impostor) {
			return c
		}
	}
}
