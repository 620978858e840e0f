package privacy_test

import (
	"encoding/json"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

// earlier makes the person's answers ones to the first notice of their purpose.
func earlier(t *testing.T, store *db.Store) privacy.Notice {
	t.Helper()
	all := privacy.EarlierNotices(privacy.PurposeFace)
	if len(all) == 0 {
		t.Fatal("the notice never changed")
	}
	first := all[len(all)-1]
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec("UPDATE privacy_consents SET notice_version = ?", first.Version).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return first
}

func standing(t *testing.T, c *privacy.Consents) privacy.Standing {
	t.Helper()
	all, err := c.Standings(t.Context(), marit.ID, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if s.Purpose.ID == privacy.PurposeFace {
			return s
		}
	}
	t.Fatal("nothing is said of the face")
	return privacy.Standing{}
}

func TestAYesToAnOlderNoticeNoLongerCountsOnceItChangedMaterially(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		c, _ := consents(t, store)
		ctx := t.Context()
		if s := standing(t, c); s.Asked || s.Counts() || s.AskAgain {
			t.Fatalf("before any answer: %+v", s)
		}
		if _, err := c.Answer(ctx, marit, marit.ID, privacy.PurposeFace, notice(t).Version, true); err != nil {
			t.Fatal(err)
		}
		if s := standing(t, c); !s.Counts() || s.AskAgain || s.Consent.Modality != privacy.ModalityFace {
			t.Fatalf("after a yes: %+v", s)
		}
		earlier(t, store)
		s := standing(t, c)
		if s.Counts() || !s.AskAgain || !s.Consent.Given() || len(s.Changed) == 0 || !strings.Contains(s.Changed[0], "fifteen seconds") {
			t.Fatalf("after the notice changed: %+v", s)
		}
		if _, err := c.Answer(ctx, marit, marit.ID, privacy.PurposeFace, s.Notice.Version, true); err != nil {
			t.Fatal(err)
		}
		if s := standing(t, c); !s.Counts() || s.AskAgain {
			t.Fatalf("asked and agreed again: %+v", s)
		}
	})
}

func TestAnEarlierNoticeCannotBeAnsweredAnyMore(t *testing.T) {
	c, _ := consents(t, testkit.Store(t))
	for _, n := range privacy.EarlierNotices(privacy.PurposeFace) {
		_, err := c.Answer(t.Context(), marit, marit.ID, privacy.PurposeFace, n.Version, true)
		want(t, err, errs.Conflict, "notice.old")
	}
}

func TestAPurposeThatIsNotOfferedCannotBeAgreedTo(t *testing.T) {
	c, _ := consents(t, testkit.Store(t))
	for _, p := range privacy.Purposes() {
		if p.Offered {
			continue
		}
		_, err := c.Answer(t.Context(), marit, marit.ID, p.ID, string(p.ID)+".1.en", true)
		want(t, err, errs.Conflict, "notice.old")
	}
}

func TestEveryMaterialChangeSaysWhatIsNew(t *testing.T) {
	for _, p := range privacy.Purposes() {
		for _, n := range append(privacy.EarlierNotices(p.ID), current(p)...) {
			if n.Version != string(p.ID)+"."+string(rune('0'+n.Number))+"."+n.Language {
				t.Errorf("%s is number %d", n.Version, n.Number)
			}
			if n.Material != (n.Changed != "") || n.Material && n.Number == 1 {
				t.Errorf("%s: material %v, says %q", n.Version, n.Material, n.Changed)
			}
		}
	}
}

func current(p privacy.Purpose) []privacy.Notice {
	n, found := privacy.CurrentNotice(p.ID, "en")
	if !found {
		return nil
	}
	return []privacy.Notice{n}
}

func TestARecordProvesTheAnswerOfflineWithItsTextAndItsPlaceInTheLog(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		c, _ := consents(t, store)
		ctx := t.Context()
		given, err := c.Answer(ctx, marit, marit.ID, privacy.PurposeFace, notice(t).Version, true)
		if err != nil {
			t.Fatal(err)
		}
		record, err := c.Record(ctx, marit, given.ID)
		if err != nil {
			t.Fatal(err)
		}
		body, err := record.File()
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Text       string
			TextSHA256 string `json:"text_sha256"`
			Answer     string
			Modality   string
			Language   string
			Inclusion  json.RawMessage
		}
		if err := json.Unmarshal(body, &file); err != nil {
			t.Fatal(err)
		}
		if file.Text != notice(t).Text || file.TextSHA256 != notice(t).Hash() || file.Answer != "given" || file.Modality != "face" || file.Language != "en" {
			t.Errorf("got %s", body)
		}
		included, err := verify.Inclusion(file.Inclusion, "")
		if err != nil || included.Row.Subject != "consent:"+given.ID || included.Row.Action != "consent.given" || included.Row.Details["text"] != file.TextSHA256 {
			t.Errorf("the log says %+v (%v)", included.Row, err)
		}
		_, err = c.Record(ctx, audit.Actor{Kind: audit.KindSeller, ID: "acc_other"}, given.ID)
		want(t, err, errs.NotFound, "consent.unknown")
	})
}
