package audit

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/clock"
	"truepenny/internal/db"
)

// keyName is the name under which the head of the log is signed.
const keyName = "truepenny-audit"

// Log is the writer of the audit log.
type Log struct {
	store    *db.Store
	clock    clock.Clock
	signer   note.Signer
	verifier string
	edge     edge
}

// New makes the writer. seed is the 32-byte Ed25519 seed that signs the head.
func New(store *db.Store, clk clock.Clock, seed []byte) (*Log, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("audit key has %d bytes, not %d", len(seed), ed25519.SeedSize)
	}
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(keyName, public)
	if err != nil {
		return nil, fmt.Errorf("audit key: %w", err)
	}
	hash := strings.Split(verifier, "+")[1]
	const ed25519Algorithm = "\x01"
	secret := base64.StdEncoding.EncodeToString(append([]byte(ed25519Algorithm), seed...))
	signer, err := note.NewSigner("PRIVATE+KEY+" + keyName + "+" + hash + "+" + secret)
	if err != nil {
		return nil, fmt.Errorf("audit key: %w", err)
	}
	return &Log{store: store, clock: clk, signer: signer, verifier: verifier}, nil
}

// VerifierKey is the public key with which anyone can check the signed head.
func (l *Log) VerifierKey() string { return l.verifier }

// Record runs change and writes its entry in one transaction: neither exists
// without the other. It is the door to every write that concerns a person.
func (l *Log) Record(ctx context.Context, e Entry, change func(tx *db.Tx) error) error {
	return l.store.Write(ctx, func(tx *db.Tx) error {
		if err := change(tx); err != nil {
			return err
		}
		return l.Append(tx, e)
	})
}

// Append adds an entry inside a transaction that Record opened, for changes
// that need more than one. It is written when the rest of the transaction is
// done, because from then on every other writer of the log waits for this one.
func (l *Log) Append(tx *db.Tx, e Entry) error {
	tx.BeforeCommit(func() error { return l.write(tx, e) })
	return nil
}

func (l *Log) write(tx *db.Tx, e Entry) error {
	head, err := lockHead(tx)
	if err != nil {
		return err
	}
	row := Row{Index: head.Size, At: l.clock.Now(), Entry: e}
	details, err := row.detailsJSON()
	if err != nil {
		return err
	}
	tree := l.edge.of(head.Note, hashReader(tx))
	hashes, err := tree.add(head.Size, row.Leaf(details))
	if err != nil {
		return fmt.Errorf("audit tree: %w", err)
	}
	if err := insertRow(tx, row, details); err != nil {
		return err
	}
	if err := insertHashes(tx, tlog.StoredHashIndex(0, head.Size), hashes); err != nil {
		return err
	}
	return l.signHead(tx, tree, head.Size+1)
}

// signHead signs size and root as a checkpoint.
func (l *Log) signHead(tx *db.Tx, tree *growing, size int64) error {
	root, err := tree.root(size)
	if err != nil {
		return fmt.Errorf("audit tree: %w", err)
	}
	signed, err := l.signed(tlog.Tree{N: size, Hash: root})
	if err != nil {
		return err
	}
	if err := updateHead(tx, size, signed, l.verifier); err != nil {
		return err
	}
	l.edge.keep(signed, tree)
	return nil
}
