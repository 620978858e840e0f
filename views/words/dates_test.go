package words

import (
	"testing"
	"time"
)

func TestSpanNamesItsTwoLargestUnits(t *testing.T) {
	cases := map[time.Duration]string{
		-time.Hour:                   "0 min",
		59 * time.Second:             "0 min",
		12 * time.Minute:             "12 min",
		3 * time.Hour:                "3 h",
		3*time.Hour + 12*time.Minute: "3 h 12 min",
		24 * time.Hour:               "1 day",
		52*time.Hour + time.Minute:   "2 days 4 h",
	}
	for d, want := range cases {
		if got := Span(d); got != want {
			t.Errorf("Span(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestALengthIsWrittenOut(t *testing.T) {
	cases := map[time.Duration]string{
		time.Minute: "1 minute", 15 * time.Minute: "15 minutes", time.Hour: "1 hour", 12 * time.Hour: "12 hours",
		24 * time.Hour: "1 day", 72 * time.Hour: "3 days", -time.Hour: "0 minutes",
	}
	for d, want := range cases {
		if got := Length(d); got != want {
			t.Errorf("Length(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestNumbersAreGroupedByThousands(t *testing.T) {
	cases := map[int]string{0: "0", 999: "999", 1000: "1,000", 10302: "10,302", 1234567: "1,234,567", -4212: "-4,212"}
	for n, want := range cases {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestDatesAreWrittenOutAndMissingOnesSaySo(t *testing.T) {
	at := time.Date(2026, 11, 21, 14, 2, 0, 0, time.UTC)
	if got := Moment(at); got != "21 November 2026, 14:02 UTC" {
		t.Errorf("Moment = %q", got)
	}
	if got := Date(time.Time{}); got != NotGiven {
		t.Errorf("Date of nothing = %q", got)
	}
}
