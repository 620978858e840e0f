package bill

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/text"
)

// at is a run of words on an A4 page of 595 x 842 points in print of 10 points.
type at struct {
	x, y float64
	said string
}

func page(runs ...at) text.Page {
	p := text.Page{Width: 595, Height: 842}
	for i, r := range runs {
		l := text.Line{Block: i}
		x := r.x
		for _, word := range strings.Fields(r.said) {
			w := 5 * float64(len(word))
			l.Words = append(l.Words, text.Word{Text: word, Box: text.Box{X: x / 595, Y: r.y / 842, W: w / 595, H: 10.0 / 842}})
			x += w + 3
		}
		p.Lines = append(p.Lines, l)
	}
	return p
}

func TestTheDayOfIssueIsFoundAmongOtherDays(t *testing.T) {
	for name, c := range map[string]struct {
		runs []at
		want string
	}{
		"english, beside the label":  {[]at{{40, 100, "Order Date: 2 May 2024"}, {40, 120, "Invoice Date:"}, {200, 120, "May 14th, 2024"}, {40, 140, "Due date: 28 May 2024"}}, "2024-05-14"},
		"american, month first":      {[]at{{40, 100, "Statement date 03/04/2024"}, {40, 120, "Payment due 03/25/2024"}, {40, 140, "$12.00"}}, "2024-03-04"},
		"british, day first":         {[]at{{40, 100, "Bill date 03/04/2024"}, {40, 120, "Pay by 25/04/2024"}, {40, 140, "£12.00"}}, "2024-04-03"},
		"french, in a sentence":      {[]at{{40, 100, "Facture n°4711 du 1er août 2023"}, {40, 120, "Date limite de paiement le 05 septembre 2023"}}, "2023-08-01"},
		"french, accents and labels": {[]at{{40, 100, "Date d’émission :"}, {200, 100, "14 févr. 2023"}, {40, 120, "À régler avant le 1 mars 2023"}}, "2023-02-14"},
		"german":                     {[]at{{40, 100, "Rechnungsdatum: 07.03.24"}, {40, 120, "Fälligkeit 21.03.24"}, {40, 140, "Zeitraum 01.02.24 - 29.02.24"}}, "2024-03-07"},
		"german month":               {[]at{{40, 100, "Lieferdatum 1. März 2024"}, {300, 60, "Hamburg, den 12. März 2024"}}, "2024-03-12"},
		"dutch, under its head":      {[]at{{40, 100, "Klant"}, {200, 100, "Factuur datum"}, {350, 100, "Vervaldatum"}, {40, 114, "4711"}, {205, 114, "8-9-2022"}, {355, 114, "22-9-2022"}}, "2022-09-08"},
		"a letter with a bare date":  {[]at{{400, 80, "14 March 2026"}, {40, 300, "Dear Ms Example"}}, "2026-03-14"},
		"only when it is due":        {[]at{{40, 100, "Vervaldatum 22-9-2022"}}, ""},
		"a day that is none":         {[]at{{40, 100, "Invoice date 31.02.2024"}}, ""},
		"a number that looks like":   {[]at{{40, 100, "Invoice date IP 12.34.2024.1"}}, ""},
	} {
		if got := Find([]text.Page{page(c.runs...)}).Date; got.Value != c.want {
			t.Errorf("%s: %+v, not %s", name, got, c.want)
		}
	}
}

func TestTwoDaysUnderOneLabelOrAnUnclearOneAreNotSure(t *testing.T) {
	two := Find([]text.Page{page(at{40, 100, "Invoice date 1 May 2024"}, at{40, 200, "Invoice date 9 May 2024"})}).Date
	if two.Why != Contradict || two.Sure > 0.8 {
		t.Errorf("two days: %+v", two)
	}
	if unclear := Find([]text.Page{page(at{40, 100, "Invoice date 03/04/2024"})}).Date; unclear.Why != Ambiguous || unclear.Sure > 0.5 {
		t.Errorf("day or month first: %+v", unclear)
	}
}

