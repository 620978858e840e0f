package lab

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"truepenny/internal/clock"
	"truepenny/internal/pdf"
)

func TestBillsOfThePublicSetAreReadAsWellAsMeasured(t *testing.T) {
	dir := os.Getenv("TRUEPENNY_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	dir = filepath.Join(dir, "data", "document-bills")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the public set of bills is not beside this repository")
	}
	r, err := Bills(t.Context(), dir, clock.System)
	missing(t, err)
	if r.Unit != "bill" || r.Dates.Right < 7 || r.Totals.Right < 7 || r.Issuers.Right < 6 || r.Addresses.Right < 2 {
		var out strings.Builder
		_ = r.Print(&out)
		t.Errorf("fewer facts than measured before:\n%s", out.String())
	}
}

// missing skips where poppler is not installed, unless everything has to be there.
func missing(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, pdf.ErrMissing) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFolderOfBillsIsToldFromAFolderOfZones(t *testing.T) {
	pages := fstest.MapFS{"a.pdf": {Data: []byte("%PDF-1.4")}, "a.json": {Data: []byte(`[{"date":"2024-01-02"}]`)}}
	if !IsBills(pages) {
		t.Error("bills are not recognised")
	}
	if IsBills(fstest.MapFS{"labels.csv": {}}) || IsBills(fstest.MapFS{"a.pdf": {}}) {
		t.Error("something else is taken for bills")
	}
	if _, err := BillsFrom(t.Context(), "x", pages, clock.System); err == nil {
		t.Error("a damaged bill gave a report")
	}
	if _, err := BillsFrom(t.Context(), "x", fstest.MapFS{"a.pdf": pages["a.pdf"], "a.json": {Data: []byte(`{}`)}}, clock.System); err == nil {
		t.Error("a damaged label gave a report")
	}
}

func TestWhatIsFoundWrongIsCountedApartFromWhatIsNotFound(t *testing.T) {
	var h Hits
	h.count(true, true)
	h.count(true, false)
	h.count(false, false)
	if h != (Hits{Right: 1, Of: 3, Rate: 1.0 / 3, Wrong: 1}) {
		t.Errorf("%+v", h)
	}
}
