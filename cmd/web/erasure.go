package main

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// openErasures builds what deletes and what keeps from deleting. The register
// that it goes through is filled later, by holdings.
func (a *App) openErasures(ctx context.Context, base string) error {
	seed, err := a.keys.Secret(ctx, "receipts")
	if err != nil {
		return err
	}
	signer, err := receipt.NewSigner(seed)
	if err != nil {
		return err
	}
	a.holds = privacy.NewHolds(a.store, a.audit, a.clock)
	a.erasures = privacy.NewErasures(privacy.ErasureParts{
		Store: a.store, Audit: a.audit, Vault: a.vault, Jobs: a.queue, Clock: a.clock,
		Register: &a.register, Holds: a.holds, Signer: signer, Farewell: a.farewell(base), Known: a.account.Known,
	})
	again, err := a.erasures.DestroyAgain(ctx)
	if err == nil && again > 0 {
		a.log.Warn("keys that were destroyed had come back with an old copy of the key store, and were destroyed again", "keys", again)
	}
	return err
}

// eraseAgain erases what came back with an old copy of the database.
func (a *App) eraseAgain(ctx context.Context) error {
	did, err := a.erasures.EraseAgain(ctx)
	if did != (privacy.Again{}) {
		a.log.Warn("what was erased had come back with an old copy of the database, and was erased again; left alone is what people have agreed to anew since",
			"people", did.People, "purposes", did.Purposes, "left", did.Left)
	}
	return err
}

// farewell sends somebody of whom everything is erased their receipt: the last
// use of their address, which goes with the letter.
func (a *App) farewell(base string) privacy.Farewell {
	return func(tx *db.Tx, person string) (func(string) error, error) {
		account, found, err := a.account.In(tx, person)
		if err != nil || !found {
			return func(string) error { return nil }, err
		}
		return func(id string) error {
			subject, text := words.MailErased(base + paths.Receipt(id))
			return a.outbox.Send(tx, mail.Message{To: account.Email, Subject: subject, Text: text, Kind: mail.Farewell})
		}, nil
	}
}

// deskEraser gives the privacy officer's desk the erasure itself, which may wait
// for a legal hold and has its receipt later.
type deskEraser struct{ erasures *privacy.Erasures }

// EraseFor erases and returns the id of the erasure.
func (d deskEraser) EraseFor(ctx context.Context, actor audit.Actor, person string, purpose vault.Purpose) (string, error) {
	erasure, err := d.erasures.Erase(ctx, actor, person, purpose)
	return erasure.ID, err
}

// erasedLate links what was deleted at the end of a legal hold to the requests
// that had asked for it, and tells the person, who has heard nothing since. Of
// whom everything is gone, the farewell has told.
func (a *App) erasedLate(base string) func(tx *db.Tx, done privacy.Erasure) error {
	return func(tx *db.Tx, done privacy.Erasure) error {
		asked, err := a.requests.ErasedLate(tx, done.ID, done.ReceiptID)
		if err != nil || len(asked) == 0 || done.Person == "" {
			return err
		}
		account, found, err := a.account.In(tx, done.Person)
		if err != nil || !found {
			return err
		}
		subject, text := words.MailErasedLate(asked[0].Label(), base+paths.Receipt(done.ReceiptID))
		return a.outbox.Send(tx, mail.Message{To: account.Email, Subject: subject, Text: text, Kind: "request.erased-late"})
	}
}