func TestTheSumIsFoundAmongOtherAmounts(t *testing.T) {
	for name, c := range map[string]struct {
		runs           []at
		want, currency string
	}{
		"english": {[]at{{40, 100, "Subtotal"}, {400, 100, "$1,200.00"}, {40, 120, "VAT 20.00 %"}, {400, 120, "$240.00"}, {40, 140, "Total amount due"}, {400, 140, "$1,440.00"}}, "1440.00", "USD"},
		"german":  {[]at{{40, 100, "Nettobetrag"}, {400, 100, "1.000,00 €"}, {40, 140, "Gesamtbetrag"}, {400, 140, "1.190,00 €"}, {40, 160, "Letzte Rechnung 2.500,00 €"}}, "1190.00", "EUR"},
		"french":  {[]at{{40, 100, "Total HT"}, {400, 100, "1 000,00 €"}, {40, 140, "Somme à payer"}, {400, 140, "1 200,00 € TTC"}}, "1200.00", "EUR"},
		"dutch":   {[]at{{40, 100, "Subtotaal"}, {400, 100, "€ 10,00"}, {40, 140, "Te betalen"}, {400, 140, "€ 12,10"}, {40, 160, "Exclusief BTW"}, {400, 160, "€ 99,99"}}, "12.10", "EUR"},
		"swiss":   {[]at{{40, 100, "Total CHF 1'234.50"}}, "1234.50", "CHF"},
		"head":    {[]at{{40, 100, "Betrag"}, {200, 100, "Total"}, {40, 114, "5,00"}, {200, 114, "7,00"}}, "7.00", ""},
		"none":    {[]at{{40, 100, "Read your meter on 12.05.2024 at 100.50 kWh"}}, "", ""},
	} {
		got := Find([]text.Page{page(c.runs...)})
		if got.Total.Value != c.want || got.Currency.Value != c.currency {
			t.Errorf("%s: %+v, %+v", name, got.Total, got.Currency)
		}
	}
}

func TestWhoSendsItAndToWhomAreToldApart(t *testing.T) {
	f := Find([]text.Page{page(
		at{60, 120, "Stadtwerke Musterstadt GmbH - Am Markt 1 - 12345 Musterstadt"},
		at{60, 160, "Herrn"}, at{60, 172, "Jörg Beispiel"}, at{60, 184, "Lange Gasse 12a"}, at{60, 196, "54321 Anderswo"},
		at{60, 300, "Rechnungsnr."}, at{200, 300, "R-2024-0815"}, at{60, 314, "Vertragskonto"}, at{200, 314, "200 300 4005"},
		at{60, 800, "Stadtwerke Musterstadt GmbH"}, at{60, 812, "www.stadtwerke-musterstadt.de"},
	)})
	if f.Issuer.Value != "Stadtwerke Musterstadt GmbH" || f.Issuer.Sure < 0.8 {
		t.Errorf("issuer %+v", f.Issuer)
	}
	if !strings.HasPrefix(f.Address.Value, "Herrn\nJörg Beispiel\nLange Gasse 12a\n54321 Anderswo") {
		t.Errorf("address %q", f.Address.Value)
	}
	if f.Invoice.Value != "R-2024-0815" {
		t.Errorf("invoice %+v", f.Invoice)
	}
	if f.Address.Box.Y < 0.18 || f.Address.Box.Y+f.Address.Box.H > 0.26 || f.Address.Box.X > 0.11 {
		t.Errorf("the address stands at %+v", f.Address.Box)
	}
	if SameCompany("Amazon Web Services", "Example Ltd") || !SameCompany("Amazon Web Services", "AMAZON Web Services, Inc.") {
		t.Error("companies are not compared by their names")
	}
}

