package document

import (
	"errors"
	"testing"
	"time"
)

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 15, 4, 0, 0, time.UTC) }

func TestBornInTheLatestCenturyThatIsNotTheFuture(t *testing.T) {
	today := on(2026, 3, 1)
	for text, want := range map[string]string{
		"740812": "1974-08-12", "260301": "2026-03-01", "260302": "1926-03-02", "000229": "2000-02-29",
		"240229": "2024-02-29", "280229": "1928-02-29", "991231": "1999-12-31", "270101": "1927-01-01",
		// 1900 was no leap year, 2010 neither.
		"100229": "", "740832": "", "741301": "", "740800": "", "7408<<": "", "<<<<<<": "", "": "", "7408123": "", "+40812": "",
	} {
		got, err := MRZ{BirthDate: text}.Born(today)
		switch {
		case want == "" && !errors.Is(err, ErrDate):
			t.Errorf("%q: %v, %v", text, got, err)
		case want != "" && (err != nil || got.Format(time.DateOnly) != want):
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
}

func TestExpiresInTheCenturyNearToday(t *testing.T) {
	today := on(2026, 3, 1)
	for text, want := range map[string]string{
		"120415": "2012-04-15", "360228": "2036-02-28", "991231": "1999-12-31", "760228": "2076-02-28", "760302": "1976-03-02",
		"280229": "2028-02-29", "270229": "", "<<<<<<": "",
	} {
		got, err := MRZ{ExpiryDate: text}.Expires(today)
		switch {
		case want == "" && !errors.Is(err, ErrDate):
			t.Errorf("%q: %v, %v", text, got, err)
		case want != "" && (err != nil || got.Format(time.DateOnly) != want):
			t.Errorf("%q: %v, %v, want %s", text, got, err, want)
		}
	}
	if got, err := (MRZ{ExpiryDate: "010101"}).Expires(on(1999, 12, 31)); err != nil || got.Year() != 2001 {
		t.Errorf("across the century: %v, %v", got, err)
	}
}

func TestADocumentIsValidThroughItsLastDay(t *testing.T) {
	m := MRZ{ExpiryDate: "280229"}
	for _, c := range []struct {
		today time.Time
		want  bool
	}{{on(2028, 2, 28), false}, {on(2028, 2, 29), false}, {on(2028, 3, 1), true}} {
		if got, err := m.Expired(c.today); err != nil || got != c.want {
			t.Errorf("%v: %v, %v", c.today, got, err)
		}
	}
	if _, err := (MRZ{ExpiryDate: "2802<<"}).Expired(on(2028, 1, 1)); !errors.Is(err, ErrDate) {
		t.Errorf("unknown day: %v", err)
	}
}

func TestTransliterate(t *testing.T) {
	for in, want := range map[string]string{
		"Müller": "MUELLER", "Weiß": "WEISS", "Łukasz  Żółć": "LUKASZ ZOLC", "O'Connor-Smith": "OCONNOR SMITH",
		"Þórður": "THORDUR", "Ångström": "AANGSTROEM", "José María": "JOSE MARIA", "": "", "李": "",
		"Mu\u0308ller": "MUELLER", "Çelik, Jr.": "CELIK JR",
	} {
		if got := Transliterate(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestSameNameAllowsBothSpellingsOfUmlauts(t *testing.T) {
	for _, c := range []struct {
		written, printed string
		want             bool
	}{
		{"Müller", "MUELLER", true}, {"Müller", "MULLER", true}, {"Mueller", "MUELLER", true}, {"Muller", "MUELLER", false},
		{"anna-maria", "ANNA MARIA", true}, {"Anna", "ANNA MARIA", false}, {"", "", false}, {"李", "", false}, {"李", "LI", false},
	} {
		if got := SameName(c.written, c.printed); got != c.want {
			t.Errorf("%q and %q: %v", c.written, c.printed, got)
		}
	}
}
