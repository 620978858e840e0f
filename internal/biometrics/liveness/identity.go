package liveness

// identity says whether all described frames and the still show the base frame's person.
func (r Rules) identity(frames []Observation, still *Still, n Network) Finding {
	f := Finding{Check: CheckIdentity, Outcome: NotRun, Reason: NotCompared}
	largest, described := 0.0, 0
	for _, o := range frames {
		if o.Described {
			described++
			largest = max(largest, o.Identity)
		}
	}
	if still != nil && still.Faces == 1 {
		largest = max(largest, still.Identity)
	}
	f.Values = map[string]float64{"described": float64(described), "largest": largest}
	const least = 3 // the base frame and two more
	switch {
	case described < least || n.Accept <= 0 || n.Review < n.Accept:
	case largest <= n.Accept:
		f.Outcome, f.Reason = Pass, OK
	case largest <= n.Review:
		f.Outcome, f.Reason = Review, FaceUnsure
	default:
		f.Outcome, f.Reason = Fail, FaceChanged
	}
	return f
}
