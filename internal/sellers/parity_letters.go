package sellers

import (
	"fmt"
	"time"
)

// parityLetter tells officers that an alarm began, or that it is over.
func parityLetter(alarm string, begun bool, p Policy, link string) (subject, text string) {
	what := map[string]string{
		alarmApproval: fmt.Sprintf("people who decline the face comparison are approved less often than people who accept it, by more than %.0f points", 100*p.ParityPoints),
		alarmWait:     fmt.Sprintf("people who decline the face comparison wait longer for their decision than people who accept it, by more than %s", workingDays(p.ParityDelay)),
	}[alarm]
	if begun {
		return "Saying no to the camera costs people something", letter(
			"The daily comparison shows that "+what+". The whole interval lies beyond that margin, so this is hardly chance.",
			"We promise that both roads count the same. Please find out why they do not: the page says how many cases of each road were decided, how long they took, and what is still open.",
			link,
			"You get this mail once, and another one when it is over.")
	}
	return "Saying no to the camera: the alarm is over", letter(
		"The daily comparison does not show any more that "+what+".",
		"That may be because the roads are alike again, or because there are too few cases to say. The page tells which:",
		link)
}

func workingDays(d time.Duration) string {
	n := float64(d) / float64(day)
	if n == 1 {
		return "1 working day"
	}
	return fmt.Sprintf("%g working days", n)
}
