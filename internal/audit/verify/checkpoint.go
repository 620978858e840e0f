package verify

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/audit"
)

// formerOrigin is the first line of heads that were signed before checkpoints
// named their log; golang.org/x/mod/sumdb/tlog writes it.
const formerOrigin = "go.sum database tree"

// Checkpoint is a signed head whose signature holds.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	Text   string // what was signed, newline at its end
}

// OpenCheckpoint reads a checkpoint and checks that the log of this verifier key
// signed it (C2SP tlog-checkpoint and signed-note).
func OpenCheckpoint(signed, verifier string) (Checkpoint, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("the verifier key cannot be read: %w", err)
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("not signed by this key: %w", err)
	}
	c, err := parseCheckpoint(opened.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != formerOrigin && c.Origin != audit.Origin(verifier) {
		return Checkpoint{}, errors.New("the checkpoint is that of another log")
	}
	return c, nil
}

// parseCheckpoint reads the three lines of a checkpoint; lines that may follow
// are left alone, as the format asks.
func parseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" {
		return Checkpoint{}, errors.New("the checkpoint lacks a line")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, errors.New("the size in the checkpoint is no number")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, errors.New("the root in the checkpoint is no hash")
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: tlog.Hash(root), Text: text}, nil
}

// alone reports whether a checkpoint is written as the log writes it: its own
// signature and nothing else. A note may carry more, the head of a log does not.
func alone(signed string) error {
	text, signature, found := strings.Cut(signed, "\n\n")
	name, encoded, ok := strings.Cut(strings.TrimPrefix(signature, "— "), " ")
	raw, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(encoded, "\n"))
	if !found || !ok || err != nil || signed != text+"\n\n— "+name+" "+base64.StdEncoding.EncodeToString(raw)+"\n" {
		return errors.New("more stands there than the signature of the log")
	}
	if strings.Count(text, "\n") != 2 {
		return errors.New("more stands there than was signed for")
	}
	return nil
}
