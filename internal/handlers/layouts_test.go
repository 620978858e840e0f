package handlers_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestAnAdministratorKeepsLayouts(t *testing.T) {
	m := openMarket(t)
	ada, _ := m.signInStaff(t, "Ada Administrator", staff.Administrator)
	ada.get(paths.Layouts()).is(200).shows("Passport of Utopia (specimen)", "UTO")
	form := []string{"name", "Passport of Arcadia", "format", "TD3", "issuer", "arc", "version", "0",
		"x-number", "50", "y-number", "10,5", "w-number", "30", "h-number", "5"}
	to := ada.post(paths.Layouts(), form...).is(303).to
	path, _, _ := strings.Cut(to, "?")
	page := ada.get(to).is(200).shows(words.LayoutDone("saved"))
	if page.value("y-number") != "10.5" || page.value("issuer") != "ARC" || page.value("x-portrait") != "" {
		t.Errorf("kept %q, %q", page.value("y-number"), page.value("issuer"))
	}
	ada.post(path, form...).is(409).shows(words.Reason("layout.changed"))
	ada.post(paths.Layouts(), "name", "", "format", "TD9", "x-number", "95", "y-number", "here", "w-number", "30", "h-number", "5").
		is(422).shows(words.Reason("layout.region"), words.Reason("field.choice"))
	m.wantAudit(t, "layout.saved", 1)
	ada.post(paths.LayoutRemoval(strings.TrimPrefix(path, paths.Layouts()+"/"))).leadsUnder(paths.Layouts())
	m.wantAudit(t, "layout.removed", 1)
	ada.get(path).is(404)
}

func TestBrowserARegionIsDraggedOrTyped(t *testing.T) {
	m := openMarket(t)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, page, m.Member(t, "Ada Administrator", staff.Administrator))
	page.Open(m.url + paths.Layout("lay_utopia"))
	page.Until(`document.querySelector("[data-box=portrait]").getAttribute("visibility") === "visible"`)
	looks(page, "layout")
	page.Do(chromedp.Click(`[data-pick][value="ghost"]`))
	testkit.Script[bool](page, `(() => {
		const board = document.querySelector("[data-board]"), box = board.getBoundingClientRect();
		const at = (type, x, y) => board.dispatchEvent(new PointerEvent(type, {bubbles: true, pointerId: 1, clientX: box.left + x * box.width, clientY: box.top + y * box.height}));
		board.setPointerCapture = () => {};
		at("pointerdown", 0.9, 0.8); at("pointermove", 0.8, 0.6); at("pointerup", 0.8, 0.6);
		return true;
	})()`)
	page.Until(`document.querySelector("[name=x-ghost]").value === "80.0" && document.querySelector("[name=h-ghost]").value === "20.0"`)
	testkit.Script[bool](page, `(() => { const i = document.querySelector("[name=w-ghost]"); i.value = "15"; i.dispatchEvent(new Event("input", {bubbles: true})); return true })()`)
	page.Until(`document.querySelector("[data-box=ghost] rect").getAttribute("width") === "150"`)
	page.Press(words.LayoutSave)
	page.See(words.LayoutDone("saved"))
	page.Until(`document.querySelector("[name=w-ghost]").value === "15.0"`)
	page.Open(m.url + paths.Layouts())
	looks(page, "layouts")
}
