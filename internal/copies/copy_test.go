package copies

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

func TestACopyHoldsTheDataThePageAndEveryOriginalAsItIs(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		large := ids.Bytes(partSize + partSize/2) // over more than one part
		h.hold(privacy.PurposeDocuments, "passport.jpg", []byte("a passport"))
		h.hold(privacy.PurposeFace, "face.jpg", large)
		c := h.made()
		if c.State != Ready || c.Done != 2 || c.Total != 2 || !c.ExpiresAt.Equal(c.ReadyAt.Add(Kept)) {
			t.Fatalf("got %+v", c)
		}
		if h.sealed() != 2 {
			t.Errorf("%d parts, want 2", h.sealed())
		}
		files := h.unpacked(c.ID)
		if len(files) != 4 || !bytes.Equal(files["originals/face-match/face.jpg"], large) || string(files["originals/identity-documents/passport.jpg"]) != "a passport" ||
			!strings.Contains(string(files["data.json"]), h.marit.Email) || !strings.Contains(string(files["index.html"]), "originals/face-match/face.jpg") {
			t.Errorf("got %v", len(files))
		}
		mails, err := h.Outbox.OfPerson(t.Context(), h.marit.ID)
		h.ok(err)
		if len(mails) != 1 || mails[0].Kind != "copy-ready" || mails[0].To != h.marit.Email {
			t.Errorf("mails %+v", mails)
		}
	})
}

func TestTheLogSaysWhatWasOpenedForACopyAndThatItWasFetched(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.hold(privacy.PurposeDocuments, "passport.jpg", []byte("a"))
	h.hold(privacy.PurposeDocuments, "bill.jpg", []byte("b"))
	h.hold(privacy.PurposeFace, "face.jpg", []byte("c"))
	h.unpacked(h.made().ID)
	var got []string
	for _, r := range h.actions("vault.opened") {
		got = append(got, string(r.Actor.Kind)+" "+r.Purpose+" "+r.Reason+" "+r.Details["count"])
	}
	want := []string{"seller data-copy own 1", "system face-match export 1", "system identity-documents export 2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for _, action := range []string{"copy.asked", "copy.begun", "copy.ready"} {
		if rows := h.actions(action); len(rows) != 1 || rows[0].Person != h.marit.ID {
			t.Errorf("%s: %+v", action, rows)
		}
	}
}

func TestACopyOpensForItsPersonAlone(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	c := h.made()
	for _, other := range []audit.Actor{
		h.Seller(t, "other@seller.example").Actor(), h.Member(t, "Pia Privacy", "privacy").Actor(),
		{Kind: audit.KindStaff, ID: h.marit.ID}, audit.System("copies"), audit.Nobody(),
	} {
		_, err := h.Own(t.Context(), other, c.ID)
		h.want(err, errs.NotFound, "copy.unknown")
		h.want(h.Send(t.Context(), other, c.ID, io.Discard), errs.NotFound, "copy.unknown")
		h.want(h.Remove(t.Context(), other, c.ID), errs.NotFound, "copy.unknown")
	}
	_, err := h.Ask(t.Context(), h.Member(t, "Ann Reviewer", "reviewer").Actor())
	h.want(err, errs.Forbidden, "copy.own")
	if n := len(h.actions("vault.opened")); n != 0 {
		t.Errorf("%d looks", n)
	}
}

func TestThePrivacyOfficerHasACopyMadeAndCannotOpenIt(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	pia := h.Member(t, "Pia Privacy", "privacy").Actor()
	h.want(h.CopyFor(t.Context(), h.Member(t, "Ann Reviewer", "reviewer").Actor(), h.marit.ID), errs.Forbidden, "role.privacy")
	h.want(h.CopyFor(t.Context(), h.marit.Actor(), h.marit.ID), errs.Forbidden, "role.privacy")
	h.ok(h.CopyFor(t.Context(), pia, h.marit.ID))
	if _, err := h.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, found, err := h.Of(t.Context(), h.marit.ID)
	if err != nil || !found || c.State != Ready {
		t.Fatal(c, found, err)
	}
	h.want(h.Send(t.Context(), pia, c.ID, io.Discard), errs.NotFound, "copy.unknown")
	h.unpacked(c.ID)
}

