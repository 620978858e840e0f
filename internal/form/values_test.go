package form

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"truepenny/internal/errs"
)

func of(pairs ...string) *Values {
	raw := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		raw.Add(pairs[i], pairs[i+1])
	}
	return New(raw)
}

// want checks the outcome of one reading of the field "f".
func want(t *testing.T, about string, v *Values, got, value any, reason string) {
	t.Helper()
	if got != value || v.Errors()["f"] != reason {
		t.Errorf("%s: %#v with reason %q; want %#v with %q", about, got, v.Errors()["f"], value, reason)
	}
}

func TestTextIsTrimmedNormalisedAndMeasuredInCharacters(t *testing.T) {
	for _, c := range []struct {
		about, in string
		min, max  int
		out       string
		reason    string
	}{
		{"plain", "Ada", 1, 10, "Ada", ""},
		{"spaces around", " \t Ada\u00a0 ", 1, 3, "Ada", ""},
		{"two code points that are one letter", "Jose\u0301", 1, 4, "José", ""},
		{"as long as allowed, in letters of several bytes", "ПриветМир!", 1, 10, "ПриветМир!", ""},
		{"one more", "ПриветМир!!", 1, 10, "ПриветМир!!", TooLong},
		{"empty and required", "  ", 1, 10, "", Required},
		{"empty and not required", "", 0, 10, "", ""},
		{"too short", "A", 2, 10, "A", TooShort},
		{"line break", "Ada\nBcc: x", 1, 20, "Ada\nBcc: x", Characters},
		{"null", "Ada\x00", 1, 20, "Ada\x00", Characters},
		{"direction override", "gpj.\u202eexe", 1, 20, "gpj.\u202eexe", Characters},
		{"joiner inside a Persian word", "می\u200cخواهم", 1, 20, "می\u200cخواهم", ""},
		{"broken encoding", "Ad\xffa", 1, 20, "Ad\ufffda", Characters},
	} {
		v := of("f", c.in)
		want(t, c.about, v, v.Text("f", c.min, c.max), c.out, c.reason)
	}
}

func TestLinesKeepTheirBreaksInOneForm(t *testing.T) {
	v := of("f", "one\r\ntwo\rthree\n")
	want(t, "breaks", v, v.Lines("f", 1, 100), "one\ntwo\nthree", "")
	v = of("f", "one\x1b[2Jtwo")
	want(t, "escape sequence", v, v.Lines("f", 1, 100), "one\x1b[2Jtwo", Characters)
}

func TestEmailTakesOneAddressAtARealHost(t *testing.T) {
	for in, out := range map[string]string{
		"Ada@Shop.Example":         "Ada@shop.example",
		" a.b+c@shop.example ":     "a.b+c@shop.example",
		"josé@shop.example":        "josé@shop.example",
		"a@xn--mnchen-3ya.example": "a@xn--mnchen-3ya.example",
	} {
		v := of("f", in)
		want(t, in, v, v.Email("f"), out, "")
	}
	for _, in := range []string{
		"ada", "ada@localhost", "@shop.example", "ada@", "Ada <a@b.example>", "a@b.example, c@d.example", "a b@c.example",
		`"a b"@c.example`, "a@b..example", "a@-b.example", "a@b.example.", strings.Repeat("a", 65) + "@b.example", "<a@b.example>",
	} {
		v := of("f", in)
		if v.Email("f"); v.Errors()["f"] != WrongEmail {
			t.Errorf("%q: %q", in, v.Errors()["f"])
		}
	}
	v := of("f", "a@b.example\nBcc: c")
	if v.Email("f"); v.Errors()["f"] != Characters {
		t.Error(v.Errors())
	}
	v = of()
	want(t, "missing", v, v.Email("f"), "", Required)
}

