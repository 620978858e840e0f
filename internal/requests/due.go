package requests

import "time"

// DueAt is the end of the day n calendar months after a request came: the day of
// the same number, or the last of the month where there is none (GDPR 12(3);
// Regulation 1182/71, article 3(2)(c)).
func DueAt(from time.Time, n int) time.Time {
	from = from.UTC()
	first := time.Date(from.Year(), from.Month()+time.Month(n), 1, 23, 59, 59, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(from.Day(), last)-1)
}
