package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"truepenny/internal/answers"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/errs"
	"truepenny/internal/handlers"
	"truepenny/internal/privacy"
	"truepenny/internal/refusals"
	"truepenny/internal/registers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openOpenness builds what is said in public. The checks look at the program
// through a.deps and a.handler, which are there once everything is wired.
func (a *App) openOpenness(base string) {
	a.registers = registers.New(a.store, a.audit, a.clock)
	a.refusals = refusals.New(refusals.Parts{
		Store: a.store, Audit: a.audit, Clock: a.clock, Jobs: a.queue, Mail: a.outbox,
		Examine: a.examine, Administrators: a.administrators,
		Letter: func(failing, holding []string, at time.Time) (string, string) {
			return words.MailRefusals(base+paths.Refusals(), failing, holding, at)
		},
	})
	a.answers = answers.New(answers.Parts{
		Store: a.store, Audit: a.audit, Clock: a.clock, Jobs: a.queue, Look: a.answerState, Say: handlers.SayAnswers,
	})
}

// examineAtStart runs what otherwise runs daily: first the checks, which the
// answers rest on. What goes wrong is logged; the pages say how old a result is.
func (a *App) examineAtStart(ctx context.Context) {
	if err := a.refusals.Run(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("check what is refused", "error", err)
	}
	if err := a.answers.Compare(ctx); err != nil && ctx.Err() == nil {
		a.log.Error("compare the public answers", "error", err)
	}
}

// administrators are the addresses of who is told when a check has changed.
func (a *App) administrators(ctx context.Context) ([]string, error) {
	members, err := a.staff.List(ctx, staff.Filter{Role: staff.Administrator, State: staff.Active})
	var out []string
	for _, m := range members {
		out = append(out, m.Email)
	}
	return out, err
}

// examine looks at the running program.
func (a *App) examine(ctx context.Context) (refusals.Program, error) {
	p := refusals.Program{Purposes: privacy.Purposes(), Commands: commandNames()}
	var err error
	if p.Routes, p.Pages, err = handlers.Examine(ctx, a.deps, a.handler); err != nil {
		return p, err
	}
	if p.Schema, err = a.refusals.Schema(ctx); err != nil {
		return p, err
	}
	for _, r := range staff.Roles {
		p.Roles = append(p.Roles, string(r))
	}
	for _, n := range a.engine.runtime.Manifest().Networks {
		p.Networks = append(p.Networks, n.Name)
	}
	tried, err := a.vault.TryToJoin(ctx, privacy.PurposeFace, privacy.PurposePalm)
	if err != nil {
		return p, fmt.Errorf("try to join faces and palms: %w", err)
	}
	p.Join = &refusals.Join{Keys: tried.KeysA + tried.KeysB, Items: tried.ItemsTried, Opened: tried.Opened, At: tried.At}
	return p, nil
}

// commandNames are the subcommands with what the usage says of them, and those
// of the lab.
func commandNames() []string {
	var out []string
	for _, c := range commands() {
		out = append(out, c.name, c.name+": "+c.about)
	}
	for _, l := range labs {
		out = append(out, "lab "+l.name)
	}
	for name := range labAsides() {
		out = append(out, "lab "+name)
	}
	slices.Sort(out)
	return out
}

// answerState gathers what the public answers are made of.
func (a *App) answerState(ctx context.Context) (answers.State, error) {
	s := answers.State{Purposes: privacy.Purposes(), Notices: privacy.Notices(), Refusals: map[string]bool{},
		Security: answers.Security{Database: a.store.Dialect(), Keys: a.keys != nil, Encrypted: !a.config.Development(), Passkeys: a.demo == nil}, // anybody may look around the demo as one of its people
		Kept:     answers.Kept{Face: days(a.sellers.Policy.FaceKept), Documents: days(a.sellers.Policy.DocumentsKept), DecisionDays: a.sellers.Policy.DecisionDays}}
	for _, step := range []func(context.Context, *answers.State) error{a.countPeople, a.nameParties, a.nameMatcher, a.readChecks, a.compareRoads} {
		if err := step(ctx, &s); err != nil {
			return s, err
		}
	}
	return s, nil
}

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }

func (a *App) countPeople(ctx context.Context, s *answers.State) error {
	answered, err := a.consent.Answered(ctx, privacy.PurposeFace)
	if err != nil {
		return err
	}
	applicants, err := a.sellers.Applicants(ctx)
	if err != nil {
		return err
	}
	s.Count(answers.CountAgreed, answered[privacy.Given])
	s.Count(answers.CountDeclined, answered[privacy.Declined]+answered[privacy.Withdrawn])
	s.Count(answers.CountApplications, applicants.All)
	for country, n := range applicants.Countries {
		s.Count(answers.CountCountry+country, n)
	}
	s.Since = applicants.First
	return nil
}

// nameParties lists who gets data: the register, and the mail server that the
// settings name.
func (a *App) nameParties(ctx context.Context, s *answers.State) error {
	parties, err := a.registers.Parties(ctx)
	if err != nil {
		return err
	}
	for _, p := range parties {
		x := answers.Party{Name: p.Name, Does: p.Does, Data: p.Data, Country: p.Country, Sites: p.Sites}
		switch {
		case !p.Current(a.clock.Now()):
		case p.Kind == registers.Merchant:
			s.Merchants = append(s.Merchants, x)
		default:
			s.Processors = append(s.Processors, x)
		}
	}
	if m := a.config.Mail; !m.Catch && m.Host != "" {
		s.Processors = append(s.Processors, answers.Party{Name: words.MailRelay(m.Host), Does: words.MailRelayDoes, Data: words.MailRelayGets})
	}
	told, err := a.registers.Public(ctx)
	s.Demands = answers.Demands{Received: len(told.All), Given: told.Given, Searches: told.Searches}
	return err
}

func (a *App) nameMatcher(ctx context.Context, s *answers.State) error {
	network, version := a.lab.Network()
	limits := a.lab.Thresholds(ctx)
	m := answers.Matcher{Network: network, Version: version, Accept: limits.Accept, Review: limits.Review, Report: limits.Report.Name}
	if r := limits.Report; r.Counted() {
		m.FalseMatch, m.FalseNonMatch = answerRate(r.FalseMatches), answerRate(r.FalseNonMatches)
	}
	active, confirmed, err := a.lab.InForce(ctx)
	if err != nil {
		return err
	}
	if m.Confirmed = confirmed; confirmed {
		_, err := a.lab.PublicRun(ctx, active.RunID)
		switch {
		case err == nil:
			m.ReportID = active.RunID
		case errs.CodeOf(err) != errs.NotFound:
			return err
		}
	}
	s.Matcher = m
	return nil
}

func answerRate(t face.Tally) answers.Rate {
	low, high := t.Interval()
	return answers.Rate{Set: t.Set, Errors: t.Errors, Of: t.Pairs, Low: low, High: high}
}

// compareRoads takes what the daily comparison says that declining costs.
func (a *App) compareRoads(ctx context.Context, s *answers.State) error {
	last, found, err := a.sellers.LastParity(ctx)
	if found {
		s.Decline = map[string]string{"approval": string(last.Figures.Approval.Verdict), "wait": string(last.Figures.Wait.Verdict)}
	}
	return err
}

func (a *App) readChecks(ctx context.Context, s *answers.State) error {
	results, err := a.refusals.Register(ctx)
	for _, r := range results {
		if r.Known {
			s.Refusals[r.Code] = r.Holds
		}
	}
	return err
}
