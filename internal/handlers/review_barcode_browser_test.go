package handlers_test

import (
	"image"
	"testing"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// licence draws a side of Marit's licence, whose back says that she is older.
func licence(t *testing.T, side specimen.Kind) []byte {
	t.Helper()
	fonts, err := specimen.OpenFonts()
	if err != nil {
		t.Skip("OCR-B is not installed on this machine; set-up brings it (Debian package fonts-ocr-b)")
	}
	page, err := specimen.Draw(fonts, specimen.Spec{
		Kind: side, Portrait: image.NewGray(image.Rect(0, 0, 300, 400)), Surname: "Lindqvist", GivenNames: "Marit Elisabet",
		Number: "UT4711081", Sex: "F", Born: time.Date(1986, 3, 14, 0, 0, 0, 0, time.UTC),
		Issued: time.Date(2022, 5, 6, 0, 0, 0, 0, time.UTC), Expires: time.Date(2032, 5, 5, 0, 0, 0, 0, time.UTC),
		Address: []string{"Hamngatan 12", "21122 Malmö"},
	})
	if err != nil {
		t.Fatal(err)
	}
	jpeg, err := picture.EncodeJPEG(page, 92)
	if err != nil {
		t.Fatal(err)
	}
	return jpeg
}

func TestBrowserCaseShowsWhereTheBarCodeSaysOtherwise(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", licence(t, specimen.LicenceFront)}}, "kind", "licence", "idempotency_key", "k1").is(303)
	m.marit.send(paths.ApplicationSide(id, "back"), false, []file{{"picture", licence(t, specimen.LicenceBack)}}, "kind", "licence", "idempotency_key", "k2").is(303)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(2)}}, "kind", "utility-bill", "idempotency_key", "k3").is(303)
	version := m.marit.get(paths.ApplicationCheck(id)).is(200).value("version")
	m.marit.post(paths.ApplicationSubmission(id), "version", version).leadsUnder(paths.ApplicationPage(id))
	m.drain(t)
	m.marit.get(paths.ApplicationPage(id)).is(200).hides("barcode.", "1986")

	r := &room{market: m, id: id}
	r.ann, r.annActor = m.signInStaff(t, "Ann Reviewer", staff.Reviewer)
	page := r.browse(t, r.annActor)
	page.Open(r.url + paths.Case(id, noList))
	page.See(words.MachineTitle("barcode"))
	page.See(words.CheckText("barcode", "review", "barcode.differs"))
	page.See("14 March 1986")
	page.Looks("case-barcode")
}
