package answers

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/coarse"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
)

// CompareJob compares the answers with those before, once a day; the program
// also does when it starts.
const CompareJob = "answers.compare"

// Parts is what the service is built from.
type Parts struct {
	Store *db.Store
	Audit *audit.Log
	Clock clock.Clock
	Jobs  *jobs.Queue
	// Look gathers the live state.
	Look func(ctx context.Context) (State, error)
	// Say words a state: one answer to each of Questions.
	Say func(State) []Said
}

// Service answers, and keeps what it answered.
type Service struct {
	Parts
}

// New makes the service and takes over CompareJob.
func New(p Parts) *Service {
	s := &Service{p}
	s.Jobs.Handle(CompareJob, func(ctx context.Context, _ jobs.Job) error { return s.Compare(ctx) })
	s.Jobs.Every(CompareJob, 24*time.Hour)
	return s
}

// All answers every question from the state as it is now. Counts of people are
// those of the last comparison: between two of them they stand still.
func (s *Service) All(ctx context.Context) ([]Answer, error) {
	state, err := s.Look(ctx)
	if err != nil {
		return nil, fmt.Errorf("look at the state: %w", err)
	}
	steps, err := s.steps(ctx)
	if err != nil {
		return nil, err
	}
	state.figures = tell(steps)
	kept, err := s.said(ctx)
	if err != nil {
		return nil, err
	}
	var out []Answer
	for _, said := range s.Say(state) {
		text, facts, err := said.texts()
		if err != nil {
			return nil, err
		}
		a := Answer{Said: said, Since: s.Clock.Now()}
		for _, k := range kept[said.Question] {
			switch {
			case k.now && k.text == text && k.facts == facts:
				a.Since = k.Since
			case k.now: // it has changed since the last comparison
				k.Until = a.Since
				fallthrough
			default:
				a.Before = append(a.Before, k.Earlier)
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// Compare makes every answer anew, keeps those that have changed, and moves the
// counts of people.
func (s *Service) Compare(ctx context.Context) error {
	state, err := s.Look(ctx)
	if err != nil {
		return fmt.Errorf("look at the state: %w", err)
	}
	before, err := s.steps(ctx)
	if err != nil {
		return err
	}
	steps := move(before, state.counts)
	state.figures = tell(steps)
	said := s.Say(state)
	kept, err := s.said(ctx)
	if err != nil {
		return err
	}
	changed, err := differing(said, kept)
	if err != nil || len(changed) == 0 && maps.Equal(before, steps) {
		return err
	}
	entry := audit.Entry{Actor: audit.System("answers"), Action: "answers.compared", Subject: "answers",
		Details: map[string]string{"changed": strconv.Itoa(len(changed)), "questions": questions(changed)}}
	return s.Audit.Record(ctx, entry, func(tx *db.Tx) error {
		if err := saveSteps(tx, steps); err != nil {
			return err
		}
		for _, c := range changed {
			if err := replaceSaid(tx, c, s.Clock.Now()); err != nil {
				return err
			}
		}
		return nil
	})
}

// differing are the answers that are not those in force.
func differing(said []Said, kept map[string][]keptAnswer) ([]Said, error) {
	var out []Said
	for _, a := range said {
		text, facts, err := a.texts()
		if err != nil {
			return nil, err
		}
		same := slices.ContainsFunc(kept[a.Question], func(k keptAnswer) bool { return k.now && k.text == text && k.facts == facts })
		if !same {
			out = append(out, a)
		}
	}
	return out, nil
}

func questions(list []Said) string {
	var names []string
	for _, a := range list {
		names = append(names, a.Question)
	}
	return strings.Join(names, " ")
}

// move gives the counts that figures are told from: the new one only where it
// lies at least a step from the one before, so that every change of a figure
// stands for at least 10 people, whoever compares two days. Without a count
// before it begins where it is.
func move(before, now map[string]int) map[string]int {
	out := map[string]int{}
	for name := range before {
		out[name] = now[name] // nobody is left where a name is missing
	}
	maps.Copy(out, now)
	for name, n := range out {
		old, known := before[name]
		if known && abs(n-old) < max(coarse.Step(old), coarse.Step(n)) {
			out[name] = old
		}
	}
	return out
}

func abs(n int) int { return max(n, -n) }

func tell(steps map[string]int) map[string]Figure {
	out := map[string]Figure{}
	for name, n := range steps {
		out[name] = figure(n)
	}
	return out
}

// named are the countries whose figure is told.
func (s State) named() []string {
	var out []string
	for name, f := range s.figures {
		if code, is := strings.CutPrefix(name, CountCountry); is && !f.Fewer {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

func (a Said) texts() (text, facts string, err error) {
	t, err := json.Marshal(a.Text)
	if err != nil {
		return "", "", err
	}
	f, err := json.Marshal(a.Facts)
	return string(t), string(f), err
}
