package lab

// The 25 % rule of NIST SP 800-63A-4, section 3.11: no group of people may fare
// more than 25 % worse than everybody together, at one threshold for all.
const worstRatio = 1.25

// Standing is how a group fares under the rule.
type Standing string

const (
	Within  Standing = "within"     // at most 25 % worse
	Worse   Standing = "worse"      // more than 25 % worse: blocks an activation
	Unknown Standing = "too-few"    // too few errors or pairs to say
	Nothing Standing = "no-overall" // nobody erred, so there is nothing to compare with
)

// standing compares a group's rate with the overall one. It is said of a group
// with 30 errors, and of one whose interval lies on one side of the limit.
func standing(group, all Rate) (ratio *float64, s Standing) {
	if all.Errors == 0 {
		return nil, Nothing
	}
	limit := worstRatio * all.Rate
	if group.Pairs > 0 {
		r := group.Rate / all.Rate
		ratio = &r
	}
	switch {
	case group.Low > limit:
		return ratio, Worse
	case group.High <= limit:
		return ratio, Within
	case !group.Enough():
		return ratio, Unknown
	case group.Rate > limit:
		return ratio, Worse
	}
	return ratio, Within
}

// judge fills in how every group but "all", which comes first, fares.
func judge(groups []Group) {
	for i := 1; i < len(groups); i++ {
		g := &groups[i]
		g.FMRRatio, g.FMRStanding = standing(g.FMR, groups[0].FMR)
		g.FNMRRatio, g.FNMRStanding = standing(g.FNMR, groups[0].FNMR)
	}
}

// Unfair lists the groups that block an activation.
func (r FaceReport) Unfair() []Group {
	var out []Group
	for _, g := range r.Groups {
		if g.FMRStanding == Worse || g.FNMRStanding == Worse {
			out = append(out, g)
		}
	}
	return out
}
