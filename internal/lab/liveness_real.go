package lab

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"io/fs"
	"math"
	"path/filepath"
	"slices"
	"time"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/biometrics/pad"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/sitter"
)

// ClipResult is one filmed clip. It followed no challenge, so it is judged by
// all that needs none: quality, one person throughout, a blink, screen, border,
// background and injection.
type ClipResult struct {
	File     string             `json:"file"`
	Live     bool               `json:"live"`
	Attack   string             `json:"attack,omitempty"`
	Seconds  float64            `json:"seconds"`
	Long     bool               `json:"long_enough"` // at least 4 seconds that can be used
	Accepted bool               `json:"accepted"`
	Reason   string             `json:"reason"`
	Values   map[string]float64 `json:"values"`
}

// StillCount sums up pictures of one kind. A picture is no capture, so it is
// neither accepted nor refused.
type StillCount struct {
	Kind    string  `json:"kind"` // "live", or the attack's
	Count   int     `json:"count"`
	Faces   int     `json:"faces"`    // pictures with a face
	Large   int     `json:"measured"` // with a face large enough for a spectrum
	Strong  int     `json:"strong"`   // of these, with a peak as a screen's
	Largest float64 `json:"largest"`  // peak
}

// real judges the set's own material, and gives the people whom its live
// material shows: from videos the first frame with a face.
func (r *LivenessReport) real(ctx context.Context, files fs.FS, labels []livenessLabel, p LivenessParts) ([]sitter.Portrait, error) {
	var people []sitter.Portrait
	seen, stills := map[string]bool{}, map[string]*StillCount{}
	meet := func(l livenessLabel, img *image.RGBA) error {
		if !l.live || seen[l.person] {
			return nil
		}
		who, ok, err := sitter.From(img, p.Faces)
		if err == nil && ok {
			seen[l.person], people = true, append(people, who)
		}
		return err
	}
	for _, l := range labels {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		raw, err := fs.ReadFile(files, filepath.ToSlash(l.file))
		if err != nil {
			return nil, fmt.Errorf("lab: %w", err)
		}
		if l.isVideo() {
			frames, err := video(ctx, raw)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", l.file, err)
			}
			if err := r.clip(l, frames, p); err != nil {
				return nil, fmt.Errorf("%s: %w", l.file, err)
			}
			if err := meet(l, frames[0]); err != nil {
				return nil, err
			}
			continue
		}
		img, err := decode(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.file, err)
		}
		name := cmp.Or(l.attack, "live")
		if stills[name] == nil {
			stills[name] = &StillCount{Kind: name}
		}
		if err := stills[name].look(img, p); err != nil {
			return nil, fmt.Errorf("%s: %w", l.file, err)
		}
		if err := meet(l, img); err != nil {
			return nil, err
		}
	}
	for _, s := range stills {
		r.Stills = append(r.Stills, *s)
	}
	slices.SortFunc(r.Stills, func(a, b StillCount) int { return cmp.Compare(a.Kind, b.Kind) })
	r.tally()
	return people, nil
}

// look counts one picture.
func (s *StillCount) look(img *image.RGBA, p LivenessParts) error {
	s.Count++
	faces, err := p.Faces.Find(img)
	if err != nil || len(faces) == 0 {
		return err
	}
	s.Faces++
	m, err := p.Meshes.Fit(img, faces[0])
	if err != nil {
		return err
	}
	peak := pad.Peak(img, m)
	if peak > 0 {
		s.Large++
	}
	if peak > liveness.DefaultRules.Screen.Peak {
		s.Strong++
	}
	s.Largest = math.Max(s.Largest, math.Round(10*peak)/10)
	return nil
}

// longEnough is the least length of a clip that is judged.
const longEnough = 4 * time.Second

// clip judges a video.
func (r *LivenessReport) clip(l livenessLabel, frames []*image.RGBA, p LivenessParts) error {
	chance := specimen.NewChance(uint64(len(frames)))
	var shots []liveness.Shot
	for i, img := range frames {
		at := max(0, time.Duration(i)*time.Second/videoRate+jitter(chance))
		shots = append(shots, liveness.Shot{At: at, Open: func() (*image.RGBA, error) { return img, nil }})
	}
	rec, err := liveness.Film(liveness.Engines{Face: p.Faces, Mesh: p.Meshes}, shots, nil)
	if err != nil {
		return err
	}
	rec.Camera = plainCamera
	length := time.Duration(len(frames)) * time.Second / videoRate
	c := liveness.Challenge{Steps: []liveness.Step{{Prompt: liveness.Straight, To: length}}}
	v := liveness.Judge(c, rec)
	result := ClipResult{File: l.file, Live: l.live, Attack: l.attack, Seconds: length.Seconds(), Values: map[string]float64{}}
	result.Long = length >= longEnough && !v.Unusable
	blink := deepestBlink(rec.Frames)
	result.Values["blink"] = blink
	result.Accepted, result.Reason = result.Long, liveness.OK
	for _, f := range v.Findings {
		for name, value := range f.Values {
			if f.Check == liveness.CheckScreen || f.Check == liveness.CheckIdentity || f.Check == liveness.CheckDepth {
				result.Values[f.Check+"_"+name] = value
			}
		}
		if f.Check == liveness.CheckGestures && !v.Unusable {
			continue // nothing was asked for
		}
		if result.Accepted && (f.Outcome == liveness.Fail || f.Outcome == liveness.Review) {
			result.Accepted, result.Reason = false, f.Reason
		}
	}
	switch {
	case v.Unusable:
		result.Reason = v.Reason
	case !result.Long:
		result.Reason = liveness.TooFewFrames
	case result.Accepted && blink > liveness.DefaultRules.Shut:
		result.Accepted, result.Reason = false, liveness.NoBlink
	}
	r.Clips = append(r.Clips, result)
	return nil
}

// deepestBlink is the least eye opening of a frame as a share of the median.
func deepestBlink(frames []liveness.Observation) float64 {
	var all []float64
	for _, f := range frames {
		if f.Faces == 1 {
			all = append(all, f.Signals.Opening)
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return all[0] / all[len(all)/2]
}

// tally counts the clips that are long enough.
func (r *LivenessReport) tally() {
	missed, live := 0, 0
	kinds := map[string]*AttackRate{}
	for _, c := range r.Clips {
		switch {
		case !c.Long:
		case c.Live:
			live++
			if !c.Accepted {
				missed++
			}
		default:
			if kinds[c.Attack] == nil {
				kinds[c.Attack] = &AttackRate{Kind: "filmed-" + c.Attack, Reasons: map[string]int{}}
			}
			k := kinds[c.Attack]
			k.Presented, k.Films = k.Presented+1, k.Films+1
			k.Reasons[c.Reason]++
			if c.Accepted {
				k.Accepted++
			} else {
				k.Refused++
			}
		}
	}
	r.LiveReal = newRate(missed, live)
	for _, k := range kinds {
		k.close()
		r.Attacks, r.WithoutLight.Attacks = append(r.Attacks, *k), append(r.WithoutLight.Attacks, *k)
	}
}
