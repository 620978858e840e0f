package injection

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"
)

// Rules are the figures that Judge goes by.
type Rules struct {
	Frames     int           // least number of frames to judge intervals by
	Even       time.Duration // jitter of intervals below which it is noted
	Exact      time.Duration // jitter below which nobody's clock ticks
	RateJump   float64       // ratio of the rates of both halves
	RateOver   float64       // frames per second over what the track says
	RepeatNote float64       // share of frames equal to the one before: noted
	Repeat     float64       // likewise: reviewed
	RepeatAll  float64       // likewise: taken as a still picture
	Loops      int           // frames that come back
	Quiet      float64       // share of equal blocks from which a frame has no noise
	QuietShare float64       // share of frames so quiet
	Echo       float64       // correlation of noise with older noise
	EchoShare  float64       // share of frames with such an echo
	HugeSide   float64       // pixels: a largest size that no web camera has
	// Levels replaces the level of a reason, for an operator's policy: a test
	// installation may set CameraFile to Note.
	Levels map[string]Level
}

// DefaultRules hold what was measured on one live clip and on rendered frames
// (docs/measurements.md, "Liveness: depth, light, screen, injection"); intervals
// are the project's own guess and therefore weigh little.
var DefaultRules = Rules{
	Frames: 20, Even: 300 * time.Microsecond, Exact: 10 * time.Microsecond, RateJump: 1.6, RateOver: 1.3,
	RepeatNote: 0.2, Repeat: 0.5, RepeatAll: 0.9, Loops: 3,
	Quiet: 0.97, QuietShare: 0.5, Echo: 0.5, EchoShare: 0.2, HugeSide: 8192,
}

// With gives the rules with another level for one reason.
func (r Rules) With(reason string, level Level) Rules {
	levels := maps.Clone(r.Levels)
	if levels == nil {
		levels = map[string]Level{}
	}
	levels[reason] = level
	r.Levels = levels
	return r
}

// Judge lists what speaks for an injected capture, by the DefaultRules.
func Judge(c Camera, frames []Frame) []Finding { return DefaultRules.Judge(c, frames) }

// Judge lists what speaks for an injected capture, worst first. No finding means
// that none of these signs was seen, and no more.
func (r Rules) Judge(c Camera, frames []Frame) []Finding {
	findings := r.camera(c)
	findings = append(findings, script(c.Script)...)
	findings = append(findings, r.sizes(c, frames)...)
	findings = append(findings, r.times(c, frames)...)
	findings = append(findings, r.repeats(frames)...)
	findings = append(findings, r.noise(frames)...)
	for i, f := range findings {
		if level, ok := r.Levels[f.Reason]; ok {
			findings[i].Level = level
		}
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return b.Level.rank() - a.Level.rank() })
	return findings
}

// adjustable are the capabilities of which any real camera's driver offers one.
var adjustable = []string{
	"focusDistance", "focusMode", "exposureTime", "exposureMode", "exposureCompensation", "whiteBalanceMode",
	"colorTemperature", "brightness", "contrast", "saturation", "sharpness", "iso", "zoom", "torch",
}

func (r Rules) camera(c Camera) []Finding {
	var findings []Finding
	if reason, level := label(c.Label); reason != "" {
		findings = append(findings, Finding{Reason: reason, Level: level})
	}
	if c.Mobile && c.Facing == "" && len(c.Capabilities["facingMode"].Options) == 0 {
		findings = append(findings, Finding{Reason: CameraNoFacing, Level: Review})
	}
	if len(c.Capabilities) == 0 { // the browser does not say
		return findings
	}
	if !slices.ContainsFunc(adjustable, func(name string) bool { return offers(c.Capabilities, name) }) {
		findings = append(findings, Finding{Reason: CameraPlain, Level: Note, Values: map[string]float64{"capabilities": float64(len(c.Capabilities))}})
	}
	if v, odd := r.anySize(c.Capabilities); odd {
		findings = append(findings, Finding{Reason: CameraAnySize, Level: Note, Values: v})
	}
	return findings
}

func offers(all map[string]Capability, name string) bool {
	k, ok := all[name]
	return ok && (k.span() || len(k.Options) > 0)
}

// anySize says whether a camera offers sizes that no sensor has. A least size of
// one pixel is normal where the browser itself crops and scales.
func (r Rules) anySize(all map[string]Capability) (map[string]float64, bool) {
	w, h := all["width"], all["height"]
	if w.Min == nil || w.Max == nil || h.Min == nil || h.Max == nil {
		return nil, false
	}
	scales := slices.ContainsFunc(all["resizeMode"].Options, func(o string) bool { return strings.Contains(o, "scale") })
	values := map[string]float64{"width_min": *w.Min, "width_max": *w.Max, "height_min": *h.Min, "height_max": *h.Max}
	return values, math.Max(*w.Max, *h.Max) > r.HugeSide || !scales && *w.Min <= 1 && *h.Min <= 1
}

func script(s Script) []Finding {
	var findings []Finding
	if s.WebDriver {
		findings = append(findings, Finding{Reason: ScriptDriven, Level: Review})
	}
	if !s.Trusted {
		findings = append(findings, Finding{Reason: ScriptStarted, Level: Review})
	}
	if !s.Native {
		findings = append(findings, Finding{Reason: TrackAltered, Level: Review})
	}
	if s.Hidden > 0 {
		findings = append(findings, Finding{Reason: PageHidden, Level: Note, Values: map[string]float64{"times": float64(s.Hidden)}})
	}
	return findings
}

