package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/answers"
	"truepenny/internal/audit"
	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/copies"
	"truepenny/internal/db"
	"truepenny/internal/demo"
	"truepenny/internal/experiments"
	"truepenny/internal/handlers"
	"truepenny/internal/inference"
	"truepenny/internal/jobs"
	"truepenny/internal/laboratory"
	"truepenny/internal/mail"
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
	"truepenny/views/paths"
)

// workers is how many background jobs run side by side in one process.
const workers = 2

// App is the whole program as a value: New wires it, Run serves until its
// context ends, Close lets go of everything.
type App struct {
	config    config.Config
	log       *slog.Logger
	clock     clock.Clock
	master    vault.MasterKey
	store     *db.Store
	keyStore  *db.Store
	keys      *vault.Keys
	audit     *audit.Log
	vault     *vault.Vault
	queue     *jobs.Queue
	outbox    *mail.Outbox
	session   *sessions.Sessions
	staff     *staff.Service
	account   *accounts.Service
	sellers   *sellers.Service
	copies    *copies.Service
	holds     *privacy.Holds
	erasures  *privacy.Erasures
	lab       *laboratory.Service
	tests     *experiments.Service
	consent   *privacy.Consents
	requests  *requests.Service
	passkey   *passkeys.Service
	register  privacy.Register // of everything that holds personal data
	engine    *engine
	refusals  *refusals.Service
	registers *registers.Service
	answers   *answers.Service
	deps      handlers.Deps
	handler   http.Handler
	demo      *demo.Marketplace // nil on a real marketplace
}

