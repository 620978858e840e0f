package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/biometrics/document/bill"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/biometrics/text"
	"truepenny/internal/clock"
	"truepenny/internal/ocr"
	"truepenny/internal/pdf"
)

// BillReport says how well the facts of bills are found. A folder of bills holds
// PDF files, or pictures, each with a JSON file of the same name that says what
// stands on it, as the project invoice2data writes them.
type BillReport struct {
	Set       string  `json:"set"`
	Documents int     `json:"documents"`
	Unit      string  `json:"unit"` // "bill"
	Dates     Hits    `json:"dates"`
	Totals    Hits    `json:"totals"`
	Issuers   Hits    `json:"issuers"`   // by the full name or the name it trades under
	Addresses Hits    `json:"addresses"` // of the issuer, which is all that labels have
	Numbers   Hits    `json:"numbers"`   // of the invoice
	Pictures  Hits    `json:"pictures"`  // dates and totals on pictures of the same bills
	Seconds   float64 `json:"s_per_document"`
	NoOCR     bool    `json:"no_ocr"` // Tesseract is not installed: what stands only in pictures was not read

	Misses []BillMiss `json:"-"`
}

// Hits counts what was found right, of those that have a label.
type Hits struct {
	Right int     `json:"right"`
	Of    int     `json:"of"`
	Rate  float64 `json:"rate"`
	Wrong int     `json:"wrong"` // found, but another than the label; the rest was not found
}

func (h *Hits) count(found, right bool) {
	h.Of++
	switch {
	case right:
		h.Right++
	case found:
		h.Wrong++
	}
	h.Rate = float64(h.Right) / float64(h.Of)
}

// BillMiss is one fact that was not found, or found wrong.
type BillMiss struct{ File, Fact, Want, Got string }

// billLabel is what a label says; the rest of it is not looked for.
type billLabel struct {
	Issuer  string      `json:"issuer"`
	Partner string      `json:"partner_name"`
	Amount  json.Number `json:"amount"`
	Date    string      `json:"date"`
	Number  string      `json:"invoice_number"`
	Street  string      `json:"partner_street"`
	Zip     string      `json:"partner_zip"`
	City    string      `json:"partner_city"`
}

// IsBills reports whether a folder holds bills: PDF files with their JSON.
func IsBills(files fs.FS) bool {
	found, err := fs.Glob(files, "*.pdf")
	if err != nil || len(found) == 0 {
		return false
	}
	_, err = fs.Stat(files, strings.TrimSuffix(found[0], ".pdf")+".json")
	return err == nil
}

// Bills finds the facts of every bill of a folder.
func Bills(ctx context.Context, dir string, c clock.Clock) (BillReport, error) {
	return BillsFrom(ctx, filepath.Base(filepath.Clean(dir)), os.DirFS(dir), c)
}

// BillsFrom is Bills on any tree of files.
func BillsFrom(ctx context.Context, name string, files fs.FS, c clock.Clock) (BillReport, error) {
	r := BillReport{Set: name, Unit: "bill"}
	reader, err := pdf.Open(pdf.DefaultLimits)
	if err != nil {
		return r, err
	}
	eye, err := ocr.Open(ctx, ocr.DefaultLimits)
	if errors.Is(err, ocr.ErrMissing) {
		r.NoOCR, err = true, nil
	}
	if err != nil {
		return r, err
	}
	found, err := fs.Glob(files, "*.pdf")
	if err != nil {
		return r, fmt.Errorf("lab: %w", err)
	}
	var spent time.Duration
	for _, file := range found {
		label, err := readBillLabel(files, file)
		if err != nil {
			return r, err
		}
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return r, fmt.Errorf("lab: %w", err)
		}
		start := c.Now()
		facts, err := ReadBill(ctx, reader, eye, data)
		spent += c.Now().Sub(start)
		if err != nil {
			return r, fmt.Errorf("lab: %s: %w", file, err)
		}
		r.Documents++
		r.judge(file, label, facts)
		if err := r.picture(ctx, files, eye, file, label); err != nil {
			return r, err
		}
	}
	if r.Documents == 0 {
		return r, errors.New("lab: no PDF file in " + name)
	}
	r.Seconds = spent.Seconds() / float64(r.Documents)
	return r, nil
}

