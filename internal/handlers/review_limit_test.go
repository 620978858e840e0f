package handlers

import (
	"strings"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/views/words"
)

func TestALimitIsNeverBare(t *testing.T) {
	worst := face.StandardThresholds.Report
	worst.WorstGroup = face.Group{Name: "over 60", FalseMatches: face.Tally{Errors: 2, Pairs: 300}}
	for _, c := range []struct {
		report face.Report
		says   []string
	}{
		{face.StandardThresholds.Report, []string{
			"On the set face-orl, 10 of 19,000 pairs of strangers came closer than this (95 % interval 0.03 to 0.10 %).",
			"On the set face-lfw10, 39 of 225 pairs of one person were further apart (95 % interval 12.63 to 22.92 %).",
			words.LimitTooFew, "docs/measurements.md#faces",
		}},
		{worst, []string{"Of its groups, over 60 fares worst: 2 of 300 pairs of strangers (95 % interval 0.08 to 2.39 %)."}},
		{face.Report{Name: "an old report"}, []string{"an old report", "not kept with this check"}},
		{face.Report{}, []string{"No report is attached: every case needs a person."}},
	} {
		for _, s := range c.says {
			if got := limitText(c.report); !strings.Contains(got, s) {
				t.Errorf("%q does not say %q", got, s)
			}
		}
	}
}
