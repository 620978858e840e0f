package vault

import (
	"context"
	"crypto/aes"
	stdcipher "crypto/cipher"
	"errors"
	"fmt"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"

	"truepenny/internal/ids"
)

const (
	// triedItems is how many sealed items of a purpose every key of the other is
	// tried on, the smallest ones.
	triedItems = 8

	keysPage = 1000
)

// JoinAttempt is what an attempt to join the items of two purposes came to.
// Opened must be 0.
type JoinAttempt struct {
	KeysA, KeysB int // every key there is, and one made for the attempt
	ItemsTried   int // of both purposes, with one sealed for the attempt each
	Tries        int
	Opened       int // tries that opened something, wrapped keys taken for the other purpose's, equal keys
	At           time.Time
}

// TryToJoin tries what somebody would who had everything, keys too: to open
// items sealed for one purpose with keys of the other, past every check of Open.
// Every key of a is tried on items of b and back, under both purposes' names;
// every wrapped key is taken for one of the other purpose; and no key of a may
// be one of b, which covers the items that were not tried. A key and an item
// for each purpose are made for the attempt, so that it means something while
// nothing is kept for one of them. It reads and stores nothing else.
func (v *Vault) TryToJoin(ctx context.Context, a, b Purpose) (JoinAttempt, error) {
	out := JoinAttempt{At: v.clock.Now()}
	if a == b {
		return out, errors.New("vault: a purpose is not held against itself")
	}
	sideA, err := v.joinSide(ctx, a)
	if err != nil {
		return out, err
	}
	sideB, err := v.joinSide(ctx, b)
	if err != nil {
		return out, err
	}
	out.ItemsTried = len(sideA.items) + len(sideB.items)
	inA := map[[32]byte]bool{}
	err = v.eachKey(ctx, sideA, b, &out, func(key [32]byte) error {
		out.KeysA++
		inA[key] = true
		return out.try(key, sideB, a)
	})
	if err != nil {
		return out, err
	}
	return out, v.eachKey(ctx, sideB, a, &out, func(key [32]byte) error {
		out.KeysB++
		if inA[key] {
			out.Opened++
		}
		return out.try(key, sideA, b)
	})
}

// joinSide is one of the two purposes that an attempt tries to join.
type joinSide struct {
	purpose Purpose
	probe   wrappedKey
	items   []sealedItem
}

// joinSide makes the key and the item of the attempt the same way as real ones,
// and opens that item with its own key: an attempt that could not even do that
// would prove nothing.
func (v *Vault) joinSide(ctx context.Context, p Purpose) (joinSide, error) {
	master := v.keys.masters.wrapping()
	probe := wrappedKey{ID: "key_probe", Person: "probe", Purpose: p, MasterID: master.ID()}
	side := joinSide{purpose: p}
	var err error
	if probe.Wrapped, err = newKeyset(master, probe.Person, p); err != nil {
		return side, err
	}
	seals, err := v.keys.masters.cipher(probe)
	if err != nil {
		return side, err
	}
	item := sealedItem{Item: Item{ID: ids.New("itm"), Person: probe.Person, Purpose: p, Slot: Slot{"probe", "probe", "probe"}, MIME: "text/plain"}}
	if item.Ciphertext, err = seals.Encrypt([]byte("probe"), itemData(item.Item)); err != nil {
		return side, fmt.Errorf("seal probe: %w", err)
	}
	key, err := v.keys.raw(probe)
	if err != nil {
		return side, err
	}
	control := JoinAttempt{}
	side.probe, side.items = probe, []sealedItem{item}
	if err := control.try(key, side, p); err != nil {
		return side, err
	}
	if control.Opened == 0 {
		return side, errors.New("vault: the attempt cannot even open its own item, so it proves nothing")
	}
	real, err := readSmallest(v.store.Reader(ctx), p, triedItems)
	side.items = append(side.items, real...)
	return side, err
}

// eachKey goes through every key of a side, in clear, and tries on the way
// whether one unwraps as a key of the other purpose.
func (v *Vault) eachKey(ctx context.Context, side joinSide, other Purpose, out *JoinAttempt, use func(key [32]byte) error) error {
	page := []wrappedKey{side.probe}
	for after := ""; len(page) > 0; {
		for _, w := range page {
			key, err := v.keys.raw(w)
			if err != nil {
				return err
			}
			posing := w
			posing.Purpose = other
			out.Tries++
			if _, err := v.keys.raw(posing); err == nil {
				out.Opened++
			}
			if err := use(key); err != nil {
				return err
			}
		}
		var err error
		if page, err = readKeysAfter(v.keys.store.Reader(ctx), side.purpose, after, keysPage); err != nil {
			return err
		}
		if len(page) > 0 {
			after = page[len(page)-1].ID
		}
	}
	return nil
}

// raw is the key itself, for the attempt alone: Tink would turn a foreign
// ciphertext away by a number in front of it and never try.
func (k *Keys) raw(w wrappedKey) (key [32]byte, err error) {
	handle, err := k.masters.unwrap(w)
	if err != nil {
		return key, err
	}
	entry, err := handle.Primary()
	if err != nil {
		return key, fmt.Errorf("use vault key: %w", err)
	}
	gcm, ok := entry.Key().(*aesgcm.Key)
	if !ok || gcm.KeyBytes().Len() != len(key) {
		return key, errors.New("vault: a key is of another kind than the vault makes")
	}
	copy(key[:], gcm.KeyBytes().Data(insecuresecretdataaccess.Token{}))
	return key, nil
}

// try decrypts every item of a side with a key, AES-256-GCM as such: under the
// item's own purpose and under the name of the purpose that the key is of.
func (j *JoinAttempt) try(key [32]byte, side joinSide, of Purpose) error {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return fmt.Errorf("use vault key: %w", err)
	}
	gcm, err := stdcipher.NewGCM(block)
	if err != nil {
		return fmt.Errorf("use vault key: %w", err)
	}
	const prefix, nonce = 5, 12 // Tink: version and number of the key, then the nonce
	for _, item := range side.items {
		if len(item.Ciphertext) < prefix+nonce {
			continue
		}
		posing := item.Item
		posing.Purpose = of
		for _, data := range [][]byte{itemData(item.Item), itemData(posing)} {
			j.Tries++
			if _, err := gcm.Open(nil, item.Ciphertext[prefix:prefix+nonce], item.Ciphertext[prefix+nonce:], data); err == nil {
				j.Opened++
			}
		}
	}
	return nil
}
