package document

import (
	"errors"
	"strings"
	"testing"
)

// The examples printed in ICAO Doc 9303 (Anna Maria Eriksson of Utopia) and
// the layout of the old French card with made-up values.
var examples = map[Format][]string{
	TD1:   {"I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"},
	TD2:   {"I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"},
	TD3:   {"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"},
	MRVA:  {"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"},
	MRVB:  {"V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"},
	IDFRA: {"IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "9409923102854CORINNE<<<<<<<6512068F4"},
}

func parse(t testing.TB, lines ...string) MRZ {
	t.Helper()
	m, err := ParseMRZ(lines)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParseTakesEveryFormatApart(t *testing.T) {
	want := map[Format]MRZ{
		TD1:   {DocumentType: "I", IssuingState: "UTO", Number: "D23145890", Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Nationality: "UTO", BirthDate: "740812", Sex: "F", ExpiryDate: "120415"},
		TD2:   {DocumentType: "I", IssuingState: "UTO", Number: "D23145890", Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Nationality: "UTO", BirthDate: "740812", Sex: "F", ExpiryDate: "120415"},
		TD3:   {DocumentType: "P", IssuingState: "UTO", Number: "L898902C3", Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Nationality: "UTO", BirthDate: "740812", Sex: "F", ExpiryDate: "120415", Optional: "ZE184226B"},
		MRVA:  {DocumentType: "V", IssuingState: "UTO", Number: "L8988901C", Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Nationality: "XXX", BirthDate: "400907", Sex: "F", ExpiryDate: "961210", Optional: "6ZE184226B"},
		MRVB:  {DocumentType: "V", IssuingState: "UTO", Number: "L8988901C", Surname: "ERIKSSON", GivenNames: "ANNA MARIA", Nationality: "XXX", BirthDate: "400907", Sex: "F", ExpiryDate: "961210"},
		IDFRA: {DocumentType: "ID", IssuingState: "FRA", Number: "940992310285", Surname: "BERTHIER", GivenNames: "CORINNE", BirthDate: "651206", Sex: "F"},
	}
	for f, lines := range examples {
		got := parse(t, lines...)
		if got.Format != f || !got.Verified() {
			t.Errorf("%s: format %s, checks %v", f, got.Format, got.Checks)
		}
		w := want[f]
		w.Format, w.Lines, w.Checks = got.Format, got.Lines, got.Checks
		if !same(got, w) {
			t.Errorf("%s:\n got %+v\nwant %+v", f, got, w)
		}
	}
}

// same compares all fields but Lines and Checks.
func same(a, b MRZ) bool {
	a.Lines, a.Checks, b.Lines, b.Checks = nil, nil, nil, nil
	return a.Format == b.Format && a.DocumentType == b.DocumentType && a.IssuingState == b.IssuingState && a.Number == b.Number &&
		a.Surname == b.Surname && a.GivenNames == b.GivenNames && a.Nationality == b.Nationality && a.BirthDate == b.BirthDate &&
		a.Sex == b.Sex && a.ExpiryDate == b.ExpiryDate && a.Optional == b.Optional && a.Optional2 == b.Optional2
}

func TestEverySubstitutionInACoveredFieldFailsOrIsListed(t *testing.T) {
	set := map[string][]string{"long number": {"I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"}}
	for f, lines := range examples {
		set[string(f)] = lines
	}
	for name, lines := range set {
		m := parse(t, lines...)
		l := layouts[m.Format]
		kinds := l.kinds()
		tried, unseen := 0, 0
		for at := range l.backed() {
			old := lines[at.Line][at.Column]
			for _, c := range []byte("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<") {
				if c == old || !kinds[at.Line][at.Column].allows(c) {
					continue
				}
				changed := append([]string{}, lines...)
				changed[at.Line] = changed[at.Line][:at.Column] + string(c) + changed[at.Line][at.Column+1:]
				tried++
				if !parse(t, changed...).Verified() {
					continue
				}
				unseen++
				digit := old >= '0' && old <= '9' && c >= '0' && c <= '9'
				if digit || !Undetectable(old, c) {
					t.Errorf("%s: line %d column %d: %c for %c goes unseen", name, at.Line+1, at.Column+1, c, old)
				}
			}
		}
		t.Logf("%s: %d substitutions, %d undetectable by construction", name, tried, unseen)
	}
}

func TestAFailingDigitNamesItsFieldOnly(t *testing.T) {
	lines := append([]string{}, examples[TD3]...)
	lines[1] = "L898902C36UTO7408122F1204158ZE184226B<<<<<10" // expiry digit 9 -> 8
	m := parse(t, lines...)
	for _, c := range m.Checks {
		want := OK
		if c.Field == "expiry-date" || c.Field == "composite" {
			want = Refuted
		}
		if c.Outcome != want {
			t.Errorf("%s: %s, want %s", c.Field, c.Outcome, want)
		}
	}
	c, ok := m.Check("expiry-date")
	if !ok || c.Printed != '8' || c.Computed != '9' || c.Line != 1 || c.Column != 27 {
		t.Errorf("expiry check %+v", c)
	}
	if _, ok := m.Check("names"); ok {
		t.Error("names claim a check digit")
	}
}

func TestADigitThatIsNotPrintedIsSaidSo(t *testing.T) {
	empty := parse(t, "P<UTODOE<<JAN<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "CA000000<4D<<6408125F1802212<<<<<<<<<<<<<<<6")
	c, _ := empty.Check("optional")
	if c.Outcome != NotPrinted || c.Required || !empty.Verified() {
		t.Errorf("empty personal number: %+v, verified %v", c, empty.Verified())
	}
	bare := parse(t, examples[TD3][0], "L898902C3<UTO7408122F1204159ZE184226B<<<<<10")
	if c, _ := bare.Check("number"); c.Outcome != NotPrinted || !c.Required || bare.Verified() {
		t.Errorf("number without digit: %+v, verified %v", c, bare.Verified())
	}
}

func TestLongDocumentNumbersOfTD1(t *testing.T) {
	for _, number := range []string{"D23145890", "D231458907", "D2314589073", "D23145890734", "D231458907345", "D231458907345678901234"[:22]} {
		m := MRZ{Format: TD1, DocumentType: "I", IssuingState: "UTO", Number: number, Surname: "STEVENSON", GivenNames: "PETER",
			Nationality: "UTO", BirthDate: "340712", Sex: "M", ExpiryDate: "950712"}
		lines, err := Compose(m)
		if err != nil {
			t.Fatalf("%s: %v", number, err)
		}
		got := parse(t, lines...)
		if !same(got, m) || !got.Verified() {
			t.Errorf("%s: %v read as %q, optional %q, checks %v", number, lines, got.Number, got.Optional, got.Checks)
		}
	}
	icao := parse(t, "I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<")
	if icao.Number != "D23145890734" || icao.Optional != "" || !icao.Verified() {
		t.Errorf("number %q, optional %q, checks %v", icao.Number, icao.Optional, icao.Checks)
	}
}

func TestParseRefuses(t *testing.T) {
	td3 := examples[TD3]
	for name, lines := range map[string][]string{
		"nothing":            nil,
		"one line":           {td3[0]},
		"a short line":       {td3[0], td3[1][:43]},
		"three long lines":   {td3[0], td3[1], td3[1]},
		"mixed widths":       {td3[0], examples[TD2][1]},
		"a small letter":     {td3[0], strings.ToLower(td3[1])},
		"a letter of no MRZ": {strings.Replace(td3[0], "ANNA", "ANN\xc0", 1), td3[1]},
		"empty lines":        {"", "", ""},
	} {
		if _, err := ParseMRZ(lines); !errors.Is(err, ErrMRZ) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestComposeRefusesWhatDoesNotFit(t *testing.T) {
	good := parse(t, examples[TD3]...)
	for name, spoil := range map[string]func(*MRZ){
		"unknown format":  func(m *MRZ) { m.Format = "TD9" },
		"long number":     func(m *MRZ) { m.Number = "L898902C34" },
		"long state":      func(m *MRZ) { m.IssuingState = "UTOP" },
		"letters in date": func(m *MRZ) { m.BirthDate = "74AUG1" },
		"small letters":   func(m *MRZ) { m.Optional = "abc" },
	} {
		m := good
		spoil(&m)
		if _, err := Compose(m); !errors.Is(err, ErrMRZ) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestComposeWritesWhatParseReads(t *testing.T) {
	for f, lines := range examples {
		if f == IDFRA { // the office in the optional field has room for six characters only
			continue
		}
		got, err := Compose(parse(t, lines...))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "\n") != strings.Join(lines, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", f, strings.Join(got, "\n"), strings.Join(lines, "\n"))
		}
	}
}

func TestNamesAreCutToTheRoomThereIs(t *testing.T) {
	m := parse(t, examples[TD1]...)
	m.Surname, m.GivenNames = "Van der Müllenbröck-Özdemir", "Maximiliane Ørsted"
	lines, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	if lines[2] != "VAN<DER<MUELLENBROECK<OEZDEMIR" {
		t.Errorf("names %q", lines[2])
	}
}

func TestKnownStates(t *testing.T) {
	for code, want := range map[string]bool{"UTO": true, "D": true, "GBR": true, "XXA": true, "RKS": true, "BDR": false, "": false, "FR": false} {
		if KnownState(code) != want {
			t.Errorf("%q: %v", code, !want)
		}
	}
	if n := len(states); n != 249+1+29 { // ISO's 249, D, and ICAO's others
		t.Errorf("%d codes", n)
	}
}

func FuzzParseMRZ(f *testing.F) {
	for _, fm := range formats {
		lines := append(append([]string{}, examples[fm]...), "")
		f.Add(lines[0], lines[1], lines[2])
	}
	f.Fuzz(func(t *testing.T, a, b, c string) {
		lines := []string{a, b, c}
		if c == "" {
			lines = lines[:2]
		}
		m, err := ParseMRZ(lines)
		if err != nil {
			if !errors.Is(err, ErrMRZ) {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		if len(m.Checks) != len(layouts[m.Format].rules) {
			t.Fatalf("%d checks for %s", len(m.Checks), m.Format)
		}
		for _, c := range m.Checks {
			if got := m.Lines[c.Line][c.Column]; got != c.Printed {
				t.Fatalf("check %+v stands where %q is printed", c, got)
			}
		}
		_, _ = m.Born(on(2026, 1, 1))
		_, _ = m.Expired(on(2026, 1, 1))
		_, _ = Compose(m)
	})
}
