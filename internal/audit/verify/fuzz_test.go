package verify

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/testkit"
)

// proven is a proof from a log of five entries, the same in every process that
// fuzzes, with the log's key.
func proven(f *testing.F) (audit.Proof, string) {
	f.Helper()
	log, err := audit.New(testkit.Store(f), clock.NewFixed(time.Unix(1_700_000_000, 0)), bytes.Repeat([]byte{7}, ed25519.SeedSize))
	if err != nil {
		f.Fatal(err)
	}
	for range 5 {
		if err := log.Note(f.Context(), audit.Entry{Actor: audit.System("fuzz"), Action: "fuzz", Details: map[string]string{"count": "1"}}); err != nil {
			f.Fatal(err)
		}
	}
	proof, err := log.Inclusion(f.Context(), 3)
	if err != nil {
		f.Fatal(err)
	}
	return proof, log.VerifierKey()
}

// A file is accepted only with the entry that the log holds: whatever else is
// changed in it.
func FuzzAProofHoldsOnlyForItsEntry(f *testing.F) {
	proof, key := proven(f)
	f.Add(proof.File())
	f.Add(bytes.Replace(proof.File(), []byte(`"index": 3`), []byte(`"index": 2`), 1))
	f.Add([]byte(`{"format":"truepenny-inclusion/1"}`))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := Inclusion(file, key)
		if err != nil {
			return
		}
		var p audit.Proof
		if err := json.Unmarshal(file, &p); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p.Leaf, proof.Leaf) || got.Size != proof.Size {
			t.Errorf("accepted for another entry: %+v", got)
		}
	})
}

func FuzzALeafIsReadAsItWasWritten(f *testing.F) {
	row := audit.Row{Index: 3, At: time.UnixMicro(1_700_000_000_000_001), Entry: audit.Entry{
		Actor: audit.Actor{Kind: audit.KindStaff, ID: "mem_1", Role: "reviewer"}, Action: "vault.opened", Subject: "item:itm_1",
	}}
	f.Add(row.Leaf("{}"))
	f.Add(row.Leaf(`{"count":"1"}`))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, leaf []byte) {
		row, err := ParseLeaf(leaf)
		if err != nil || len(row.Details) > 0 { // details are JSON, which is read in more ways than it is written
			return
		}
		if again := row.Leaf("{}"); bytes.HasSuffix(leaf, []byte("\x00\x00\x00\x02{}")) && !bytes.Equal(again, leaf) {
			t.Errorf("%x is read as what is written %x", leaf, again)
		}
	})
}

func FuzzACheckpointIsReadInOneWay(f *testing.F) {
	f.Add("truepenny-audit/00\n5\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n")
	f.Add("go.sum database tree\n0\n\n")
	f.Add("\n-1\n=\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseCheckpoint(text)
		if err != nil {
			return
		}
		if want := strings.Split(text, "\n"); c.Size < 0 || c.Origin != want[0] || c.Root.String() != want[2] {
			t.Errorf("%q is read as %+v", text, c)
		}
	})
}

func FuzzAWitnessKeyIsWrittenAsItIsRead(f *testing.F) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	f.Add(NewWitnessKey("witness.example", key.Public().(ed25519.PublicKey)).String())
	f.Add("witness.example+00000000+BA==")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := ParseWitnessKey(text)
		if err == nil && !strings.EqualFold(w.String(), text) {
			t.Errorf("%q is written %q", text, w)
		}
	})
}

// Only what the witness signed counts as signed by it.
func FuzzNobodyCosignsForAWitness(f *testing.F) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	w := NewWitnessKey("witness.example", key.Public().(ed25519.PublicKey))
	at := time.Unix(1_700_000_000, 0)
	const checkpoint = "log.example\n5\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n"
	line := w.Cosignature(at, ed25519.Sign(key, CosignedText(checkpoint, at)))
	f.Add(checkpoint + "\n" + line)
	f.Add(checkpoint + "\n" + line + line)
	f.Add("\n\n— witness.example AAAA\n")
	f.Fuzz(func(t *testing.T, signed string) {
		got, when, err := w.Cosigned(signed)
		if err != nil {
			return
		}
		if text, _, _ := strings.Cut(signed, "\n\n"); got != line || !when.Equal(at) || text+"\n" != checkpoint {
			t.Errorf("accepted %q at %s", signed, when)
		}
	})
}
