package sellers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// disputeJob seals the pictures of a face once more for a dispute, for one
// person who agreed to it.
const disputeJob = "sellers.keep-for-dispute"

// lookDispute is the reason of the one look that copying needs.
const lookDispute = "dispute.keep"

type disputePayload struct{ Account string }

// AnswerDispute records whether the person lets us keep the pictures of their
// face longer, for a dispute. A yes takes effect for what is decided, now and
// later; a no after a yes takes it back. Neither changes anything else.
func (s *Service) AnswerDispute(ctx context.Context, actor audit.Actor, noticeVersion string, given bool) error {
	if err := sellerOnly(actor); err != nil {
		return err
	}
	before, _, err := s.consents.Current(ctx, actor.ID, privacy.PurposeDispute)
	if err != nil {
		return err
	}
	if !given && before.Given() {
		_, err := s.WithdrawDispute(ctx, actor)
		return err
	}
	if _, err := s.consents.Answer(ctx, actor, actor.ID, privacy.PurposeDispute, noticeVersion, given); err != nil {
		return err
	}
	if !given {
		return nil
	}
	// Begun again whenever something is decided, so a kill in between loses nothing
	// but time.
	return s.keepForDispute(ctx, actor.ID)
}

// WithdrawDispute takes the yes back: the copies and their key are destroyed, and
// nothing else changes. It returns the receipt of what went.
func (s *Service) WithdrawDispute(ctx context.Context, actor audit.Actor) (receipt string, err error) {
	if err := sellerOnly(actor); err != nil {
		return "", err
	}
	entry := audit.Entry{Actor: actor, Action: "dispute.withdrawn", Subject: "account:" + actor.ID, Person: actor.ID, Purpose: string(privacy.PurposeDispute)}
	err = s.log.Record(ctx, entry, func(tx *db.Tx) error {
		if err := s.consents.WithdrawIn(tx, actor, actor.ID, privacy.PurposeDispute); err != nil {
			return err
		}
		return s.queueErasure(tx, actor.ID, privacy.PurposeDispute)
	})
	if err != nil {
		return "", err
	}
	return s.eraseWithdrawn(ctx, actor, privacy.PurposeDispute)
}

// stopDispute takes the yes back together with the one to the comparison.
func (s *Service) stopDispute(e *edit, actor audit.Actor) error {
	consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeDispute)
	if err != nil || !consent.Given() {
		return err
	}
	return s.consents.WithdrawIn(e.tx, actor, e.app.AccountID, privacy.PurposeDispute)
}

// queueDispute lets the pictures of a decided application be sealed once more,
// when its person agreed to that.
func (s *Service) queueDispute(e *edit) error {
	consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeDispute)
	if err != nil || !consent.Given() || e.app.Road != RoadFace {
		return err
	}
	_, err = s.jobs.Enqueue(e.tx, disputeJob, disputePayload{e.app.AccountID},
		jobs.Options{UniqueKey: disputeJob + ":" + e.app.ID + ":" + strconv.FormatInt(e.app.Version, 10)})
	return err
}

// runDispute is the job.
func (s *Service) runDispute(ctx context.Context, job jobs.Job) error {
	var p disputePayload
	if err := job.Decode(&p); err != nil {
		return err
	}
	return s.keepForDispute(ctx, p.Account)
}

// keepForDispute copies every picture of a decided application of the person
// that is not copied yet. Run again it goes on where it stopped.
func (s *Service) keepForDispute(ctx context.Context, account string) error {
	apps, err := s.applicationsOf(ctx, account)
	if err != nil {
		return err
	}
	for _, app := range apps {
		if app.State != Approved && app.State != Refused {
			continue
		}
		if err := s.copyFrames(ctx, app); err != nil {
			return fmt.Errorf("keep pictures of %s: %w", app.ID, err)
		}
	}
	return nil
}

func (s *Service) copyFrames(ctx context.Context, app Application) error {
	consent, _, err := s.consents.Current(ctx, app.AccountID, privacy.PurposeDispute)
	if err != nil || !consent.Given() {
		return err
	}
	evidence, err := s.evidenceOf(ctx, app)
	if err != nil {
		return err
	}
	have, err := s.keptFrames(ctx, app)
	if err != nil {
		return err
	}
	var frames []Evidence
	var items []string
	for _, e := range evidence {
		if e.Kind == EvidenceFrame && !copied(have, e.ID) {
			frames, items = append(frames, e), append(items, e.item)
		}
	}
	return s.vault.OpenEach(ctx, keeper, items, privacy.PurposeFace, lookDispute, func(i int, o vault.Opened) error {
		return s.copyFrame(ctx, app, frames[i], o.Plain)
	})
}

