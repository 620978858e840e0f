package handlers_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"truepenny/internal/ocr"
	"truepenny/internal/pdf"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/papers"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// withPrograms plugs in what reads papers.
func withPrograms(t *testing.T) func(*sellers.Parts) {
	t.Helper()
	files, err := pdf.Open(pdf.DefaultLimits)
	print, missing := ocr.Open(t.Context(), ocr.DefaultLimits)
	if err = errors.Join(err, missing); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return func(p *sellers.Parts) { p.PDFs, p.Print = files, print }
}

// maritsBill is a bill that fits what Marit says of herself.
var maritsBill = papers.PDF([]string{"Utopia Water and Light Ltd", "", "Marit Elisabet Lindqvist", "Hamngatan 12", "211 22 Malmo", "", "Invoice date: 2 October 2026", "Due date: 30 November 2026", "Total  EUR 289.38"})

func TestWhatIsWrongWithAPDFIsSaidBesideTheField(t *testing.T) {
	m := openMarket(t, withPrograms(t))
	id := m.described(t, "no")
	send := func(body []byte) answer {
		return m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", body}}, "kind", "utility-bill", "idempotency_key", "k")
	}
	wrong := send(maritsBill[:300]).is(422).shows(words.Reason("paper.pdf-corrupt"))
	if wrong.page().Find("#capture-document-file[aria-invalid=true]").Length() != 1 {
		t.Error("the field does not say that it is about it")
	}
	send([]byte("a letter")).is(415).shows(words.Reason("paper.format"))
	send(append(bytes.Clone(maritsBill), make([]byte, sellers.DefaultPolicy.UploadBytes)...)).is(413)
	field := m.marit.get(paths.With(paths.ApplicationPaper(id), "kind", "utility-bill")).is(200).page().Find("#capture-document-file")
	if accept, _ := field.Attr("accept"); !strings.Contains(accept, "application/pdf") {
		t.Errorf("the field takes %q", accept)
	}
	m.wantAudit(t, "application.paper-added", 0)
	send(maritsBill).leadsUnder(paths.ApplicationPaper(id))
	m.wantAudit(t, "application.paper-added", 1)
}

func TestWithoutPopplerThePageSaysThatAPictureWorks(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", maritsBill}}, "kind", "utility-bill", "idempotency_key", "k").is(415).shows(words.Reason("paper.pdf-missing"))
}

func TestAPDFIsNeverHandedOut(t *testing.T) {
	m := openMarket(t, withPrograms(t))
	id := m.described(t, "no")
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", maritsBill}}, "kind", "utility-bill", "idempotency_key", "k").is(303)
	src, _ := m.marit.get(paths.ApplicationPaper(id)).is(200).page().Find("main img").First().Attr("src")
	if got := m.marit.get(src).is(200); got.header.Get("Content-Type") != "image/jpeg" || strings.Contains(got.body[:20], "%PDF") {
		t.Errorf("handed out as %s", got.header.Get("Content-Type"))
	}
}

func TestBrowserAPDFPaperReachesTheReviewerAsFramedPages(t *testing.T) {
	m := openMarket(t, withPrograms(t))
	id := m.described(t, "no")
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(1)}}, "kind", "passport", "idempotency_key", "k1").is(303)
	path := filepath.Join(t.TempDir(), "bill.pdf")
	if err := os.WriteFile(path, maritsBill, 0o600); err != nil {
		t.Fatal(err)
	}
	page := m.browse(t, testkit.BrowserOptions{})
	page.Open(m.url + paths.With(paths.ApplicationPaper(id), "kind", "utility-bill"))
	page.Until(`document.querySelector("[data-module=capture-document]").dataset.state === "idle"`)
	page.Do(chromedp.SetUploadFiles("#capture-document-file", []string{path}))
	page.Press(words.Continue)
	page.Until(`location.search.includes("said=paper")`)
	page.Until(`[...document.images].every(i => i.complete && i.naturalWidth > 0)`)
	looks(page, "seller-paper-pdf")
	page.Open(m.url + paths.ApplicationCheck(id))
	page.Press(words.CheckSend)
	page.See(words.StatusAnalysing)
	m.drain(t)

	ann := m.Member(t, "Ann Reviewer", staff.Reviewer)
	desk := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, desk, ann)
	desk.Open(m.url + paths.Case(id, noList))
	desk.See(words.MachineTitle("paper"))
	desk.See("Utopia Water and Light Ltd")
	desk.Until(`[...document.images].every(i => i.complete && i.naturalWidth > 0)`)
	for _, what := range []string{"paper-name", "street", "paper-date", "paper-issuer"} {
		desk.Until("[...document.querySelectorAll('figure svg *')].some(e => e.textContent.includes(`" + words.ComparedName(what) + "`))")
	}
	looks(desk, "case-paper")
}
