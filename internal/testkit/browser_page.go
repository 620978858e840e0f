package testkit

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// shotsSetting names a folder that Screenshot writes to; unset, it does nothing.
const shotsSetting = "TRUEPENNY_SHOTS"

// Open goes to an address.
func (p *Page) Open(url string) {
	p.t.Helper()
	p.Do(chromedp.Navigate(url))
}

// SetCookie gives the browser a secure cookie that it sends to an address.
func (p *Page) SetCookie(url, name, value string) {
	p.t.Helper()
	yes := true
	_, err := chromedp.Call(p.Ctx, network.SetCookie, network.SetCookieParams{
		Name: name, Value: value, URL: url, Path: "/", Secure: &yes, HTTPOnly: &yes,
	})
	if err != nil {
		p.t.Fatalf("set cookie %s: %v", name, err)
	}
}

// Path is the path of the page that is shown.
func (p *Page) Path() string { return Script[string](p, "location.pathname") }

// At waits until the page with this path is shown and loaded.
func (p *Page) At(path string) {
	p.t.Helper()
	p.Until(`location.pathname === ` + quote(path) + ` && document.readyState === "complete"`)
}

// See waits until the page shows a text.
func (p *Page) See(text string) {
	p.t.Helper()
	p.Until(`document.body && document.body.innerText.includes(` + quote(text) + `)`)
}

// SeeNot fails when the page shows a text now.
func (p *Page) SeeNot(text string) {
	p.t.Helper()
	if strings.Contains(p.Text(), text) {
		p.t.Errorf("the page shows %q:\n%s", text, p.Text())
	}
}

// Text is everything that the page shows.
func (p *Page) Text() string { return Script[string](p, "document.body.innerText") }

// Press clicks the button or link with this name, as a person would say it.
func (p *Page) Press(name string) {
	p.t.Helper()
	p.Do(chromedp.Click(chromedp.JSPath(named(name)), chromedp.NodeVisible))
}

// Fill writes into the field with this label.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	field := chromedp.JSPath(labelled(label))
	p.Do(chromedp.Clear(field), chromedp.SendKeys(field, text))
}

// Tick clicks the tick box or radio button with this label.
func (p *Page) Tick(label string) {
	p.t.Helper()
	p.Do(chromedp.Click(chromedp.JSPath(labelled(label))))
}

// Choose picks an option, by its words, in the list with this label.
func (p *Page) Choose(label, option string) {
	p.t.Helper()
	Script[bool](p, `(() => { const s = `+labelled(label)+`[0];
		s.value = [...s.options].find(o => o.text.trim() === `+quote(option)+`).value;
		s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
}

// Size makes the window this large.
func (p *Page) Size(width, height int) {
	p.t.Helper()
	p.Do(chromedp.EmulateViewport(int64(width), int64(height)))
}

// Dark makes the device ask for dark colours, or for light ones.
func (p *Page) Dark(dark bool) {
	p.t.Helper()
	scheme := map[bool]string{true: "dark", false: "light"}[dark]
	_, err := chromedp.Call(p.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// Axe lets axe-core look at the page and fails the test on every finding.
func (p *Page) Axe() {
	p.t.Helper()
	source, err := os.ReadFile(filepath.Join(root(), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		p.t.Skip("axe-core is not installed (npm install), so pages are not checked with it")
	}
	Script[int](p, string(source)+";0")
	findings := Script[string](p, `axe.run().then(r => JSON.stringify(r.violations.map(v =>
		({rule: v.id, why: v.help, where: v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary)}))))`)
	var list []struct {
		Rule, Why string
		Where     []string
	}
	if err := json.Unmarshal([]byte(findings), &list); err != nil {
		p.t.Fatal(err)
	}
	for _, f := range list {
		p.t.Errorf("axe on %s: %s (%s)\n  %s", p.Path(), f.Why, f.Rule, strings.Join(f.Where, "\n  "))
	}
}

// Narrow fails when the page can be scrolled sideways.
func (p *Page) Narrow() {
	p.t.Helper()
	if over := Script[int](p, "document.documentElement.scrollWidth - document.documentElement.clientWidth"); over > 0 {
		p.t.Errorf("%s is %d pixels wider than the window", p.Path(), over)
	}
}

// Screenshot writes the whole page as NAME.png into the folder that
// TRUEPENNY_SHOTS names.
func (p *Page) Screenshot(name string) {
	p.t.Helper()
	folder := os.Getenv(shotsSetting)
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), Get(p, chromedp.FullScreenshot(100)), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// Looks checks a page at 1280 and 390 pixels, light and dark, with axe, and
// takes a screenshot of each.
func (p *Page) Looks(name string) {
	p.t.Helper()
	for _, width := range []int{1280, 390} {
		for _, dark := range []bool{false, true} {
			p.Size(width, 900)
			p.Dark(dark)
			p.Narrow()
			p.Axe()
			p.Screenshot(name + "-" + map[int]string{1280: "1280", 390: "390"}[width] + map[bool]string{true: "-dark", false: ""}[dark])
		}
	}
	p.Size(1280, 900)
	p.Dark(false)
}

// named finds visible buttons and links by the words on them.
func named(name string) string {
	return `[...document.querySelectorAll("button, a, summary")].filter(e => e.checkVisibility() &&
		[e.ariaLabel, e.innerText, ...[...e.querySelectorAll("span")].map(s => s.innerText)].some(t => t && t.trim() === ` + quote(name) + `))`
}

// labelled finds controls by their label, whatever help stands with it.
func labelled(label string) string {
	return `[...document.querySelectorAll("input, select, textarea")].filter(e => [...(e.labels || [])].some(l =>
		[l.innerText, ...l.innerText.split("\n")].some(t => t.replace(/\(optional\)$/, "").trim() === ` + quote(label) + `)))`
}

func quote(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

// root is the folder of the repository.
func root() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(here)))
}
