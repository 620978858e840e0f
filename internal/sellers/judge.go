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

// keptFrame is the longest side of a kept frame, in pixels.
const keptFrame = 1280

// judgedFrame is a frame as it is kept: decoded and written anew.
type judgedFrame struct {
	offsetMS      int
	jpeg          []byte
	width, height int
}

// judged is what the server makes of a capture.
type judged struct {
	accepted bool
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
	out := judged{frames: make([]judgedFrame, len(film.frames))}
	pictures := make([]*image.RGBA, len(film.frames))
	shots := make([]liveness.Shot, len(film.frames))
	for i, f := range film.frames {
		shots[i] = liveness.Shot{At: f.at(), Step: film.steps[i], Open: func() (*image.RGBA, error) {
			p, err := picture.Decode(f.JPEG, frameLimits)
			if err != nil {
				return nil, pictureError(err)
			}
			img := picture.Fit(p.RGBA, keptFrame)
			kept, err := picture.EncodeJPEG(img, keptQuality)
			out.frames[i] = judgedFrame{f.OffsetMS, kept, img.Rect.Dx(), img.Rect.Dy()}
			if i == len(shots)/2 {
				pictures[i] = img
			}
			return img, err
		}}
	}
	rec, err := liveness.Film(liveness.Engines{Face: s.faces, Mesh: s.meshes}, shots, nil)
	if err != nil {
		return judged{}, fmt.Errorf("watch frames: %w", err)
	}
	for i, shown := range film.shown {
		rec.Arrivals = append(rec.Arrivals, liveness.Arrival{Step: i, Revealed: film.told[i], Committed: film.told[i+1], Shown: shown})
	}
	if out.signals, err = json.Marshal(rec); err != nil {
		return judged{}, err
	}
	return s.conclude(out, liveness.Judge(challenge, rec), pictures[len(shots)/2])
}

// conclude accepts what was followed, or followed in all but a small thing that
// a person can settle.
func (s *Service) conclude(out judged, v liveness.Verdict, middle *image.RGBA) (judged, error) {
	switch {
	case v.Outcome == liveness.Pass:
		out.accepted, out.outcome = true, Pass
		return out, nil
	case v.Outcome == liveness.Review && !v.Unusable:
		out.accepted, out.outcome, out.verdict = true, Review, []string{v.Reason}
		return out, nil
	}
	out.outcome, out.verdict = Fail, []string{v.Reason}
	a, err := s.faces.Assess(middle)
	if err != nil {
		return judged{}, fmt.Errorf("assess frame: %w", err)
	}
	for _, f := range a.Findings {
		if f.Reason != "face.turned" { // turning was asked for
			out.hints = append(out.hints, f.Reason)
		}
	}
	out.frames = nil
	return out, nil
}
