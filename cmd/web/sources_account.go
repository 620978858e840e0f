package main

import (
	"context"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/passkeys"
	"truepenny/internal/privacy"
)

// find returns somebody's account; false when there is none.
func (a *App) find(ctx context.Context, person string) (accounts.Account, bool, error) {
	account, err := a.account.Get(ctx, person)
	if err != nil && errs.CodeOf(err) == errs.NotFound {
		return account, false, nil
	}
	return account, err == nil, err
}

// accountSource answers for accounts and the mail links that lead into them.
func (a *App) accountSource() source {
	return source{
		name: "accounts", tables: []string{"accounts", "account_links"},
		describe: func(ctx context.Context, person string) ([]privacy.Holding, error) {
			account, found, err := a.find(ctx, person)
			if err != nil || !found {
				return nil, err
			}
			links, err := a.account.Links(ctx, account)
			return append(held("account", 1, account.CreatedAt), held("mail-links", len(links), time.Time{})...), err
		},
		export: func(ctx context.Context, person string) (any, error) {
			account, found, err := a.find(ctx, person)
			if err != nil || !found {
				return nil, err
			}
			links, err := a.account.Links(ctx, account)
			return struct {
				Account accounts.Account
				Links   []accounts.Link
			}{account, links}, err
		},
		erase: func(tx *db.Tx, person string) (privacy.Erased, error) {
			return gone("accounts")(a.account.Erase(tx, person))
		},
		expire: a.account.Expire,
		late:   a.account.Late,
	}
}

// passkeySource answers for the passkeys of sellers. They are kept until they
// are taken away.
func (a *App) passkeySource() source {
	return source{
		name: "passkeys", tables: []string{"passkeys"},
		describe: func(ctx context.Context, person string) ([]privacy.Holding, error) {
			all, err := a.passkey.List(ctx, holder(person))
			if err != nil || len(all) == 0 {
				return nil, err
			}
			return held("passkeys", len(all), all[0].CreatedAt), nil
		},
		export: func(ctx context.Context, person string) (any, error) { return a.passkey.List(ctx, holder(person)) },
		erase: func(tx *db.Tx, person string) (privacy.Erased, error) {
			return gone("passkeys")(passkeys.RemoveAll(tx, holder(person)))
		},
	}
}
