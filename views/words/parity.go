package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Words of the comparison between people who declined the camera and the others.
const (
	ParityTitle     = "Does saying no cost anything?"
	ParityPublicNav = "Does saying no cost anything?"
	ParityNav       = "Parity of the roads"
	ParityLead      = "People who decline the face comparison are meant to be decided as fast, and approved as often, as people who accept it. This page compares them."
	ParityPeriod    = "Applications of which time"
	ParityBefore    = "First sent in the"
	ParityTable     = "The two roads side by side"
	ParityCounts    = "How many cases that rests on"
	ParityMeasure   = "What is compared"
	ParityAccepted  = "With the face comparison"
	ParityDeclined  = "Declined it"
	ParityGapHead   = "Cost of declining"
	ParityVerdict   = "What that shows"

	ParityApproval = "Approved, of those decided"
	ParityWait     = "Working days from sending to the decision, median"
	ParityHours    = "Hours from starting to sending, median"
	ParitySent     = "Sent"
	ParityDecided  = "Decided"
	ParityOpen     = "Still open"
	ParityOldest   = "Longest of those has waited"
	ParityEnded    = "Cancelled or never answered"
	ParityUnsent   = "Begun on this road and not sent"

	ParityFew   = "Cannot be said yet"
	ParityAlike = "No more than the margin"
	ParityCosts = "More than the margin"
	ParityInfo  = "For information"

	ParityAlarmTitle = "Declining costs people something"
	ParityChart      = "Decided after so many working days"
	ParityChartText  = "Of the applications that were sent, how many have their first decision after so many working days. Where one line lies under the other, people on that road wait longer."
	ParityChartX     = "Working days since sending"
	ParityChartY     = "Decided, %"
	ParityHow        = "How this is counted"
	ParityEmpty      = "Nothing was sent in this time"
	ParityEmptyText  = "The comparison begins with the first application that is sent."
	ParityNoDaily    = "The first daily comparison has not been made yet."
	ParityJSONLink   = "The same for programs (JSON)"
	ParityFigure     = "Compared"
	ParityYes        = "Accepted"
	ParityNo         = "Declined"
	ParityApproved   = "Approved"
	ParityHalf       = "Half decided within"
	ParityFewerThan  = "fewer than 10"
	ParityTooFewYet  = "too few to say"
)

// ParityHowTexts say how it is counted, a paragraph each.
var ParityHowTexts = []string{
	"Everybody is offered both roads on one page. Whoever is on the road with documents declined the face comparison; whoever agreed and took it back counts as declined too. Each person counts once: applications after a refusal are left out, and so are people whose data were erased.",
	"A decision is the first yes or no. Being asked for something again decides nothing, so the wait goes on. Saturdays and Sundays are left out, as in our promise.",
	"Cases that are still open are not left out, which would make a slow road look fast: they count for as long as they have waited (Kaplan and Meier). When most of a road are still open its median cannot be said.",
	"Beside each figure stands its 95 % interval: Wilson's for shares, Newcombe's for their difference, Brookmeyer and Crowley's for medians, and Hodges and Lehmann's for the time before sending. The alarm follows the interval: it rings when even its better end lies beyond the margin.",
}

// ParityMargins says what declining may cost before the alarm rings.
func ParityMargins(points, days float64) string {
	return fmt.Sprintf("The margin is %s points fewer approved, or %s longer.", trimmed(100*points, 1), WorkingDayCount(days))
}

// WorkingDayCount writes working days: "1 working day", "0.5 working days".
func WorkingDayCount(days float64) string {
	if days == 1 {
		return "1 working day"
	}
	return trimmed(days, 2) + " working days"
}

// ParityPeriodName names a choice of the period.
func ParityPeriodName(days int) string {
	if days == 0 {
		return "whole time so far"
	}
	return "last " + strconv.Itoa(days) + " days"
}

// ParityShare writes a share with what it was counted on: "95 % (19 of 20; 76.4
// to 99.1 %)".
func ParityShare(of, all int, low, high float64) string {
	if all == 0 {
		return "–"
	}
	return Percent(float64(of)/float64(all)) + " (" + Number(of) + " of " + Number(all) + "; " + Between(low, high) + ")"
}

// ParityMedian writes a median with its interval; infinite ends are said in
// words.
func ParityMedian(value, low, high float64, known bool) string {
	if !known {
		return "cannot be said"
	}
	return trimmed(value, 2) + " (" + bounds(low, high, 2) + ")"
}

