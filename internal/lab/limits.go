package lab

import (
	"errors"

	"truepenny/internal/biometrics/face"
)

// ErrNotMeasured says that a report cannot back a threshold: it has too few
// pairs of either kind.
var ErrNotMeasured = errors.New("lab: a report needs pairs of one and of two people to back a threshold")

// Limits are the thresholds that this report was measured at, with what it
// counted there; name says where the report can be read. Only thresholds that
// were measured can be had: for others the run is made again at them.
func (r FaceReport) Limits(name string) (face.Thresholds, error) {
	if name == "" || len(r.Groups) == 0 || r.Groups[0].FMR.Pairs == 0 || r.Groups[0].FNMR.Pairs == 0 {
		return face.Thresholds{}, ErrNotMeasured
	}
	report := face.Report{
		Name: name, FalseMatches: r.Groups[0].FMR.tally(r.Set), FalseNonMatches: r.Groups[0].FNMR.tally(r.Set),
		Used: r.used(), Calibration: r.Calibration,
	}
	// The worst group is named only where its errors are enough to be relied on.
	worst := Rate{}
	for _, g := range r.Groups[1:] {
		if g.FMR.Enough() && g.FMR.Rate > worst.Rate {
			worst = g.FMR
			report.WorstGroup = face.Group{Name: g.Name + " " + g.Value, FalseMatches: g.FMR.tally("")}
		}
	}
	return face.Thresholds{Accept: r.Threshold, Review: r.Review, Report: report}, nil
}

// used takes over what was measured of the rule that the check uses, with the
// number of frames that is nearest to a capture's and was measured.
func (r FaceReport) used() face.Used {
	var u face.Used
	for _, c := range r.Checks {
		if c.Rule == RuleNear && c.Frames <= usedFrames && c.FNMR.Pairs > 0 && c.FMR.Pairs > 0 {
			u = face.Used{Frames: c.Frames, FalseMatches: c.FMR.tally(r.Set), FalseNonMatches: c.FNMR.tally(r.Set)}
		}
	}
	return u
}

// usedFrames is how many frames a check joins at least, in a good capture.
const usedFrames = 5

func (r Rate) tally(set string) face.Tally {
	return face.Tally{Set: set, Errors: r.Errors, Pairs: r.Pairs}
}
