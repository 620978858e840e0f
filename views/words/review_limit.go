package words

import (
	"math"
	"strconv"
)

// Share is a measured error rate: how many of the pairs of a set erred, and the
// 95 % interval of the rate, 0 to 1.
type Share struct {
	Set        string
	Errors, Of int
	Low, High  float64
	AtMost     float64 // the rate that is not excluded, 95 % to one side
}

func (s Share) interval() string {
	return "(95 % interval " + hundredths(s.Low) + " to " + hundredths(s.High) + " %)"
}

// hundredths is a rate in percent with two digits after the point.
func hundredths(rate float64) string { return strconv.FormatFloat(100*rate, 'f', 2, 64) }

// What is known of a limit's errors.
const (
	LimitNoReport = "No report is attached: every case needs a person."
	LimitTooFew   = "The report has too few people to compare groups."
)

// LimitReport says what was measured at the limit for the same person: how
// often two people were taken for one, one for two, and what is known of groups.
func LimitReport(report string, strangers, same Share, group string) string {
	return "On the set " + strangers.Set + ", " + Number(strangers.Errors) + " of " + Number(strangers.Of) +
		" pairs of strangers came closer than this " + strangers.interval() + ". On the set " + same.Set + ", " +
		Number(same.Errors) + " of " + Number(same.Of) + " pairs of one person were further apart " + same.interval() +
		". " + group + " From the report " + report + "."
}

// LimitWorst names the group with the most false matches.
func LimitWorst(group string, s Share) string {
	return "Of its groups, " + group + " fares worst: " + Number(s.Errors) + " of " + Number(s.Of) + " pairs of strangers " + s.interval() + "."
}

// LimitUncounted is for checks of before the rates were kept with them.
func LimitUncounted(report string) string {
	return "From the report " + report + ", which gives the error rates; they were not kept with this check."
}

// LimitUsed adds what was measured of the check as it is used: a portrait against
// several pictures of a face at once.
func LimitUsed(frames int, strangers, same Share) string {
	return " With " + Number(frames) + " pictures against one portrait, as here: " + Number(strangers.Errors) + " of " + Number(strangers.Of) +
		" strangers came closer " + strangers.interval() + ", " + Number(same.Errors) + " of " + Number(same.Of) +
		" people were further from their own portrait " + same.interval() + "."
}

// Strangers says how rare it is that a stranger's face comes as close: a
// frequency that was counted, not a similarity.
func Strangers(s Share) string {
	if s.Errors == 0 {
		return "Expected in fewer than 1 of " + about(1/s.AtMost) + " strangers: none of " + Number(s.Of) + " pairs came as close."
	}
	if 2*s.Errors >= s.Of {
		return "Most strangers come as close."
	}
	return "Expected in 1 of " + about(float64(s.Of)/float64(s.Errors)) + " strangers (95 % interval: 1 of " + about(1/s.High) +
		" to 1 of " + about(1/s.Low) + ")."
}

// Weight is a likelihood ratio in words, from its logarithm to base 10.
func Weight(log10 float64) string {
	times := about(math.Pow(10, math.Abs(log10)))
	if log10 < 0 {
		return "about " + times + " times more often two people than one"
	}
	return "about " + times + " times more often one person than two"
}

// about is a number with two digits that count, rounded down so that rarity is
// never overstated.
func about(v float64) string {
	unit := 0.1
	if v >= 10 {
		unit = math.Pow(10, math.Floor(math.Log10(v))-1)
	}
	v = math.Floor(v/unit+1e-9) * unit
	if v < 10 {
		return strconv.FormatFloat(v, 'f', 1, 64)
	}
	return Number(int(math.Round(v)))
}
