package handlers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/labstack/echo/v4"

	"truepenny/internal/accounts"
	"truepenny/internal/refusals"
	"truepenny/internal/staff"
)

// standIn is the key under which Examine tells identify as whom a page is asked
// for. Nobody outside this package can make one, and no request brings one.
type standIn struct{}

// examined tells whether Examine asks.
func examined(c echo.Context) bool {
	_, by := c.Request().Context().Value(standIn{}).(visitor)
	return by
}

// visitors as whom pages are asked for: ids that nobody has, so that no page
// holds anything of anybody they could own.
var standIns = map[string]visitor{
	refusals.AsNobody: {},
	refusals.AsSeller: {account: accounts.Account{ID: "acc_examined"}},
	refusals.AsStaff:  {member: staff.Member{ID: "mem_examined", Name: "Examined", Roles: staff.Roles}},
}

// patience is how long one page may take.
const patience = 10 * time.Second

// Examine looks at the program from outside and inside: its table of routes, and
// what it really answers when every page is asked for, in this process, as
// nobody, as a seller and as staff of every role. Files and streams are left
// out: asking for one is an act.
func Examine(ctx context.Context, d Deps, program http.Handler) ([]refusals.Route, []refusals.Page, error) {
	var routes []refusals.Route
	var pages []refusals.Page
	for _, r := range (&Server{Deps: d, log: d.Log, clock: d.Clock}).routes() {
		routes = append(routes, refusals.Route{Method: r.method, Path: r.path, Name: r.name, Who: r.who.names(), Camera: r.camera, Takes: r.body > usualBody})
		if r.method != http.MethodGet || !isPage(r) {
			continue
		}
		for as, v := range standIns {
			if !r.who.lets(v) {
				continue
			}
			page, err := ask(ctx, program, r, as, v)
			if err != nil {
				return nil, nil, err
			}
			pages = append(pages, page)
		}
	}
	return routes, pages, nil
}

// isPage leaves out files that are downloaded and streams that never end.
func isPage(r route) bool {
	for _, s := range []string{".csv", ".zip", ".json", "/stream", "/progress", "/events", "export"} {
		if strings.Contains(r.path, s) {
			return false
		}
	}
	return true
}

func ask(ctx context.Context, program http.Handler, r route, as string, v visitor) (refusals.Page, error) {
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, standIn{}, v), patience)
	defer cancel()
	var path []string
	for _, part := range strings.Split(r.path, "/") {
		if strings.HasPrefix(part, ":") {
			part = "none"
		}
		path = append(path, part)
	}
	request := httptest.NewRequestWithContext(ctx, http.MethodGet, strings.Join(path, "/"), nil)
	answer := httptest.NewRecorder()
	program.ServeHTTP(answer, request)
	h := answer.Header()
	page := refusals.Page{Path: r.path, As: as, Status: answer.Code, Camera: r.camera,
		ContentPolicy: h.Get("Content-Security-Policy"), PermissionsPolicy: h.Get("Permissions-Policy")}
	if !strings.HasPrefix(h.Get(echo.HeaderContentType), "text/html") {
		return page, nil
	}
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		return page, err
	}
	page.Sources, page.Fields = sourcesOf(doc), attributes(doc, "input, select, textarea, button", "name")
	return page, nil
}

// sourcesOf are the addresses that a page loads from or sends to by itself or by
// a form; links that a person follows are not among them.
func sourcesOf(doc *goquery.Document) []string {
	out := attributes(doc, "script, img, iframe, audio, video, source, embed, track, input", "src")
	out = append(out, attributes(doc, "link, use, image", "href")...)
	out = append(out, attributes(doc, "form", "action")...)
	out = append(out, attributes(doc, "object", "data")...)
	for _, name := range []string{"hx-get", "hx-post", "hx-put", "hx-delete", "hx-patch"} {
		out = append(out, attributes(doc, "["+name+"]", name)...)
	}
	return out
}

func attributes(doc *goquery.Document, selector, name string) []string {
	var out []string
	doc.Find(selector).Each(func(_ int, s *goquery.Selection) {
		if v, has := s.Attr(name); has && v != "" {
			out = append(out, v)
		}
	})
	return out
}

// names says who may pass: "anyone", "seller", or roles of staff.
func (w who) names() []string {
	if w.open() {
		return []string{"anyone"}
	}
	var out []string
	if w.seller {
		out = append(out, "seller")
	}
	for _, r := range w.roles {
		out = append(out, string(r))
	}
	return out
}
