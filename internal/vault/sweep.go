package vault

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

const (
	// restKept is how long items stay whose key is destroyed. An erasure removes
	// them itself, and says which; later they came back with an old backup.
	restKept = 24 * time.Hour

	// idleKept is how long a key stays in use, and then once more only to open,
	// while nothing is there that it sealed. A database that was put back from
	// the wrong day can be put right that long.
	idleKept = 7 * 24 * time.Hour
)

// Swept says what a sweep found.
type Swept struct {
	Items     int // that nobody can open any more
	Retired   int // keys
	Destroyed int // keys
}

// Sweep clears away what is of no use: items whose key was destroyed more than
// a day ago, and, in two steps a week apart, keys that sealed nothing which is
// still there, so that copies of it in old backups open no more. A job runs it
// daily.
func (v *Vault) Sweep(ctx context.Context) (Swept, error) {
	var out Swept
	for after := ""; ; {
		page, err := readIdleness(v.keys.store.Reader(ctx), after, keysPage)
		if err != nil || len(page) == 0 {
			return out, err
		}
		after = page[len(page)-1].id
		if err := v.sweepSome(ctx, page, &out); err != nil {
			return out, err
		}
	}
}

// idleness is what a sweep needs to know of a key.
type idleness struct {
	id, person             string
	purpose                Purpose
	created, retired, gone time.Time // zero when it has not happened
}

func (v *Vault) sweepSome(ctx context.Context, page []idleness, out *Swept) error {
	keyIDs := make([]string, len(page))
	for i, k := range page {
		keyIDs[i] = k.id
	}
	items, err := countItemsOf(v.store.Reader(ctx), keyIDs)
	if err != nil {
		return err
	}
	now := v.clock.Now()
	for _, k := range page {
		var err error
		switch n := items[k.id]; {
		case !k.gone.IsZero():
			if n > 0 && now.Sub(k.gone) >= restKept {
				err = v.removeRest(ctx, k, n)
				out.Items += n
			}
		case n > 0:
		case k.retired.IsZero() && now.Sub(k.created) >= idleKept:
			err = v.keys.write(ctx, func(tx *db.Tx) error { return retireKey(tx, k.id, now) })
			out.Retired++
		case !k.retired.IsZero() && now.Sub(k.retired) >= idleKept:
			err = v.destroyOne(ctx, k.id, k.person, k.purpose)
			out.Destroyed++
		}
		if err != nil {
			return fmt.Errorf("sweep key %s: %w", k.id, err)
		}
	}
	return nil
}

// removeRest removes what a destroyed key has sealed.
func (v *Vault) removeRest(ctx context.Context, k idleness, items int) error {
	entry := audit.Entry{
		Actor: audit.System("retention"), Action: "vault.swept", Subject: "key:" + k.id,
		Person: k.person, Purpose: string(k.purpose), Details: map[string]string{"items": strconv.Itoa(items)},
	}
	return v.log.Record(ctx, entry, func(tx *db.Tx) error { return deleteItemsOf(tx, k.id) })
}
