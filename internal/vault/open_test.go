package vault

import (
	"errors"
	"fmt"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestItemsOpenedOneByOneComeInOrderUnderOneEntry(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		var frames []string
		for i := range 5 {
			frames = append(frames, b.seal("acc_1", faces, fmt.Sprint("frame ", i)))
		}
		seen := 0
		err := b.OpenEach(t.Context(), reviewer, frames, faces, "copy", func(i int, o Opened) error {
			if n := len(b.entries("vault.opened")); n != 1 {
				t.Errorf("%d entries before anything is seen", n)
			}
			if i != seen || string(o.Plain) != fmt.Sprint("frame ", i) || o.MIME != "image/jpeg" {
				t.Errorf("place %d holds %q", i, o.Plain)
			}
			seen++
			return nil
		})
		rows := b.entries("vault.opened")
		if err != nil || seen != 5 || len(rows) != 1 || rows[0].Details["count"] != "5" {
			t.Fatalf("%d seen, %v, %+v", seen, err, rows)
		}
		stop := errors.New("stop")
		seen = 0
		err = b.OpenEach(t.Context(), reviewer, frames, faces, "copy", func(int, Opened) error { seen++; return stop })
		if !errors.Is(err, stop) || seen != 1 {
			t.Fatalf("%d seen, %v", seen, err)
		}
		if err := b.OpenEach(t.Context(), reviewer, nil, faces, "copy", nil); err != nil {
			t.Fatal("of nothing:", err)
		}
	})
}

func TestItemsOpenedOneByOneAreRefusedAsAlways(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	face, page := b.seal("acc_1", faces, "frame"), b.seal("acc_1", documents, "page")
	other := b.seal("acc_2", faces, "of another")
	never := func(int, Opened) error { t.Error("something was opened"); return nil }
	if err := b.OpenEach(t.Context(), reviewer, []string{face, page}, faces, "x", never); errs.ReasonOf(err) != "vault.purpose" || len(b.entries("vault.refused")) != 1 {
		t.Error("another purpose:", err)
	}
	if err := b.OpenEach(t.Context(), reviewer, []string{face, other}, faces, "x", never); err == nil {
		t.Error("two people")
	}
	if err := b.OpenEach(t.Context(), reviewer, []string{face, "itm_never"}, faces, "x", never); errs.ReasonOf(err) != "vault.gone" {
		t.Error("one that is missing:", err)
	}
	if n := len(b.entries("vault.opened")); n != 0 {
		t.Errorf("%d looks are logged", n)
	}
}

func TestAnItemRemovedOnTheWayEndsTheReading(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	two := []string{b.seal("acc_1", faces, "a"), b.seal("acc_1", faces, "b")}
	err := b.OpenEach(t.Context(), reviewer, two, faces, "x", func(i int, _ Opened) error {
		if i > 0 {
			t.Error("what was erased was shown")
		}
		b.erase("acc_1", faces)
		return nil
	})
	if errs.ReasonOf(err) != "vault.gone" {
		t.Fatal(err)
	}
}

func TestAFullKeyIsFollowedByAnotherAndBothOpen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store)
		b.keys.limit = 3
		var all []string
		for i := range 8 {
			all = append(all, b.seal("acc_1", faces, fmt.Sprint("frame ", i)))
		}
		perKey := map[string]int{}
		for _, s := range b.sealed(all...) {
			perKey[s.keyID]++
		}
		if len(perKey) != 3 {
			t.Fatalf("8 messages under keys of 3 each: %v", perKey)
		}
		for id, n := range perKey {
			if n > 3 {
				t.Errorf("%s sealed %d", id, n)
			}
		}
		opened, err := b.OpenAll(t.Context(), reviewer, all, faces, "x")
		if err != nil || len(opened) != 8 || string(opened[7].Plain) != "frame 7" {
			t.Fatal(len(opened), err)
		}
		if gone, err := b.DestroyKeys(t.Context(), "acc_1", faces); err != nil || len(gone) != 3 {
			t.Fatalf("%+v %v", gone, err)
		}
		b.wantRefusal(all[0], faces, errs.NotFound, "vault.gone")
	})
}

// Two processes know nothing of what the other has counted.
func TestProcessesTogetherKeepTheLimitOfAKey(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		master := NewMasterKey()
		a := newBench(t, store, master)
		z := benchOn(t, store, a.keyStore, master)
		a.keys.limit, z.keys.limit = 3, 3
		var all []string
		for i := range 6 {
			all = append(all, []bench{a, z}[i%2].seal("acc_1", faces, "x"))
		}
		perKey := map[string]int{}
		for _, s := range a.sealed(all...) {
			perKey[s.keyID]++
		}
		for id, n := range perKey {
			if n > 3 {
				t.Errorf("%s sealed %d", id, n)
			}
		}
	})
}
