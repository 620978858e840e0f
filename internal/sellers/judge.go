package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"slices"
	"strings"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/picture"
)

// frameLimits bounds one frame of a capture: no camera page asks for more than
// 1920 x 1080, and 3,000 x 3,000 lets a tall phone through.
var frameLimits = picture.Limits{Bytes: 4 << 20, Pixels: 9e6, Side: 4000}

// judged is what the server makes of a capture.
type judged struct {
	accepted bool
	unusable bool // camera or connection spoiled it: no mark against the person
	outcome  Outcome
	verdict  []string // reasons of the verdict, the gravest first; none for a pass
	hints    []string // what stood in the way, on the picture's side
	frames   []judgedFrame
	findings []Finding
	signals  []byte            // JSON of what was measured
	prints   []injection.Frame // times and hashes
	camera   string            // label
}

func (j judged) reasons() string {
	var all []string
	for _, r := range slices.Concat(j.verdict, j.hints) {
		if r != "" && !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	return strings.Join(all, " ")
}

// judge holds the pictures against what was promised, watches them in order and
// lets package liveness decide. A capture that cannot be judged is taken again
// rather than kept, so that its person gets a fair one.
func (s *Service) judge(ctx context.Context, row captureRow, u CaptureUpload) (judged, error) {
	stored, err := row.stored()
	if err != nil {
		return judged{}, err
	}
	told, err := s.stepsOf(ctx, row.ID)
	if err != nil {
		return judged{}, err
	}
	film, err := newFilm(stored, told, u)
	if err != nil {
		return judged{}, err
	}
	if film.reason != "" {
		return judged{outcome: Fail, verdict: []string{film.reason}}, nil
	}
	var challenge liveness.Challenge
	if err := json.Unmarshal(stored.Engine, &challenge); err != nil {
		return judged{}, fmt.Errorf("challenge of %s: %w", row.ID, err)
	}
	rec, err := s.watch(ctx, row.AccountID, film, u)
	if err != nil {
		return judged{}, err
	}
	return s.conclude(s.rules().Judge(challenge, rec), rec, film, u)
}

// watch measures the pictures and adds what they do not tell themselves.
func (s *Service) watch(ctx context.Context, account string, f film, u CaptureUpload) (liveness.Recording, error) {
	shots := make([]liveness.Shot, len(f.frames))
	for i, frame := range f.frames {
		shots[i] = liveness.Shot{At: frame.at(), Step: f.steps[i], Open: func() (*image.RGBA, error) { return openFrame(frame.JPEG) }}
	}
	var still func() (*image.RGBA, error)
	if len(u.Still.JPEG) > 0 {
		still = func() (*image.RGBA, error) { return openFrame(u.Still.JPEG) }
	}
	rec, err := liveness.Film(liveness.Engines{Face: s.faces, Mesh: s.meshes}, shots, still)
	if err != nil {
		return rec, fmt.Errorf("watch capture: %w", err)
	}
	for i, shown := range f.shown {
		rec.Arrivals = append(rec.Arrivals, liveness.Arrival{Step: i, Revealed: f.told[i], Committed: f.told[i+1], Shown: shown})
	}
	if rec.Camera, err = injection.ParseCamera(u.Facts); err != nil {
		rec.Camera = injection.Camera{} // a page that says nothing readable said nothing
	}
	earlier, err := s.earlierFilms(ctx, account)
	if err != nil {
		return rec, err
	}
	rec.Known = injection.FindKnown(prints(rec), earlier)
	return rec, nil
}

// rules are those of package liveness. Where the policy is not strict, what a
// test's camera and browser say of themselves is noted and no more.
func (s *Service) rules() liveness.Rules {
	r := liveness.DefaultRules
	if !s.Policy.StrictCamera {
		for _, reason := range []string{injection.CameraVirtual, injection.CameraFile, injection.CameraFake, injection.ScriptDriven, injection.ScriptStarted} {
			r.Injection = r.Injection.With(reason, injection.Note)
		}
	}
	return r
}

// prints are the frames' times and hashes.
func prints(rec liveness.Recording) []injection.Frame {
	out := make([]injection.Frame, len(rec.Frames))
	for i, o := range rec.Frames {
		out[i] = injection.Frame{At: o.At, Hash: o.Hash}
	}
	return out
}

// conclude accepts what was followed, also where a person has to settle a sign.
// What fails, or could not be judged, is taken again.
func (s *Service) conclude(v liveness.Verdict, rec liveness.Recording, f film, u CaptureUpload) (judged, error) {
	out := judged{outcome: Outcome(v.Outcome), unusable: v.Unusable, camera: rec.Camera.Label}
	if v.Outcome != liveness.Pass {
		out.verdict = grave(v)
	}
	for _, found := range v.Findings {
		out.findings = append(out.findings, Finding{Check: found.Check, Outcome: Outcome(found.Outcome), Reason: found.Reason, Values: found.Values})
	}
	var err error
	if v.Outcome == liveness.Pass || v.Outcome == liveness.Review && !v.Unusable {
		out.accepted, out.prints = true, prints(rec)
		if out.signals, err = json.Marshal(rec); err != nil {
			return out, fmt.Errorf("signals: %w", err)
		}
		out.frames, err = keepFrames(rec, f, u)
		return out, err
	}
	out.outcome = Fail
	if v.Unusable {
		out.outcome = NotRun
	}
	out.hints, err = s.hints(f)
	return out, err
}

// grave are the reasons of a verdict, its own first: what else weighs as much
// helps the person as well.
func grave(v liveness.Verdict) []string {
	out := []string{v.Reason}
	for _, f := range v.Findings {
		if f.Outcome == v.Outcome && f.Reason != v.Reason {
			out = append(out, f.Reason)
		}
	}
	return out
}

// hints say what is wrong with the pictures, from one of the first, where the
// person was to look straight.
func (s *Service) hints(f film) ([]string, error) {
	if len(f.frames) == 0 {
		return nil, nil
	}
	img, err := openFrame(f.frames[min(len(f.frames)-1, 8)].JPEG)
	if err != nil {
		return nil, err
	}
	a, err := s.faces.Assess(img)
	if err != nil {
		return nil, fmt.Errorf("assess frame: %w", err)
	}
	var out []string
	for _, found := range a.Findings {
		out = append(out, found.Reason)
	}
	return out, nil
}

func openFrame(jpeg []byte) (*image.RGBA, error) {
	p, err := picture.Decode(jpeg, frameLimits)
	if err != nil {
		return nil, pictureError(err)
	}
	return p.RGBA, nil
}
