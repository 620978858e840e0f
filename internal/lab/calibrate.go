package lab

import (
	"math"

	"truepenny/internal/biometrics/face"
)

// Fit is one way from a distance to a likelihood ratio, with its cost in bits
// (Cllr; Brümmer and du Preez, 2006): 0 is perfect, 1 says nothing.
type Fit struct {
	Method string  `json:"method"`
	Cllr   float64 `json:"cllr"` // on people who were left out of the fit
	Used   bool    `json:"used"` // the one in the calibration
}

// The ways that are compared.
const (
	fitLogistic = "logistic" // log-odds straight in the distance (Platt, 1999)
	fitGaussian = "gaussian" // two normal distributions of one width: straight too
	fitIsotonic = "isotonic" // pool adjacent violators on the same pairs: the least cost that any monotone way can have
)

// mostFolds is into how many parts the people are divided for crosswise fitting;
// into fewer where a part would not hold two people.
const mostFolds = 5

// line is log10 of a likelihood ratio, straight in the distance and kept within
// what the number of pairs can support: a set of n pairs of strangers cannot
// show that something is rarer than about 1 in n.
type line struct{ offset, slope, least, most float64 }

func (l line) at(distance float64) float64 {
	return math.Max(l.least, math.Min(l.most, l.offset+l.slope*distance))
}

// calibrate counts how rare a distance is and fits the likelihood ratio the way
// that costs least on people whom the fit has not seen.
func calibrate(s Set, pairs []pair, scores Scores) (face.Calibration, []Fit) {
	c := scores.strangers(s.Name)
	ways := []struct {
		name string
		fit  func(Scores) line
	}{{fitLogistic, logistic}, {fitGaussian, gaussian}}
	best, fits := -1, []Fit(nil)
	for i, w := range ways {
		cost, ok := crossCost(s, pairs, w.fit)
		if !ok {
			continue // too few people to leave any out
		}
		fits = append(fits, Fit{Method: w.name, Cllr: cost})
		if best < 0 || cost < c.Cllr {
			best, c.Cllr = i, cost
		}
	}
	if best < 0 {
		return c, nil
	}
	for i := range fits {
		fits[i].Used = fits[i].Method == ways[best].name
	}
	l := ways[best].fit(scores)
	c.Method, c.Offset, c.Slope, c.Least, c.Most = ways[best].name, l.offset, l.slope, l.least, l.most
	return c, append(fits, Fit{Method: fitIsotonic, Cllr: isotonicCost(scores)})
}

// crossCost fits on some people and counts the cost on the others, in turns.
func crossCost(s Set, pairs []pair, fit func(Scores) line) (float64, bool) {
	r := newResampler(s, 0)
	folds := min(mostFolds, r.people/2)
	var genuine, impostor, n, m float64
	for fold := range folds {
		var learn, try Scores
		for _, p := range pairs {
			a, b := r.person[p.a]%folds == fold, r.person[p.b]%folds == fold
			to := &learn
			switch {
			case a && b:
				to = &try
			case a || b:
				continue // one of the two was seen
			}
			if r.genuine(p) {
				to.Genuine = append(to.Genuine, p.distance)
			} else {
				to.Impostor = append(to.Impostor, p.distance)
			}
		}
		if len(learn.Genuine) == 0 || len(learn.Impostor) == 0 {
			return 0, false
		}
		l := fit(learn)
		for _, d := range try.Genuine {
			genuine += costGenuine(l.at(d))
		}
		for _, d := range try.Impostor {
			impostor += costImpostor(l.at(d))
		}
		n, m = n+float64(len(try.Genuine)), m+float64(len(try.Impostor))
	}
	if n == 0 || m == 0 {
		return 0, false
	}
	return (genuine/n + impostor/m) / 2, true
}

// costGenuine and costImpostor are what a likelihood ratio costs, in bits.
func costGenuine(log10 float64) float64  { return math.Log2(1 + math.Pow(10, -log10)) }
func costImpostor(log10 float64) float64 { return math.Log2(1 + math.Pow(10, log10)) }

// Cllr is the cost of log10 likelihood ratios of pairs of one and of two people.
func Cllr(genuine, impostor []float64) float64 {
	var g, i float64
	for _, v := range genuine {
		g += costGenuine(v)
	}
	for _, v := range impostor {
		i += costImpostor(v)
	}
	return (g/float64(len(genuine)) + i/float64(len(impostor))) / 2
}

// bounded keeps a line within what the counts support.
func bounded(offset, slope float64, s Scores) line {
	return line{offset, slope, -math.Log10(float64(len(s.Genuine) + 1)), math.Log10(float64(len(s.Impostor) + 1))}
}

// gaussian fits two normal distributions of one width.
func gaussian(s Scores) line {
	mg, vg := moments(s.Genuine)
	mi, vi := moments(s.Impostor)
	v := math.Max((vg+vi)/2, 1e-9)
	return bounded((mi*mi-mg*mg)/(2*v)/math.Ln10, (mg-mi)/v/math.Ln10, s)
}

func moments(values []float64) (mean, variance float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		variance += (v - mean) * (v - mean)
	}
	return mean, variance / float64(len(values))
}

// logistic fits the log-odds of "one person" by Newton's method, both kinds of
// pairs weighing the same. The targets are drawn in a little (Platt, 1999), so
// that kinds which do not overlap still give a finite slope.
func logistic(s Scores) line {
	centre, spread := moments(append(append([]float64(nil), s.Genuine...), s.Impostor...))
	spread = math.Max(math.Sqrt(spread), 1e-9)
	ng, ni := float64(len(s.Genuine)), float64(len(s.Impostor))
	a, b := 0.0, -1.0
	for range 100 {
		var ga, gb, haa, hab, hbb float64
		add := func(values []float64, target, weight float64) {
			for _, d := range values {
				x := (d - centre) / spread
				p := 1 / (1 + math.Exp(-(a + b*x)))
				g, h := weight*(p-target), weight*math.Max(p*(1-p), 1e-12)
				ga, gb = ga+g, gb+g*x
				haa, hab, hbb = haa+h, hab+h*x, hbb+h*x*x
			}
		}
		add(s.Genuine, (ng+1)/(ng+2), 1/ng)
		add(s.Impostor, 1/(ni+2), 1/ni)
		det := haa*hbb - hab*hab
		if det < 1e-18 {
			break
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		if size := math.Max(math.Abs(da), math.Abs(db)); size > 2 { // not too far at once
			da, db = da*2/size, db*2/size
		}
		a, b = a-da, b-db
		if math.Abs(da)+math.Abs(db) < 1e-10 {
			break
		}
	}
	return bounded((a-b*centre/spread)/math.Ln10, b/spread/math.Ln10, s)
}
