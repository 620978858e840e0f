package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/accounts"
	"truepenny/internal/answers"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/copies"
	"truepenny/internal/demo"
	"truepenny/internal/experiments"
	"truepenny/internal/laboratory"
	"truepenny/internal/mail"
	"truepenny/internal/openlog"
	"truepenny/internal/passkeys"
	"truepenny/internal/privacy"
	"truepenny/internal/ratelimit"
	"truepenny/internal/refusals"
	"truepenny/internal/registers"
	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/internal/vault"
	"truepenny/static"
)

// Deps is what the handlers call; cmd/web fills it in.
type Deps struct {
	BaseURL     string
	Development bool              // mails are caught on a page, see config.Config
	Demo        *demo.Marketplace // nil on a real marketplace
	Clock       clock.Clock
	Log         *slog.Logger
	Audit       *audit.Log
	Sessions    *sessions.Sessions
	Passkeys    *passkeys.Service
	Staff       *staff.Service
	Accounts    *accounts.Service
	Consents    *privacy.Consents
	Requests    *requests.Service
	Sellers     *sellers.Service
	Vault       *vault.Vault // of which people open what is their own
	Register    *privacy.Register
	Erasures    *privacy.Erasures
	Holds       *privacy.Holds
	Copies      *copies.Service
	Lab         *laboratory.Service
	Experiments *experiments.Service
	Outbox      *mail.Outbox
	Limiter     *ratelimit.Limiter
	OpenLog     *openlog.Service
	Refusals    *refusals.Service
	Registers   *registers.Service
	Answers     *answers.Service
	LastExpiry  func(ctx context.Context) (time.Time, bool, error) // when the daily job was last done; nil where none runs
	Config      config.Config                                      // said in the practice statement; the zero value is a development installation
}

// Server answers every request; its methods are the handlers.
type Server struct {
	Deps
	log   *slog.Logger
	clock clock.Clock
}

// New builds the router from the table of routes.
func New(d Deps) *echo.Echo {
	s := &Server{Deps: d, log: d.Log, clock: d.Clock}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	// A reverse proxy on this machine says for whom it asks; without it everybody
	// would share one limit at the doors. Nobody else's word counts: echo v4 would
	// otherwise believe any X-Forwarded-For.
	e.IPExtractor = echo.ExtractIPFromXFFHeader(echo.TrustLoopback(true), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false))
	e.Use(refer, s.logRequests, s.recoverPanic, secure(isHTTPS(d.BaseURL)), refuseUnreadable, refuseForeign(), s.identify)
	e.GET("/static/*", echo.WrapHandler(http.StripPrefix("/static", static.Handler())))
	for _, r := range s.routes() {
		e.Add(r.method, r.path, r.do, s.guard(r), limitBody(r.bodyLimit())).Name = r.name
		if r.method == http.MethodGet { // net/http leaves the body of an answer to HEAD out
			e.HEAD(r.path, r.do, s.guard(r))
		}
	}
	return e
}

func isHTTPS(base string) bool {
	u, err := url.Parse(base)
	return err == nil && u.Scheme == "https"
}

// isDemo says whether pages wear the demo ribbon.
func (s *Server) isDemo() bool { return s.Demo != nil }
