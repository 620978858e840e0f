package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/registers"
	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
	"truepenny/internal/specimen/sitter"
	"truepenny/internal/staff"
)

// ErrInUse says that the database already holds people: demo and real data
// exclude each other.
var ErrInUse = errors.New("the database already holds people; a demo marketplace needs an empty one (TRUEPENNY_DATA names another folder)")

// Parts is what the seeding works with: the same services that serve people,
// on a clock that the seeding moves.
type Parts struct {
	Store     *db.Store
	Audit     *audit.Log
	Clock     *clock.Fixed
	Queue     *jobs.Queue
	Staff     *staff.Service
	Accounts  *accounts.Service
	Sellers   *sellers.Service
	Requests  *requests.Service  // nil leaves the privacy desk empty
	Registers *registers.Service // nil leaves the registers empty
	Portraits []Portrait
	Meshes    sitter.Fitter // moves the portraits before the camera
	Fonts     *specimen.Fonts
	Say       func(done, of int) // progress, may be nil
}

// event is one thing that somebody does at its time.
type event struct {
	at time.Time
	do func(ctx context.Context) error
}

// Seed fills an empty database. It takes the time the clock shows as now and
// lets everything happen in the three weeks before.
func Seed(ctx context.Context, p Parts) error {
	used, err := inUse(ctx, p.Store)
	if err != nil {
		return err
	}
	if used {
		return ErrInUse
	}
	s := &seeding{Parts: p, now: p.Clock.Now()}
	// The mark comes first: a seeding that is cut short leaves a demo, never
	// something that could be taken for real.
	if err := s.enrol(ctx); err != nil {
		return fmt.Errorf("demo staff: %w", err)
	}
	var all []*applicant
	for i, plan := range plans {
		all = append(all, s.invent(i, plan))
	}
	if err := photographAll(p.Fonts, all, s.now); err != nil {
		return fmt.Errorf("demo documents: %w", err)
	}
	for _, a := range all {
		s.prepare(a)
	}
	s.fillRegisters()
	s.askForRights(all)
	slices.SortStableFunc(s.events, func(a, b event) int { return a.at.Compare(b.at) })
	for i, e := range s.events {
		p.Clock.Set(e.at)
		if err := e.do(ctx); err != nil {
			return fmt.Errorf("demo event %d of %d: %w", i+1, len(s.events), err)
		}
		if p.Say != nil {
			p.Say(i+1, len(s.events))
		}
	}
	p.Clock.Set(s.now)
	return s.introduce(ctx)
}

// seeding is one run of Seed.
type seeding struct {
	Parts
	now      time.Time
	team     []staff.Member
	sellers  []Person
	events   []event
	sittings uint64 // before cameras so far
}

func (s *seeding) on(at time.Time, do func(ctx context.Context) error) {
	if at.Before(s.now) {
		s.events = append(s.events, event{at, do})
	}
}

// enrol makes the staff and marks the database as a demo.
func (s *seeding) enrol(ctx context.Context) error {
	s.Clock.Set(s.now.Add(-21 * day))
	var people []Person
	for i, e := range employees {
		m, err := s.Staff.Enrol(ctx, system, staff.Details{Name: e.name, Email: e.mailbox + "@demo.example", Roles: []staff.Role{e.role}})
		if err != nil {
			return err
		}
		s.team = append(s.team, m)
		people = append(people, Person{Position: i + 1, Kind: audit.KindStaff, HolderID: m.ID,
			Label: e.name + " · " + string(e.role), About: e.about})
	}
	return s.mark(ctx, "demo.begun", people)
}

// introduce lists the sellers that a newcomer can enter as.
func (s *seeding) introduce(ctx context.Context) error {
	return s.mark(ctx, "demo.seeded", s.sellers)
}

func (s *seeding) mark(ctx context.Context, action string, people []Person) error {
	entry := audit.Entry{Actor: system, Action: action, Subject: "demo:marketplace"}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error { return insertPeople(tx, people) })
}

var system = audit.System("demo")

func (s *seeding) member(role staff.Role, nth int) audit.Actor {
	for _, m := range s.team {
		if slices.Contains(m.Roles, role) {
			if nth == 0 {
				return m.Actor()
			}
			nth--
		}
	}
	panic("demo: no such member")
}

// mailbox turns a name into the local part of an address.
func mailbox(given, family string) string {
	return strings.ToLower(given + "." + family)
}