// sizes compares the frames' sizes with one another and with the track's. A
// phone that is turned swaps width and height; that alone is only noted.
func (r Rules) sizes(c Camera, frames []Frame) []Finding {
	var findings []Finding
	changes, swaps := 0, 0
	for i := 1; i < len(frames); i++ {
		a, b := frames[i-1], frames[i]
		switch {
		case a.Width == b.Width && a.Height == b.Height:
		case a.Width == b.Height && a.Height == b.Width:
			swaps++
		default:
			changes++
		}
	}
	if changes+swaps > 0 {
		level := Review
		if changes == 0 {
			level = Note
		}
		findings = append(findings, Finding{SizeChanged, level, map[string]float64{"changes": float64(changes), "turns": float64(swaps)}})
	}
	if len(frames) > 0 && c.Width > 0 && c.Height > 0 {
		f := frames[0]
		told, seen := shape(c.Width, c.Height), shape(f.Width, f.Height)
		if math.Abs(told-seen) > 0.03*told {
			findings = append(findings, Finding{SizeUnlike, Note, map[string]float64{"track": told, "frames": seen}})
		}
	}
	return findings
}

// shape is the ratio of the longer side to the shorter.
func shape(w, h int) float64 { return float64(max(w, h)) / float64(max(1, min(w, h))) }

// times judges the intervals between frames.
func (r Rules) times(c Camera, frames []Frame) []Finding {
	if len(frames) < max(r.Frames, 4) {
		return nil
	}
	var gaps []float64 // seconds
	for i := 1; i < len(frames); i++ {
		gaps = append(gaps, (frames[i].At - frames[i-1].At).Seconds())
	}
	var findings []Finding
	jitter := deviation(gaps)
	values := map[string]float64{"jitter_ms": 1000 * jitter, "rate": rate(gaps)}
	switch {
	case jitter < r.Exact.Seconds():
		findings = append(findings, Finding{FramesTooEven, Review, values})
	case jitter < r.Even.Seconds():
		findings = append(findings, Finding{FramesTooEven, Note, values})
	}
	first, second := rate(gaps[:len(gaps)/2]), rate(gaps[len(gaps)/2:])
	if q := math.Max(first, second) / math.Min(first, second); q > r.RateJump {
		findings = append(findings, Finding{RateChanged, Note, map[string]float64{"first": first, "second": second}})
	}
	if c.FrameRate > 0 && values["rate"] > r.RateOver*c.FrameRate {
		findings = append(findings, Finding{RateUnlike, Review, map[string]float64{"track": c.FrameRate, "frames": values["rate"]}})
	}
	return findings
}

// rate is frames per second by the median interval.
func rate(gaps []float64) float64 {
	sorted := slices.Sorted(slices.Values(gaps))
	return 1 / math.Max(sorted[len(sorted)/2], 1e-6)
}

func deviation(values []float64) float64 {
	mean := 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	sum := 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(values)))
}

// repeats looks for frames that equal others. A slow camera repeats its last
// frame; no camera comes back to one after showing others.
func (r Rules) repeats(frames []Frame) []Finding {
	if len(frames) < 2 {
		return nil
	}
	last := map[string]int{}
	equal, loops := 0, 0
	for i, f := range frames {
		if f.Fingerprint == "" {
			continue
		}
		if j, seen := last[f.Fingerprint]; seen {
			if frames[i-1].Fingerprint == f.Fingerprint {
				equal++
			} else if i-j > 1 {
				loops++
			}
		}
		last[f.Fingerprint] = i
	}
	var findings []Finding
	share := float64(equal) / float64(len(frames)-1)
	values := map[string]float64{"share": share}
	switch {
	case share > r.RepeatAll:
		findings = append(findings, Finding{FramesRepeated, Attack, values})
	case share > r.Repeat:
		findings = append(findings, Finding{FramesRepeated, Review, values})
	case share > r.RepeatNote:
		findings = append(findings, Finding{FramesRepeated, Note, values})
	}
	if loops >= r.Loops {
		findings = append(findings, Finding{FramesLooped, Attack, map[string]float64{"frames": float64(loops)}})
	}
	return findings
}

// noise looks for pictures without noise and for noise that comes back. Frames
// equal to the one before say nothing here; repeats has counted them.
func (r Rules) noise(frames []Frame) []Finding {
	quiet, echo, n := 0, 0, 0
	var loudest, most float64
	for i, f := range frames {
		if i == 0 || f.Same == 1 {
			continue
		}
		n++
		if f.Same >= r.Quiet {
			quiet++
		}
		if f.Echo >= r.Echo {
			echo++
		}
		loudest, most = math.Max(loudest, f.Noise), math.Max(most, f.Echo)
	}
	if n < max(1, r.Frames/2) {
		return nil
	}
	var findings []Finding
	if s := float64(quiet) / float64(n); s > r.QuietShare {
		findings = append(findings, Finding{FramesNoiseless, Review, map[string]float64{"share": s, "noise": loudest}})
	}
	if s := float64(echo) / float64(n); s > r.EchoShare {
		findings = append(findings, Finding{NoiseRepeated, Attack, map[string]float64{"share": s, "echo": most}})
	}
	return findings
}
