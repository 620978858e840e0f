package document

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrDate says that a date of the zone is unknown in part or not in the calendar.
var ErrDate = errors.New("document: no date")

// Born gives the birth date in the latest century that does not lie after
// today. The zone has two digits for the year: somebody of more than a hundred
// years is taken for a child, which a person must settle.
func (m MRZ) Born(today time.Time) (time.Time, error) {
	today = day(today)
	for year := today.Year() - today.Year()%100; year > today.Year()-200; year -= 100 {
		d, err := dateIn(m.BirthDate, year)
		if errors.Is(err, errNotInYear) {
			continue
		}
		if err != nil {
			return time.Time{}, err
		}
		if !d.After(today) {
			return d, nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: %q", ErrDate, m.BirthDate)
}

// Expires gives the last day of validity in the century that puts it less
// than fifty years from today.
func (m MRZ) Expires(today time.Time) (time.Time, error) {
	today = day(today)
	century := today.Year() - today.Year()%100
	for _, year := range []int{century, century + 100, century - 100} {
		d, err := dateIn(m.ExpiryDate, year)
		if errors.Is(err, errNotInYear) {
			continue
		}
		if err != nil {
			return time.Time{}, err
		}
		if d.After(today.AddDate(-50, 0, 0)) && !d.After(today.AddDate(50, 0, 0)) {
			return d, nil
		}
	}
	return time.Time{}, fmt.Errorf("%w: %q", ErrDate, m.ExpiryDate)
}

// Expired tells whether the document's last day of validity lies before
// today; on the day itself it is still valid.
func (m MRZ) Expired(today time.Time) (bool, error) {
	d, err := m.Expires(today)
	if err != nil {
		return false, err
	}
	return day(today).After(d), nil
}

// errNotInYear: 29 February in a century where that year has none.
var errNotInYear = errors.New("document: no such day in this year")

// dateIn reads YYMMDD in the century that begins with the year given.
func dateIn(yymmdd string, century int) (time.Time, error) {
	n, err := strconv.ParseUint(yymmdd, 10, 32)
	if err != nil || len(yymmdd) != 6 {
		return time.Time{}, fmt.Errorf("%w: %q", ErrDate, yymmdd)
	}
	year, month, dom := century+int(n/10000), time.Month(n/100%100), int(n%100)
	d := time.Date(year, month, dom, 0, 0, 0, 0, time.UTC)
	if d.Month() == month && d.Day() == dom {
		return d, nil
	}
	if month == time.February && dom == 29 {
		return time.Time{}, errNotInYear
	}
	return time.Time{}, fmt.Errorf("%w: %q", ErrDate, yymmdd)
}

func day(t time.Time) time.Time {
	y, m, d := t.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