func TestDateIsADayOfTheCalendarInItsRange(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	from, to := day(1900, 1, 1), day(2008, 3, 1)
	for _, c := range []struct {
		about, y, m, d string
		out            time.Time
		reason         string
	}{
		{"a birthday", "1985", "07", "9", day(1985, 7, 9), ""},
		{"leap day", "2004", "2", "29", day(2004, 2, 29), ""},
		{"century without leap day", "1900", "2", "29", time.Time{}, WrongDate},
		{"the first day", "1900", "1", "1", from, ""},
		{"before it", "1899", "12", "31", day(1899, 12, 31), DateEarly},
		{"the last day", "2008", "3", "1", to, ""},
		{"after it", "2008", "3", "2", day(2008, 3, 2), DateLate},
		{"31st of April", "1985", "4", "31", time.Time{}, WrongDate},
		{"month 13", "1985", "13", "1", time.Time{}, WrongDate},
		{"day 0", "1985", "1", "0", time.Time{}, WrongDate},
		{"two digits of a year", "85", "1", "1", time.Time{}, WrongDate},
		{"five digits", "19850", "1", "1", time.Time{}, WrongDate},
		{"a word", "1985", "July", "1", time.Time{}, WrongDate},
		{"a sign", "1985", "+7", "1", time.Time{}, WrongDate},
		{"half filled in", "1985", "", "1", time.Time{}, WrongDate},
		{"nothing", "", "", "", time.Time{}, Required},
	} {
		v := of("f-year", c.y, "f-month", c.m, "f-day", c.d)
		want(t, c.about, v, v.Date("f", from, to), c.out, c.reason)
	}
	v := of()
	if got, given := v.OptionalDate("f", from, to); given || !got.IsZero() || !v.OK() {
		t.Error("an optional date may be left out")
	}
	v = of("f-year", "3000", "f-month", "1", "f-day", "1")
	want(t, "no limits", v, v.Date("f", time.Time{}, time.Time{}), day(3000, 1, 1), "")
}

func TestChoiceIsFromTheListOnly(t *testing.T) {
	v := of("f", "person")
	want(t, "in it", v, v.Choice("f", "person", "business"), "person", "")
	v = of("f", "administrator")
	want(t, "not in it", v, v.Choice("f", "person", "business"), "", WrongChoice)
	v = of()
	want(t, "none", v, v.Choice("f", "person", "business"), "", Required)
	v = of()
	want(t, "none is a choice", v, v.Choice("f", "", "business"), "", "")
}

func TestBoolAndInt(t *testing.T) {
	for in, out := range map[string]bool{"on": true, "true": true, "1": true, "Yes": true, "": false, "off": false, "0": false, "x": false} {
		if v := of("f", in); v.Bool("f") != out {
			t.Error(in)
		}
	}
	for in, c := range map[string]struct {
		out    int
		reason string
	}{"7": {7, ""}, "-1": {-1, NumberRange}, "11": {11, NumberRange}, "7.5": {0, WrongNumber}, "99999999999999999999": {0, WrongNumber}, "": {0, Required}} {
		v := of("f", in)
		want(t, in, v, v.Int("f", 0, 10), c.out, c.reason)
	}
}

func TestCountryTakesBothCodesOfISO3166(t *testing.T) {
	for in, out := range map[string]string{"DE": "DE", "deu": "DE", "GB": "GB", "USA": "US", " ch ": "CH"} {
		v := of("f", in)
		want(t, in, v, v.Country("f"), out, "")
	}
	for _, in := range []string{"XX", "UTO", "Germany", "D", "EU", "UK"} {
		v := of("f", in)
		want(t, in, v, v.Country("f"), "", WrongCode)
	}
	v := of()
	want(t, "none", v, v.Country("f"), "", Required)

	seen := map[string]bool{}
	for _, c := range Countries() {
		if len(c.Alpha2) != 2 || len(c.Alpha3) != 3 || seen[c.Alpha2] || seen[c.Alpha3] {
			t.Errorf("%+v", c)
		}
		seen[c.Alpha2], seen[c.Alpha3] = true, true
	}
	if len(Countries()) != 249 {
		t.Errorf("%d countries", len(Countries()))
	}
}

func TestEveryWrongFieldIsReportedOnceWithItsFirstReason(t *testing.T) {
	v := of("name", strings.Repeat("x", 11))
	v.Text("name", 1, 10)
	v.Refuse("name", "later.reason")
	v.Email("mail")
	if v.OK() || len(v.Errors()) != 2 || v.Errors()["name"] != TooLong || v.Errors()["mail"] != Required {
		t.Fatal(v.Errors())
	}
	err := v.Err()
	if errs.CodeOf(err) != errs.Invalid || errs.FieldsOf(err)["mail"] != Required {
		t.Fatal(err)
	}
	good := of("name", "Ada")
	good.Text("name", 1, 10)
	if !good.OK() || good.Err() != nil {
		t.Fatal(good.Err())
	}
}

func FuzzTextNeverPassesWhatCannotBeShown(f *testing.F) {
	for _, seed := range []string{"Ada", "a\x00b", "\xff", "e\u0301", "\u202e"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		v := of("f", in)
		got := v.Text("f", 0, 50)
		if !v.OK() {
			return
		}
		if strings.TrimSpace(got) != got || len([]rune(got)) > 50 {
			t.Fatalf("%q", got)
		}
		for _, r := range got {
			if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == 0xfffd {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		again := of("f", got)
		if again.Text("f", 0, 50) != got || !again.OK() {
			t.Fatalf("%q does not survive a second reading", got)
		}
	})
}
