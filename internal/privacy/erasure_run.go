package privacy

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
)

// errElsewhere ends a step that somebody else has taken meanwhile.
var errElsewhere = errors.New("privacy: the erasure has gone on elsewhere")

// complete is finish with what follows from an erasure of one purpose, whoever
// brings it to its end.
func (e *Erasures) complete(ctx context.Context, id string) (Erasure, error) {
	done, err := e.finish(ctx, id)
	if err != nil || done.State != ErasureDone || done.Purpose == "" || done.Person == "" {
		return done, err
	}
	return done, e.follow(ctx, done.Person)
}

// finish takes an erasure from wherever it stands to its end, or to the hold
// that it must wait for.
func (e *Erasures) finish(ctx context.Context, id string) (Erasure, error) {
	for {
		erasure, err := readErasure(e.store.Reader(ctx), id)
		if err != nil || erasure.State == ErasureDone {
			return erasure, err
		}
		waits, err := e.step(ctx, erasure)
		if err != nil && !errors.Is(err, errElsewhere) {
			return erasure, fmt.Errorf("erasure %s: %w", id, err)
		}
		if waits {
			return readErasure(e.store.Reader(ctx), id)
		}
	}
}

func (e *Erasures) step(ctx context.Context, erasure Erasure) (waits bool, err error) {
	if err := e.reached(erasure.State); err != nil {
		return false, err
	}
	if erasure.unknown { // to be taken for everything would be the worst mistake
		return false, errors.New("its purpose is not known here")
	}
	if erasure.State == ErasureRemoved {
		return false, e.issue(ctx, erasure)
	}
	if erasure.Occasion == receipt.Asked { // also when the keys are gone: a hold may have come since
		until, held, err := e.holds.Until(ctx, nil, erasure.Person, erasure.Purpose)
		if err != nil {
			return false, err
		}
		if held {
			return true, e.wait(ctx, erasure, until)
		}
	}
	if erasure.State == ErasureDestroyed {
		return false, e.remove(ctx, erasure)
	}
	return false, e.destroy(ctx, erasure)
}

// wait puts an erasure off until a hold ends. Of an erasure of everything, what
// is not held goes at once, each purpose with a receipt of its own.
func (e *Erasures) wait(ctx context.Context, erasure Erasure, until time.Time) error {
	if erasure.Purpose == "" {
		if err := e.eraseFree(ctx, erasure.Person); err != nil {
			return err
		}
	}
	if erasure.State == ErasureHeld && erasure.HeldUntil.Equal(until) {
		return nil // nothing new
	}
	return e.log.Record(ctx, erasure.entry(audit.System("erasure"), "privacy.erasure-held"), func(tx *db.Tx) error {
		if err := moveErasure(tx, erasure, ErasureHeld, "held_until", until); err != nil {
			return err
		}
		_, err := e.jobs.Enqueue(tx, finishJob, erasure.ID, jobs.Options{RunAt: until})
		return err
	})
}

func (e *Erasures) eraseFree(ctx context.Context, person string) error {
	items, err := e.vault.Describe(ctx, person)
	if err != nil {
		return err
	}
	seen := map[vault.Purpose]bool{}
	for _, item := range items {
		if seen[item.Purpose] {
			continue
		}
		seen[item.Purpose] = true
		held, err := e.holds.Held(ctx, nil, person, item.Purpose)
		if err != nil {
			return err
		}
		if held {
			continue
		}
		if _, err := e.Erase(ctx, audit.System("erasure"), person, item.Purpose); err != nil {
			return err
		}
	}
	return nil
}

