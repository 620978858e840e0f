package vault

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"truepenny/internal/db"
)

// Due lists the items whose time is over at now, under legal hold or not.
func (v *Vault) Due(ctx context.Context, now time.Time) ([]Item, error) {
	return itemsDue(v.store.Reader(ctx), now.UTC())
}

// RemoveDue deletes the items of a person whose time is over at now and that
// nobody holds, and tells which.
func (v *Vault) RemoveDue(tx *db.Tx, person string, now time.Time) ([]RemovedItem, error) {
	items, err := takeItemsOf(tx, person, "")
	if err != nil {
		return nil, err
	}
	held := map[Purpose]bool{}
	var out []RemovedItem
	for _, item := range items { // one in memory at a time
		if now.Before(item.KeepUntil) {
			continue
		}
		if _, asked := held[item.Purpose]; !asked {
			if held[item.Purpose], err = v.held(contextOf(tx), tx, person, item.Purpose); err != nil {
				return nil, err
			}
		}
		if held[item.Purpose] {
			continue
		}
		sealed, err := takeSealed(tx, item.ID)
		if err != nil {
			return nil, fmt.Errorf("read sealed item: %w", err)
		}
		sum := sha256.Sum256(sealed.Ciphertext)
		out = append(out, RemovedItem{ID: item.ID, Purpose: item.Purpose, SHA256: hex.EncodeToString(sum[:])})
		if err := deleteItem(tx, item.ID); err != nil {
			return nil, err
		}
	}
	return out, nil
}