// ReadBill finds the facts of a PDF file. Who sends it may stand in a drawing
// only; then the first page is looked at as a picture too, where eye is not nil.
func ReadBill(ctx context.Context, reader *pdf.Reader, eye *ocr.Reader, data []byte) (bill.Facts, error) {
	pages, err := reader.Read(ctx, data)
	if err != nil {
		return bill.Facts{}, err
	}
	facts := bill.Find(pages)
	if eye == nil || len(pages) == 0 || facts.Issuer.Sure >= 0.6 {
		return facts, nil
	}
	img, err := reader.Draw(ctx, data, 1, 2400)
	if err != nil {
		return facts, err
	}
	seen, err := eye.Read(ctx, img, ocr.Sheet)
	if err != nil {
		return facts, err
	}
	pages[0] = bill.Merge(pages[0], seen)
	return bill.Find(pages), nil
}

func readBillLabel(files fs.FS, file string) (billLabel, error) {
	raw, err := fs.ReadFile(files, strings.TrimSuffix(file, path.Ext(file))+".json")
	if err != nil {
		return billLabel{}, fmt.Errorf("lab: %w", err)
	}
	var list []billLabel
	if err := json.Unmarshal(raw, &list); err != nil || len(list) == 0 {
		return billLabel{}, fmt.Errorf("lab: the label of %s is no list with one bill: %w", file, err)
	}
	return list[0], nil
}

func (r *BillReport) judge(file string, l billLabel, f bill.Facts) {
	count := func(h *Hits, fact, want, got string, right bool) {
		if want == "" {
			return
		}
		if h.count(got != "", right); !right {
			r.Misses = append(r.Misses, BillMiss{file, fact, want, got})
		}
	}
	count(&r.Dates, "date", l.Date, f.Date.Value, f.Date.Value == l.Date)
	count(&r.Totals, "total", l.Amount.String(), f.Total.Value, sameAmount(l.Amount, f.Total.Value))
	count(&r.Issuers, "issuer", l.Issuer, f.Issuer.Value, bill.SameCompany(f.Issuer.Value, l.Issuer) || bill.SameCompany(f.Trade.Value, l.Issuer) || bill.SameCompany(f.Issuer.Value, l.Partner))
	address := strings.TrimSpace(l.Street + " " + l.Zip + " " + l.City)
	count(&r.Addresses, "address of the issuer", address, f.IssuerAddress.Value, bill.Within(f.IssuerAddress.Value, address))
	count(&r.Numbers, "number", l.Number, f.Invoice.Value, strings.Trim(l.Number, "#") == strings.Trim(f.Invoice.Value, "#"))
}

// picture looks for date and total on a picture of the same bill, where one is there.
func (r *BillReport) picture(ctx context.Context, files fs.FS, eye *ocr.Reader, file string, l billLabel) error {
	name := strings.TrimSuffix(file, ".pdf") + ".png"
	data, err := fs.ReadFile(files, name)
	if errors.Is(err, fs.ErrNotExist) || eye == nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("lab: %w", err)
	}
	p, err := picture.Decode(data, picture.DefaultLimits)
	if err != nil {
		return fmt.Errorf("lab: %s: %w", name, err)
	}
	page, err := eye.Read(ctx, p.RGBA, ocr.Sheet)
	if err != nil {
		return fmt.Errorf("lab: %s: %w", name, err)
	}
	f := bill.Find([]text.Page{page})
	r.Pictures.count(f.Date.Value != "", f.Date.Value == l.Date)
	r.Pictures.count(f.Total.Value != "", sameAmount(l.Amount, f.Total.Value))
	return nil
}

func sameAmount(want json.Number, got string) bool {
	a, errA := want.Float64()
	b, errB := strconv.ParseFloat(got, 64)
	return errA == nil && errB == nil && math.Abs(a-b) < 0.005
}

// Print writes the report for people, with every fact that was missed.
func (r BillReport) Print(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s: %d bills as PDF files, %.2f s each\n", r.Set, r.Documents, r.Seconds)
	for _, row := range []struct {
		name string
		h    Hits
	}{{"day of issue", r.Dates}, {"sum to pay", r.Totals}, {"issuer", r.Issuers}, {"address of the issuer", r.Addresses}, {"number", r.Numbers}, {"day and sum on pictures", r.Pictures}} {
		if row.h.Of > 0 {
			fmt.Fprintf(w, "  %-24s %d of %d, wrong: %d\n", row.name, row.h.Right, row.h.Of, row.h.Wrong)
		}
	}
	if r.NoOCR {
		fmt.Fprintln(w, "  Tesseract is not installed: what stands only in pictures was not read")
	}
	for _, m := range r.Misses {
		fmt.Fprintf(w, "\n%s: %s\n  label %s\n  found %s\n", m.File, m.Fact, m.Want, m.Got)
	}
	_, err := io.WriteString(out, w.String())
	return err
}
