package liveness

// Judge decides a capture by the DefaultRules.
func Judge(c Challenge, rec Recording) Verdict { return DefaultRules.Judge(c, rec) }

// Judge decides a capture. A capture that a camera or network spoiled is
// unusable and no finding against anybody. Otherwise it fails where something
// other than a person who follows was seen, goes to a person where one of the
// signs asks for it or where too little of the evidence could be had, and
// passes when none of this is so.
//
// Frames may come in any order of time; those after the challenge's end are left
// out of account. The same recording always gives the same verdict.
func (r Rules) Judge(c Challenge, rec Recording) Verdict {
	steps := schedule(c, rec.Arrivals)
	if len(steps) == 0 {
		return unusable(TooFewFrames)
	}
	end := steps[len(steps)-1].until
	frames := within(rec.Frames, end)
	if reason := r.unusable(frames, end); reason != "" {
		return unusable(reason)
	}
	base, n := r.neutral(frames)
	if reason := r.baseless(base, n); reason != "" {
		return unusable(reason)
	}
	findings := []Finding{
		r.gestures(steps, r.motion(frames, base)),
		r.timing(c, frames, rec.Arrivals),
		r.identity(frames, rec.Still, rec.Network, base.Yaw),
	}
	return r.conclude(append(findings, r.evidence(c, steps, frames, rec)...))
}

func unusable(reason string) Verdict {
	return Verdict{Outcome: Review, Reason: reason, Unusable: true,
		Findings: []Finding{{Check: CheckGestures, Outcome: NotRun, Reason: reason}}}
}

// conclude takes the worst finding. One sign of an attack is a matter for a
// person, and signs from several checks fail. What could not be judged is no
// sign of anything, but whoever keeps two of depth, light and timing from being
// judged has left too little to go by; and a page that says its network is slow
// had the time to make everything to order, light included.
func (r Rules) conclude(findings []Finding) Verdict {
	v := Verdict{Outcome: Pass, Reason: OK, Findings: findings}
	blind, signs := 0, map[string]bool{}
	for _, f := range findings {
		switch {
		case f.Outcome == Fail && v.Outcome != Fail, f.Outcome == Review && v.Outcome == Pass:
			v.Outcome, v.Reason = f.Outcome, f.Reason
		case f.Outcome == NotRun && (f.Check == CheckDepth || f.Check == CheckLight || f.Check == CheckTiming):
			if blind++; f.Reason == TimingSlow {
				blind = max(blind, r.Blind)
			}
		}
		if f.Outcome == Review {
			signs[f.Check] = true
		}
	}
	switch {
	case v.Outcome == Review && len(signs) >= r.Signs:
		v.Outcome = Fail
	case v.Outcome == Pass && blind >= r.Blind:
		v.Outcome, v.Reason = Review, NotJudged
	}
	return v
}
