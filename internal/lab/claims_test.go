package lab

import "testing"

// The numbers of the rule of 3: FMR 1e-4 takes 30,000 pairs, FNMR 1e-2 takes 300,
// FPIR 1e-3 takes 3,000 searches.
func TestAClaimNeedsEnoughComparisons(t *testing.T) {
	for _, c := range []struct {
		rate         float64
		errors, have int
		needed       int
		note         string
	}{
		{1e-4, 0, 30000, 30000, claimShown},
		{1e-4, 0, 29000, 30000, claimCannot},
		{1e-4, 30, 30000, 30000, claimNot},
		{1e-2, 0, 300, 300, claimShown},
		{1e-2, 1, 300, 300, claimNot},
		{1e-3, 0, 535, 3000, claimCannot}, // the maker's answer to the Congress test
		{1e-3, 28, 535, 3000, claimNot},   // the Congress test
	} {
		got := newClaim("x", c.rate, newRate(c.errors, c.have))
		if got.Needed != c.needed || got.Note != c.note || got.Shown != (c.note == claimShown) || got.Steady != 10*c.needed {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

// The Congress test by group: 11 of 28 wrong names fell on the 107 members of
// colour, 1.96 times everybody's rate, but 11 errors are too few to say.
func TestAGroupIsHeldAgainstEverybody(t *testing.T) {
	all := newRate(28, 535)
	for _, c := range []struct {
		errors, of int
		ratio      float64
		want       Standing
	}{
		{11, 107, 1.9643, Unknown},
		{110, 1070, 1.9643, Worse},
		{60, 1070, 1.0714, Within},
		{0, 1000, 0, Within},
		{20, 20, 19.107, Worse}, // few, but certain
	} {
		ratio, got := standing(newRate(c.errors, c.of), all)
		if ratio == nil || !nearly(*ratio, c.ratio, 1e-3) || got != c.want {
			t.Errorf("%d of %d: %v %s, want %v %s", c.errors, c.of, *ratio, got, c.ratio, c.want)
		}
	}
	if ratio, got := standing(newRate(0, 10), newRate(0, 100)); ratio != nil || got != Nothing {
		t.Errorf("nobody erred: %v %s", ratio, got)
	}
}

func TestAWorseGroupBlocks(t *testing.T) {
	r := FaceReport{Groups: []Group{
		{Name: "all", FMR: newRate(100, 10000), FNMR: newRate(100, 10000)},
		{Name: "g", Value: "a", FMR: newRate(60, 2000), FNMR: newRate(20, 2000)},
		{Name: "g", Value: "b", FMR: newRate(40, 8000), FNMR: newRate(80, 8000)},
	}}
	judge(r.Groups)
	if got := r.Unfair(); len(got) != 1 || got[0].Value != "a" || got[0].FMRStanding != Worse {
		t.Errorf("%+v", got)
	}
}

func TestLimitsComeOnlyFromAReportThatMeasuredThem(t *testing.T) {
	r := FaceReport{Set: "own", Threshold: 0.4, Review: 0.55, Groups: []Group{
		{Name: "all", FMR: newRate(50, 10000), FNMR: newRate(30, 1000)},
		{Name: "age", Value: "60-69", FMR: newRate(35, 2000)},
		{Name: "age", Value: "70-79", FMR: newRate(5, 10)}, // too few errors to name it
	}, Checks: []CheckTrial{
		{Rule: RulePair, Frames: 1, FMR: newRate(1, 10), FNMR: newRate(1, 10)},
		{Rule: RuleNear, Frames: 3, FMR: newRate(2, 90), FNMR: newRate(3, 40)},
		{Rule: RuleNear, Frames: 5, FMR: newRate(1, 80), FNMR: newRate(2, 30)},
		{Rule: RuleNear, Frames: 9, FMR: newRate(0, 70), FNMR: newRate(0, 20)},
	}}
	got, err := r.Limits("report 7")
	if err != nil || got.Accept != 0.4 || got.Review != 0.55 || got.Report.Name != "report 7" || !got.Report.Counted() {
		t.Fatalf("%+v %v", got, err)
	}
	if g := got.Report.WorstGroup; g.Name != "age 60-69" || g.FalseMatches.Errors != 35 {
		t.Errorf("worst group %+v", g)
	}
	if u := got.Report.Used; u.Frames != 5 || u.FalseMatches.Pairs != 80 || u.FalseNonMatches.Errors != 2 {
		t.Errorf("as used %+v", u)
	}
	if _, err := r.Limits(""); err != ErrNotMeasured {
		t.Errorf("a report that cannot be found again: %v", err)
	}
	if _, err := (FaceReport{}).Limits("x"); err != ErrNotMeasured {
		t.Errorf("an empty report: %v", err)
	}
}
