package liveness

import "truepenny/internal/biometrics/mesh"

// Seen lists the gestures of a recording that follows no challenge.
func Seen(rec Recording) []Prompt {
	r := DefaultRules
	base, _ := r.neutral(rec.Frames)
	var all []Prompt
	for _, e := range r.episodes(r.motion(rec.Frames, base)) {
		all = append(all, e.gesture)
	}
	return all
}

// Most is how far a recording went in a gesture at most, in thresholds.
func Most(rec Recording, p Prompt) float64 {
	r := DefaultRules
	base, _ := r.neutral(rec.Frames)
	most := 0.0
	for _, far := range r.motion(rec.Frames, base).far[p] {
		most = max(most, far)
	}
	return most
}

// Far is how far a face is in a gesture, against a neutral one.
func Far(p Prompt, neutral, now mesh.Signals) float64 {
	now.Yaw, now.Pitch, now.Roll = 0, 0, 0 // other portraits, other poses
	now.IO, now.MouthWidth, now.CornerLift = 1, now.MouthWidth/neutral.MouthWidth, now.CornerLift-neutral.CornerLift
	return DefaultRules.far(now)[p]
}
