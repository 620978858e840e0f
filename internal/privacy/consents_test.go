package privacy_test

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

var (
	start = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	marit = audit.Actor{Kind: audit.KindSeller, ID: "acc_marit"}
)

func consents(t *testing.T, store *db.Store) (*privacy.Consents, *audit.Log) {
	t.Helper()
	clk := clock.NewFixed(start)
	log, err := audit.New(store, clk, make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return privacy.NewConsents(store, log, clk), log
}

func notice(t *testing.T) privacy.Notice {
	t.Helper()
	n, found := privacy.CurrentNotice(privacy.PurposeFace, "en")
	if !found {
		t.Fatal("there is no notice for the face match")
	}
	return n
}

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s: %s", err, code, reason)
	}
}

func TestTheLatestAnswerHoldsAndEveryOneIsKept(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		c, log := consents(t, store)
		ctx, n := t.Context(), notice(t)
		if _, asked, err := c.Current(ctx, marit.ID, privacy.PurposeFace); asked || err != nil {
			t.Fatalf("answered before being asked: %v", err)
		}
		for _, given := range []bool{false, true, false, true} { // at one tick of the clock
			if _, err := c.Answer(ctx, marit, marit.ID, privacy.PurposeFace, n.Version, given); err != nil {
				t.Fatal(err)
			}
			now, asked, err := c.Current(ctx, marit.ID, privacy.PurposeFace)
			if err != nil || !asked || now.Given() != given {
				t.Fatalf("answered %v, stands as %+v (%v)", given, now, err)
			}
			if now.NoticeVersion != n.Version || now.TextHash != n.Hash() || now.Language != "en" || !now.At.Equal(start) {
				t.Fatalf("got %+v", now)
			}
		}
		if err := c.Withdraw(ctx, marit, marit.ID, privacy.PurposeFace); err != nil {
			t.Fatal(err)
		}
		if now, _, _ := c.Current(ctx, marit.ID, privacy.PurposeFace); now.Given() || now.Answer != privacy.Withdrawn {
			t.Fatalf("got %+v", now)
		}
		want(t, c.Withdraw(ctx, marit, marit.ID, privacy.PurposeFace), errs.Conflict, "consent.none")
		history, err := c.History(ctx, marit.ID)
		if err != nil || len(history) != 5 || history[0].Answer != privacy.Withdrawn || history[4].Answer != privacy.Declined {
			t.Fatalf("got %+v %v", history, err)
		}
		rows, err := log.List(ctx, audit.Filter{Person: marit.ID})
		if err != nil || len(rows) != 5 || rows[0].Action != "consent.withdrawn" || rows[1].Action != "consent.given" ||
			rows[1].Purpose != "face-match" || rows[1].Details["text"] != n.Hash() {
			t.Fatalf("got %+v %v", rows, err)
		}
	})
}

func TestOnlyThePersonAnswersForThemselves(t *testing.T) {
	c, log := consents(t, testkit.Store(t))
	ctx, n := t.Context(), notice(t)
	for _, other := range []audit.Actor{
		{Kind: audit.KindSeller, ID: "acc_other"}, {Kind: audit.KindStaff, ID: marit.ID, Role: "privacy"}, audit.System("seed"), audit.Nobody(),
	} {
		_, err := c.Answer(ctx, other, marit.ID, privacy.PurposeFace, n.Version, true)
		want(t, err, errs.Forbidden, "consent.own")
		want(t, c.Withdraw(ctx, other, marit.ID, privacy.PurposeFace), errs.Forbidden, "consent.own")
	}
	if rows, _ := log.List(ctx, audit.Filter{}); len(rows) != 0 {
		t.Fatalf("got %+v", rows)
	}
}

func TestANoticeOfAnotherPurposeOrVersionIsNotAnswered(t *testing.T) {
	c, _ := consents(t, testkit.Store(t))
	documents, _ := privacy.CurrentNotice(privacy.PurposeDocuments, "en")
	for _, version := range []string{"", "face-match.0.en", documents.Version} {
		_, err := c.Answer(t.Context(), marit, marit.ID, privacy.PurposeFace, version, true)
		want(t, err, errs.Conflict, "notice.old")
	}
}

func TestTheTextBehindAnAnswerCanBeShownLater(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		c, _ := consents(t, store)
		n := notice(t)
		answer, err := c.Answer(t.Context(), marit, marit.ID, privacy.PurposeFace, n.Version, true)
		if err != nil {
			t.Fatal(err)
		}
		shown, found, err := c.ShownText(t.Context(), answer.TextHash)
		if err != nil || !found || shown.Text != n.Text || shown.Hash() != answer.TextHash {
			t.Fatalf("got %+v %v %v", shown, found, err)
		}
		if _, found, err := c.ShownText(t.Context(), strings.Repeat("0", 64)); found || err != nil {
			t.Fatalf("a text nobody was shown: %v", err)
		}
	})
}

func TestTheConsentsSourceTellsExportsAndErases(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		c, log := consents(t, store)
		ctx := t.Context()
		if _, err := c.Answer(ctx, marit, marit.ID, privacy.PurposeFace, notice(t).Version, true); err != nil {
			t.Fatal(err)
		}
		var register privacy.Register
		register.Add(c.Source())
		held, err := register.Describe(ctx, marit.ID)
		if err != nil || len(held) != 1 || held[0].What != "consents" || held[0].Count != 1 {
			t.Fatalf("got %+v %v", held, err)
		}
		all, err := register.Export(ctx, marit.ID)
		if err != nil || all["consents"] == nil {
			t.Fatalf("got %+v %v", all, err)
		}
		err = log.Record(ctx, audit.Entry{Actor: marit, Action: "test.erased"}, func(tx *db.Tx) error {
			gone, err := c.Source().Erase(tx, marit.ID, privacy.PurposeFace)
			if gone.Total() != 0 || err != nil {
				t.Errorf("the proof of an answer went with one purpose: %+v", gone)
			}
			gone, err = c.Source().Erase(tx, marit.ID, "")
			if gone.Rows["privacy_consents"] != 1 {
				t.Errorf("erased %+v", gone)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if held, _ := register.Describe(ctx, marit.ID); len(held) != 0 {
			t.Fatalf("left: %+v", held)
		}
	})
}
