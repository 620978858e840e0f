package audit_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestAProofFileIsCheckedWithNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		log, err := audit.New(store, clock.NewFixed(noon), make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		fill(t, log, 21)
		for index := int64(0); index < 21; index++ {
			proof, err := log.Inclusion(t.Context(), index)
			if err != nil {
				t.Fatal(err)
			}
			got, err := verify.Inclusion(proof.File(), log.VerifierKey())
			if err != nil || got.Row.Index != index || got.Size != 21 || got.Row.Action != "test.done" ||
				got.Row.Details["b"] != "2" || !got.Row.At.Equal(noon) {
				t.Fatalf("entry %d: %+v, %v", index, got, err)
			}
			byHash, err := log.Path(t.Context(), tlog.RecordHash(proof.Leaf))
			if err != nil || byHash.Index != index || byHash.Leaf != nil {
				t.Fatalf("entry %d by its hash: %+v, %v", index, byHash, err)
			}
			byHash.Leaf = proof.Leaf
			if _, err := verify.Contains(byHash, log.VerifierKey()); err != nil {
				t.Fatal(err)
			}
		}
		for _, index := range []int64{-1, 21} {
			if _, err := log.Inclusion(t.Context(), index); errs.CodeOf(err) != errs.NotFound {
				t.Fatalf("entry %d: %v", index, err)
			}
		}
		if _, err := log.Path(t.Context(), tlog.RecordHash([]byte("no"))); errs.CodeOf(err) != errs.NotFound {
			t.Fatal(err)
		}
	})
}

func TestAProofFileThatWasChangedIsRefused(t *testing.T) {
	store, log := open(t)
	fill(t, log, 9)
	proof, err := log.Inclusion(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	other, err := audit.New(store, clock.NewFixed(noon), bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(p *audit.Proof){
		"another index":      func(p *audit.Proof) { p.Index = 5 },
		"another size":       func(p *audit.Proof) { p.Size = 8 },
		"another word":       func(p *audit.Proof) { p.Leaf = bytes.Replace(p.Leaf, []byte("test:4"), []byte("test:5"), 1) },
		"cut leaf":           func(p *audit.Proof) { p.Leaf = p.Leaf[:len(p.Leaf)-1] },
		"longer leaf":        func(p *audit.Proof) { p.Leaf = append(p.Leaf, 0) },
		"no leaf":            func(p *audit.Proof) { p.Leaf = nil },
		"a hash too few":     func(p *audit.Proof) { p.Hashes = p.Hashes[1:] },
		"another root":       func(p *audit.Proof) { p.Checkpoint = strings.Replace(p.Checkpoint, "\n9\n", "\n8\n", 1) },
		"another format":     func(p *audit.Proof) { p.Format = "x" },
		"another signer":     func(p *audit.Proof) { p.Verifier = other.VerifierKey(); p.Checkpoint = headOf(t, other) },
		"no checkpoint":      func(p *audit.Proof) { p.Checkpoint = "" },
		"unsigned":           func(p *audit.Proof) { p.Checkpoint, _, _ = strings.Cut(p.Checkpoint, "\n\n") },
		"hash out of places": func(p *audit.Proof) { p.Hashes[0], p.Hashes[1] = p.Hashes[1], p.Hashes[0] },
	} {
		var changed audit.Proof
		if err := json.Unmarshal(proof.File(), &changed); err != nil {
			t.Fatal(err)
		}
		change(&changed)
		if _, err := verify.Inclusion(changed.File(), log.VerifierKey()); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := verify.Inclusion([]byte("{"), log.VerifierKey()); err == nil {
		t.Error("half a file was accepted")
	}
}

// headOf is what stands after another key has signed the next entry.
func headOf(t *testing.T, other *audit.Log) string {
	t.Helper()
	fill(t, other, 1)
	head, err := other.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func TestACheckpointNamesItsLogSizeAndRoot(t *testing.T) {
	_, log := open(t)
	if head, err := log.Checkpoint(t.Context()); err != nil || head != "" {
		t.Fatalf("an empty log has a head: %q, %v", head, err)
	}
	fill(t, log, 3)
	head, err := log.Checkpoint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root, err := log.Root(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if want := audit.Origin(log.VerifierKey()) + "\n3\n" + root.String() + "\n\n— truepenny-audit "; !strings.HasPrefix(head, want) {
		t.Fatalf("got %q, want it to begin with %q", head, want)
	}
	if _, err := verify.OpenCheckpoint(head, log.VerifierKey()); err != nil {
		t.Fatal(err)
	}
}

// A head from before checkpoints named their log still holds until the next
// entry replaces it.
func TestAHeadOfTheFormerFormatHolds(t *testing.T) {
	store, log := open(t)
	fill(t, log, 3)
	root, err := log.Root(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	key, verifier, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{3}, 64)), "truepenny-audit")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(key)
	if err != nil {
		t.Fatal(err)
	}
	former, err := note.Sign(&note.Note{Text: string(tlog.FormatTree(tlog.Tree{N: 3, Hash: root}))}, signer)
	if err != nil {
		t.Fatal(err)
	}
	err = store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec("UPDATE audit_head SET note = ?, verifier = ?", string(former), verifier).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if report := check(t, store, verifier); !report.OK() {
		t.Fatal(report.Problem)
	}
}

func TestConsistencyIsProvedBetweenAnyTwoSizes(t *testing.T) {
	_, log := open(t)
	fill(t, log, 12)
	for to := int64(1); to <= 12; to++ {
		for from := int64(1); from <= to; from++ {
			path, err := log.Consistency(t.Context(), from, to)
			if err != nil {
				t.Fatal(err)
			}
			first, err := log.Root(t.Context(), from)
			if err != nil {
				t.Fatal(err)
			}
			second, err := log.Root(t.Context(), to)
			if err != nil {
				t.Fatal(err)
			}
			if err := verify.Consistency(from, to, first, second, path); err != nil {
				t.Fatalf("%d in %d: %v", from, to, err)
			}
		}
	}
	for _, sizes := range [][2]int64{{0, 5}, {5, 4}, {1, 13}, {-1, 2}} {
		if _, err := log.Consistency(t.Context(), sizes[0], sizes[1]); errs.CodeOf(err) != errs.Invalid {
			t.Fatalf("%v: %v", sizes, err)
		}
	}
}

func TestFindGivesTheNewestEntryOfAnAction(t *testing.T) {
	_, log := open(t)
	fill(t, log, 2)
	fill(t, log, 2)
	row, found, err := log.Find(t.Context(), "test:1", "test.done")
	if err != nil || !found || row.Index != 3 {
		t.Fatalf("got %+v, %v, %v", row, found, err)
	}
	if _, found, err := log.Find(t.Context(), "test:1", "test.undone"); err != nil || found {
		t.Fatalf("found %v, %v", found, err)
	}
}
