package sellers

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

func nothingHeld(vault.Purpose) bool { return false }

// expire does what the daily job does with the feature's rows and returns of how
// many people something went.
func (h *house) expire(t *testing.T) int {
	t.Helper()
	ctx, now := t.Context(), h.clock.Now()
	due := must(h.Source().Due(ctx, now))(t)
	people := map[string]bool{}
	for _, d := range due {
		people[d.Person] = true
	}
	for person := range people {
		err := h.log.Record(ctx, audit.Entry{Actor: audit.System("retention"), Action: "test.expired"}, func(tx *db.Tx) error {
			_, err := h.Source().ExpireOf(tx, person, now, nothingHeld)
			return err
		})
		ok(t, err)
	}
	must(h.Source().Expire(ctx, audit.System("retention"), now))(t)
	if left := must(h.Source().Due(ctx, now))(t); len(left) != 0 {
		t.Errorf("still due: %+v", left)
	}
	return len(people)
}

// in runs a change in a transaction of its own.
func (h *house) in(t *testing.T, change func(tx *db.Tx) error) {
	t.Helper()
	ok(t, h.log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.changed"}, change))
}

func TestErasingAFaceTakesAnOpenCaseToTheRoadOnDocuments(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.sentWithFace(t)
		h.in(t, func(tx *db.Tx) error {
			gone, err := h.Source().Erase(tx, h.seller.ID, privacy.PurposeFace)
			if gone.Rows["sellers_evidence"] == 0 || gone.Rows["sellers_captures"] != 1 {
				t.Errorf("went: %+v", gone)
			}
			return err
		})
		app = must(h.Get(t.Context(), h.seller, app.ID))(t)
		if app.State != Asked || app.Road != RoadDocuments || app.FamilyName == "" {
			t.Errorf("got %+v", app)
		}
		for _, item := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
			if item.Purpose != privacy.PurposeDocuments {
				t.Errorf("left: %+v", item)
			}
		}
	})
}

func TestErasingDocumentsEndsAnOpenCaseAndLeavesADecidedOneItsName(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	open := h.waiting(t)
	erase := func() {
		h.in(t, func(tx *db.Tx) error {
			_, err := h.Source().Erase(tx, h.seller.ID, privacy.PurposeDocuments)
			return err
		})
	}
	erase()
	open = must(h.Get(t.Context(), h.seller, open.ID))(t)
	if open.State != Cancelled || open.FamilyName != "" || open.BirthDate != "" {
		t.Errorf("got %+v", open)
	}
	refused := h.refused(t)
	erase()
	refused = must(h.Get(t.Context(), h.seller, refused.ID))(t)
	if refused.State != Refused || refused.FamilyName == "" || refused.BirthDate != "" || refused.Address != (Address{}) {
		t.Errorf("got %+v", refused)
	}
	if left := must(h.vault.Describe(t.Context(), h.seller.ID))(t); len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

func TestTheFaceOfACaseWhoseDocumentsAreErasedIsDueAtOnce(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.sentWithFace(t)
	h.in(t, func(tx *db.Tx) error {
		_, err := h.Source().Erase(tx, h.seller.ID, privacy.PurposeDocuments)
		return err
	})
	if app = must(h.Get(t.Context(), h.seller, app.ID))(t); app.State != Cancelled {
		t.Errorf("%s", app.State)
	}
	left := must(h.vault.Describe(t.Context(), h.seller.ID))(t)
	if len(left) == 0 {
		t.Error("it went without a receipt")
	}
	for _, item := range left {
		if item.Purpose != privacy.PurposeFace || item.KeepUntil.After(h.clock.Now()) {
			t.Errorf("left: %+v", item)
		}
	}
}

func TestWhoWasATraderIsKeptForHalfAYearWithoutBirthDateOrPicture(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Approve}))(t)
		told := must(h.Source().Keeps(ctx, h.seller.ID, "", h.clock.Now()))(t)
		if len(told) != 1 || !told[0].Until.Equal(h.clock.Now().AddDate(0, 6, 0)) {
			t.Fatalf("told: %+v", told)
		}
		var kept []privacy.Kept
		h.in(t, func(tx *db.Tx) error {
			gone, err := h.Source().Erase(tx, h.seller.ID, "")
			kept = gone.Kept
			return err
		})
		if len(kept) != 1 || kept[0].Law != privacy.LawTraders || kept[0].Receipt == "" {
			t.Fatalf("kept: %+v", kept)
		}
		officer := audit.Actor{Kind: audit.KindStaff, ID: "stf_1", Role: "lead,privacy"}
		all := must(h.Traders(ctx, officer))(t)
		if len(all) != 1 || all[0].FamilyName != "" {
			t.Fatalf("listed: %+v", all)
		}
		h.people.Clock.Set(kept[0].Until.Add(-time.Minute))
		if n := h.expire(t); n != 0 {
			t.Fatal("forgotten too early")
		}
		got := must(h.Trader(ctx, officer, all[0].ID, "demand of an authority"))(t)
		if got.FamilyName != app.FamilyName || got.Address != app.Address || got.Country != app.Country || !got.ApprovedAt.Equal(app.DecidedAt) {
			t.Errorf("got %+v", got)
		}
		_, err := h.Trader(ctx, h.ann, all[0].ID, "curious")
		want(t, err, errs.Forbidden, "role.privacy")
		_, err = h.Traders(ctx, h.lea)
		want(t, err, errs.Forbidden, "role.privacy")
		h.people.Clock.Set(kept[0].Until)
		if n := h.expire(t); n != 1 {
			t.Fatalf("%d were forgotten", n)
		}
		_, err = h.Trader(ctx, officer, all[0].ID, "too late")
		want(t, err, errs.NotFound, "vault.gone")
	})
}

