package aamva

import (
	"fmt"
	"strings"
	"time"
)

// Compose writes the text of a card by version 10 of the standard (2020), with
// dates as the country has them. Own are elements of the issuer's own subfile,
// such as "ZUA" with a value; their designators begin alike.
func Compose(l Licence, own ...[2]string) (string, error) {
	for _, v := range []string{l.FamilyName, l.FirstName, l.MiddleNames, l.Number, l.Address.Line1, l.Address.Line2, l.Address.City, l.Address.Postcode} {
		if strings.ContainsAny(v, "\n\r\x1e") {
			return "", fmt.Errorf("%w: a value with a separator in it", ErrFormat)
		}
	}
	if len(l.IIN) != 6 || len(l.Kind) != 2 || len(l.Jurisdiction) != 2 {
		return "", fmt.Errorf("%w: issuer, kind and jurisdiction have 6, 2 and 2 characters", ErrFormat)
	}
	layout := "01022006"
	if l.Country == "CAN" {
		layout = "20060102"
	}
	date := func(d time.Time) string {
		if d.IsZero() {
			return ""
		}
		return d.Format(layout)
	}
	sex := map[string]string{"M": "1", "F": "2", "X": "9"}[l.Sex]
	body := l.Kind
	for _, e := range [][2]string{
		{"DAQ", l.Number}, {"DCS", l.FamilyName}, {"DDE", "N"}, {"DAC", l.FirstName}, {"DDF", "N"}, {"DAD", l.MiddleNames}, {"DDG", "N"},
		{"DCA", "B"}, {"DCB", "NONE"}, {"DCD", "NONE"}, {"DBD", date(l.Issued)}, {"DBB", date(l.Born)}, {"DBA", date(l.Expires)}, {"DBC", sex},
		{"DAG", l.Address.Line1}, {"DAH", l.Address.Line2}, {"DAI", l.Address.City}, {"DAJ", l.Jurisdiction}, {"DAK", l.Address.Postcode},
		{"DCG", l.Country},
	} {
		body += e[0] + e[1] + "\n"
	}
	subfiles := []string{strings.TrimSuffix(body, "\n") + "\r"}
	if len(own) > 0 {
		body = own[0][0][:2]
		for _, e := range own {
			body += e[0] + e[1] + "\n"
		}
		subfiles = append(subfiles, strings.TrimSuffix(body, "\n")+"\r")
	}
	text := fmt.Sprintf("@\n\x1e\rANSI %s1000%02d", l.IIN, len(subfiles))
	offset := len(text) + 10*len(subfiles)
	for _, s := range subfiles {
		text += fmt.Sprintf("%s%04d%04d", s[:2], offset, len(s))
		offset += len(s)
	}
	return text + strings.Join(subfiles, ""), nil
}