func TestAskingAgainReplacesAndDestroysTheKeyOfTheOneBefore(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		first := h.made()
		again, err := h.Ask(t.Context(), h.marit.Actor())
		h.ok(err)
		same, err := h.Ask(t.Context(), h.marit.Actor())
		h.ok(err)
		if again.ID == first.ID || same.ID != again.ID || h.sealed() != 0 {
			t.Fatalf("first %s, again %s, then %s, %d parts", first.ID, again.ID, same.ID, h.sealed())
		}
		_, err = h.Own(t.Context(), h.marit.Actor(), first.ID)
		h.want(err, errs.NotFound, "copy.unknown")
		h.want(h.Send(t.Context(), h.marit.Actor(), again.ID, io.Discard), errs.Conflict, "copy.not-ready")
		if _, err := h.Queue.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.unpacked(again.ID)
		keys, err := h.Vault.DestroyKeys(t.Context(), h.marit.ID, privacy.PurposeCopy)
		h.ok(err)
		if len(keys) != 2 {
			t.Errorf("%d keys were destroyed in all, want the first copy's and this one's", len(keys))
		}
	})
}

func TestARemovedCopyIsGoneWithItsKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.made()
		h.ok(h.Remove(t.Context(), h.marit.Actor(), c.ID))
		h.want(h.Send(t.Context(), h.marit.Actor(), c.ID, io.Discard), errs.NotFound, "copy.unknown")
		if h.sealed() != 0 {
			t.Error("parts are left")
		}
		held, err := h.Source().Describe(t.Context(), h.marit.ID)
		if len(held) != 0 || err != nil {
			t.Errorf("still held: %+v %v", held, err)
		}
	})
}

func TestARemovalThatWasCutShortIsEndedByTheDailyJob(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	c := h.made()
	h.ok(h.Log.Record(t.Context(), c.entry(h.marit.Actor(), "copy.removed"), func(tx *db.Tx) error { return markEnding(tx, c.ID) }))
	h.want(h.Send(t.Context(), h.marit.Actor(), c.ID, io.Discard), errs.Gone, "copy.gone")
	h.ok(h.Remove(t.Context(), h.marit.Actor(), c.ID)) // the second press of the button
	n, err := h.Source().Expire(t.Context(), audit.System("retention"), h.People.Clock.Now())
	if n != 1 || err != nil || h.sealed() != 0 {
		t.Fatal(n, err, h.sealed())
	}
}

