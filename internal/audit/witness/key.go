package witness

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"truepenny/internal/audit/verify"
	"truepenny/internal/ids"
)

// keyMark begins a key file, so that no other file is taken for one.
const keyMark = "TRUEPENNY WITNESS KEY"

// Key is the secret key of a witness, used for one log only.
type Key struct {
	public  verify.WitnessKey
	private ed25519.PrivateKey
}

// CreateKey makes a key and writes it to a file that only its owner reads. A
// file that exists is left alone.
func CreateKey(file, name string) (Key, error) {
	k, err := newKey(name, ids.Bytes(ed25519.SeedSize))
	if err != nil {
		return Key{}, err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Key{}, fmt.Errorf("make key file: %w", err)
	}
	_, err = fmt.Fprintf(f, "%s\n%s\n%s\n", keyMark, name, base64.StdEncoding.EncodeToString(k.private.Seed()))
	return k, errors.Join(err, f.Sync(), f.Close())
}

// LoadKey reads a key file.
func LoadKey(file string) (Key, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Key{}, fmt.Errorf("read the witness's key (truepenny witness new makes one): %w", err)
	}
	lines := strings.Split(string(text), "\n")
	if len(lines) < 3 || lines[0] != keyMark {
		return Key{}, fmt.Errorf("%s is no key file of a witness", file)
	}
	seed, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(seed) != ed25519.SeedSize {
		return Key{}, fmt.Errorf("the key in %s is damaged", file)
	}
	return newKey(lines[1], seed)
}

func newKey(name string, seed []byte) (Key, error) {
	private := ed25519.NewKeyFromSeed(seed)
	public := verify.NewWitnessKey(name, private.Public().(ed25519.PublicKey))
	if _, err := verify.ParseWitnessKey(public.String()); err != nil {
		return Key{}, fmt.Errorf("the name %q cannot be a witness's: no spaces, no +, at most 100 characters", name)
	}
	return Key{public, private}, nil
}

// Verifier is the public key, as the log's keeper registers it.
func (k Key) Verifier() string { return k.public.String() }

// cosign states that the checkpoint with this text was the newest consistent one
// at that time. The state must have been stored before.
func (k Key) cosign(text string, at time.Time) string {
	return k.public.Cosignature(at, ed25519.Sign(k.private, verify.CosignedText(text, at)))
}

// Cosign is the checkpoint with the line of this witness. It does not remember
// what it signs: Follow does, and is what an operator uses.
func (k Key) Cosign(checkpoint string, at time.Time) string {
	text, _, _ := strings.Cut(checkpoint, "\n\n")
	return checkpoint + k.cosign(text+"\n", at)
}