func TestNothingIsKeptOfASellerOutsideTheUnionOrOneWhoWasNeverVerified(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.waiting(t)
	if told := must(h.Source().Keeps(t.Context(), h.seller.ID, "", h.clock.Now()))(t); len(told) != 0 {
		t.Fatalf("told: %+v", told)
	}
	h.in(t, func(tx *db.Tx) error {
		gone, err := h.Source().Erase(tx, h.seller.ID, "")
		if len(gone.Kept) != 0 || gone.Rows["sellers_applications"] != 1 {
			t.Errorf("%+v", gone)
		}
		return err
	})
}

func TestNothingOfWhatIsHeldExpires(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.refused(t)
	h.people.Clock.Advance(h.Policy.DocumentsKept + time.Hour)
	h.in(t, func(tx *db.Tx) error {
		gone, err := h.Source().ExpireOf(tx, h.seller.ID, h.clock.Now(), func(p vault.Purpose) bool { return p == privacy.PurposeDocuments })
		if gone.Total() != 0 {
			t.Errorf("went: %+v", gone)
		}
		return err
	})
	if app = must(h.Get(t.Context(), h.seller, app.ID))(t); !app.EmptiedAt.IsZero() {
		t.Error("emptied")
	}
}

// A claim holds what belongs to documents; what is measured of a body it cannot
// hold, and its prints go at their time.
func TestAClaimThatHoldsDocumentsDoesNotKeepThePrintsOfAFace(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.sentWithFace(t)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Approve}))(t)
	prints := func() (n int64) {
		ok(t, h.store.Reader(ctx).Model(&printRow{}).Count(&n).Error)
		return n
	}
	if prints() == 0 {
		t.Fatal("there are none to begin with")
	}
	h.people.Clock.Advance(h.Policy.FaceKept + time.Hour)
	h.in(t, func(tx *db.Tx) error {
		gone, err := h.Source().ExpireOf(tx, h.seller.ID, h.clock.Now(), func(p vault.Purpose) bool { return p == privacy.PurposeDocuments })
		if gone.Rows["sellers_capture_prints"] == 0 {
			t.Errorf("went: %+v", gone)
		}
		return err
	})
	if left := must(h.Source().Due(ctx, h.clock.Now()))(t); prints() != 0 || len(left) != 0 {
		t.Errorf("%d prints are left, due: %+v", prints(), left)
	}
}

func TestAFaceThatACourtHoldsKeepsItsPrints(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.sentWithFace(t)
	app = must(h.Decide(ctx, h.ann, app.ID, app.Version, Decision{Kind: Approve}))(t)
	h.people.Clock.Advance(h.Policy.DocumentsKept + time.Hour)
	h.in(t, func(tx *db.Tx) error {
		gone, err := h.Source().ExpireOf(tx, h.seller.ID, h.clock.Now(), func(p vault.Purpose) bool { return p == privacy.PurposeFace })
		if gone.Total() != 0 {
			t.Errorf("went: %+v", gone)
		}
		return err
	})
	// so that it is not overdue either, what is due names the face that is in it
	for _, d := range must(h.Source().Due(ctx, h.clock.Now()))(t) {
		if d.Purpose != privacy.PurposeFace && d.With != privacy.PurposeFace {
			t.Errorf("a hold on the face does not hold %+v", d)
		}
	}
}
