package vault

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// OpenAll is Open for several items, all or none, in the order of itemIDs, with
// one entry that counts and names them. They must belong to one person.
func (v *Vault) OpenAll(ctx context.Context, actor audit.Actor, itemIDs []string, purpose Purpose, reason string) ([]Opened, error) {
	if len(itemIDs) == 0 {
		return nil, nil
	}
	byID, err := readItems(v.store.Reader(ctx), itemIDs)
	if err != nil {
		return nil, err
	}
	items := make(map[string]Item, len(byID))
	for id, s := range byID {
		items[id] = s.Item
	}
	wanted, err := v.inOrder(items, itemIDs)
	if err != nil {
		return nil, err
	}
	entry, err := v.mayOpen(ctx, actor, wanted, purpose, reason)
	if err != nil {
		return nil, err
	}
	sealed := make([]sealedItem, len(wanted))
	for i, item := range wanted {
		sealed[i] = byID[item.ID]
	}
	opened, err := v.decryptAll(ctx, sealed)
	if err != nil {
		return nil, err
	}
	if err := v.logOpening(ctx, entry, itemIDs); err != nil {
		return nil, err // no entry, no plaintext
	}
	return opened, nil
}

// OpenEach is OpenAll for more than fits into memory: after the one entry, each
// item is opened, handed to use with its place in itemIDs, and forgotten. An
// error of use ends it. An item that is removed on the way is NotFound
// "vault.gone".
func (v *Vault) OpenEach(ctx context.Context, actor audit.Actor, itemIDs []string, purpose Purpose, reason string, use func(i int, o Opened) error) error {
	if len(itemIDs) == 0 {
		return nil
	}
	items, err := describeItems(v.store.Reader(ctx), itemIDs)
	if err != nil {
		return err
	}
	wanted, err := v.inOrder(items, itemIDs)
	if err != nil {
		return err
	}
	entry, err := v.mayOpen(ctx, actor, wanted, purpose, reason)
	if err != nil {
		return err
	}
	if _, err := v.keys.ciphers(ctx, wanted); err != nil { // no entry of what cannot be opened
		return err
	}
	if err := v.logOpening(ctx, entry, itemIDs); err != nil {
		return err
	}
	for i, item := range wanted {
		sealed, err := readItem(v.store.Reader(ctx), item.ID)
		if db.IsNotFound(err) {
			return errs.New(errs.NotFound, "vault.gone")
		}
		if err != nil {
			return fmt.Errorf("read sealed item: %w", err)
		}
		opened, err := v.decryptAll(ctx, []sealedItem{sealed})
		if err != nil {
			return err
		}
		if err := use(i, opened[0]); err != nil {
			return err
		}
	}
	return nil
}

// inOrder puts items in the order asked for; one that is missing or past its
// time makes the whole reading fail.
func (v *Vault) inOrder(items map[string]Item, itemIDs []string) ([]Item, error) {
	now := v.clock.Now()
	out := make([]Item, len(itemIDs))
	for i, id := range itemIDs {
		item, ok := items[id]
		if !ok || !now.Before(item.KeepUntil) {
			return nil, errs.New(errs.NotFound, "vault.gone")
		}
		out[i] = item
	}
	return out, nil
}

// mayOpen returns the entry for a look at items. A wrong purpose is logged and
// refused.
func (v *Vault) mayOpen(ctx context.Context, actor audit.Actor, items []Item, purpose Purpose, reason string) (audit.Entry, error) {
	entry := opening(actor, items, purpose, reason)
	for _, i := range items {
		if i.Person != items[0].Person {
			return entry, errors.New("vault: items of different people are opened one by one")
		}
		if i.Purpose != purpose {
			return entry, v.refuse(ctx, entry)
		}
	}
	entry.Action = "vault.opened"
	return entry, nil
}

// refuse logs an attempt under a wrong purpose.
func (v *Vault) refuse(ctx context.Context, entry audit.Entry) error {
	entry.Action = "vault.refused"
	if err := v.log.Record(ctx, entry, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	return errs.New(errs.Forbidden, "vault.purpose")
}

// logOpening writes the entry of a look, unless an erasure came first: that has
// the last word.
func (v *Vault) logOpening(ctx context.Context, entry audit.Entry, itemIDs []string) error {
	return v.log.Record(ctx, entry, func(tx *db.Tx) error { return requireItems(tx, itemIDs) })
}

func opening(actor audit.Actor, items []Item, purpose Purpose, reason string) audit.Entry {
	names := make([]string, len(items))
	for i, item := range items {
		names[i] = item.ID
	}
	first := items[0]
	return audit.Entry{
		Actor: actor, Subject: "item:" + first.ID, Person: first.Person,
		Purpose: string(purpose), Reason: reason,
		Details: map[string]string{
			"count": strconv.Itoa(len(items)), "items": strings.Join(names, " "),
			"table": first.Slot.Table, "row": first.Slot.Row, "column": first.Slot.Column,
		},
	}
}

// decryptAll opens items.
func (v *Vault) decryptAll(ctx context.Context, sealed []sealedItem) ([]Opened, error) {
	items := make([]Item, len(sealed))
	for i, s := range sealed {
		items[i] = s.Item
	}
	ciphers, err := v.keys.ciphers(ctx, items)
	if err != nil {
		return nil, err
	}
	out := make([]Opened, len(sealed))
	for i, s := range sealed {
		plain, err := ciphers[s.keyID].Decrypt(s.Ciphertext, itemData(s.Item))
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", s.ID, err)
		}
		out[i] = Opened{Plain: plain, MIME: s.MIME}
	}
	return out, nil
}
