package vault

import (
	"context"
	"fmt"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/db"
)

// rewrapBatch is how many keys one transaction of a rotation rewraps.
const rewrapBatch = 1000

// Rotate makes next the wrapping master key and rewraps every key and secret
// that another one wraps, in short transactions on the key store while the
// program serves; the items themselves stay as they are. It can be stopped or
// killed at any point and started again. Other processes must have next loaded
// before it starts. It returns how many keys it rewrapped; afterwards the old
// master key can be retired.
func (v *Vault) Rotate(ctx context.Context, next MasterKey) (int, error) {
	todo, err := countKeysNotUnder(v.keys.store.Reader(ctx), next.ID())
	if err != nil {
		return 0, err
	}
	if todo > 0 {
		if err := v.noteRotation(ctx, "vault.rewrapping", next, int(todo)); err != nil {
			return 0, err
		}
	}
	total, err := v.keys.rotate(ctx, next)
	if err != nil {
		return total, fmt.Errorf("rotate master key after %d keys: %w", total, err)
	}
	if total > 0 {
		err = v.noteRotation(ctx, "vault.rewrapped", next, total)
	}
	return total, err
}

func (v *Vault) noteRotation(ctx context.Context, action string, next MasterKey, keys int) error {
	entry := audit.Entry{
		Actor: audit.System("rotation"), Action: action, Subject: "master:" + next.ID(),
		Details: map[string]string{"keys": strconv.Itoa(keys)},
	}
	return v.log.Record(ctx, entry, func(*db.Tx) error { return nil })
}

func (k *Keys) rotate(ctx context.Context, next MasterKey) (int, error) {
	k.masters.use(next)
	if err := k.write(ctx, func(tx *db.Tx) error { return k.rewrapSecrets(tx, next) }); err != nil {
		return 0, err
	}
	total, after := 0, ""
	for {
		var done []wrappedKey
		err := k.write(ctx, func(tx *db.Tx) (err error) {
			done, err = k.rewrapSome(tx, next, after)
			return err
		})
		if err != nil {
			return total, err
		}
		total += len(done)
		switch {
		case len(done) > 0:
			after = done[len(done)-1].ID
		case after != "": // once more from the beginning, for what was made meanwhile
			after = ""
		default:
			return total, k.store.Scrub(ctx)
		}
	}
}

func (k *Keys) rewrapSome(tx *db.Tx, next MasterKey, after string) ([]wrappedKey, error) {
	keys, err := takeKeysNotUnder(tx, next.ID(), after, rewrapBatch)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		handle, err := k.masters.unwrap(key)
		if err != nil {
			return nil, err
		}
		key.Wrapped, err = wrap(handle, next, key.Person, key.Purpose)
		if err != nil {
			return nil, err
		}
		key.MasterID = next.ID()
		if err := updateKey(tx, key); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (k *Keys) rewrapSecrets(tx *db.Tx, next MasterKey) error {
	rows, err := takeSecretsNotUnder(tx, next.ID())
	if err != nil {
		return err
	}
	for _, row := range rows {
		secret, err := k.masters.unwrapSecret(row)
		if err != nil {
			return err
		}
		if row.Wrapped, err = wrapSecret(secret, next, row.Label); err != nil {
			return err
		}
		row.MasterID = next.ID()
		if err := updateSecret(tx, row); err != nil {
			return err
		}
	}
	return nil
}
