package testkit

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// recorder takes down what would fail a test.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func TestBrowserHearsWhatAPageDoesWrong(t *testing.T) {
	for name, c := range map[string]struct{ page, script, heard string }{
		"inline script":    {page: `<script>document.title = "x"</script>`, heard: "Content Security Policy"},
		"inline style":     {page: `<p style="color:red">x</p>`, heard: "Content Security Policy"},
		"thrown error":     {script: `throw new Error("broken on purpose")`, heard: "broken on purpose"},
		"rejected promise": {script: `Promise.reject(new Error("nobody listens"))`, heard: "nobody listens"},
		"console.error":    {script: `console.error("said so")`, heard: "said so"},
		"missing file":     {page: `<img src="/missing.png" alt="">`, heard: "404"},
		"nothing":          {page: `<p>fine</p>`},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Security-Policy", "default-src 'self'")
				switch r.URL.Path {
				case "/":
					w.Header().Set("Content-Type", "text/html")
					fmt.Fprint(w, `<!doctype html><title>t</title><link rel="icon" href="data:,">`+c.page+`<script src="/a.js"></script>`)
				case "/a.js":
					w.Header().Set("Content-Type", "text/javascript")
					fmt.Fprint(w, c.script)
				default:
					http.NotFound(w, r)
				}
			}))
			t.Cleanup(server.Close)
			heard := &recorder{TB: t}
			p := Browser(heard, BrowserOptions{Expected: func(text string) bool { return strings.Contains(text, "data:,") }})
			p.Open(server.URL)
			p.Until(`document.readyState === "complete"`)
			p.reportFaults()
			all := strings.Join(heard.errors, "\n")
			if c.heard == "" && all != "" || !strings.Contains(all, c.heard) {
				t.Fatalf("heard %q", all)
			}
		})
	}
}

func TestBrowserSpeaksTheWordsOnThePage(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/done" {
			fmt.Fprintf(w, `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><main><h1>Thanks, %s, %s</h1></main>`, r.FormValue("name"), r.FormValue("tick"))
			return
		}
		fmt.Fprint(w, `<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,"><main><h1>Hello</h1><form action="/done">
			<label for="n">Your name (optional)</label><input id="n" name="name">
			<label><input type="checkbox" name="tick" value="ticked"> Agree <small>or not</small></label>
			<button hidden>Go on</button><button><span>Go on</span> <kbd>g</kbd></button></form></main>`)
	}))
	t.Cleanup(server.Close)
	p := Browser(t, BrowserOptions{Width: 390, Height: 700})
	p.Open(server.URL)
	p.Axe()
	p.Narrow()
	p.Fill("Your name", "Ada")
	p.Tick("Agree or not")
	p.Press("Go on")
	p.At("/done")
	p.See("Thanks, Ada, ticked")
	p.SeeNot("Hello")
}
