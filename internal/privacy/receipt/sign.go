package receipt

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"truepenny/internal/audit"
)

// keyName is the name under which receipts are signed.
const keyName = "truepenny-receipts"

// Action is the action of the log's entry that names an erasure.
const Action = "privacy.erased"

// Detail is the detail of that entry that holds the hash of the body.
const Detail = "receipt-sha256"

// Subject is how the log names an erasure.
func Subject(erasure string) string { return "erasure:" + erasure }

// Signer signs receipts.
type Signer struct {
	signer   note.Signer
	verifier string
}

// NewSigner makes a signer from the 32-byte seed of an Ed25519 key.
func NewSigner(seed []byte) (Signer, error) {
	if len(seed) != ed25519.SeedSize {
		return Signer{}, fmt.Errorf("receipt key has %d bytes, not %d", len(seed), ed25519.SeedSize)
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(keyName, public)
	if err != nil {
		return Signer{}, fmt.Errorf("receipt key: %w", err)
	}
	const ed25519Algorithm = "\x01"
	secret := base64.StdEncoding.EncodeToString(append([]byte(ed25519Algorithm), seed...))
	signer, err := note.NewSigner("PRIVATE+KEY+" + keyName + "+" + strings.Split(verifier, "+")[1] + "+" + secret)
	if err != nil {
		return Signer{}, fmt.Errorf("receipt key: %w", err)
	}
	return Signer{signer, verifier}, nil
}

// VerifierKey is the public key with which anyone can check a receipt.
func (s Signer) VerifierKey() string { return s.verifier }

// The lines after the body, and the one blank line between.
const (
	proofLine = "log-proof: "
	position  = "log-entry: %d\nlog-size: %d\nlog-root: %s\n"
)

// Sign makes the file: body, place in the log with its proof, signature (a
// signed note, golang.org/x/mod/sumdb/note).
func (s Signer) Sign(body []byte, root string, proof audit.Proof) ([]byte, error) {
	text, err := fileText(body, root, proof)
	if err != nil {
		return nil, err
	}
	file, err := note.Sign(&note.Note{Text: text}, s.signer)
	if err != nil {
		return nil, fmt.Errorf("sign receipt: %w", err)
	}
	return file, nil
}

func fileText(body []byte, root string, proof audit.Proof) (string, error) {
	packed, err := json.Marshal(proof)
	if err != nil {
		return "", fmt.Errorf("write proof: %w", err)
	}
	return string(body) + fmt.Sprintf(position, proof.Index, proof.Size, root) +
		proofLine + base64.StdEncoding.EncodeToString(packed) + "\n", nil
}
