package aamva

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Every person, number and address here is made up; the texts are specimens.

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// same compares everything but the raw elements.
func same(a, b Licence) bool {
	return a.Kind == b.Kind && a.IIN == b.IIN && a.Version == b.Version && a.Jurisdiction == b.Jurisdiction && a.Country == b.Country &&
		a.FamilyName == b.FamilyName && a.FirstName == b.FirstName && a.MiddleNames == b.MiddleNames && a.Suffix == b.Suffix &&
		strings.Join(a.Cut, " ") == strings.Join(b.Cut, " ") && a.Born.Equal(b.Born) && a.Issued.Equal(b.Issued) &&
		a.Expires.Equal(b.Expires) && a.Number == b.Number && a.Sex == b.Sex && a.Address == b.Address
}

func TestEveryVersionIsRead(t *testing.T) {
	home := Address{Line1: "1 SPECIMEN WAY", City: "SAMPLETOWN", Region: "AZ", Postcode: "85001-0042"}
	full := Licence{Kind: "DL", IIN: "636026", Jurisdiction: "AZ", Country: "USA", FamilyName: "SPECIMEN", FirstName: "PAT", MiddleNames: "QUINN",
		Born: on(1990, 2, 28), Issued: on(2020, 1, 31), Expires: on(2031, 12, 5), Number: "S0000001", Sex: "X", Address: home}
	tail := "DBB02281990\nDBA12052031\nDBD01312020\nDBC9\nDAQS0000001\nDAG1 SPECIMEN WAY\nDAISAMPLETOWN\nDAJAZ\nDAK850010042  \n"
	old := "DBB19900228\nDBA20311205\nDBD20200131\nDBCX\nDAQS0000001\nDAG1 SPECIMEN WAY\nDAISAMPLETOWN\nDAJAZ\nDAK85001-0042\n"
	parts := "DCSSPECIMEN\nDACPAT\nDADQUINN\n"
	for name, c := range map[string]struct {
		text   string
		change func(*Licence)
	}{
		"before the first":  {"@\n\x1c\rAAMVA6360260001DL00270150DLDAASPECIMEN,PAT,QUINN\n" + old, func(l *Licence) { l.Version = 0 }},
		"1, one name field": {"@\n\x1e\rANSI 6360260102DL00390227ZA02660010DLDAASPECIMEN, PAT QUINN\n" + old + "ZAZAAX\n", func(l *Licence) { l.Version = 1 }},
		"1, with a suffix":  {"@\n\x1e\rANSI 6360260101DL00290227DLDAASPECIMEN,PAT,QUINN,JR\n" + old, func(l *Licence) { l.Version, l.Suffix = 1, "JR" }},
		"1, dollar signs":   {"@\n\x1e\rANSI 6360260101DL00290227DLDAASPECIMEN$PAT$QUINN$\n" + old, func(l *Licence) { l.Version = 1 }},
		"1, residence only": {"@\n\x1e\rANSI 6360260101DL00290227DLDAASPECIMEN,PAT,QUINN\n" + strings.Replace(old, "DAG1 SPECIMEN WAY", "DAG\nDAL1 SPECIMEN WAY", 1), func(l *Licence) { l.Version = 1 }},
		"2, given names":    {"@\n\x1e\rANSI 636026020001DL00310200DLDCSSPECIMEN\nDCTPAT QUINN\n" + tail, func(l *Licence) { l.Version = 2 }},
		"3, given names":    {"@\n\x1e\rANSI 636026030001DL00310200DLDCSSPECIMEN\nDCTPAT,QUINN\nDCUIII\n" + tail, func(l *Licence) { l.Version, l.Suffix = 3, "III" }},
		"4":                 {"@\n\x1e\rANSI 636026040002DL00410258ZA02990021DL" + parts + tail + "\rZAZAAN\r", func(l *Licence) { l.Version = 4 }},
		"5, cut off":        {"@\n\x1e\rANSI 636026050001DL00310258DL" + parts + "DDET\nDDFN\nDDGT\n" + tail, func(l *Licence) { l.Version, l.Cut = 5, []string{"family", "middle"} }},
		"6, identity card":  {"@\n\x1e\rANSI 636026060001ID00310258ID" + parts + tail, func(l *Licence) { l.Version, l.Kind = 6, "ID" }},
		"7, enhanced":       {"@\n\x1e\rANSI 636026070001EN00310258EN" + parts + tail, func(l *Licence) { l.Version, l.Kind = 7, "EN" }},
		"8, with its type":  {"@\n\x1e\rANSI 636026080001DL00310258DL\n" + parts + tail, func(l *Licence) { l.Version = 8 }},
		"9, list broken":    {"@\n\x1e\rANSI 636026090001DLxxxxDL" + parts + tail, func(l *Licence) { l.Version = 9 }},
		"10, no mark":       {"@\n\x1e\rANSI 636026100001DL00310258" + parts + tail, func(l *Licence) { l.Version = 10 }},
		"10, bars":          {"@|^^|ANSI 636026100001DL00310258DL" + strings.ReplaceAll(parts+tail, "\n", "|"), func(l *Licence) { l.Version = 10 }},
		"10, carriage returns and a byte order mark": {"\ufeff@\r\n\x1e\r\nANSI 636026100001DL00310258DL" + strings.ReplaceAll(parts+tail, "\n", "\r\n"), func(l *Licence) { l.Version = 10 }},
		"10, year first": {"@\n\x1e\rANSI 636026100001DL00310258DL" + parts + strings.Replace(old, "-", "", 1), func(l *Licence) { l.Version = 10 }},
		"11 and later":   {"@\n\x1e\rANSI 636026110001DL00310258DL" + parts + tail + "DZZNEW\n", func(l *Licence) { l.Version = 11 }},
		"no middle name": {"@\n\x1e\rANSI 636026100001DL00310258DLDCSSPECIMEN\nDACPAT\nDADNONE\n" + tail, func(l *Licence) { l.Version, l.MiddleNames = 10, "" }},
	} {
		want := full
		c.change(&want)
		got, err := Parse(c.text)
		if err != nil || !same(got, want) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, want)
		}
		if missing := got.Missing(); len(missing) > 0 {
			t.Errorf("%s: missing %v", name, missing)
		}
	}
}

