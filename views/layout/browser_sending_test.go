package layout_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"truepenny/internal/testkit"
	"truepenny/views/kit"
)

// disconnect makes the browser say that it is offline, and with cut set be it.
func disconnect(t *testing.T, page *testkit.Page, offline, cut bool) {
	t.Helper()
	_, err := chromedp.Call(page.Ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
		Offline: offline, DownloadThroughput: -1, UploadThroughput: -1,
	})
	if err == nil {
		_, err = chromedp.Call(page.Ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}},
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestBrowserAFormWithoutAConnectionKeepsItsWordsAndSaysWhy(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{Expected: func(fault string) bool { return strings.Contains(fault, "ERR_INTERNET_DISCONNECTED") }})
	page.Open(show(t, publicFrame(), kit.TextField(kit.TextProps{Field: kit.Field{Name: "x", Label: "Words"}}), func(mux *http.ServeMux) {
		mux.HandleFunc("POST /out", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `<!doctype html><link rel="icon" href="data:,">`)
		})
	}))
	page.Fill("Words", "long thought about")
	page.Until(`document.querySelector("[data-module=sending]")`)
	disconnect(t, page, true, true)
	page.Press("Sign out") // the form of this page
	page.See("You are offline.")
	if kept := testkit.Script[string](page, `document.querySelector("[name=x]").value`); kept != "long thought about" {
		t.Errorf("kept %q", kept)
	}
	disconnect(t, page, false, false)
	page.Until(`!document.body.innerText.includes("You are offline.")`)
	disconnect(t, page, true, false) // a machine without a network serves itself
	page.Press("Sign out")
	page.At("/out")
}

func TestBrowserASecondPressRightAfterTheFirstSendsNothing(t *testing.T) {
	var sent atomic.Int32
	release := make(chan struct{})
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), kit.TextField(kit.TextProps{Field: kit.Field{Name: "x", Label: "Words"}}), func(mux *http.ServeMux) {
		mux.HandleFunc("POST /out", func(w http.ResponseWriter, _ *http.Request) {
			sent.Add(1)
			<-release // the second press comes while the first is on its way
			_, _ = io.WriteString(w, `<!doctype html><link rel="icon" href="data:,">`)
		})
	}))
	page.Until(`document.querySelector("[data-module=sending]")`)
	testkit.Script[bool](page, `import(document.querySelector('script[type=module]').src.replace("app.js", "sending.js")).then(() => true)`)
	testkit.Script[bool](page, `(() => { const b = document.querySelector('form[action="/out"] button'); b.click(); b.click();
		return new Promise((done) => setTimeout(() => { b.click(); done(true) }, 200)) })()`)
	close(release)
	page.At("/out")
	if n := sent.Load(); n != 1 {
		t.Errorf("sent %d times", n)
	}
}
