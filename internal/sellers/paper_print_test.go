package sellers

import (
	"bytes"
	"errors"
	"image/jpeg"
	"os"
	"strings"
	"testing"

	"truepenny/internal/errs"
	"truepenny/internal/ocr"
	"truepenny/internal/pdf"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/papers"
)

// withPrograms plugs in what reads papers; a test that needs it is skipped where
// it is not installed, and fails when everything has to be there.
func withPrograms(t *testing.T) func(*Parts) {
	t.Helper()
	files, err := pdf.Open(pdf.DefaultLimits)
	print, missing := ocr.Open(t.Context(), ocr.DefaultLimits)
	if err = errors.Join(err, missing); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return func(p *Parts) { p.PDFs, p.Print = files, print }
}

func TestOfAPDFPaperThePagesAreKeptAsOnePictureAndNeverTheFile(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withPrograms(t))
	app := h.draft(t)
	file := papers.PDF([]string{"Utopia Water and Light"}, []string{"page two"}, []string{"page three"}, []string{"page four"})
	e := must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: file}))(t)
	opened := must(h.ShowEvidence(t.Context(), h.seller, app.ID, e.ID))(t)
	img, err := jpeg.Decode(bytes.NewReader(opened.Plain))
	ok(t, err)
	if opened.MIME != "image/jpeg" || img.Bounds().Dy() != 3*pageSide+2*pageGap || img.Bounds().Dy() != e.Height {
		t.Fatalf("%s, %v, %+v", opened.MIME, img.Bounds(), e)
	}
	if len(e.Findings) != 1 || e.Findings[0] != "paper.more-pages" {
		t.Errorf("the fourth page is left out without a word: %v", e.Findings)
	}
	for _, item := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
		if item.MIME != jpegMIME && item.MIME != jsonMIME {
			t.Errorf("kept as %s", item.MIME)
		}
	}
	if n := len(must(h.Fields(t.Context(), h.seller, app.ID))(t)); n != 0 {
		t.Errorf("a paper gave %d fields of an identity document", n)
	}
	ok(t, h.RemoveEvidence(t.Context(), h.seller, app.ID, e.ID))
	if items := must(h.vault.Describe(t.Context(), h.seller.ID))(t); len(items) != 0 {
		t.Errorf("%d sealed items outlive the paper", len(items))
	}
}

func TestAPDFThatCannotBeReadIsRefusedWithTheReason(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withPrograms(t), func(p *Parts) {
		p.Policy = DefaultPolicy
		p.Policy.UploadBytes = 1 << 20
	})
	app := h.draft(t)
	whole := papers.PDF([]string{"x"})
	for name, c := range map[string]struct {
		bytes  []byte
		code   errs.Code
		reason string
	}{
		"damaged":   {whole[:200], errs.Invalid, "paper.pdf-corrupt"},
		"locked":    {lockedPDF, errs.Invalid, "paper.pdf-locked"},
		"too large": {append(whole, make([]byte, 1<<20)...), errs.TooLarge, "paper.pdf-too-large"},
		"a letter":  {[]byte("Dear reviewer"), errs.Unsupported, "paper.format"},
	} {
		_, err := h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: c.bytes})
		if errs.CodeOf(err) != c.code || errs.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: whole})
	want(t, err, errs.Unsupported, "picture.format") // an identity document is photographed
}

func TestWithoutPopplerPicturesAreStillTaken(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.draft(t)
	_, err := h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: papers.PDF([]string{"x"})})
	want(t, err, errs.Unsupported, "paper.pdf-missing")
	must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(1)}))(t)
}

// lockedPDF asks for a password: standard security handler, 40-bit RC4, with a
// user password that nobody has (ISO 32000-1, 7.6.3).
var lockedPDF = []byte("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n" +
	"3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + strings.Repeat("41", 32) + "> /U <" + strings.Repeat("42", 32) + "> >>\nendobj\n" +
	"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<41> <41>] >>\n%%EOF\n")
