package vault

import (
	"strings"
	"testing"

	"truepenny/internal/testkit"
)

func TestAWrongMasterKeyIsNamedBeforeAnythingIsOpened(t *testing.T) {
	store := testkit.Store(t)
	right, wrong := NewMasterKey(), NewMasterKey()
	b := newBench(t, store, right)
	if err := b.CheckKeys(t.Context()); err != nil {
		t.Fatalf("an empty vault fits every key: %v", err)
	}
	b.seal("acc_1", "identity-documents", "x")
	if err := b.CheckKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := newBench(t, store, wrong).CheckKeys(t.Context())
	if err == nil || !strings.Contains(err.Error(), right.ID()) || !strings.Contains(err.Error(), wrong.ID()) {
		t.Fatalf("got %v", err)
	}
	if err := newBench(t, store, wrong, right).CheckKeys(t.Context()); err != nil {
		t.Fatalf("the right key is loaded as the one before: %v", err)
	}
}
