package handlers_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"truepenny/internal/handlers"
	"truepenny/internal/ratelimit"
	"truepenny/internal/sellers"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestCaughtMailIsReadInDevelopment(t *testing.T) {
	h := openHouse(t)
	p := h.somebody(t)
	p.get(paths.CaughtMail()).is(200).shows(words.CaughtNone)
	p.post(paths.SignIn(), "email", "ina@seller.example").is(303)
	page := p.get(paths.CaughtMail()).is(200).shows("ina@seller.example")
	p.get(page.page().Find("table a").First().AttrOr("href", "")).is(200).shows("ina@seller.example")
	p.get(paths.CaughtMessage("mail_unknown")).is(404)
	p.get(paths.KitPage()).is(200)
}

func TestOutsideDevelopmentItsPagesAreNotThere(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	site := handlers.New(handlers.Deps{
		BaseURL: "https://market.example", Clock: p.Clock, Log: slog.New(slog.DiscardHandler), Audit: p.Log, Sessions: p.Sessions,
		Passkeys: p.Passkeys, Staff: p.Staff, Accounts: p.Accounts, Outbox: p.Outbox, Sellers: sellers.New(sellers.Parts{Store: p.Store, Audit: p.Log, Jobs: p.Queue, Clock: p.Clock}), Limiter: ratelimit.New(p.Store, p.Clock, make([]byte, 32)),
	})
	for _, path := range []string{paths.CaughtMail(), paths.CaughtMessage("mail_x"), paths.KitPage()} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}
