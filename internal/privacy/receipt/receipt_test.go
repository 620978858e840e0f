package receipt_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/testkit"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 123456000, time.UTC)

func signer(t testing.TB, fill byte) receipt.Signer {
	t.Helper()
	s, err := receipt.NewSigner(bytes.Repeat([]byte{fill}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func log(t testing.TB) *audit.Log {
	t.Helper()
	l, err := audit.New(testkit.Store(t), clock.NewFixed(noon), bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func sample(signer receipt.Signer, log *audit.Log) receipt.Receipt {
	return receipt.Receipt{
		ID: "rcp_1", Erasure: "era_1", At: noon, Scope: receipt.Everything, Occasion: receipt.Asked,
		Keys: []receipt.Key{{ID: "key_2", Purpose: "identity-documents", At: noon}, {ID: "key_1", Purpose: "face-match", At: noon}},
		Items: []receipt.Item{
			{ID: "itm_2", Purpose: "face-match", SHA256: strings.Repeat("ab", 32)},
			{ID: "itm_1", Purpose: "face-match", SHA256: strings.Repeat("01", 32)},
		},
		Rows:   []receipt.Rows{{Table: "sellers_evidence", Count: 2}, {Table: "accounts", Count: 1}},
		Kept:   []receipt.Kept{{What: "trader-details", Law: "dsa-30-5", Until: noon.AddDate(0, 6, 0), Receipt: "rcp_2"}},
		Signer: signer.VerifierKey(), Log: log.VerifierKey(),
	}.Sorted()
}

// issue writes the entry and makes the file, with other entries around it.
func issue(t testing.TB, s receipt.Signer, l *audit.Log, r receipt.Receipt, action string) []byte {
	t.Helper()
	body := r.Body()
	for _, e := range []audit.Entry{
		{Actor: audit.System("test"), Action: "test.before"},
		{Actor: audit.System("erasure"), Action: action, Subject: receipt.Subject(r.Erasure), Details: map[string]string{receipt.Detail: receipt.Hash(body)}},
		{Actor: audit.System("test"), Action: "test.after"},
	} {
		if err := l.Note(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	proof, err := l.Inclusion(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	root, err := l.Root(t.Context(), proof.Size)
	if err != nil {
		t.Fatal(err)
	}
	file, err := s.Sign(body, root.String(), proof)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestAReceiptIsCheckedWithNothingButItself(t *testing.T) {
	s, l := signer(t, 1), log(t)
	file := issue(t, s, l, sample(s, l), receipt.Action)
	for _, keys := range [][2]string{{"", ""}, {s.VerifierKey(), l.VerifierKey()}} {
		got, err := receipt.Verify(file, keys[0], keys[1])
		if err != nil {
			t.Fatal(err)
		}
		if got.Erasure != "era_1" || got.Entry != 1 || got.Size != 3 || len(got.Keys) != 2 || got.Keys[0].ID != "key_1" ||
			got.Items[1].ID != "itm_2" || got.Rows[0].Table != "accounts" || !got.Kept[0].Until.Equal(noon.AddDate(0, 6, 0)) || !got.At.Equal(noon) {
			t.Fatalf("%+v", got)
		}
	}
	if r, err := receipt.Read(file); err != nil || r.ID != "rcp_1" {
		t.Fatal(r, err)
	}
}

func TestEveryChangedByteOfAReceiptIsFound(t *testing.T) {
	s, l := signer(t, 1), log(t)
	file := issue(t, s, l, sample(s, l), receipt.Action)
	for i := range file {
		for _, changed := range []byte{file[i] ^ 1, file[i] ^ 0x20, 'A', '0', '=', '\n', ' ', 0} {
			if changed == file[i] {
				continue
			}
			bad := bytes.Clone(file)
			bad[i] = changed
			if _, err := receipt.Verify(bad, "", ""); err == nil {
				t.Fatalf("byte %d was changed from %q to %q and nobody noticed", i, file[i], changed)
			}
		}
		if _, err := receipt.Verify(append(bytes.Clone(file[:i]), file[i+1:]...), "", ""); err == nil {
			t.Fatalf("byte %d was taken out and nobody noticed", i)
		}
	}
	for _, added := range []string{"\n", " ", "— other AAAA\n", "x"} {
		if _, err := receipt.Verify(append(bytes.Clone(file), added...), "", ""); err == nil {
			t.Fatalf("%q was added and nobody noticed", added)
		}
	}
}

func TestAReceiptOfSomebodyElseIsRefusedWhenTheKeysAreKnown(t *testing.T) {
	s, l, forger := signer(t, 1), log(t), signer(t, 2)
	file := issue(t, forger, l, sample(forger, l), receipt.Action)
	if _, err := receipt.Verify(file, "", ""); err != nil {
		t.Fatal("it fits together:", err)
	}
	if _, err := receipt.Verify(file, s.VerifierKey(), ""); err == nil {
		t.Fatal("a forged signature was taken")
	}
	other, err := audit.New(testkit.Store(t), clock.NewFixed(noon), bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := receipt.Verify(file, forger.VerifierKey(), other.VerifierKey()); err == nil {
		t.Fatal("a forged log was taken")
	}
}

func TestAReceiptWhoseEntrySaysSomethingElseIsRefused(t *testing.T) {
	s := signer(t, 1)
	l := log(t)
	if _, err := receipt.Verify(issue(t, s, l, sample(s, l), "vault.opened"), "", ""); err == nil {
		t.Error("an entry of another kind was taken for an erasure")
	}
	l = log(t)
	r := sample(s, l)
	if err := l.Note(t.Context(), audit.Entry{Actor: audit.System("erasure"), Action: receipt.Action, Subject: receipt.Subject(r.Erasure),
		Details: map[string]string{receipt.Detail: receipt.Hash([]byte("another text"))}}); err != nil {
		t.Fatal(err)
	}
	proof, err := l.Inclusion(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	root, _ := l.Root(t.Context(), proof.Size)
	file, err := s.Sign(r.Body(), root.String(), proof)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := receipt.Verify(file, "", ""); err == nil {
		t.Error("an entry for another text was taken")
	}
	wrong, err := s.Sign(r.Body(), "AAAA", proof)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := receipt.Verify(wrong, "", ""); err == nil {
		t.Error("a receipt that names another root was taken")
	}
}

func TestABodyIsReadAsItWasWrittenOrNotAtAll(t *testing.T) {
	s, l := signer(t, 1), log(t)
	body := sample(s, l).Body()
	r, err := receipt.ParseBody(body)
	if err != nil || !bytes.Equal(r.Body(), body) {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "truepenny-receipt/1", "truepenny-receipt/2\n", string(body) + "unknown: 1\n",
		strings.Replace(string(body), "scope: everything", "scope: every thing", 1), strings.Replace(string(body), "rows-removed: accounts 1", "rows-removed: accounts 01", 1)} {
		if _, err := receipt.ParseBody([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func FuzzWhatIsReadIsWrittenTheSame(f *testing.F) {
	s, l := signer(f, 1), log(f)
	f.Add(issue(f, s, l, sample(s, l), receipt.Action))
	f.Add(sample(s, l).Body())
	f.Add([]byte("truepenny-receipt/1\nreceipt: a\n\n— a AAAA\n"))
	key := s.VerifierKey()
	f.Fuzz(func(t *testing.T, file []byte) {
		if r, err := receipt.ParseBody(file); err == nil && !bytes.Equal(r.Body(), file) {
			t.Fatalf("%q", file)
		}
		checked, err := receipt.Verify(file, key, "")
		if err == nil && (checked.ID != "rcp_1" || checked.Size != 3) {
			t.Fatalf("a receipt that was never signed: %+v", checked)
		}
		receipt.Read(file)
	})
}
