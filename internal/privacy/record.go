package privacy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/vault"
)

// Record is the proof of one answer, for the person to keep: the written release
// of 740 ILCS 14/10, signed electronically by the answer itself.
type Record struct {
	Consent Consent
	Purpose Purpose
	Text    string // the notice exactly as it was shown; its SHA-256 is the answer's TextHash
	// Entry is the place of the answer in the tamper-evident log, and Inclusion
	// proves that it stands there; `truepenny verify proof` checks it offline.
	Entry     int64
	Inclusion audit.Proof
}

// recordFile is a record as a file.
type recordFile struct {
	Format       string          `json:"format"`
	ID           string          `json:"id"`
	Person       string          `json:"person"`
	Purpose      vault.Purpose   `json:"purpose"`
	Modality     Modality        `json:"modality"`
	Answer       Answer          `json:"answer"`
	At           time.Time       `json:"at"`
	Notice       string          `json:"notice"`
	Language     string          `json:"language"`
	Text         string          `json:"text"`
	TextSHA256   string          `json:"text_sha256"`
	KeptDays     int             `json:"kept_days"`
	KeptFrom     string          `json:"kept_from"`
	Inclusion    json.RawMessage `json:"inclusion"`
	VerifiedWith string          `json:"verified_with"`
}

// File is the record as JSON.
func (r Record) File() ([]byte, error) {
	c := r.Consent
	body, err := json.MarshalIndent(recordFile{
		Format: "truepenny-consent/1", ID: c.ID, Person: c.Person, Purpose: c.Purpose, Modality: c.Modality, Answer: c.Answer, At: c.At,
		Notice: c.NoticeVersion, Language: c.Language, Text: r.Text, TextSHA256: c.TextHash,
		KeptDays: r.Purpose.KeptDays, KeptFrom: r.Purpose.Clock,
		Inclusion: r.Inclusion.File(), VerifiedWith: "truepenny verify proof",
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write consent record: %w", err)
	}
	return append(body, '\n'), nil
}

// Record returns the proof of one of a person's own answers. Anybody else's is
// NotFound "consent.unknown".
func (c *Consents) Record(ctx context.Context, actor audit.Actor, id string) (Record, error) {
	consent, err := c.byID(ctx, actor.ID, id)
	if err != nil {
		return Record{}, err
	}
	shown, found, err := c.ShownText(ctx, consent.TextHash)
	if err != nil {
		return Record{}, err
	}
	if !found || shown.Hash() != consent.TextHash {
		return Record{}, errors.New("privacy: the text behind an answer is not what its hash says")
	}
	row, found, err := c.log.Find(ctx, consent.subject(), consent.action())
	if err != nil {
		return Record{}, err
	}
	if !found {
		return Record{}, errors.New("privacy: an answer has no entry in the log")
	}
	out := Record{Consent: consent, Text: shown.Text, Entry: row.Index}
	out.Purpose, _ = PurposeOf(consent.Purpose)
	out.Inclusion, err = c.log.Inclusion(ctx, row.Index)
	return out, err
}
