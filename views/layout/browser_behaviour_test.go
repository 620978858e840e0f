package layout_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"truepenny/internal/testkit"
	"truepenny/views/kit"
	"truepenny/views/layout"
)

// press types keys as a person does, wherever the focus is.
func press(p *testkit.Page, keys string) { p.Do(chromedp.KeyEvent(keys)) }

func openConsole(t *testing.T) *testkit.Page {
	t.Helper()
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, consoleFrame(), kit.ShowcaseConsole("/picture.svg")))
	page.Until(`!document.querySelector("[data-zoom-bar]").hidden && !document.querySelector("[data-picks-all]").hidden`)
	page.Until(`document.querySelector("[data-keys-single]").checked`)
	return page
}

func TestBrowserKeysWalkTheRowsAndPressTheActions(t *testing.T) {
	page := openConsole(t)
	press(page, "j")
	press(page, "j")
	page.Until(`document.querySelector("tr[data-at]").dataset.href === "#TP-2042"`)
	press(page, "k")
	page.Until(`document.querySelector("tr[data-at]").dataset.href === "#TP-2041"`)
	press(page, "\r")
	page.Until(`location.hash === "#TP-2041"`)
	testkit.Script[bool](page, `document.querySelector('[data-key="a"]').addEventListener("click", () => (document.title = "approved")), true`)
	press(page, "a")
	page.Until(`document.title === "approved"`)
	press(page, "/")
	page.Until(`document.activeElement.matches("[data-search]")`)
}

func TestBrowserTheKeysOfAPageAreListedAndSingleLettersCanBeSwitchedOff(t *testing.T) {
	page := openConsole(t)
	testkit.Script[bool](page, `document.querySelector("main").insertAdjacentHTML("beforeend", '<a href="#n" data-key="n">Onwards<kbd class="kbd">n</kbd></a>'), true`)
	press(page, "?")
	page.See("Keys on this page")
	page.See("Approve")
	if list := testkit.Script[string](page, `document.querySelector("[data-keys-list]").textContent`); !strings.Contains(list, "nOnwardsCtrl") {
		t.Errorf("an action is not listed by its words alone: %s", list)
	}
	page.Axe()
	page.Tick("Use single-letter keys")
	page.Press("Close")
	press(page, "j")
	if testkit.Script[bool](page, `Boolean(document.querySelector("tr[data-at]"))`) {
		t.Error("a letter acted although it was switched off")
	}
}

func TestBrowserThePaletteFindsPlacesAndActions(t *testing.T) {
	page := openConsole(t)
	testkit.Script[bool](page, `document.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true})), true`)
	page.See("Go to or do")
	page.Looks("palette")
	press(page, "audit")
	page.Until(`document.querySelectorAll("#palette-list [role=option]").length === 1`)
	press(page, "\r")
	page.Until(`location.hash === "#log" && !document.querySelector("#palette").open`)
}

func TestBrowserPicturesEnlargeInStepAndFramesCanBeChosen(t *testing.T) {
	page := openConsole(t)
	page.Press("Larger")
	same := `new Set([...document.querySelectorAll("[data-zoom-inner]")].map(e => e.style.transform)).size === 1`
	page.Until(`document.querySelector("[data-zoom-inner]").style.transform.includes("scale(1.4)") && ` + same)
	page.Press("Whole picture")
	page.Until(`document.querySelector("[data-zoom-inner]").style.transform.includes("scale(1)") && ` + same)
	page.Do(chromedp.Click(chromedp.JSPath(`document.querySelectorAll("[data-zoom-strip] a")[1]`)))
	page.Until(`document.getElementById("sample-face").src.endsWith("?2")`)
}

func TestBrowserTickedRowsAreCounted(t *testing.T) {
	page := openConsole(t)
	page.Until(`document.querySelector("[data-picks-bar]").hidden`)
	page.Tick("Select all on this page")
	page.Until(`document.querySelector("[data-picks-count]").textContent === "3"`)
	page.Tick("Select TP-2042")
	page.Until(`document.querySelector("[data-picks-count]").textContent === "2" && document.querySelector("[data-picks-all]").indeterminate`)
}

func TestBrowserAFilterSendsItselfAndLeavesOutWhatWasNotChosen(t *testing.T) {
	page := openConsole(t)
	page.Choose("Country of the seller", "Sweden")
	page.Until(`location.search.includes("country=se")`)
	query := testkit.Script[string](page, "location.search")
	values, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil || values.Get("state") != "waiting" || values.Has("q") || values.Get("sort") != "age" {
		t.Errorf("query %q", query)
	}
}

func TestBrowserTheChosenColoursStay(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), kit.Showcase()))
	page.Until(`!document.querySelector("[data-module=theme]").hidden`)
	page.Choose("Colours", "Dark")
	page.Until(`document.documentElement.dataset.theme === "ink" && document.cookie.includes("theme=ink")`)
	page.Axe()
	page.Choose("Colours", "As on this device")
	page.Until(`!("theme" in document.documentElement.dataset) && !document.cookie.includes("theme=")`)
}

func TestBrowserAnswersAreKeptAsTheyAreGiven(t *testing.T) {
	var mu sync.Mutex
	var kept url.Values
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, layout.Public(layout.PublicProps{Page: samplePage("Parts")}), kit.Showcase(), func(mux *http.ServeMux) {
		mux.HandleFunc("POST /sample/answers", func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if r.Header.Get("X-Autosave") != "1" || r.ParseForm() != nil {
				t.Error("not sent as an autosave")
			}
			kept = r.PostForm
			w.WriteHeader(http.StatusNoContent)
		})
	}))
	page.Fill("Your full name", "Grace Sample")
	page.Until(`document.getElementById("saved").textContent.startsWith("Saved ")`)
	mu.Lock()
	defer mu.Unlock()
	if kept.Get("name") != "Grace Sample" || kept.Get("birth-year") != "2989" {
		t.Errorf("kept %v", kept)
	}
}

func TestBrowserAnErrorLeadsToItsFieldAndADialogOpensAndCloses(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), kit.Showcase()))
	page.Until(`document.activeElement.matches(".error-summary")`)
	// The summary has the focus before its script has come: press until it has.
	page.Until(`(document.querySelector('.error-link[href="#birth"]').click(), document.activeElement.id === "birth-day")`)
	page.Press("Delete…")
	page.See("They are gone at once")
	page.Axe()
	page.Press("Cancel")
	page.Until(`!document.getElementById("sample-dialog").open`)
}

func TestBrowserAPasskeyThatIsRefusedSaysSoAndCanBeTriedAgain(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), kit.Showcase(), func(mux *http.ServeMux) {
		mux.HandleFunc("POST /options", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{"message": "Please wait a little."}`)
		})
	}))
	page.Press("Sign in with a passkey")
	page.See("Please wait a little.")
	page.Until(`!document.querySelector("[data-passkey-go]").disabled`)
}

func TestWithoutScriptNothingThatNeedsItIsShown(t *testing.T) {
	var out strings.Builder
	for _, part := range []templ.Component{kit.Showcase(), kit.ShowcaseConsole("/x.svg")} {
		if err := part.Render(context.Background(), &out); err != nil {
			t.Fatal(err)
		}
	}
	for _, mark := range []string{"data-zoom-bar hidden", "data-picks-all hidden", "data-with-camera hidden", "data-stage hidden"} {
		if !strings.Contains(out.String(), mark) {
			t.Errorf("%q is shown before its script has run", mark)
		}
	}
}
