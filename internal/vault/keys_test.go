package vault

import (
	"strings"
	"testing"

	"truepenny/internal/clock"
	"truepenny/internal/testkit"
)

func TestAWrongMasterKeyIsNamedBeforeAnythingIsOpened(t *testing.T) {
	right, wrong := NewMasterKey(), NewMasterKey()
	b := newBench(t, testkit.Store(t), right)
	try := func(masters ...MasterKey) error {
		_, err := OpenKeys(t.Context(), b.keyStore, clock.System, masters[0], masters[1:]...)
		return err
	}
	if err := try(wrong); err != nil {
		t.Fatalf("an empty key store fits every key: %v", err)
	}
	b.seal("acc_1", "identity-documents", "x")
	if err := try(right); err != nil {
		t.Fatal(err)
	}
	err := try(wrong)
	if err == nil || !strings.Contains(err.Error(), right.ID()) || !strings.Contains(err.Error(), wrong.ID()) || !strings.Contains(err.Error(), "TRUEPENNY_MASTER_KEY") {
		t.Fatalf("got %v", err)
	}
	if err := try(wrong, right); err != nil {
		t.Fatalf("the right key is loaded as the one before: %v", err)
	}
	b.erase("acc_1", "identity-documents")
	if err := try(wrong); err != nil {
		t.Fatalf("a destroyed key needs none: %v", err)
	}
}

func TestASecretOfAnotherMasterKeyIsNamedToo(t *testing.T) {
	right := NewMasterKey()
	b := newBench(t, testkit.Store(t), right)
	if _, err := b.keys.Secret(t.Context(), "audit"); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenKeys(t.Context(), b.keyStore, clock.System, NewMasterKey()); err == nil || !strings.Contains(err.Error(), right.ID()) {
		t.Fatalf("got %v", err)
	}
}

func TestASecretIsFirstWhatTheMasterKeyGivesAndEachLabelHasItsOwn(t *testing.T) {
	master := NewMasterKey()
	b := newBench(t, testkit.Store(t), master)
	for range 2 {
		got, err := b.keys.Secret(t.Context(), "audit")
		if err != nil || string(got) != string(master.Derive("audit")) {
			t.Fatal(got, err)
		}
	}
	other, err := b.keys.Secret(t.Context(), "receipts")
	if err != nil || string(other) == string(master.Derive("audit")) {
		t.Fatal(other, err)
	}
}
