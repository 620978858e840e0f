package receipt

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
)

// Checked is a receipt that holds.
type Checked struct {
	Receipt
	Entry int64 // its place in the log, from 0
	Size  int64 // entries of the log whose head the receipt brings
	Root  string
}

// Verify checks a file with nothing else at hand: that it is signed, that the
// log's signed head contains the entry it brings, and that this entry names the
// erasure and the hash of what the receipt says. An empty key means the one that
// the file names, which proves that the file fits together but not who made it;
// pass the published keys to prove that too. Any changed byte is an error.
func Verify(file []byte, key, logKey string) (Checked, error) {
	body, proof, err := open(file)
	if err != nil {
		return Checked{}, err
	}
	r, err := ParseBody(body)
	if err != nil {
		return Checked{}, err
	}
	if key == "" {
		key = r.Signer
	}
	if logKey == "" {
		logKey = r.Log
	}
	if err := signed(file, key); err != nil {
		return Checked{}, err
	}
	return place(file, r, body, proof, logKey)
}

// Read reads a file that is known to hold, such as one's own.
func Read(file []byte) (Receipt, error) {
	body, _, err := open(file)
	if err != nil {
		return Receipt{}, err
	}
	return ParseBody(body)
}

// open splits a file into body and proof. That the rest is as it should be is
// found when the file is written again.
func open(file []byte) ([]byte, audit.Proof, error) {
	var proof audit.Proof
	text, _, found := strings.Cut(string(file), "\n\n")
	body, rest, placed := strings.Cut(text, "\nlog-entry: ")
	_, packed, proved := strings.Cut(rest, "\n"+proofLine)
	if !found || !placed || !proved {
		return nil, proof, errFormat
	}
	plain, err := base64.StdEncoding.Strict().DecodeString(packed)
	if err != nil {
		return nil, proof, errors.New("the proof in the receipt cannot be read")
	}
	if err := json.Unmarshal(plain, &proof); err != nil {
		return nil, proof, fmt.Errorf("the proof in the receipt cannot be read: %w", err)
	}
	return []byte(body + "\n"), proof, nil
}

// signed checks the signature, and that the file has exactly one, written in
// the one way there is: a note may carry others, which nobody would look at.
func signed(file []byte, key string) error {
	v, err := note.NewVerifier(key)
	if err != nil {
		return fmt.Errorf("the key of the receipt cannot be read: %w", err)
	}
	n, err := note.Open(file, note.VerifierList(v))
	if err != nil {
		return fmt.Errorf("the receipt is not signed by this key: %w", err)
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	if err != nil || string(file) != n.Text+"\n— "+n.Sigs[0].Name+" "+base64.StdEncoding.EncodeToString(raw)+"\n" {
		return errors.New("something was added to the signature of the receipt")
	}
	return nil
}

// place checks the proof, and that the entry it is for is this receipt's.
func place(file []byte, r Receipt, body []byte, proof audit.Proof, logKey string) (Checked, error) {
	if proof.Format != audit.ProofFormat {
		return Checked{}, errFormat
	}
	head, err := verify.Contains(proof, logKey)
	if err != nil {
		return Checked{}, fmt.Errorf("its place in the log: %w", err)
	}
	row, err := verify.ParseLeaf(proof.Leaf)
	if err != nil {
		return Checked{}, err
	}
	switch {
	case row.Index != proof.Index || row.Action != Action || row.Subject != Subject(r.Erasure):
		return Checked{}, errors.New("the entry in the log is not about this erasure")
	case row.Details[Detail] != Hash(body):
		return Checked{}, errors.New("the entry in the log names another text than the receipt has")
	}
	text, err := fileText(body, head.Root.String(), proof)
	if err != nil {
		return Checked{}, err
	}
	if !strings.HasPrefix(string(file), text+"\n— ") {
		return Checked{}, errors.New("the receipt says another place in the log than its proof")
	}
	return Checked{Receipt: r, Entry: proof.Index, Size: head.Size, Root: head.Root.String()}, nil
}