// destroy ends the keys first: whatever happens then, nothing that they sealed
// can be opened again, in whichever copy.
func (e *Erasures) destroy(ctx context.Context, erasure Erasure) error {
	purposes := []vault.Purpose{erasure.Purpose}
	if erasure.Occasion == receipt.Expired {
		var err error
		if purposes, err = e.endedPurposes(ctx, erasure); err != nil {
			return err
		}
	}
	if err := e.mark(ctx, erasure); err != nil {
		return err
	}
	var keys []vault.DestroyedKey
	for _, purpose := range purposes {
		destroyed, err := e.vault.DestroyKeys(ctx, erasure.Person, purpose)
		if err != nil {
			return fmt.Errorf("destroy keys: %w", err)
		}
		for _, key := range destroyed {
			if key.Purpose != "" && !key.At.Before(erasure.AskedAt) { // the earlier ones stand on earlier receipts
				keys = append(keys, key)
			}
		}
	}
	entry := erasure.entry(audit.System("erasure"), "privacy.keys-destroyed")
	entry.Details = map[string]string{"keys": strconv.Itoa(len(keys))}
	return e.log.Record(ctx, entry, func(tx *db.Tx) error {
		return moveErasure(tx, erasure, ErasureDestroyed, "keys", keysJSON(keys))
	})
}

// mark lets the key store remember an erasure that was asked for, so that it is
// repeated when an old copy of the main database is put back.
func (e *Erasures) mark(ctx context.Context, erasure Erasure) error {
	switch {
	case erasure.Occasion != receipt.Asked:
		return nil
	case erasure.Purpose == "":
		return e.vault.MarkErased(ctx, erasure.Person)
	}
	return e.vault.MarkErasedFor(ctx, erasure.Person, erasure.Purpose, erasure.ID)
}

// remove takes rows and items away and writes the body of the receipt and the
// entry that names it, all in one transaction. The entry names nobody, because
// the receipt brings it along.
func (e *Erasures) remove(ctx context.Context, erasure Erasure) error {
	entry := audit.Entry{Actor: audit.System("erasure"), Action: receipt.Action, Subject: receipt.Subject(erasure.ID),
		Purpose: string(erasure.Purpose), Details: map[string]string{}}
	err := e.log.Record(ctx, entry, func(tx *db.Tx) error {
		others, err := e.otherErasures(tx, erasure)
		if err != nil {
			return err
		}
		if err := e.stillIn(tx, erasure); err != nil {
			return err
		}
		send := func(string) error { return nil }
		if e.farewell != nil && erasure.Purpose == "" && erasure.Occasion == receipt.Asked {
			var err error
			if send, err = e.farewell(tx, erasure.Person); err != nil {
				return err
			}
		}
		gone, items, err := e.clear(tx, erasure)
		if err != nil {
			return err
		}
		id := gone.Receipt
		if id == "" {
			id = ids.New("rcp")
		}
		body := e.body(erasure, id, gone, items).Body()
		entry.Details[receipt.Detail] = receipt.Hash(body)
		entry.Details["items"], entry.Details["rows"] = strconv.Itoa(len(items)), strconv.Itoa(gone.Total())
		if err := insertReceipt(tx, receiptRow{ID: id, ErasureID: erasure.ID, Body: string(body), At: e.clock.Now()}); err != nil {
			return err
		}
		if err := moveErasure(tx, erasure, ErasureRemoved, "receipt_id", id); err != nil {
			return err
		}
		if err := e.endOthers(tx, others, id); err != nil {
			return err
		}
		return send(id)
	})
	if err != nil || erasure.Occasion != receipt.Asked {
		return err
	}
	// What a request that ran at the same time has sealed since is gone with its
	// row; its key goes too.
	_, err = e.vault.DestroyKeys(ctx, erasure.Person, erasure.Purpose)
	return err
}

// otherErasures lists the erasures of the same person that one of everything ends
// with it: nothing is left for them, nor does anything say any more whose they are.
func (e *Erasures) otherErasures(tx *db.Tx, erasure Erasure) ([]Erasure, error) {
	if erasure.Purpose != "" || erasure.Occasion != receipt.Asked || erasure.Person == "" {
		return nil, nil
	}
	return takeOthers(tx, erasure)
}

// endOthers ends erasures with the receipt of the one that took everything; those
// that a hold kept tell whoever waits for them.
func (e *Erasures) endOthers(tx *db.Tx, others []Erasure, receiptID string) error {
	for _, other := range others {
		if other.HeldUntil.IsZero() {
			continue
		}
		other.ReceiptID = receiptID
		if err := e.late(tx, other); err != nil {
			return err
		}
	}
	return endErasures(tx, others, receiptID, e.clock.Now())
}

