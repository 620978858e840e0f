package liveness

import (
	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/pad"
)

// evidence gives the findings beside the answers themselves. None of them may
// refuse alone, except what no honest camera does: depth and light were measured
// on rendered heads and modelled light, and screens, borders and backgrounds on
// very few real ones.
func (r Rules) evidence(c Challenge, steps []shown, frames []Observation, rec Recording) []Finding {
	findings := []Finding{
		depth(rec.Relief), r.light(c, steps, frames), r.screen(frames, rec.Still), border(rec.Border), background(rec.Ground),
	}
	return append(findings, r.injected(frames, rec)...)
}

func depth(res pad.ReliefResult) Finding {
	f := Finding{Check: CheckDepth, Outcome: NotRun, Reason: res.Reason, Values: map[string]float64{
		"pairs": float64(res.Pairs), "heads": float64(res.Heads), "sheets": float64(res.Sheets),
		"b": res.B, "f": res.F, "survivors": res.Survivors,
	}}
	switch {
	case res.Reason == "":
		f.Reason = pad.ReliefNoTurn
	case !res.Judged:
	case res.Reason == pad.ReliefHead:
		f.Outcome = Pass
	default:
		f.Outcome = Review
	}
	return f
}

// light judges the frames of the last step against the colours that it showed.
func (r Rules) light(c Challenge, steps []shown, frames []Observation) Finding {
	last := steps[len(steps)-1]
	if len(c.Light) == 0 || last.Prompt != HoldStill {
		return Finding{Check: CheckLight, Outcome: NotRun, Reason: NoLight}
	}
	var tints []pad.TintAt
	for _, o := range frames {
		if o.At >= last.From && o.Tint != nil {
			tints = append(tints, pad.TintAt{At: o.At - last.From, Tint: *o.Tint})
		}
	}
	res := r.Light.Judge(c.Light, LightStep, tints)
	f := Finding{Check: CheckLight, Outcome: NotRun, Reason: res.Reason, Values: map[string]float64{
		"correlation": res.Correlation, "amplitude": res.Amplitude, "lag": res.Lag.Seconds(), "noise": res.Noise,
	}}
	if res.Judged {
		f.Outcome = Review
		if res.Reason == pad.LightOK {
			f.Outcome = Pass
		}
	}
	return f
}

// screen speaks only where a pattern was found: its absence says nothing.
func (r Rules) screen(frames []Observation, still *Still) Finding {
	var peaks []float64
	for _, o := range frames {
		peaks = append(peaks, o.Peak)
	}
	alone := 0.0
	if still != nil {
		alone = still.Peak
	}
	res := r.Screen.Judge(peaks, alone)
	f := Finding{Check: CheckScreen, Outcome: NotRun, Reason: res.Reason, Values: map[string]float64{
		"frames": float64(res.Frames), "share": res.Share, "median": res.Median, "still": res.Still,
	}}
	if res.Judged {
		f.Outcome = Review
	}
	return f
}

func border(res pad.BorderResult) Finding {
	f := Finding{Check: CheckBorder, Outcome: NotRun, Reason: res.Reason, Values: map[string]float64{
		"sides": float64(res.Sides), "along": float64(res.Along), "fixed": float64(res.Fixed), "moves": res.Moves,
	}}
	switch {
	case res.Reason == pad.BorderAlong:
		f.Outcome = Review
	case res.Reason == "":
		f.Reason = pad.BorderFew
	case res.Judged:
		f.Outcome = Pass
	}
	return f
}

func background(res pad.GroundResult) Finding {
	f := Finding{Check: CheckBackground, Outcome: NotRun, Reason: res.Reason, Values: map[string]float64{
		"equal": res.Equal, "frozen": res.Frozen, "moves": res.Moves, "along": res.Along,
	}}
	switch {
	case res.Reason == "":
		f.Reason = pad.GroundNone
	case !res.Judged:
	case res.Reason == pad.GroundFree:
		f.Outcome = Pass
	default:
		f.Outcome = Review
	}
	return f
}

// injected gives one finding for each sign of an injected capture, and a pass
// when there is none: that none of these was seen, and no more.
func (r Rules) injected(frames []Observation, rec Recording) []Finding {
	var kept []injection.Frame
	for _, o := range frames {
		kept = append(kept, o.Frame)
	}
	signs := r.Injection.Judge(rec.Camera, kept)
	if known, is := rec.Known.Finding(); is {
		signs = append(signs, known)
	}
	var findings []Finding
	for _, s := range signs {
		f := Finding{Check: CheckInjection, Outcome: Pass, Reason: s.Reason, Values: s.Values}
		switch s.Level {
		case injection.Attack:
			f.Outcome = Fail
		case injection.Review:
			f.Outcome = Review
		}
		findings = append(findings, f)
	}
	if len(findings) == 0 {
		findings = append(findings, Finding{Check: CheckInjection, Outcome: Pass, Reason: OK})
	}
	return findings
}
