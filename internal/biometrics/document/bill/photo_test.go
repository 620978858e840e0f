package bill_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"truepenny/internal/biometrics/document/bill"
	"truepenny/internal/biometrics/text"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/ocr"
	"truepenny/internal/specimen"
)

// photographed draws specimen bills, photographs them by chance and says how
// often each fact is found.
func photographed(t testing.TB, n int, shot func(seed uint64) specimen.Shot) map[string]int {
	t.Helper()
	eye, err := ocr.Open(t.Context(), ocr.DefaultLimits)
	if errors.Is(err, ocr.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := specimen.OpenFonts(filepath.Join(enginetest.Root(t), "build", "engine", "fonts"))
	if err != nil {
		enginetest.Absent(t, "OCR-B is not installed; set-up brings it (Debian package fonts-ocr-b)")
	}
	right := map[string]int{}
	for i := range n {
		s := specimen.Spec{
			Kind: specimen.UtilityBill, Surname: "Lindqvist", GivenNames: "Marit", Number: fmt.Sprintf("UT47110%02d", i),
			Address: []string{"Hamngatan 12", "211 22 Malmo"}, Issued: time.Date(2026, time.Month(1+i%12), 3+i%25, 0, 0, 0, 0, time.UTC),
		}
		page, err := specimen.Draw(fonts, s)
		if err != nil {
			t.Fatal(err)
		}
		photo, err := specimen.Photograph(page, shot(uint64(i)))
		if err != nil {
			t.Fatal(err)
		}
		words, err := eye.Read(t.Context(), photo, ocr.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		paper := bill.Open([]text.Page{words})
		f := paper.Facts()
		_, name := paper.Locate("Marit Lindqvist")
		_, street := paper.Locate("Hamngatan 12")
		for fact, ok := range map[string]bool{"date": f.Date.Value == s.Issued.Format(time.DateOnly), "total": f.Total.Value == "289.38",
			"account": f.Account.Value == s.Number, "issuer": f.Issuer.Value == "Utopia Water & Light", "name": name, "street": street} {
			if ok {
				right[fact]++
			}
		}
	}
	return right
}

func TestAPhotographedSpecimenBillIsRead(t *testing.T) {
	got := photographed(t, 2, specimen.Casual)
	for _, fact := range []string{"date", "name", "street"} {
		if got[fact] < 1 {
			t.Errorf("%s found on none of two: %v", fact, got)
		}
	}
}

// BenchmarkPhotographs measures facts on 12 photographs of specimen bills.
func BenchmarkPhotographs(b *testing.B) {
	for b.Loop() {
		for fact, right := range photographed(b, 12, specimen.Casual) {
			b.ReportMetric(float64(right), fact+"-of-12")
		}
	}
}
