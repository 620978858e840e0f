package main

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/ratelimit"
	"truepenny/internal/sessions"
	"truepenny/internal/vault"
)

// expireJob removes once a day what has outlived its time, wherever it lies.
const expireJob = "privacy.expire"

// holdings registers everything that holds personal data. What is found by a
// person's mail address comes before the account, which knows it.
func (a *App) holdings(limiter *ratelimit.Limiter) {
	for _, s := range []privacy.Source{
		a.sellers.Source(), a.requests.Source(), a.lab.Source(), a.tests.Source(), a.consent.Source(), a.erasures.Source(), a.copies.Source(), privacy.SourceOfVault(a.vault),
		a.mailSource(), a.sessionSource(), a.passkeySource(), counterSource(limiter), a.accountSource(),
	} {
		a.register.Add(s)
	}
	a.queue.Handle(expireJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := a.erasures.Expire(ctx)
		return err
	})
	a.queue.Every(expireJob, 24*time.Hour)
}

// source lets a package that knows nothing of package privacy answer for its
// tables. A nil function has nothing to tell or to do.
type source struct {
	name     string
	tables   []string
	describe func(ctx context.Context, person string) ([]privacy.Holding, error)
	export   func(ctx context.Context, person string) (any, error)
	erase    func(tx *db.Tx, person string) (privacy.Erased, error) // everything; no single purpose is held there
	expire   func(ctx context.Context, actor audit.Actor, now time.Time) (int, error)
	late     func(ctx context.Context, now time.Time) (count int, oldest time.Time, err error) // what expire would remove
}

// Name is the package's word.
func (s source) Name() string { return s.name }

// Tables lists the tables that the source answers for.
func (s source) Tables() []string { return s.tables }

// Describe tells what is held about a person.
func (s source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	if s.describe == nil {
		return nil, nil
	}
	return s.describe(ctx, person)
}

// Export returns what is held about a person.
func (s source) Export(ctx context.Context, person string) (any, error) {
	if s.export == nil {
		return nil, nil
	}
	return s.export(ctx, person)
}

// Erase removes what is held about a person, with everything else of them: none
// of it is held for a purpose that stands on the list.
func (s source) Erase(tx *db.Tx, person string, purpose vault.Purpose) (privacy.Erased, error) {
	if s.erase == nil || purpose != "" {
		return privacy.Erased{}, nil
	}
	return s.erase(tx, person)
}

// Expire removes what has outlived its time.
func (s source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	if s.expire == nil {
		return 0, nil
	}
	return s.expire(ctx, actor, now)
}

// Due counts what Expire would remove, as the whole that it goes as.
func (s source) Due(ctx context.Context, now time.Time) ([]privacy.Due, error) {
	if s.late == nil {
		return nil, nil
	}
	n, oldest, err := s.late(ctx, now)
	if err != nil || n == 0 {
		return nil, err
	}
	return []privacy.Due{{What: s.name, Since: oldest, Count: n}}, nil
}

// held is one line of what is held: how many of a kind, and the first of them.
func held(what string, count int, oldest time.Time) []privacy.Holding {
	if count == 0 {
		return nil
	}
	return []privacy.Holding{{What: what, Count: count, Oldest: oldest}}
}

// gone turns a count of rows into what an erasure reports.
func gone(table string) func(int, error) (privacy.Erased, error) {
	return func(n int, err error) (privacy.Erased, error) { return privacy.ErasedRows(table, n), err }
}

func holder(person string) sessions.Holder {
	return sessions.Holder{Kind: audit.KindSeller, ID: person}
}

// counterSource cleans the rate counters. They stand under keyed hashes and
// cannot be told to be anybody's.
func counterSource(limiter *ratelimit.Limiter) source {
	return source{
		name: "ratelimit", tables: []string{"rate_counters"},
		expire: func(ctx context.Context, _ audit.Actor, _ time.Time) (int, error) { return 0, limiter.Clean(ctx) },
	}
}

// sessionSource answers for who is signed in where.
func (a *App) sessionSource() source {
	return source{
		name: "sessions", tables: []string{"sessions", "session_pending"},
		describe: func(ctx context.Context, person string) ([]privacy.Holding, error) {
			all, err := a.session.List(ctx, holder(person))
			oldest := time.Time{}
			for _, s := range all {
				if oldest.IsZero() || s.CreatedAt.Before(oldest) {
					oldest = s.CreatedAt
				}
			}
			return held("sessions", len(all), oldest), err
		},
		export: func(ctx context.Context, person string) (any, error) { return a.session.List(ctx, holder(person)) },
		erase: func(tx *db.Tx, person string) (privacy.Erased, error) {
			return gone("sessions")(sessions.Erase(tx, holder(person)))
		},
		expire: func(ctx context.Context, _ audit.Actor, now time.Time) (int, error) {
			return a.session.Expire(ctx, now)
		},
	}
}

// mailSource answers for the mails that were sent to somebody, also before they
// had an account.
func (a *App) mailSource() source {
	letters := func(ctx context.Context, person string) ([]mail.Letter, error) {
		account, found, err := a.find(ctx, person)
		if err != nil || !found {
			return nil, err
		}
		return a.outbox.OfPerson(ctx, person, account.Email)
	}
	return source{
		name: "mail", tables: []string{"mail_outbox"},
		describe: func(ctx context.Context, person string) ([]privacy.Holding, error) {
			all, err := letters(ctx, person)
			if err != nil || len(all) == 0 {
				return nil, err
			}
			return held("mails", len(all), all[len(all)-1].CreatedAt), nil
		},
		export: func(ctx context.Context, person string) (any, error) {
			all, err := letters(ctx, person)
			for i := range all {
				all[i].Text = "" // gone once sent; before, it may hold a link that signs in
			}
			return all, err
		},
		erase: func(tx *db.Tx, person string) (privacy.Erased, error) {
			account, _, err := a.account.In(tx, person)
			if err != nil {
				return privacy.Erased{}, err
			}
			return gone("mail_outbox")(a.outbox.Erase(tx, person, account.Email))
		},
		expire: func(ctx context.Context, _ audit.Actor, _ time.Time) (int, error) { return a.outbox.Expire(ctx) },
		late:   a.outbox.Late,
	}
}
