package vault

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/testkit"
)

func TestACopyOfAnItemStaysClosedOnceItsKeyIsDestroyed(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	id := b.seal("acc_1", faces, "frame")
	backup := b.sealed(id)
	b.erase("acc_1", faces)
	if _, err := b.decryptAll(context.Background(), backup); errs.ReasonOf(err) != "vault.gone" {
		t.Fatal("without any key:", err)
	}
	b.seal("acc_1", faces, "makes a new key")
	if opened, err := b.decryptAll(context.Background(), backup); err == nil {
		t.Fatalf("the new key opened the old copy: %q", opened[0].Plain)
	}
}

func TestACiphertextOpensOnlyInItsOwnRowAndPlace(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	id := b.seal("acc_1", documents, "passport")
	sealed := b.sealed(id)
	moves := map[string]func(i *sealedItem){
		"another item":   func(i *sealedItem) { i.ID = "itm_other" },
		"another table":  func(i *sealedItem) { i.Slot.Table = "enrolments" },
		"another row":    func(i *sealedItem) { i.Slot.Row = "evi_other" },
		"another column": func(i *sealedItem) { i.Slot.Column = "portrait" },
		"another type":   func(i *sealedItem) { i.MIME = "text/html" },
		"shifted border": func(i *sealedItem) { i.Slot.Table, i.Slot.Row = i.Slot.Table+i.Slot.Row[:1], i.Slot.Row[1:] },
		"one bit":        func(i *sealedItem) { i.Ciphertext[len(i.Ciphertext)/2] ^= 1 },
	}
	for name, move := range moves {
		moved := sealed[0]
		moved.Ciphertext = bytes.Clone(moved.Ciphertext)
		move(&moved)
		if opened, err := b.decryptAll(context.Background(), []sealedItem{moved}); err == nil {
			t.Errorf("%s: opened %q", name, opened[0].Plain)
		}
	}
	if opened, err := b.decryptAll(context.Background(), sealed); err != nil || string(opened[0].Plain) != "passport" {
		t.Fatal("unmoved it must open:", err)
	}
}

func TestAWrongPurposeCannotDecryptEvenPastTheGate(t *testing.T) {
	b := newBench(t, testkit.Store(t))
	id := b.seal("acc_1", documents, "passport")
	b.seal("acc_1", faces, "so that there is a key for the other purpose")
	sealed := b.sealed(id)
	posing := sealed[0]
	posing.Purpose = faces
	if opened, err := b.decryptAll(context.Background(), []sealedItem{posing}); err == nil {
		t.Fatalf("opened for another purpose with its own key: %q", opened[0].Plain)
	}
	posing.keyID = b.keyOf("acc_1", faces).ID
	if opened, err := b.decryptAll(context.Background(), []sealedItem{posing}); err == nil {
		t.Fatalf("the key of another purpose opened %q", opened[0].Plain)
	}
	wrapped := b.keyOf("acc_1", documents)
	for _, copied := range []wrappedKey{
		{"key_1", "acc_1", faces, wrapped.Wrapped, wrapped.MasterID},
		{"key_2", "acc_2", documents, wrapped.Wrapped, wrapped.MasterID},
	} {
		if _, err := b.keys.masters.unwrap(copied); err == nil {
			t.Errorf("a key copied to %s/%s unwraps", copied.Person, copied.Purpose)
		}
	}
	right, err := b.keys.masters.cipher(wrapped)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := right.Decrypt(sealed[0].Ciphertext, itemData(posing.Item)); err == nil {
		t.Error("the right key opened it under another purpose")
	}
}

func TestNoPlaintextAndNoDestroyedKeyAnywhereOnDisk(t *testing.T) {
	folder := t.TempDir()
	address := "sqlite:" + testkit.StorePath(folder)
	store := testkit.Open(t, address)
	if err := store.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	keyStore := testkit.OpenKeys(t, "sqlite:"+filepath.Join(folder, "keys.db"))
	b := benchOn(t, store, keyStore)
	mark := "KNOWN-BYTES-" + ids.Token()
	plain := bytes.Repeat([]byte(mark), 4000) // larger than any page or buffer
	id := b.seal("acc_1", faces, string(plain))
	b.wantPlain(id, faces, string(plain))
	secretPart := b.keyOf("acc_1", faces).Wrapped[24:80]
	if !onDisk(t, folder, secretPart) {
		t.Fatal("the search does not even find the wrapped key, so it proves nothing")
	}
	if onDisk(t, folder, []byte(mark)) {
		t.Fatal("plaintext is on the disk")
	}
	if _, err := b.DestroyKeys(t.Context(), "acc_1", faces); err != nil { // while the program goes on
		t.Fatal(err)
	}
	if onDisk(t, folder, secretPart) {
		t.Fatal("the destroyed key is still in the file")
	}
}

// onDisk looks for bytes in every file of a folder.
func onDisk(t *testing.T, folder string, want []byte) bool {
	t.Helper()
	found := false
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, want)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