// New opens the database, brings it up to date and wires every part. It
// listens nowhere yet.
func New(ctx context.Context, cfg config.Config, clk clock.Clock, log *slog.Logger) (*App, error) {
	a := &App{config: cfg, log: log, clock: clk}
	if err := a.open(ctx); err != nil {
		a.Close()
		return nil, err
	}
	if err := a.wire(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// open prepares what the services stand on: the stores and the engine.
func (a *App) open(ctx context.Context) (err error) {
	if err := a.openStores(ctx); err != nil {
		return err
	}
	a.engine, err = openEngine(a.config.Engine)
	return err
}

// wire builds the services and plugs them into each other; what a service
// needs of another it gets here and nowhere else.
func (a *App) wire(ctx context.Context) (err error) {
	a.queue = jobs.New(a.store, a.clock)
	a.outbox = mail.New(a.store, a.audit, a.queue, a.clock, a.config.Mail)
	a.session = sessions.New(a.store, a.clock)
	base := a.config.BaseURL.String()
	if a.passkey, err = passkeys.New(a.store, a.audit, a.clock, a.session, base); err != nil {
		return err
	}
	a.staff = staff.New(a.store, a.audit, a.clock, a.outbox, a.passkey, staffLetters(base))
	a.account = accounts.New(a.store, a.audit, a.clock, a.outbox, a.passkey, accountLetters(base))
	a.consent = privacy.NewConsents(a.store, a.audit, a.clock)
	if err := a.openErasures(ctx, base); err != nil {
		return err
	}
	if a.lab, err = a.openLab(); err != nil {
		return err
	}
	a.tests = a.openExperiments()
	pdfs, print := paperReaders(ctx, a.log)
	a.sellers = sellers.New(sellers.Parts{
		Store: a.store, Audit: a.audit, Vault: a.vault, Jobs: a.queue, Mail: a.outbox,
		Consents: a.consent, Clock: a.clock, People: people{a.account, a.staff},
		Link: func(string) string { return base + paths.Application() }, Policy: policy(a.config),
		Faces: governed{a.engine.faces, a.lab}, Meshes: a.engine.meshes, Documents: a.engine.documents,
		PDFs: pdfs, Print: print, Eraser: a.erasures,
		Officers: people{a.account, a.staff}, ParityLink: base + paths.Parity(paths.ParityQuery{}), Tests: a.tests,
	})
	counting, err := a.keys.Secret(ctx, "ratelimit")
	if err != nil {
		return err
	}
	a.copies = a.openCopies(base)
	a.requests = a.openRequests(base)
	a.erasures.AfterHold(a.erasedLate(base))
	limiter := ratelimit.New(a.store, a.clock, counting)
	a.holdings(limiter)
	if err := a.eraseAgain(ctx); err != nil {
		return err
	}
	a.scrubHourly()
	if a.demo, err = demo.Open(ctx, a.store, a.audit); err != nil {
		return err
	}
	if a.demo != nil && !a.config.Development() {
		return errors.New("the database holds the demo marketplace, which anybody can enter: a real one needs a database of its own")
	}
	a.openOpenness(base)
	a.deps = handlers.Deps{
		Refusals: a.refusals, Registers: a.registers, Answers: a.answers, Config: a.config,
		BaseURL: base, Development: a.config.Development(), Demo: a.demo, Clock: a.clock, Log: a.log,
		Audit: a.audit, Sessions: a.session, Passkeys: a.passkey, Staff: a.staff, Accounts: a.account,
		Consents: a.consent, Requests: a.requests, Sellers: a.sellers, Vault: a.vault, Register: &a.register,
		Erasures: a.erasures, Holds: a.holds, LastExpiry: a.lastExpiry, Copies: a.copies, OpenLog: a.openLog(base),
		Lab: a.lab, Experiments: a.tests, Outbox: a.outbox, Limiter: limiter,
	}
	a.handler = handlers.New(a.deps)
	return nil
}

// Run serves and works off jobs until ctx ends, then finishes what is running.
func (a *App) Run(ctx context.Context, ready func(address string)) error {
	if err := static.Check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", a.config.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w (TRUEPENNY_ADDR sets another address)", a.config.Addr, err)
	}
	server := &http.Server{
		Handler:           a.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // uploads from a slow phone
		IdleTimeout:       2 * time.Minute,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	work, stopWork := context.WithCancel(ctx)
	defer stopWork()
	worked := make(chan error, 1)
	go func() { worked <- a.queue.Run(work, workers) }()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	go a.examineAtStart(work)
	ready(listener.Addr().String())
	select {
	case err = <-served:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		err = server.Shutdown(grace)
	}
	stopWork()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return errors.Join(err, <-worked)
}

// Close lets go of the engine and the database.
func (a *App) Close() error {
	var out error
	if a.engine != nil {
		out = a.engine.Close()
	}
	for _, store := range []*db.Store{a.store, a.keyStore} {
		if store != nil {
			out = errors.Join(out, store.Close())
		}
	}
	return out
}

// people tells the sellers feature where to write to.
type people struct {
	accounts *accounts.Service
	staff    *staff.Service
}

// EmailOf returns the mail address of an account or a member of staff.
func (p people) EmailOf(ctx context.Context, kind audit.Kind, id string) (string, error) {
	if kind == audit.KindStaff {
		m, err := p.staff.Get(ctx, id)
		return m.Email, err
	}
	account, err := p.accounts.Get(ctx, id)
	return account.Email, err
}

// engine is what looks at pictures.
type engine struct {
	runtime   *inference.Runtime
	faces     *face.Engine
	meshes    *mesh.Engine
	documents *document.Reader
}

// openEngine fails with a sentence that names the fix: a Truepenny that could
// look at nothing would only collect cases that nobody has checked.
func openEngine(folder string) (*engine, error) {
	runtime, err := inference.Open(inference.Folder(folder))
	if err != nil {
		return nil, err
	}
	faces, err := face.Open(runtime, "")
	if err != nil {
		return nil, errors.Join(err, runtime.Close())
	}
	meshes, err := mesh.Open(runtime, "")
	if err != nil {
		return nil, errors.Join(err, faces.Close(), runtime.Close())
	}
	documents, err := document.NewReader()
	if err != nil {
		return nil, errors.Join(err, meshes.Close(), faces.Close(), runtime.Close())
	}
	return &engine{runtime, faces, meshes, documents}, nil
}

// Close lets go of the networks.
func (e *engine) Close() error {
	return errors.Join(e.faces.Close(), e.meshes.Close(), e.runtime.Close())
}
