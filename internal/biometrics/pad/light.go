package pad

import (
	"math"
	"slices"
	"time"
)

// The reasons of a LightResult.
const (
	LightOK       = "light.ok"        // the face answered to the colours
	LightNone     = "light.none"      // it did not answer at all
	LightOther    = "light.other"     // it changed, but not as the screen did
	LightLate     = "light.late"      // it answered too late for a camera
	LightJumps    = "light.lag-jumps" // its delay jumped
	LightBright   = "light.too-bright"
	LightDark     = "light.too-dark"
	LightNoisy    = "light.too-noisy" // head or camera moved the colours more than the screen could
	LightTooShort = "light.too-few-frames"
)

// LightRules are the figures of JudgeLight.
type LightRules struct {
	Correlation float64       // least, of the changes seen with those shown
	Amplitude   float64       // least light of the screen's white as a share of the room's
	LagMost     time.Duration // of a camera and its stack
	LagSearch   time.Duration // how far an answer is looked for
	LagJump     time.Duration // between both halves
	Tail        float64       // share of a step, at its end, that is measured
	Frames      int           // least number in a step's tail
	Missing     int           // steps that may have fewer
	Clipped     float64       // share of skin without colour
	Dark        float64       // linear green of skin
	Noise       float64       // standard error of the amplitude
}

// DefaultLightRules: correlation and amplitude as measured with a modelled tint
// on a live clip, its replay and photographs; never yet on a real face before a
// real screen. See docs/measurements.md, "Liveness: depth, light, screen, injection".
var DefaultLightRules = LightRules{
	Correlation: 0.8, Amplitude: 0.015, LagMost: 400 * time.Millisecond, LagSearch: 700 * time.Millisecond,
	LagJump: 200 * time.Millisecond, Tail: 0.65, Frames: 2, Missing: 1, Clipped: 0.35, Dark: 0.01, Noise: 0.006,
}

// LightResult says whether a face answered to the colours of the screen.
type LightResult struct {
	Judged      bool          `json:"judged"`
	Reason      string        `json:"reason"`
	Correlation float64       `json:"correlation"` // -1 to 1
	Amplitude   float64       `json:"amplitude"`   // light of the screen's white as a share of the room's
	Lag         time.Duration `json:"lag"`         // delay at which it fits best
	Jump        time.Duration `json:"jump"`        // difference of the delay between both halves
	Noise       float64       `json:"noise"`       // standard error of Amplitude, from the frames within a step
	Ground      bool          `json:"ground"`      // the background was taken off
	Steps       int           `json:"steps"`       // that had enough frames
}

// JudgeLight judges by the DefaultLightRules. Times count from when the first
// colour (Neutral) appeared.
func JudgeLight(seq Sequence, stepTime time.Duration, tints []TintAt) LightResult {
	return DefaultLightRules.Judge(seq, stepTime, tints)
}

// Judge compares the changes of a face's tint from step to step with those of
// the colours shown.
func (r LightRules) Judge(seq Sequence, stepTime time.Duration, tints []TintAt) LightResult {
	res := LightResult{}
	frames := r.series(tints, &res)
	if stop := r.unfit(seq, stepTime, frames, tints); stop != "" {
		res.Reason = stop
		return res
	}
	res.Lag, _ = bestLag(seq, stepTime, frames, r.LagSearch)
	shown, seen, noise, ok := r.steps(seq, stepTime, frames, res.Lag, &res)
	if !ok {
		res.Reason = LightTooShort
		return res
	}
	res.Correlation, res.Amplitude = correlate(shown, seen)
	res.Noise = noise * math.Sqrt2 / math.Max(size(shown), 1e-5)
	res.Jump = r.jump(seq, stepTime, frames)
	answered := res.Correlation >= r.Correlation && res.Amplitude >= r.Amplitude
	switch {
	case !answered && res.Noise > r.Noise:
		res.Reason = LightNoisy
		return res
	case answered && res.Lag > r.LagMost:
		res.Reason = LightLate
	case answered && res.Jump > r.LagJump:
		res.Reason = LightJumps
	case answered:
		res.Reason = LightOK
	case size(seen) < r.Amplitude*size(shown):
		res.Reason = LightNone
	default:
		res.Reason = LightOther
	}
	res.Judged = true
	return res
}

// size is the root of the sum of squares.
func size(tones []tone) float64 {
	sum := 0.0
	for _, t := range tones {
		sum += t[0]*t[0] + t[1]*t[1]
	}
	return math.Sqrt(sum)
}

// moment is a tone at a time.
type moment struct {
	at   time.Duration
	tone tone
}

