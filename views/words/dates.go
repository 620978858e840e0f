package words

import (
	"strconv"
	"strings"
	"time"
)

// Date writes a day out: "21 November 2026". Zero gives NotGiven.
func Date(t time.Time) string {
	if t.IsZero() {
		return NotGiven
	}
	return t.Format("2 January 2006")
}

// Clock writes a time of day with its zone: "14:02 UTC".
func Clock(t time.Time) string { return t.Format("15:04 MST") }

// Moment writes day and time out: "21 November 2026, 14:02 UTC".
func Moment(t time.Time) string {
	if t.IsZero() {
		return NotGiven
	}
	return Date(t) + ", " + Clock(t)
}

// Weekday writes a promise: "Monday 23 November".
func Weekday(t time.Time) string { return t.Format("Monday 2 January") }

// Saved is the line in the head of a page whose answers are kept as they go.
func Saved(t time.Time) string { return "Saved " + t.Format("15:04") }

// Span writes a length of time in its two largest units: "3 h 12 min", "2 days
// 4 h". Negative lengths are written as "0 min".
func Span(d time.Duration) string {
	minutes := int(max(d, 0) / time.Minute)
	days, hours, minutes := minutes/1440, minutes/60%24, minutes%60
	switch {
	case days > 0 && hours > 0:
		return Count(days, "day", "days") + " " + strconv.Itoa(hours) + " h"
	case days > 0:
		return Count(days, "day", "days")
	case hours > 0 && minutes > 0:
		return strconv.Itoa(hours) + " h " + strconv.Itoa(minutes) + " min"
	case hours > 0:
		return strconv.Itoa(hours) + " h"
	}
	return strconv.Itoa(minutes) + " min"
}

// Length writes a length of time out, for sentences that everybody reads: "15
// minutes", "1 hour", "2 days". It names whole units only.
func Length(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return Count(int(d/(24*time.Hour)), "day", "days")
	case d >= time.Hour:
		return Count(int(d/time.Hour), "hour", "hours")
	}
	return Count(int(max(d, 0)/time.Minute), "minute", "minutes")
}

// Count writes a number with its noun: "1 case", "10,000 cases".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number groups thousands with commas: "10,302".
func Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Range says which rows of how many are shown: "51 to 100 of 10,000 cases".
func Range(from, to, total int, one, many string) string {
	if from <= 1 && to >= total {
		return Count(total, one, many)
	}
	return Number(from) + " to " + Number(to) + " of " + Count(total, one, many)
}
