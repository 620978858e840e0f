package verify

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// cosignatureType marks the key of a witness in a verifier key (C2SP
// tlog-cosignature, Ed25519).
const cosignatureType = 0x04

// WitnessKey is the public key of a witness.
type WitnessKey struct {
	Name   string
	ID     uint32
	Public ed25519.PublicKey
}

var errWitnessKey = errors.New("this is no verifier key of a witness (NAME+ID+KEY, of the cosignature type)")

// ParseWitnessKey reads a verifier key of the cosignature type (C2SP signed-note,
// "vkey").
func ParseWitnessKey(text string) (WitnessKey, error) {
	name, rest, _ := strings.Cut(text, "+")
	id, key, found := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.Strict().DecodeString(key)
	if !found || err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != cosignatureType || !goodName(name) {
		return WitnessKey{}, errWitnessKey
	}
	w := NewWitnessKey(name, raw[1:])
	if given, err := hex.DecodeString(id); err != nil || len(given) != 4 || binary.BigEndian.Uint32(given) != w.ID {
		return WitnessKey{}, errWitnessKey
	}
	return w, nil
}

func goodName(name string) bool {
	return name != "" && len(name) <= 100 && !strings.ContainsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '+' })
}

// NewWitnessKey computes the id of a key from its name and public half.
func NewWitnessKey(name string, public ed25519.PublicKey) WitnessKey {
	sum := sha256.Sum256(append(append([]byte(name+"\n"), cosignatureType), public...))
	return WitnessKey{Name: name, ID: binary.BigEndian.Uint32(sum[:4]), Public: public}
}

// String is the verifier key as it is handed on.
func (w WitnessKey) String() string {
	return fmt.Sprintf("%s+%08x+%s", w.Name, w.ID, base64.StdEncoding.EncodeToString(append([]byte{cosignatureType}, w.Public...)))
}

// CosignedText is what a witness signs: that it saw this checkpoint as the
// newest consistent one at that time.
func CosignedText(checkpoint string, at time.Time) []byte {
	return fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at.Unix(), checkpoint)
}

// Cosignature is the line with which a witness signs a checkpoint: time (seconds)
// and signature behind the id of its key.
func (w WitnessKey) Cosignature(at time.Time, signature []byte) string {
	var b bytes.Buffer
	b.Write(binary.BigEndian.AppendUint32(nil, w.ID))
	b.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix())))
	b.Write(signature)
	return "— " + w.Name + " " + base64.StdEncoding.EncodeToString(b.Bytes()) + "\n"
}

// Cosigned looks among the signature lines of a note for that of the witness
// and checks it. It returns the line and the time that the witness states.
func (w WitnessKey) Cosigned(signed string) (line string, at time.Time, err error) {
	text, signatures, found := strings.Cut(signed, "\n\n")
	if !found {
		return "", time.Time{}, errors.New("this is no signed note")
	}
	for _, line := range strings.SplitAfter(signatures, "\n") {
		name, encoded, _ := strings.Cut(strings.TrimPrefix(line, "— "), " ")
		raw, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(encoded, "\n"))
		if name != w.Name || err != nil || len(raw) != 4+8+ed25519.SignatureSize || binary.BigEndian.Uint32(raw) != w.ID {
			continue
		}
		seconds := binary.BigEndian.Uint64(raw[4:])
		if seconds > 1<<40 { // far beyond any date that a database holds
			continue
		}
		at := time.Unix(int64(seconds), 0).UTC()
		if !ed25519.Verify(w.Public, CosignedText(text+"\n", at), raw[12:]) {
			continue
		}
		return w.Cosignature(at, raw[12:]), at, nil
	}
	return "", time.Time{}, fmt.Errorf("the witness %s has not signed this", w.Name)
}