// series takes the background off where nearly all frames have one.
func (r LightRules) series(tints []TintAt, res *LightResult) []moment {
	var kept []TintAt
	bare := 0
	for _, t := range tints {
		if t.Tint.Pixels > 0 {
			kept = append(kept, t)
			if t.Tint.Bare {
				bare++
			}
		}
	}
	res.Ground = bare*10 <= len(kept)
	var out []moment
	for _, t := range kept {
		if res.Ground && t.Tint.Bare {
			continue
		}
		v := tone(t.Tint.Face)
		if res.Ground {
			v[0] -= t.Tint.Ground[0]
			v[1] -= t.Tint.Ground[1]
		}
		out = append(out, moment{t.At, v})
	}
	slices.SortStableFunc(out, func(a, b moment) int { return int(a.at - b.at) })
	return out
}

// unfit names what makes the light part impossible to judge.
func (r LightRules) unfit(seq Sequence, stepTime time.Duration, frames []moment, tints []TintAt) string {
	if len(seq) < 4 || stepTime <= 0 || len(frames) < r.Frames*len(seq) {
		return LightTooShort
	}
	var clipped, bright []float64
	for _, t := range tints {
		if t.Tint.Pixels > 0 {
			clipped, bright = append(clipped, t.Tint.Clipped), append(bright, t.Tint.Bright)
		}
	}
	switch {
	case median(bright) < r.Dark:
		return LightDark
	case median(clipped) > r.Clipped:
		return LightBright
	}
	return ""
}

// steps gives the changes shown and seen, and the noise of a step's mean.
func (r LightRules) steps(seq Sequence, stepTime time.Duration, frames []moment, lag time.Duration, res *LightResult) (shown, seen []tone, noise float64, ok bool) {
	wanted := tones(seq)
	var have []int
	var means []tone
	variance := 0.0
	for i := range seq {
		end := time.Duration(i+1)*stepTime + lag
		from := end - time.Duration(float64(stepTime)*r.Tail)
		var in []tone
		for _, f := range frames {
			if f.at >= from && f.at < end {
				in = append(in, f.tone)
			}
		}
		if len(in) < r.Frames {
			continue
		}
		mean, v := meanTone(in)
		have, means = append(have, i), append(means, mean)
		variance += v / float64(len(in))
	}
	res.Steps = len(have)
	if len(have) < max(4, len(seq)-r.Missing) {
		return nil, nil, 0, false
	}
	for k := 1; k < len(have); k++ {
		a, b := wanted[have[k-1]], wanted[have[k]]
		shown = append(shown, tone{b[0] - a[0], b[1] - a[1]})
		seen = append(seen, tone{means[k][0] - means[k-1][0], means[k][1] - means[k-1][1]})
	}
	return shown, seen, math.Sqrt(variance / float64(len(have))), true
}

// meanTone gives the mean and the variance of one channel.
func meanTone(in []tone) (mean tone, variance float64) {
	for _, t := range in {
		mean[0] += t[0] / float64(len(in))
		mean[1] += t[1] / float64(len(in))
	}
	for _, t := range in {
		variance += ((t[0]-mean[0])*(t[0]-mean[0]) + (t[1]-mean[1])*(t[1]-mean[1])) / 2
	}
	if len(in) > 1 {
		variance /= float64(len(in) - 1)
	}
	return mean, variance
}

// lagStep is how finely delays are tried.
const lagStep = 20 * time.Millisecond

// bestLag finds the delay at which the frames fit the colours best, frame by
// frame, and that fit's correlation.
func bestLag(seq Sequence, stepTime time.Duration, frames []moment, most time.Duration) (time.Duration, float64) {
	wanted := tones(seq)
	best, at := math.Inf(-1), time.Duration(0)
	for lag := time.Duration(0); lag <= most; lag += lagStep {
		var a, b []tone
		for _, f := range frames {
			t := f.at - lag
			if t < 0 || t >= time.Duration(len(seq))*stepTime {
				continue
			}
			a, b = append(a, wanted[int(t/stepTime)]), append(b, f.tone)
		}
		if len(a) < len(seq) {
			continue
		}
		if c, _ := correlate(a, b); c > best {
			best, at = c, lag
		}
	}
	return at, best
}

// jump is how far the delays of both halves lie apart, as far as both can be told.
func (r LightRules) jump(seq Sequence, stepTime time.Duration, frames []moment) time.Duration {
	half := time.Duration(len(seq)) * stepTime / 2
	var early, late []moment
	for _, f := range frames {
		if f.at < half {
			early = append(early, f)
		} else {
			late = append(late, f)
		}
	}
	if len(early) < len(seq) || len(late) < len(seq) {
		return 0
	}
	a, ca := bestLag(seq, stepTime, early, r.LagSearch)
	b, cb := bestLag(seq, stepTime, late, r.LagSearch)
	if ca < r.Correlation || cb < r.Correlation {
		return 0
	}
	return max(a-b, b-a)
}
