package copies

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/vault"
)

const (
	// Kept is how long a copy waits to be fetched once it is ready, unless something
	// in it reaches its own end before.
	Kept = 7 * 24 * time.Hour

	makeJob  = "copies.make"
	attempts = 3
	making   = 24 * time.Hour // the most that a copy may take, all attempts together
)

// State of a copy.
type State string

const (
	Waiting State = "waiting" // for a worker
	Making  State = "making"
	Ready   State = "ready"
	Failed  State = "failed" // every attempt; the person may ask again
	Ending  State = "ending" // is being removed; a removal that was cut short is taken up again
)

// Copy is one copy as pages show it.
type Copy struct {
	ID        string
	Person    string
	State     State
	Total     int   // sealed items that go into it
	Done      int   // of them
	Bytes     int64 // of the ZIP file so far
	AskedAt   time.Time
	ReadyAt   time.Time // zero before
	ExpiresAt time.Time

	run string
}

// Original is a sealed item that goes into the copy as it is.
type Original struct {
	Item    string // of the vault
	Purpose vault.Purpose
	Name    string // of the file, without folder; made safe and unique by this package
	Size    int64
	Until   time.Time // when its own time is over; zero while it has no end
}

// Contents is what goes into a copy; the program gathers it where it lies.
type Contents struct {
	Data      any // written as data.json
	Originals []Original
}

// Cover writes the page through which a person reads the copy; entries are the
// names of the files beside it.
type Cover func(w io.Writer, made time.Time, data any, entries []string) error

// Parts is what the service is built from.
type Parts struct {
	Store *db.Store
	Audit *audit.Log
	Vault *vault.Vault
	Jobs  *jobs.Queue
	Mail  *mail.Outbox
	Clock clock.Clock
	// Gather collects what is held about a person.
	Gather func(ctx context.Context, person string) (Contents, error)
	Cover  Cover
	// EmailOf is the address that is told when the copy is ready.
	EmailOf func(ctx context.Context, person string) (string, error)
	// Letter writes the mail that tells it: the link leads to the copy's page,
	// which opens only for its person.
	Letter func(c Copy) (subject, text string)
}

// Service makes copies and hands them out.
type Service struct{ Parts }

// New makes the service and takes over its jobs.
func New(p Parts) *Service {
	s := &Service{p}
	s.Jobs.Handle(makeJob, s.make)
	return s
}

// Ask has a copy made for the person who acts; one that is there is replaced.
// While one is being made that one is returned. Error: Forbidden "copy.own".
func (s *Service) Ask(ctx context.Context, actor audit.Actor) (Copy, error) {
	if actor.Kind != audit.KindSeller || actor.ID == "" {
		return Copy{}, errs.New(errs.Forbidden, "copy.own")
	}
	return s.ask(ctx, actor, actor.ID)
}

// CopyFor has a copy made for somebody who asked the privacy officer for it in
// another way. It opens for its person alone, as always. Error: Forbidden
// "role.privacy".
func (s *Service) CopyFor(ctx context.Context, officer audit.Actor, person string) error {
	if officer.Kind != audit.KindStaff || officer.ID == "" || !slices.Contains(strings.Split(officer.Role, ","), "privacy") {
		return errs.New(errs.Forbidden, "role.privacy")
	}
	_, err := s.ask(ctx, officer, person)
	return err
}

func (s *Service) ask(ctx context.Context, actor audit.Actor, person string) (Copy, error) {
	have, found, err := s.Of(ctx, person)
	if err != nil {
		return Copy{}, err
	}
	if found && (have.State == Waiting || have.State == Making) && s.Clock.Now().Sub(have.AskedAt) < making {
		return have, nil
	}
	if found {
		if err := s.end(ctx, actor, have, "copy.replaced"); err != nil {
			return Copy{}, err
		}
	}
	now := s.Clock.Now()
	c := Copy{ID: ids.New("cpy"), Person: person, State: Waiting, AskedAt: now, ExpiresAt: now.Add(making + Kept)}
	return c, s.Audit.Record(ctx, c.entry(actor, "copy.asked"), func(tx *db.Tx) error {
		if err := insertCopy(tx, c); err != nil {
			return err
		}
		_, err := s.Jobs.Enqueue(tx, makeJob, c.ID, jobs.Options{UniqueKey: makeJob + ":" + c.ID, MaxAttempts: attempts})
		return err
	})
}

// Own returns a copy of the person who acts; of anybody else's there is none:
// NotFound "copy.unknown". One that is being removed is Gone "copy.gone".
func (s *Service) Own(ctx context.Context, actor audit.Actor, id string) (Copy, error) {
	c, err := s.read(ctx, id)
	if err != nil {
		return Copy{}, err
	}
	if actor.Kind != audit.KindSeller || actor.ID != c.Person {
		return Copy{}, errs.New(errs.NotFound, "copy.unknown")
	}
	if c.State == Ending || !s.Clock.Now().Before(c.ExpiresAt) {
		return Copy{}, errs.New(errs.Gone, "copy.gone")
	}
	return c, nil
}

// Send writes the ZIP file of a copy to w, one sealed part in memory at a time.
// The look is in the log before the first byte. Conflict "copy.not-ready" while
// it is being made.
func (s *Service) Send(ctx context.Context, actor audit.Actor, id string, w io.Writer) error {
	c, err := s.Own(ctx, actor, id)
	if err != nil {
		return err
	}
	if c.State != Ready {
		return errs.New(errs.Conflict, "copy.not-ready")
	}
	items, err := s.items(ctx, c.ID)
	if err != nil {
		return err
	}
	return s.Vault.OpenEach(ctx, actor, items, purpose, reasonOwn, func(_ int, o vault.Opened) error {
		_, err := w.Write(o.Plain)
		return err
	})
}

// Remove destroys the key of a copy and removes it. Done twice, it was done
// once.
func (s *Service) Remove(ctx context.Context, actor audit.Actor, id string) error {
	c, err := s.Own(ctx, actor, id)
	if errs.CodeOf(err) == errs.Gone && err != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return s.end(ctx, actor, c, "copy.removed")
}

func (c Copy) entry(actor audit.Actor, action string) audit.Entry {
	return audit.Entry{Actor: actor, Action: action, Subject: "copy:" + c.ID, Person: c.Person, Purpose: string(purpose)}
}
