package requests

import (
	"testing"
	"time"
)

func TestAMonthEndsOnItsDayOrOnTheLastThereIs(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		due    string
	}{
		{"2026-11-22", 1, "2026-12-22"},
		{"2026-12-31", 1, "2027-01-31"},
		{"2027-01-29", 1, "2027-02-28"},
		{"2027-01-31", 1, "2027-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-10-31", 1, "2026-11-30"},
		{"2026-08-31", 3, "2026-11-30"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := time.Parse(time.DateTime, c.due+" 23:59:59")
		for _, hour := range []int{0, 23} {
			if got := DueAt(from.Add(time.Duration(hour)*time.Hour), c.months); !got.Equal(want) {
				t.Errorf("%d months after %s at %d h: %s, want %s", c.months, c.from, hour, got, want)
			}
		}
	}
}
