package verify

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/audit"
)

// Included is what a proof shows: this entry stands in the log of Size entries
// with this root.
type Included struct {
	Row      audit.Row
	Size     int64
	Root     string // base64 SHA-256
	Verifier string // the key whose signature was checked
}

// Inclusion checks a file that audit.Proof.File wrote, with nothing else at
// hand. An empty verifier means the key that the file names, which proves that
// the file fits together but not who made it; pass the key that the log
// publishes to prove that too.
func Inclusion(file []byte, verifier string) (Included, error) {
	var p audit.Proof
	if err := json.Unmarshal(file, &p); err != nil {
		return Included{}, fmt.Errorf("the file cannot be read as a proof: %w", err)
	}
	if p.Format != audit.ProofFormat {
		return Included{}, fmt.Errorf("the file is of the format %q, not %q", p.Format, audit.ProofFormat)
	}
	if verifier == "" {
		verifier = p.Verifier
	}
	row, err := ParseLeaf(p.Leaf)
	if err != nil {
		return Included{}, err
	}
	if row.Index != p.Index {
		return Included{}, fmt.Errorf("the proof is for entry %d, but brings entry %d", p.Index, row.Index)
	}
	head, err := Contains(p, verifier)
	if err != nil {
		return Included{}, err
	}
	return Included{Row: row, Size: head.Size, Root: head.Root.String(), Verifier: verifier}, nil
}

// Contains checks the path of a proof against its checkpoint and that against
// the verifier key.
func Contains(p audit.Proof, verifier string) (Checkpoint, error) {
	head, err := OpenCheckpoint(p.Checkpoint, verifier)
	if err != nil {
		return head, err
	}
	if head.Size != p.Size {
		return head, fmt.Errorf("the proof is for %d entries, its checkpoint counts %d", p.Size, head.Size)
	}
	return head, Path(p.Index, p.Size, tlog.RecordHash(p.Leaf), p.Hashes, head.Root)
}

var errLeaf = errors.New("the entry in the file is damaged")

// ParseLeaf reads the bytes that audit.Row.Leaf writes.
func ParseLeaf(leaf []byte) (audit.Row, error) {
	if len(leaf) < 17 || leaf[0] != 1 {
		return audit.Row{}, errLeaf
	}
	index, at, rest := binary.BigEndian.Uint64(leaf[1:]), binary.BigEndian.Uint64(leaf[9:]), leaf[17:]
	var fields [9]string
	for i := range fields {
		if len(rest) < 4 {
			return audit.Row{}, errLeaf
		}
		n := int64(binary.BigEndian.Uint32(rest))
		rest = rest[4:]
		if n > int64(len(rest)) {
			return audit.Row{}, errLeaf
		}
		fields[i], rest = string(rest[:n]), rest[n:]
	}
	if len(rest) != 0 {
		return audit.Row{}, errLeaf
	}
	row := audit.Row{Index: int64(index), At: time.UnixMicro(int64(at)).UTC(), Entry: audit.Entry{
		Actor:  audit.Actor{Kind: audit.Kind(fields[0]), ID: fields[1], Role: fields[2]},
		Action: fields[3], Subject: fields[4], Person: fields[5], Purpose: fields[6], Reason: fields[7],
	}}
	if fields[8] == "{}" {
		return row, nil
	}
	if err := json.Unmarshal([]byte(fields[8]), &row.Details); err != nil {
		return audit.Row{}, errLeaf
	}
	return row, nil
}
