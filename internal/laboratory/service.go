package laboratory

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/lab"
	"truepenny/internal/vault"
)

// Roles as the audit log's actors carry them (package staff names them too).
const (
	roleAdministrator = "administrator"
	roleLead          = "lead"
	rolePrivacy       = "privacy"
	roleAuditor       = "auditor"
)

// LiveChecks counts live face checks; package sellers keeps them.
type LiveChecks interface {
	// FaceChecks are the face checks from a moment up to another, without whose.
	FaceChecks(ctx context.Context, from, to time.Time) ([]LiveCheck, error)
}

// Parts is what the service is built from. Faces may be nil: then no face is
// measured and no threshold can be set.
type Parts struct {
	Store       *db.Store
	Audit       *audit.Log
	Vault       *vault.Vault
	Jobs        *jobs.Queue
	Clock       clock.Clock
	Faces       lab.Describer
	Fingerprint string // of the files of the networks behind Faces
	Live        LiveChecks
	// Liveness brings what plays attacks on the face capture when a run needs it;
	// nil: liveness is not measured here.
	Liveness func() (lab.LivenessParts, error)
}

// Service is the feature.
type Service struct {
	store       *db.Store
	log         *audit.Log
	vault       *vault.Vault
	jobs        *jobs.Queue
	clock       clock.Clock
	faces       lab.Describer
	fingerprint string
	live        LiveChecks
	liveness    func() (lab.LivenessParts, error)

	mu      sync.Mutex
	running map[string]*progress // runs and sets being worked on in this process
}

// New makes the service and takes over its jobs.
func New(p Parts) *Service {
	s := &Service{
		store: p.Store, log: p.Audit, vault: p.Vault, jobs: p.Jobs, clock: p.Clock,
		faces: p.Faces, fingerprint: p.Fingerprint, live: p.Live, liveness: p.Liveness, running: map[string]*progress{},
	}
	s.jobs.Handle(unpackJob, s.unpack)
	s.jobs.Handle(runJob, s.work)
	s.jobs.Handle(rescueJob, s.rescue)
	s.jobs.Every(rescueJob, rescueEvery)
	s.jobs.Handle(weekJob, s.countWeeks)
	s.jobs.Every(weekJob, 24*time.Hour)
	return s
}

// has reports whether staff act in one of the roles.
func has(actor audit.Actor, roles ...string) bool {
	if actor.Kind != audit.KindStaff || actor.ID == "" {
		return false
	}
	return slices.ContainsFunc(strings.Split(actor.Role, ","), func(r string) bool { return slices.Contains(roles, strings.TrimSpace(r)) })
}

// mayRead lets everybody in who has to do with the lab.
func mayRead(actor audit.Actor) error {
	if !has(actor, roleAdministrator, roleLead, rolePrivacy, roleAuditor) {
		return errs.New(errs.Forbidden, "forbidden")
	}
	return nil
}

// mayRun is for who adds sets, runs and publishes.
func mayRun(actor audit.Actor) error {
	if !has(actor, roleAdministrator, roleLead) {
		return errs.New(errs.Forbidden, "lab.role")
	}
	return nil
}

// progress is how far a piece of work in this process has come.
type progress struct {
	done, total int
	cancel      context.CancelFunc
}

// begin notes that work on an id has begun here; the returned function ends it.
func (s *Service) begin(id string, cancel context.CancelFunc) (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.running[id] = &progress{cancel: cancel}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.running, id)
	}
}

func (s *Service) advance(id string, done, total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.running[id]; p != nil {
		p.done, p.total = done, total
	}
}

// reached is how far work on an id has come, if it is done in this process.
func (s *Service) reached(id string) (done, total int, here bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.running[id]
	if p == nil {
		return 0, 0, false
	}
	return p.done, p.total, true
}

// stop ends work on an id in this process.
func (s *Service) stop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.running[id]; p != nil {
		p.cancel()
	}
}

func subject(kind, id string) string { return kind + ":" + id }
