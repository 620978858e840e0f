package requests

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// Source answers for what people asked for.
type Source struct{ s *Service }

// Source makes the feature's entry for the privacy register.
func (s *Service) Source() Source { return Source{s} }

// Name is "requests".
func (Source) Name() string { return "requests" }

// Tables lists the tables of the feature that hold personal data.
func (Source) Tables() []string { return []string{"requests", "requests_proofs"} }

// Describe counts what a person asked for.
func (x Source) Describe(ctx context.Context, person string) ([]privacy.Holding, error) {
	list, err := x.s.Of(ctx, person)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	h := privacy.Holding{What: "requests", Purpose: privacy.PurposeRights, Count: len(list), Oldest: list[len(list)-1].OpenedAt}
	for _, r := range list {
		if r.State == Open { // no end while one is open
			h.KeptUntil = time.Time{}
			break
		}
		if r.KeepUntil.After(h.KeptUntil) {
			h.KeptUntil = r.KeepUntil
		}
	}
	return []privacy.Holding{h}, nil
}

// exported is one request as its person gets it.
type exported struct {
	Request  Request
	Asked    Letter
	Answered Reply
}

// copier is who looks when a copy is gathered, whoever asked for it.
var copier = audit.System("copies")

// Export returns what a person asked and was answered, without names of staff.
// A letter that nobody has been recognised for is not theirs yet.
func (x Source) Export(ctx context.Context, person string) (any, error) {
	list, err := x.s.Of(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []exported
	for _, r := range list {
		if r.Identity == Unchecked {
			continue
		}
		one := exported{Request: r}
		one.Request.AnsweredBy = ""
		if one.Asked, err = x.s.Letter(ctx, copier, r.ID, "export"); err != nil {
			return nil, err
		}
		if one.Answered, err = x.s.Reply(ctx, copier, r.ID, "export"); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// Erase keeps the requests: that and how each was answered is what the law makes
// us prove, for the time that stands on it (GDPR 5(2); 11 CCR 7101). When
// everything goes, they are nobody's any more: what was written stays sealed
// under the request.
func (x Source) Erase(tx *db.Tx, person string, purpose vault.Purpose) (privacy.Erased, error) {
	if person == "" || purpose != "" && purpose != privacy.PurposeRights {
		return privacy.Erased{}, nil
	}
	list, err := listRequests(tx.DB().Where("person = ?", person).Order("number"))
	out := privacy.Erased{Kept: keptOf(list)}
	if err != nil || purpose != "" {
		return out, err
	}
	return out, tx.DB().Model(&requestRow{}).Where("person = ?", person).Update("person", "").Error
}

// Keeps tells what Erase would keep.
func (x Source) Keeps(ctx context.Context, person string, purpose vault.Purpose, _ time.Time) ([]privacy.Kept, error) {
	if person == "" || purpose != "" && purpose != privacy.PurposeRights {
		return nil, nil
	}
	list, err := x.s.Of(ctx, person)
	return keptOf(list), err
}

// keptOf is what the law makes us keep of requests, each under its own id.
func keptOf(list []Request) []privacy.Kept {
	var out []privacy.Kept
	for _, r := range list {
		until := r.KeepUntil
		if until.IsZero() {
			until = r.DueAt.Add(kept())
		}
		out = append(out, privacy.Kept{What: "requests", Law: "request-records", Until: until, Receipt: r.ID})
	}
	return out
}

// Due lists the answered requests whose time is over.
func (x Source) Due(ctx context.Context, now time.Time) ([]privacy.Due, error) {
	list, err := x.s.expired(ctx, now)
	var out []privacy.Due
	for _, r := range list {
		out = append(out, privacy.Due{Person: r.ID, What: "requests", Purpose: privacy.PurposeRights, Since: r.KeepUntil, Count: 1})
	}
	return out, err
}

// ExpireOf removes one request whose time is over; it is filed under itself.
func (x Source) ExpireOf(tx *db.Tx, id string, now time.Time, held func(vault.Purpose) bool) (privacy.Erased, error) {
	if held(privacy.PurposeRights) {
		return privacy.Erased{}, nil
	}
	done := tx.DB().Where("id = ? AND keep_until <= ?", id, now).Delete(&requestRow{})
	if done.Error != nil {
		return privacy.Erased{}, fmt.Errorf("expire request: %w", done.Error)
	}
	out := privacy.ErasedRows("requests", int(done.RowsAffected))
	out.Receipt = id // as an erasure before it may have promised
	return out, nil
}

// Expire removes the links and codes that nobody used.
func (x Source) Expire(ctx context.Context, actor audit.Actor, now time.Time) (int, error) {
	var some []string
	if err := x.s.Store.Reader(ctx).Model(&proofRow{}).Where("expires_at <= ?", now).Limit(1).Pluck("way", &some).Error; err != nil || len(some) == 0 {
		return 0, err
	}
	n := 0
	err := x.s.Audit.Record(ctx, audit.Entry{Actor: actor, Action: "request.proofs-expired", Subject: "requests"}, func(tx *db.Tx) error {
		done := tx.DB().Where("expires_at <= ?", now).Delete(&proofRow{})
		n = int(done.RowsAffected)
		return done.Error
	})
	return n, err
}
