package accounts

import (
	"context"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// Links lists the mail links that lead into an account, without their secrets.
func (a *Service) Links(ctx context.Context, account Account) ([]Link, error) {
	return listLinks(a.store.Reader(ctx), account)
}

// Find returns the account of a mail address; false when there is none, or when
// it is no address.
func (a *Service) Find(ctx context.Context, email string) (Account, bool, error) {
	email, err := cleanEmail(email)
	if err != nil {
		return Account{}, false, nil
	}
	account, err := byEmail(a.store.Reader(ctx), email)
	if errs.CodeOf(err) == errs.NotFound && err != nil {
		return Account{}, false, nil
	}
	return account, err == nil, err
}

// In returns an account as a transaction sees it; false when there is none.
func (a *Service) In(tx *db.Tx, id string) (Account, bool, error) {
	account, err := byID(tx.DB(), id)
	if errs.CodeOf(err) == errs.NotFound && err != nil {
		return Account{}, false, nil
	}
	return account, err == nil, err
}

// Erase removes an account and its links inside the transaction that erases what
// is held of the person, and returns how many rows went. Whatever else finds the
// person by their address comes before it.
func (a *Service) Erase(tx *db.Tx, id string) (int, error) {
	account, found, err := a.In(tx, id)
	if err != nil || !found {
		return 0, err
	}
	return erase(tx, account)
}

// Expire removes mail links that lead nowhere any more and returns how many.
// Every new link does so too; without this the last addresses would stay.
func (a *Service) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	if some, err := anyOld(a.store.Reader(ctx), now); err != nil || !some {
		return 0, err
	}
	n := 0
	e := audit.Entry{Actor: actor, Action: "account.links-expired", Subject: "accounts", Details: map[string]string{}}
	err := a.log.Record(ctx, e, func(tx *db.Tx) (err error) {
		n, err = sweep(tx, now)
		e.Details["count"] = strconv.Itoa(n)
		return err
	})
	return n, err
}

// Late counts the mail links that Expire would remove at now, and tells since
// when the first of them leads nowhere.
func (a *Service) Late(ctx context.Context, now time.Time) (count int, oldest time.Time, err error) {
	return oldLinks(a.store.Reader(ctx), now)
}