func TestCanadianCardsAreRead(t *testing.T) {
	got, err := Parse("@\n\x1e\rANSI 604426090101DL00310233DLDCSSPECIMEN\nDACPAT\nDADNONE\nDBB19900228\nDBA20311205\nDAQ1\nDAG1 SHORE DR\nDAIANYTOWN\nDAJPE\nDAKC0A 2B4    \nDCGCAN\n")
	if err != nil || got.Jurisdiction != "PE" || got.Country != "CAN" || got.Address.Postcode != "C0A 2B4" || !got.Born.Equal(on(1990, 2, 28)) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestIssuersThatAreNotListedAreNamedByTheAddress(t *testing.T) {
	got, err := Parse("@\n\x1e\rANSI 990876100001DL00310233DLDCSSPECIMEN\nDAJAB\n")
	if err != nil || got.Jurisdiction != "AB" || got.Country != "CAN" {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = Parse("@\n\x1e\rANSI 990876100001DL00310233DLDCSSPECIMEN\nDAJUO\n")
	if err != nil || got.Jurisdiction != "UO" || got.Country != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatIsMissingOrImpossibleIsEmptyAndNamed(t *testing.T) {
	got, err := Parse("@\n\x1e\rANSI 636026100001DL00310233DLDCSSPECIMEN\nDBB02301990\nDBA99999999\nDBD00000000\nDBC7\nDAK123\n")
	if err != nil || !got.Born.IsZero() || !got.Expires.IsZero() || !got.Issued.IsZero() || got.Sex != "" || got.Address.Postcode != "123" {
		t.Errorf("%+v, %v", got, err)
	}
	if want := "given-names birth-date expiry number address"; strings.Join(got.Missing(), " ") != want {
		t.Errorf("missing %v", got.Missing())
	}
}

func TestUnknownElementsAreKept(t *testing.T) {
	got, err := Parse("@\n\x1e\rANSI 636026100002DL00310233ZA02640010DLDCSSPECIMEN\nDZQ new \n\rZAZAAown\nZABmore\r")
	if err != nil || got.Elements["DZQ"] != "new" || got.Elements["ZAA"] != "own" || got.Elements["ZAB"] != "more" {
		t.Errorf("%v, %v", got.Elements, err)
	}
}

func TestOtherTextsAreRefused(t *testing.T) {
	for _, text := range []string{"", "This is PDF417", "ANSI ", "@\n\x1e\rANSI 636026100001DL00310233", strings.Repeat(" ", 60) + "ANSI 636026100001DL00310233DLDCSX",
		"ANSI 636026100001DL00310233DLDCSX" + strings.Repeat("\n", maxText)} {
		if l, err := Parse(text); !errors.Is(err, ErrFormat) {
			t.Errorf("%.40q: %+v, %v", text, l, err)
		}
	}
}

func TestComposeWritesWhatParseReads(t *testing.T) {
	want := Licence{Kind: "DL", IIN: "000000", Version: 10, Jurisdiction: "UO", Country: "UTO", FamilyName: "ANYDER", FirstName: "AMAIA", MiddleNames: "BERIT",
		Born: on(1989, 3, 14), Issued: on(2022, 5, 6), Expires: on(2032, 5, 5), Number: "UT1234567", Sex: "F",
		Address: Address{Line1: "1 ANYDER QUAY", City: "AMAROT", Region: "UO", Postcode: "10001"}}
	text, err := Compose(want, [2]string{"ZUA", "SPECIMEN"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse(text)
	if err != nil || !same(got, want) || got.Elements["ZUA"] != "SPECIMEN" {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
	// The list of subfiles says where they are.
	if at := strings.Index(text, "ZUZUA"); !strings.Contains(text, "ZU0"+itoa(at)) {
		t.Errorf("own subfile at %d, text %q", at, text)
	}
	want.FamilyName = "A\nDAQ1"
	if _, err := Compose(want); err == nil {
		t.Error("a name with a separator was written")
	}
	if _, err := Compose(Licence{}); err == nil {
		t.Error("a card of nobody was written")
	}
}

func itoa(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}

// TestSampleTexts reads the sample texts of real issuers, where they lie beside
// the repository.
func TestSampleTexts(t *testing.T) {
	dir := os.Getenv("TRUEPENNY_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(dir, "data", "document-aamva-text", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("the sample texts (document-aamva-text) are not beside the repository")
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		l, err := Parse(string(text))
		if err != nil || len(l.Missing()) > 0 {
			t.Errorf("%s: %v, missing %v", filepath.Base(f), err, l.Missing())
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("@\n\x1e\rANSI 636026100002DL00410258ZA02990021DLDCSSPECIMEN\nDACPAT\nDBB02281990\rZAZAAN\r")
	f.Add("@|^^|ANSI 6360260102DL00390227DLDAASPECIMEN$PAT|DBB19900228")
	f.Add("AAMVA6360260001DLxxDLDCT,\nDAK1")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse(text)
		if err != nil {
			return
		}
		if len(l.Elements) > maxElements || len(l.Elements) == 0 {
			t.Fatalf("%d elements", len(l.Elements))
		}
		l.Missing()
		l.GivenNames()
		if !l.Born.IsZero() && (l.Born.Year() < 1800 || l.Born.Year() > 2199) {
			t.Fatal(l.Born)
		}
	})
}
