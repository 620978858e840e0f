package words

import (
	"strings"
	"time"
)

// Words that the public pages about the system share.
const (
	AnswersNav    = "Answers"
	RefusalsNav   = "What we refuse"
	DemandsNav    = "Legal demands"
	ProcessorsNav = "Who gets data"
	PracticeNav   = "How we work"

	AsJSON = "As JSON"

	FrontOpen = "What we hold, what we do with it and what we refuse to do is answered in public, from our own records, and checked every day."
)

// Figure writes a coarsened count of people: "fewer than 10 people", "at least
// 40 people".
func Figure(shown int, fewer bool, one, many string) string {
	if fewer {
		return "fewer than " + Count(shown, one, many)
	}
	return "at least " + Count(shown, one, many)
}

// Hash is the beginning of a hash, enough to compare by eye.
func Hash(sum string) string { return sum[:min(len(sum), 16)] }

// MonthOf writes a month out: "November 2026", from 2026-11.
func MonthOf(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return t.Format("January 2006")
}

// WrittenDay writes a day out: "21 November 2026", from 2026-11-21.
func WrittenDay(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return Date(t)
}

// MailRefusals is the mail to administrators when a check has changed.
func MailRefusals(link string, failing, holding []string, at time.Time) (subject, text string) {
	subject = "A refusal holds again"
	if len(failing) > 0 {
		subject = "A refusal does not hold"
	}
	var b strings.Builder
	b.WriteString("At " + Moment(at) + " the checks of what this program refuses to do came out differently than before.\n")
	for _, code := range failing {
		b.WriteString("\nDoes not hold any more: " + RefusalTitle(code))
	}
	for _, code := range holding {
		b.WriteString("\nHolds again: " + RefusalTitle(code))
	}
	b.WriteString("\n\nEverybody can see it, with what was found: " + link + "\n\nThis mail comes once for each change.")
	return subject, b.String()
}
