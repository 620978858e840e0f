package handlers

import (
	"strconv"
	"strings"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/sellers"
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
			"With 5 pictures against one portrait, as here: 1 of 3,800 strangers came closer (95 % interval 0.00 to 0.15 %), " +
				"4 of 50 people were further from their own portrait (95 % interval 2.22 to 19.23 %).",
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

func TestADistanceIsSaidAsAFrequencyOfStrangers(t *testing.T) {
	limits := face.StandardThresholds
	for distance, want := range map[float64]string{
		0.31: " Expected in fewer than 1 of 6,300 strangers: none of 19,000 pairs came as close.",
		0.47: " Expected in 1 of 3,100 strangers (95 % interval: 1 of 1,400 to 1 of 8,600).",
		1.20: " Most strangers come as close.",
	} {
		if got := strangers(sellers.Check{Score: distance, HasScore: true, Threshold: &limits}); got != want {
			t.Errorf("at %v: %q, want %q", distance, got, want)
		}
	}
	if got := strangers(sellers.Check{Score: 0.3, HasScore: true, Threshold: &face.Thresholds{}}); got != "" {
		t.Errorf("without a count: %q", got)
	}
	if small := words.CheckText("portrait", "review", "portrait.small"); !strings.Contains(small, strconv.Itoa(int(face.DefaultLimits.Portrait))+" pixels") {
		t.Errorf("the limit of a portrait is not told: %q", small)
	}
}
