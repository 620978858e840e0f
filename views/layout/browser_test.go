package layout_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"

	"truepenny/internal/testkit"
	"truepenny/static"
	"truepenny/views/kit"
	"truepenny/views/layout"
)

// contentPolicy is as strict as the server's, so that a part which needs more
// shows itself here.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
	"connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const samplePicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240"><rect width="320" height="240" fill="#cfc6b8"/><circle cx="90" cy="110" r="45" fill="#8a8272"/></svg>`

// show serves one page under / and the files it needs.
func show(t *testing.T, frame templ.Component, content templ.Component, more ...func(*http.ServeMux)) string {
	t.Helper()
	if err := static.Check(); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, static.Handler())
	mux.HandleFunc("/picture.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = io.WriteString(w, samplePicture)
	})
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = frame.Render(templ.WithChildren(r.Context(), content), w)
	})
	for _, add := range more {
		add(mux)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/"
}

func samplePage(title string) layout.Page {
	return layout.Page{Title: title, Demo: true, Who: "Ada Sample", SignOut: "/out"}
}

// headed puts a heading above a part, as its page would.
func headed(title string, part templ.Component) templ.Component {
	heading := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, "<h1>"+title+"</h1>")
		return err
	})
	return templ.Join(heading, part)
}

func publicFrame() templ.Component {
	return layout.Public(layout.PublicProps{
		Page: samplePage("Parts"), Saved: "Saved 14:02",
		Nav:    []layout.Link{{Label: "Answers", Href: "#answers", Current: true}, {Label: "Help", Href: "#help"}},
		Footer: []layout.Link{{Label: "What we keep", Href: "#kept"}, {Label: "How we decide", Href: "#decide"}},
	})
}

func consoleFrame() templ.Component {
	return layout.Console(layout.ConsoleProps{
		Page: samplePage("Parts"), Role: "Reviewer", Links: []layout.Link{{Label: "Your sessions", Href: "#sessions"}},
		Places: []layout.PlaceGroup{
			{Label: "Sellers", Places: []layout.Place{{Label: "Waiting", Href: "#waiting", Count: 37, Current: true}, {Label: "Mine", Href: "#mine", Count: 4}, {Label: "Due by law", Href: "#due", Count: 3, Due: true}}},
			{Label: "Trust", Places: []layout.Place{{Label: "Lab reports", Href: "#lab"}, {Label: "Audit log", Href: "#log"}}},
		},
	})
}

func TestBrowserPublicPartsAreAccessibleAtEveryWidthAndColour(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), kit.Showcase()))
	page.Until(`document.querySelector("[data-module=capture-face]").dataset.state === "idle"`)
	page.Looks("kit-public")
}

func TestBrowserConsolePartsAreAccessibleAtEveryWidthAndColour(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, consoleFrame(), kit.ShowcaseConsole("/picture.svg")))
	page.Until(`!document.querySelector("[data-zoom-bar]").hidden`)
	page.Looks("kit-console")
}

func TestBrowserErrorPageIsAccessible(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, layout.ErrorPage(layout.ErrorProps{Status: 404, Sentence: "There is nothing at this address.", Reference: "7f3a19"}), templ.NopComponent))
	page.See("There is nothing here")
	page.Looks("kit-error")
}
