package words

import "strconv"

// Share is a measured error rate: how many of the pairs of a set erred, and the
// 95 % interval of the rate, 0 to 1.
type Share struct {
	Set        string
	Errors, Of int
	Low, High  float64
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
