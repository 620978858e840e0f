package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Origin is the first line of every checkpoint: the identity of a log in the
// sense of C2SP tlog-checkpoint. It follows from the verifier key (the first 16
// bytes of its SHA-256), so that a witness's statement about one log can never
// be shown for another one.
func Origin(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return keyName + "/" + hex.EncodeToString(sum[:16])
}

// Checkpoint is the newest signed head of the log: a signed note (C2SP
// tlog-checkpoint) with origin, number of entries and root. "" while the log is
// empty.
func (l *Log) Checkpoint(ctx context.Context) (string, error) {
	head, err := readHead(l.store.Reader(ctx))
	return head.Note, err
}

// CheckpointAt is the signed head of the first size entries, 1 <= size <=
// entries: the one that stood when the log had so many. Other numbers are
// Invalid "audit.sizes".
func (l *Log) CheckpointAt(ctx context.Context, size int64) (string, error) {
	root, err := l.Root(ctx, size)
	if err != nil {
		return "", err
	}
	return l.signed(tlog.Tree{N: size, Hash: root})
}

// signed makes the checkpoint of a tree.
func (l *Log) signed(tree tlog.Tree) (string, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", Origin(l.verifier), tree.N, tree.Hash)
	signed, err := note.Sign(&note.Note{Text: text}, l.signer)
	if err != nil {
		return "", fmt.Errorf("sign audit head: %w", err)
	}
	return string(signed), nil
}