func TestGoodsAreNoAddress(t *testing.T) {
	f := Find([]text.Page{page(
		at{40, 300, "Widget Home Street 12"}, at{400, 300, "€ 9,99"}, at{40, 312, "Cable 3005 long"}, at{400, 312, "€ 1,99"}, at{40, 324, "Case 2011 black"}, at{400, 324, "€ 4,99"},
	)})
	if f.Address.Value != "" {
		t.Errorf("found %q", f.Address.Value)
	}
}

func TestWordsReadFromThePictureFillWhatThePageLacks(t *testing.T) {
	own := page(at{40, 100, "Invoice date 1 May 2024"})
	seen := page(at{41, 100, "Invoice date 7 May 2024"}, at{40, 20, "Utopia Light Ltd"})
	f := Find([]text.Page{Merge(own, seen)})
	if f.Date.Value != "2024-05-01" || f.Issuer.Value != "Utopia Light Ltd" {
		t.Errorf("%+v, %+v", f.Date, f.Issuer)
	}
	if len(own.Lines) != 1 {
		t.Error("the page itself was changed")
	}
}

func TestWhatIsKnownIsLocatedHoweverItIsSpelled(t *testing.T) {
	p := Open([]text.Page{page(at{60, 160, "Frau Jörg M. Beispiel"}, at{60, 172, "Lange Straße 12a"}, at{60, 184, "5 High St"}, at{60, 196, "54321 Anderswo"})})
	for _, want := range []string{"JORG BEISPIEL", "Beispiel, Jörg", "Lange Strasse 12 A", "5 High Street", "54321"} {
		if f, ok := p.Locate(want); !ok || f.Box.W <= 0 {
			t.Errorf("%s was not found", want)
		}
	}
	for _, no := range []string{"Jörg Andersen", "Lange Strasse 1", "4321", "", "12a Jörg"} {
		if f, ok := p.Locate(no); ok {
			t.Errorf("%s was found as %q", no, f.Text)
		}
	}
	if !Open(nil).Empty() || p.Empty() {
		t.Error("emptiness is not told")
	}
}

func TestNothingIsFoundInNothing(t *testing.T) {
	for _, pages := range [][]text.Page{nil, {{}}, {page()}, {page(at{0, 0, "."})}} {
		if f := Find(pages); f != (Facts{}) {
			t.Errorf("%+v", f)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"Invoice date 1 May 2024 Total € 1.234,56 Example Ltd www.example.com", "Facture n°4711 du 02 Juillet 2015", "\xff٣/٤/٢٠٢٤ İ total -9999999999999.99", "12 ab Main 1234 AB Town"} {
		f.Add(s, uint8(3), uint8(40))
	}
	f.Fuzz(func(t *testing.T, said string, columns, step uint8) {
		var runs []at
		for i, word := range strings.Fields(said) {
			runs = append(runs, at{float64(i%(int(columns)+1)) * float64(step), float64(i) * 4, word})
		}
		p := page(runs...)
		if len(p.Lines) > 400 {
			return
		}
		joined := page(at{40, 100, said})
		for _, found := range []Facts{Find([]text.Page{p}), Find([]text.Page{joined, p})} {
			for _, fact := range []Fact{found.Issuer, found.Trade, found.Date, found.Total, found.Currency, found.Invoice, found.Account, found.Name, found.Address} {
				if fact.Sure < 0 || fact.Sure > 1 || (fact.Value == "") != (fact.Sure == 0) {
					t.Fatalf("%+v", fact)
				}
			}
		}
	})
}

func TestAPaperFullOfWordsTakesNoLongerThanItMay(t *testing.T) {
	var runs []at
	for i := range 20_000 {
		runs = append(runs, at{float64(i%100) * 40, float64(i/100) * 9, []string{"Kundennr.", "Total", "1.05.2024", "9,99", "Ltd", "date"}[i%6]})
	}
	start := time.Now()
	Find([]text.Page{page(runs...)})
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %s", took)
	}
}
