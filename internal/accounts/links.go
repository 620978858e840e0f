package accounts

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// LinkLife is how long a link in a mail works.
const LinkLife = 30 * time.Minute

// Purpose of a link.
type Purpose string

const (
	SignIn Purpose = "sign-in"
	Change Purpose = "change" // of the mail address
)

// Link is what a mailed link stands for.
type Link struct {
	Purpose Purpose
	Email   string
	Next    string // the page they were on their way to; checked by whoever redirects
	Until   time.Time

	account string
	hash    string
}

// RequestLink mails a sign-in link. It does exactly the same whether the address
// has an account or not; a link asked for earlier dies. next is where
// they were going. Error: Invalid with field "email".
func (a *Service) RequestLink(ctx context.Context, email, next string) error {
	email, err := cleanEmail(email)
	if err != nil {
		return err
	}
	known, err := byEmail(a.store.Reader(ctx), email)
	if err != nil && errs.CodeOf(err) != errs.NotFound {
		return err
	}
	token := ids.Token()
	link := Link{Purpose: SignIn, Email: email, Next: next, Until: a.clock.Now().Add(LinkLife), hash: ids.Hash(token)}
	e := audit.Entry{Actor: audit.Nobody(), Action: "account.link-sent", Subject: "link:" + link.hash[:16], Person: known.ID}
	return a.log.Record(ctx, e, func(tx *db.Tx) error {
		if _, err := sweep(tx, a.clock.Now()); err != nil {
			return err
		}
		if err := replaceSignIn(tx, link); err != nil {
			return err
		}
		subject, text := a.letters.SignIn(token, link.Until)
		return a.send(tx, known.ID, email, "sign-in-link", subject, text)
	})
}

// RequestChange mails a link to the new address and a notice to the present one.
// Nothing is changed until the link is used; a change asked for earlier dies.
func (a *Service) RequestChange(ctx context.Context, account Account, email string) error {
	email, err := cleanEmail(email)
	if err != nil {
		return err
	}
	if email == account.Email {
		return errs.Fields(map[string]string{"email": "account.same-address"})
	}
	token, now := ids.Token(), a.clock.Now()
	link := Link{Purpose: Change, Email: email, Until: now.Add(LinkLife), account: account.ID, hash: ids.Hash(token)}
	return a.log.Record(ctx, entry(account.Actor(), "account.address-asked", account.ID), func(tx *db.Tx) error {
		if err := replaceChange(tx, link); err != nil {
			return err
		}
		subject, text := a.letters.ConfirmAddress(token, link.Until)
		if err := a.send(tx, account.ID, email, "confirm-address", subject, text); err != nil {
			return err
		}
		subject, text = a.letters.AddressAsked(now)
		return a.send(tx, account.ID, account.Email, "address-asked", subject, text)
	})
}

// Peek returns what a link stands for without using it up, because mail
// scanners fetch links before people do. Error: Gone "account.link-gone".
func (a *Service) Peek(ctx context.Context, token string) (Link, error) {
	return a.link(a.store.Reader(ctx), token)
}

// UseLink uses a link up and returns the account it leads to: opened on the
// first sign-in, with the new address after a change. Errors: Gone
// "account.link-gone", Conflict "account.address-taken".
func (a *Service) UseLink(ctx context.Context, token string) (Account, Link, error) {
	link, err := a.Peek(ctx, token)
	if err != nil {
		return Account{}, link, err
	}
	if link.Purpose == Change {
		account, err := a.changeAddress(ctx, link)
		return account, link, err
	}
	account, err := a.signIn(ctx, link)
	return account, link, err
}

func (a *Service) signIn(ctx context.Context, link Link) (Account, error) {
	account, err := byEmail(a.store.Reader(ctx), link.Email)
	known := err == nil
	if !known && errs.CodeOf(err) != errs.NotFound {
		return account, err
	}
	action := "account.signed-in"
	if !known {
		account, action = a.fresh(link.Email), "account.opened"
	}
	return account, a.log.Record(ctx, entry(account.Actor(), action, account.ID), func(tx *db.Tx) error {
		if err := use(tx, link); err != nil || known {
			return err
		}
		return insert(tx, account)
	})
}

func (a *Service) changeAddress(ctx context.Context, link Link) (Account, error) {
	account, err := a.Get(ctx, link.account)
	if err != nil {
		return account, err
	}
	old := account.Email
	account.Email = link.Email
	return account, a.log.Record(ctx, entry(account.Actor(), "account.address-changed", account.ID), func(tx *db.Tx) error {
		if err := use(tx, link); err != nil {
			return err
		}
		if err := setEmail(tx, account.ID, link.Email); err != nil {
			return err
		}
		subject, text := a.letters.AddressChanged(a.clock.Now())
		return a.send(tx, account.ID, old, "address-changed", subject, text)
	})
}