// keeper is who acts when pictures are sealed once more.
var keeper = audit.System("dispute")

func copied(have []Evidence, frame string) bool {
	return slices.ContainsFunc(have, func(k Evidence) bool { return k.copyOf == frame })
}

// copyFrame seals one picture under the key of its second purpose, unless the
// yes was taken back meanwhile.
func (s *Service) copyFrame(ctx context.Context, app Application, frame Evidence, jpeg []byte) error {
	_, err := s.edit(ctx, keeper, app, "dispute.picture-kept", "", func(e *edit) error {
		e.quiet = true
		consent, _, err := s.consents.CurrentIn(e.tx, app.AccountID, privacy.PurposeDispute)
		if err != nil {
			return err
		}
		if !consent.Given() || e.app.State != Approved && e.app.State != Refused {
			return errUnchanged
		}
		if _, err := oneEvidence(e.tx.DB(), app.ID, frame.ID); err != nil { // withdrawn with the comparison
			if errs.CodeOf(err) == errs.NotFound {
				err = errUnchanged
			}
			return err
		}
		row := keptFrameRow{ID: ids.New("kpt"), ApplicationID: app.ID, AccountID: app.AccountID, CaptureID: frame.CaptureID, FrameID: frame.ID,
			OffsetMS: frame.OffsetMS, Round: frame.Round, Width: frame.Width, Height: frame.Height, Bytes: len(jpeg), At: e.now}
		if row.Item, err = s.seal(e, privacy.PurposeDispute, keptSlot(row.ID), jpegMIME, jpeg); err != nil {
			return err
		}
		e.details["picture"], e.details["bytes"] = row.ID, strconv.Itoa(row.Bytes)
		return insertKeptFrame(e.tx, row)
	})
	return err
}

// disputed lists the copies that reviewers may open: while an appeal is heard,
// and the pictures they are copies of are gone.
func (s *Service) disputed(ctx context.Context, app Application) ([]Evidence, error) {
	if !app.Appealed || app.State != Waiting && app.State != Second {
		return nil, nil
	}
	return s.keptFrames(ctx, app)
}

// openDisputed opens copies for a reviewer, all with one entry.
func (s *Service) openDisputed(ctx context.Context, actor audit.Actor, app Application, wanted func(Evidence) bool, reason string) ([]Opened, error) {
	kept, err := s.disputed(ctx, app)
	if err != nil {
		return nil, err
	}
	var items []string
	for _, k := range kept {
		if wanted(k) {
			items = append(items, k.item)
		}
	}
	if len(items) == 0 {
		return nil, errs.New(errs.NotFound, "vault.gone")
	}
	opened, err := s.vault.OpenAll(ctx, actor, items, privacy.PurposeDispute, reason)
	out := make([]Opened, len(opened))
	for i, o := range opened {
		out[i] = Opened(o)
	}
	return out, err
}

func first(all []Opened, err error) (Opened, error) {
	if err != nil {
		return Opened{}, err
	}
	return all[0], nil
}

// withCopies adds those copies whose originals are gone.
func withCopies(evidence, kept []Evidence) []Evidence {
	for _, k := range kept {
		if !slices.ContainsFunc(evidence, func(e Evidence) bool { return e.ID == k.copyOf }) {
			evidence = append(evidence, k)
		}
	}
	return evidence
}

// DisputeKept tells the person how many copies are kept of their applications
// and until when; zero when none are.
func (s *Service) DisputeKept(ctx context.Context, actor audit.Actor) (Kept, error) {
	var out Kept
	apps, err := s.Mine(ctx, actor)
	if err != nil {
		return out, err
	}
	for _, app := range apps {
		frames, err := s.keptFrames(ctx, app)
		if err != nil {
			return out, err
		}
		out.Pictures += len(frames)
		for _, f := range frames {
			if f.KeepUntil.After(out.Until) {
				out.Until = f.KeepUntil
			}
		}
	}
	return out, nil
}

// Kept is how much is kept, and until when.
type Kept struct {
	Pictures int
	Until    time.Time
}
