package vault

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/tink"

	"truepenny/internal/ids"
)

const (
	masterSize   = 32
	masterPrefix = "truepenny-key-1:" // followed by the 32 bytes in base64url
)

// MasterKey is the secret from which everything else is reachable: it wraps the
// keys of the vault and is the source of the other secrets of the program. It
// prints as its id, never as itself.
type MasterKey struct{ secret []byte }

// NewMasterKey draws a key.
func NewMasterKey() MasterKey { return MasterKey{ids.Bytes(masterSize)} }

// ParseMasterKey reads the text form, as it stands in a key file or a setting.
func ParseMasterKey(text string) (MasterKey, error) {
	body, ok := strings.CutPrefix(strings.TrimSpace(text), masterPrefix)
	if !ok {
		return MasterKey{}, fmt.Errorf("a master key begins with %q", masterPrefix)
	}
	secret, err := base64.RawURLEncoding.Strict().DecodeString(body)
	if err != nil || len(secret) != masterSize {
		return MasterKey{}, fmt.Errorf("the master key is damaged: %d bytes in base64url must follow %q", masterSize, masterPrefix)
	}
	return MasterKey{secret}, nil
}

// LoadMasterKey reads a key file. A file that anyone but its owner can read is
// refused: such a key must be considered known.
func LoadMasterKey(path string) (MasterKey, error) {
	info, err := os.Stat(path)
	if err != nil {
		return MasterKey{}, fmt.Errorf("read master key: %w", err)
	}
	if !info.Mode().IsRegular() {
		return MasterKey{}, fmt.Errorf("the master key %s is not a file", path)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return MasterKey{}, fmt.Errorf("the master key file %s has mode %04o, so others on this machine can read it: run `chmod 600 %s`, and make a new key if somebody may have read this one", path, mode, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return MasterKey{}, fmt.Errorf("read master key: %w", err)
	}
	key, err := ParseMasterKey(string(text))
	if err != nil {
		return MasterKey{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// CreateMasterKey draws a key and writes it to a new file with mode 0600. It
// never replaces a file: that would make everything sealed so far unreadable.
func CreateMasterKey(path string) (MasterKey, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return MasterKey{}, fmt.Errorf("there is already a master key at %s; it is not replaced: %w", path, err)
	}
	if err != nil {
		return MasterKey{}, fmt.Errorf("make master key: %w", err)
	}
	key := NewMasterKey()
	_, err = file.WriteString(key.text() + "\n")
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return MasterKey{}, fmt.Errorf("write master key: %w", err)
	}
	return key, nil
}

func (m MasterKey) text() string {
	return masterPrefix + base64.RawURLEncoding.EncodeToString(m.secret)
}

// Derive gives 32 bytes for another use, named by its label ("audit",
// "ratelimit"): HKDF-SHA256 (RFC 5869), so one derived secret tells nothing
// about the key or about another.
func (m MasterKey) Derive(label string) []byte {
	if len(m.secret) != masterSize {
		panic("vault: the zero MasterKey is no key")
	}
	out, err := hkdf.Key(sha256.New, m.secret, nil, "truepenny/1/"+label, 32)
	if err != nil {
		panic(err) // unreachable: 32 bytes are within what HKDF can give
	}
	return out
}

// ID names the key in the database and in logs without telling anything of it.
func (m MasterKey) ID() string { return hex.EncodeToString(m.Derive("id")[:8]) }

// String masks the key.
func (m MasterKey) String() string {
	if len(m.secret) == 0 {
		return "no master key"
	}
	return "master key " + m.ID()
}

// GoString masks the key in %#v.
func (m MasterKey) GoString() string { return m.String() }

// LogValue masks the key in logs.
func (m MasterKey) LogValue() slog.Value { return slog.StringValue(m.String()) }

// wrapper is the cipher that wraps keysets. XChaCha20-Poly1305 has a nonce long
// enough to be drawn at random for any number of keys.
func (m MasterKey) wrapper() (tink.AEAD, error) {
	return subtle.NewXChaCha20Poly1305(m.Derive("vault"))
}
