package vault

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// newKeyset draws the key of one person and purpose (AES-256-GCM) and wraps it.
func newKeyset(master MasterKey, person string, purpose Purpose) ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make vault key: %w", err)
	}
	return wrap(handle, master, person, purpose)
}

func wrap(handle *keyset.Handle, master MasterKey, person string, purpose Purpose) ([]byte, error) {
	wrapper, err := master.wrapper()
	if err != nil {
		return nil, fmt.Errorf("wrap vault key: %w", err)
	}
	var out bytes.Buffer
	err = handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&out), wrapper, keyData(person, purpose))
	if err != nil {
		return nil, fmt.Errorf("wrap vault key: %w", err)
	}
	return out.Bytes(), nil
}

func unwrap(wrapped []byte, master MasterKey, person string, purpose Purpose) (*keyset.Handle, error) {
	wrapper, err := master.wrapper()
	if err != nil {
		return nil, fmt.Errorf("unwrap vault key: %w", err)
	}
	handle, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(wrapped)), wrapper, keyData(person, purpose))
	if err != nil {
		return nil, fmt.Errorf("unwrap vault key: %w", err)
	}
	return handle, nil
}

func cipher(handle *keyset.Handle) (tink.AEAD, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use vault key: %w", err)
	}
	return primitive, nil
}

// wrapSecret seals 32 bytes of the program itself, bound to their label.
func wrapSecret(secret []byte, master MasterKey, label string) ([]byte, error) {
	wrapper, err := master.wrapper()
	if err != nil {
		return nil, fmt.Errorf("wrap secret %s: %w", label, err)
	}
	wrapped, err := wrapper.Encrypt(secret, secretData(label))
	if err != nil {
		return nil, fmt.Errorf("wrap secret %s: %w", label, err)
	}
	return wrapped, nil
}

func unwrapSecret(wrapped []byte, master MasterKey, label string) ([]byte, error) {
	wrapper, err := master.wrapper()
	if err != nil {
		return nil, fmt.Errorf("unwrap secret %s: %w", label, err)
	}
	secret, err := wrapper.Decrypt(wrapped, secretData(label))
	if err != nil {
		return nil, fmt.Errorf("unwrap secret %s: %w", label, err)
	}
	return secret, nil
}

func secretData(label string) []byte { return lengthPrefixed("truepenny/secret/1", label) }

// keyData binds a wrapped key to its person and purpose: copied to another row
// it does not unwrap.
func keyData(person string, purpose Purpose) []byte {
	return lengthPrefixed("truepenny/vault-key/1", person, string(purpose))
}

// itemData binds a ciphertext to the place it was sealed for (table, row,
// column, purpose) and to its own row of the vault, so that it opens nowhere
// else and as nothing else.
func itemData(i Item) []byte {
	return lengthPrefixed("truepenny/vault-item/1", i.Slot.Table, i.Slot.Row, i.Slot.Column,
		string(i.Purpose), i.Person, i.ID, i.MIME)
}

// lengthPrefixed joins fields so that no two different lists give the same bytes.
func lengthPrefixed(fields ...string) []byte {
	var out []byte
	for _, f := range fields {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	return out
}