// ParityPoints writes a difference of shares in points: "+3.2 points (-1.4 to
// 8.0)".
func ParityPoints(value, low, high float64) string {
	return signed(100*value, 1) + " points (" + bounds(100*low, 100*high, 1) + ")"
}

// ParityDays writes a difference of waits.
func ParityDays(value, low, high float64, known bool) string {
	return gap(value, low, high, known, "days")
}

// ParityHourGap writes a difference of times before sending.
func ParityHourGap(value, low, high float64, known bool) string {
	return gap(value, low, high, known, "hours")
}

func gap(value, low, high float64, known bool, unit string) string {
	if !known {
		return "cannot be said"
	}
	return signed(value, 2) + " " + unit + " (" + bounds(low, high, 2) + ")"
}

func signed(v float64, digits int) string {
	text := minus(v, digits)
	if v > 0 && text != "0" {
		return "+" + text
	}
	return text
}

// minus writes a number with a minus sign that lines do not break after.
func minus(v float64, digits int) string {
	text := strings.Replace(trimmed(v, digits), "-", "−", 1)
	if text == "−0" {
		return "0"
	}
	return text
}

func bounds(low, high float64, digits int) string {
	switch {
	case math.IsInf(low, -1) && math.IsInf(high, 1):
		return "no interval yet"
	case math.IsInf(low, -1):
		return "up to " + minus(high, digits)
	case math.IsInf(high, 1):
		return "from " + minus(low, digits) + ", no upper end yet"
	}
	return minus(low, digits) + " to " + minus(high, digits)
}

// ParityNeeded says how many decided cases it would take.
func ParityNeeded(n, most int) string {
	if n >= most {
		return "More than " + Number(most) + " decided cases on each road would be needed."
	}
	return "About " + Number(n) + " decided cases on each road are needed."
}

// ParityAlarm says what declining costs, and since when that is shown.
func ParityAlarm(alarm string, since time.Time) string {
	what := "People who decline wait longer for their decision than people who accept, by more than the margin."
	if alarm == "approval" {
		what = "People who decline are approved less often than people who accept, by more than the margin."
	}
	return what + " Shown by the daily comparison since " + Date(since) + "."
}

// ParityPublicVerdict says what a comparison shows, to everybody.
func ParityPublicVerdict(measure, verdict string) string {
	what := "Declining makes the wait longer"
	alike := "Declining does not make the wait longer"
	few := "whether declining makes the wait longer"
	if measure == "approval" {
		what, alike, few = "People who decline are approved less often", "People who decline are approved as often", "whether people who decline are approved as often"
	}
	switch verdict {
	case "costs":
		return what + ", by more than our margin. We have been told by an alarm and have to find out why."
	case "alike":
		return alike + ", within our margin."
	}
	return "It cannot be said yet " + few + ": there are too few cases."
}

// ParityCompared says when and over what the public comparison was made.
func ParityCompared(at, from time.Time) string {
	return "Compared on " + Date(at) + ", over applications sent since " + Date(from) + ". Renewed once a day. Numbers of people are rounded, so that nobody shows through."
}

// AtLeastPeople writes a rounded count of people.
func AtLeastPeople(n int, fewer bool) string {
	if fewer {
		return ParityFewerThan
	}
	return "at least " + Number(n)
}

// AboutPercent writes a rounded share with its rounded interval.
func AboutPercent(percent, low, high int) string {
	return fmt.Sprintf("about %d %% (%d to %d %%)", percent, low, high)
}

// AboutDays writes within how many working days half were decided, rounded up to
// half a day.
func AboutDays(days float64) string {
	half := math.Ceil(2*days) / 2
	return WorkingDayCount(math.Max(half, 0.5))
}

// ParityPoint reads out one place of the chart.
func ParityPoint(days, accepted, declined float64) string {
	return "After " + WorkingDayCount(days) + ": decided with the face comparison " + Percent(accepted) + ", declined " + Percent(declined)
}

// ParityCSVHead is the header of the comparison as a file.
func ParityCSVHead() []string {
	return []string{"from", "to", "measure", "accepted", "accepted low", "accepted high", "accepted cases", "declined", "declined low", "declined high", "declined cases",
		"cost of declining", "cost low", "cost high", "margin", "verdict", "needed"}
}
