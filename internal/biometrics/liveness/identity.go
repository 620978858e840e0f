package liveness

import "math"

// identity says whether all described frames and the still show the base frame's
// person. Turned faces of one person differ more than straight ones do, so for
// them only the distance that two people have counts.
func (r Rules) identity(frames []Observation, still *Still, n Network, straight float64) Finding {
	f := Finding{Check: CheckIdentity, Outcome: NotRun, Reason: NotCompared}
	largest, turned, described := 0.0, 0.0, 0
	for _, o := range frames {
		switch {
		case !o.Described:
			continue
		case math.Abs(o.Signals.Yaw-straight) > r.Turned:
			turned = max(turned, o.Identity)
		default:
			largest = max(largest, o.Identity)
		}
		described++
	}
	if still != nil && still.Faces == 1 {
		largest = max(largest, still.Identity)
	}
	f.Values = map[string]float64{"described": float64(described), "largest": largest, "turned": turned}
	const least = 3 // the base frame and two more
	switch {
	case described < least || n.Accept <= 0 || n.Review < n.Accept:
	case !(largest <= n.Review && turned <= n.Review):
		f.Outcome, f.Reason = Fail, FaceChanged
	case largest > n.Accept:
		f.Outcome, f.Reason = Review, FaceUnsure
	default:
		f.Outcome, f.Reason = Pass, OK
	}
	return f
}