// stillIn holds the erasure until the end of the transaction.
func (e *Erasures) stillIn(tx *db.Tx, erasure Erasure) error {
	now, err := takeErasure(tx, erasure.ID)
	if err == nil && now.State != erasure.State {
		err = errElsewhere
	}
	return err
}

// clear removes what the erasure is about, from every source.
func (e *Erasures) clear(tx *db.Tx, erasure Erasure) (Erased, []vault.RemovedItem, error) {
	if erasure.Occasion == receipt.Expired {
		return e.clearDue(tx, erasure)
	}
	items, err := e.vault.RemoveAll(tx, erasure.Person, erasure.Purpose)
	if err != nil {
		return Erased{}, nil, err
	}
	gone := ErasedRows("vault_items", len(items))
	for _, s := range e.register.sources {
		more, err := s.Erase(tx, erasure.Person, erasure.Purpose)
		if err != nil {
			return Erased{}, nil, fmt.Errorf("erase %s: %w", s.Name(), err)
		}
		gone = gone.And(more)
	}
	return gone, items, nil
}

func (e *Erasures) body(erasure Erasure, id string, gone Erased, items []vault.RemovedItem) receipt.Receipt {
	r := receipt.Receipt{ID: id, Erasure: erasure.ID, At: e.clock.Now(), Scope: receipt.Everything, Occasion: erasure.Occasion,
		Signer: e.signer.VerifierKey(), Log: e.log.VerifierKey()}
	switch {
	case erasure.Occasion == receipt.Expired:
		r.Scope = receipt.Outlived
	case erasure.Purpose != "":
		r.Scope = string(erasure.Purpose)
	}
	for _, k := range erasure.keys {
		r.Keys = append(r.Keys, receipt.Key{ID: k.ID, Purpose: string(k.Purpose), At: k.At})
	}
	for _, i := range items {
		r.Items = append(r.Items, receipt.Item{ID: i.ID, Purpose: string(i.Purpose), SHA256: i.SHA256})
	}
	for table, n := range gone.Rows {
		r.Rows = append(r.Rows, receipt.Rows{Table: table, Count: n})
	}
	for _, k := range gone.Kept {
		r.Kept = append(r.Kept, receipt.Kept{What: k.What, Law: k.Law, Until: k.Until, Receipt: k.Receipt})
	}
	return r.Sorted()
}

// issue signs the receipt with the place that its entry has found in the log,
// checks it like a stranger would, and empties the database's log of changes.
func (e *Erasures) issue(ctx context.Context, erasure Erasure) error {
	row, found, err := readReceipt(e.store.Reader(ctx), erasure.ReceiptID)
	if err != nil || !found {
		return errors.Join(err, fmt.Errorf("the receipt %s is missing", erasure.ReceiptID))
	}
	file, err := e.sign(ctx, erasure, []byte(row.Body))
	if err != nil {
		return err
	}
	err = e.log.Record(ctx, erasure.entry(audit.System("erasure"), "privacy.receipt-issued"), func(tx *db.Tx) error {
		if err := e.stillIn(tx, erasure); err != nil {
			return err
		}
		if err := saveReceipt(tx, erasure.ReceiptID, string(file)); err != nil {
			return err
		}
		if !erasure.HeldUntil.IsZero() {
			if err := e.late(tx, erasure); err != nil {
				return err
			}
		}
		return moveErasure(tx, erasure, ErasureDone, "done_at", e.clock.Now())
	})
	if err != nil {
		return err
	}
	return e.store.Scrub(ctx)
}

func (e *Erasures) sign(ctx context.Context, erasure Erasure, body []byte) ([]byte, error) {
	entry, found, err := e.log.Find(ctx, receipt.Subject(erasure.ID), receipt.Action)
	if err != nil || !found {
		return nil, errors.Join(err, errors.New("the log has no entry of it"))
	}
	proof, err := e.log.Inclusion(ctx, entry.Index)
	if err != nil {
		return nil, err
	}
	root, err := e.log.Root(ctx, proof.Size)
	if err != nil {
		return nil, err
	}
	file, err := e.signer.Sign(body, root.String(), proof)
	if err != nil {
		return nil, err
	}
	_, err = receipt.Verify(file, e.signer.VerifierKey(), e.log.VerifierKey())
	return file, err
}
