package sellers

import (
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strconv"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// NextStep takes the promise of the pictures taken so far and tells the next
// step, in this order: so no picture can have been made for a step before it
// was known, nor be made up later. The same call again gets the same answer.
// Errors: NotFound "capture.unknown" also for another session, Gone
// "capture.used", "capture.expired", Conflict "capture.step" for a step that is
// not due or was asked for with other pictures, Invalid "capture.frames",
// TooLarge "capture.too-large", Forbidden "consent.missing", "consent.changed".
func (s *Service) NextStep(ctx context.Context, actor audit.Actor, captureID string, c Commit) (Reveal, error) {
	row, app, err := s.ownCapture(ctx, actor, captureID, c.Session)
	if err != nil {
		return Reveal{}, err
	}
	stored, err := row.stored()
	if err != nil {
		return Reveal{}, err
	}
	consent, _, err := s.consents.Current(ctx, app.AccountID, privacy.PurposeFace)
	switch {
	case err != nil:
		return Reveal{}, err
	case !consent.Counts():
		return Reveal{}, notAgreed(consent)
	case c.Step < 1 || c.Step > len(stored.Prompts):
		return Reveal{}, errs.New(errs.Conflict, "capture.step")
	case !slices.ContainsFunc(c.Hashes, notHash) && len(c.Hashes) <= s.Policy.Frames:
	default:
		return Reveal{}, errs.New(errs.Invalid, "capture.frames")
	}
	entry := audit.Entry{Actor: actor, Action: "capture.step-told", Subject: "capture:" + captureID, Person: app.AccountID,
		Details: map[string]string{"application": app.ID, "step": strconv.Itoa(c.Step), "pictures": strconv.Itoa(len(c.Hashes))}}
	err = s.log.Record(ctx, entry, func(tx *db.Tx) error { return s.promise(tx, captureID, c) })
	if err != nil && !errors.Is(err, errUnchanged) {
		return Reveal{}, err
	}
	return stored.reveal(c.Step), nil
}

// promise keeps one step. The capture is held meanwhile, so that two calls come
// one after the other; the same once more is errUnchanged.
func (s *Service) promise(tx *db.Tx, captureID string, c Commit) error {
	row, err := takeCapture(tx, captureID)
	if err != nil {
		return err
	}
	now := s.clock.Now()
	switch {
	case row.FinishedAt != nil:
		return errs.New(errs.Gone, "capture.used")
	case now.After(row.ExpiresAt):
		return errs.New(errs.Gone, "capture.expired")
	}
	told, err := listSteps(tx.DB(), captureID)
	if err != nil {
		return err
	}
	hashes, total := strings.Join(c.Hashes, " "), len(c.Hashes)
	for _, step := range told {
		if step.Step == c.Step {
			if step.Hashes == hashes {
				return errUnchanged // the answer was lost on the way
			}
			return errs.New(errs.Conflict, "capture.step")
		}
		total += len(step.hashes())
	}
	if len(told) != c.Step {
		return errs.New(errs.Conflict, "capture.step")
	}
	if total > s.Policy.Frames+1 { // the pictures and the one of full size
		return errs.New(errs.TooLarge, "capture.too-large")
	}
	return insertStep(tx, stepRow{CaptureID: captureID, AccountID: row.AccountID, Step: c.Step, At: now, Hashes: hashes})
}

func notHash(text string) bool {
	sum, err := hex.DecodeString(text)
	return err != nil || len(sum) != 32 || text != strings.ToLower(text)
}