func TestACopyWaitsSevenDays(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	c := h.made()
	h.People.Clock.Advance(Kept - time.Second)
	h.unpacked(c.ID)
	if n, err := h.Source().Expire(t.Context(), audit.System("retention"), h.People.Clock.Now()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	h.People.Clock.Advance(time.Second)
	h.want(h.Send(t.Context(), h.marit.Actor(), c.ID, io.Discard), errs.Gone, "copy.gone")
	if n, err := h.Source().Expire(t.Context(), audit.System("retention"), h.People.Clock.Now()); n != 1 || err != nil || h.sealed() != 0 {
		t.Fatal(n, err, h.sealed())
	}
	if rows := h.actions("copy.expired"); len(rows) != 1 {
		t.Errorf("got %+v", rows)
	}
}

func TestACopyWaitsNoLongerThanWhatIsInItMayBeKept(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	h.hold(privacy.PurposeFace, "face.jpg", []byte("a face"))
	end := h.People.Clock.Now().Add(30 * time.Hour)
	h.holds[0].Until = end
	c := h.made()
	if !c.ExpiresAt.Equal(end) {
		t.Fatalf("it waits until %s, the face may be kept until %s", c.ExpiresAt, end)
	}
	h.People.Clock.Set(end)
	h.want(h.Send(t.Context(), h.marit.Actor(), c.ID, io.Discard), errs.Gone, "copy.gone")
}

func TestACopyThatCannotBeMadeSaysSoAndCanBeAskedForAgain(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	gather := h.Gather
	h.Gather = func(context.Context, string) (Contents, error) { return Contents{}, errors.New("the disk is away") }
	c, err := h.Ask(t.Context(), h.marit.Actor())
	h.ok(err)
	for range attempts {
		_, _ = h.Queue.Drain(t.Context())
		h.People.Clock.Advance(time.Hour)
	}
	c, err = h.Own(t.Context(), h.marit.Actor(), c.ID)
	h.ok(err)
	if c.State != Failed || len(h.actions("copy.failed")) != 1 {
		t.Fatalf("got %+v", c)
	}
	h.want(h.Send(t.Context(), h.marit.Actor(), c.ID, io.Discard), errs.Conflict, "copy.not-ready")
	h.Gather = gather
	h.unpacked(h.made().ID)
}

func TestACopyThatNobodyWorksOnAnyMoreIsReplaced(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	lost, err := h.Ask(t.Context(), h.marit.Actor()) // its workers died
	h.ok(err)
	h.People.Clock.Advance(making)
	again, err := h.Ask(t.Context(), h.marit.Actor())
	h.ok(err)
	if again.ID == lost.ID {
		t.Fatal("the person waits for ever")
	}
}

func TestAnAttemptStopsWhenAnotherTookOver(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	c, err := h.Ask(t.Context(), h.marit.Actor())
	h.ok(err)
	old := c
	old.run, old.State = ids.New("run"), Making
	h.ok(h.Log.Record(t.Context(), c.entry(system, "copy.begun"), func(tx *db.Tx) error { return begin(tx, old) }))
	if _, err := h.Queue.Drain(t.Context()); err != nil { // takes it up again
		t.Fatal(err)
	}
	p := &parts{ctx: t.Context(), s: h.Service, copy: &old, buffer: []byte("late")}
	if err := p.flush(); !errors.Is(err, errGone) {
		t.Fatalf("an old attempt wrote on: %v", err)
	}
	h.unpacked(c.ID)
}

func TestErasingAPersonTakesTheCopyAlong(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		c := h.made()
		_, err := h.Vault.DestroyKeys(t.Context(), h.marit.ID, "")
		h.ok(err)
		for _, p := range []vault.Purpose{privacy.PurposeFace, privacy.PurposeCopy} {
			h.ok(h.Log.Record(t.Context(), c.entry(system, "test.erased"), func(tx *db.Tx) error {
				_, err := h.Source().Erase(tx, h.marit.ID, p)
				return err
			}))
			_, found, err := h.Of(t.Context(), h.marit.ID)
			if h.ok(err); found != (p == privacy.PurposeFace) {
				t.Errorf("after erasing %s: found %v", p, found)
			}
		}
	})
}

func TestNamesInTheFileAreSafeEverywhere(t *testing.T) {
	names := entryNames([]Original{
		{Purpose: "face-match", Name: "../../etc/passwd"}, {Purpose: "face-match", Name: `C:\Windows\x.JPG`},
		{Purpose: "", Name: ""}, {Purpose: "a/../b", Name: "é\u202egpj.exe\x00.jpg"}, {Purpose: "face-match", Name: "a.jpg"}, {Purpose: "face-match", Name: "A.jpg"},
		{Purpose: "face-match", Name: strings.Repeat("x", 500) + ".jpeg"},
	})
	seen := map[string]bool{}
	for _, n := range names {
		if seen[n] || strings.Contains(n, "..") || strings.ContainsAny(n, "\\:\x00") || !strings.HasPrefix(n, "originals/") || strings.Count(n, "/") != 2 || len(n) > 160 {
			t.Errorf("%q", n)
		}
		for _, r := range n {
			if r > 126 {
				t.Errorf("%q", n)
			}
		}
		seen[n] = true
	}
}
