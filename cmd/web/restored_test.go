package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/clock"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
)

func TestWhatWasErasedForOnePurposeGoesAgainWhenYesterdaysBackupIsPutBack(t *testing.T) {
	folder, clk := t.TempDir(), clock.NewFixed(noon)
	a := openAppIn(t, folder, clk)
	m := a.marit(t)
	face, other := a.pictured(t, m.ID, privacy.PurposeFace, 2), a.pictured(t, "acc_other", privacy.PurposeFace, 1)
	document := a.pictured(t, m.ID, privacy.PurposeDocuments, 1)
	backup := a.closed(t, folder)

	a = openAppIn(t, folder, clk)
	for _, purpose := range []vault.Purpose{privacy.PurposeFace, privacy.PurposeDocuments} {
		if _, err := a.erasures.Erase(t.Context(), m.Actor(), m.ID, purpose); err != nil {
			t.Fatal(err)
		}
	}
	a.closed(t, folder)
	if err := os.WriteFile(filepath.Join(folder, "truepenny.db"), backup, 0o600); err != nil {
		t.Fatal(err)
	}

	a = openAppIn(t, folder, clk)
	items, err := a.vault.Describe(t.Context(), m.ID)
	if err != nil || len(items) != 0 {
		t.Errorf("%s and %s came back: %v %v", face, document, items, err)
	}
	apps, err := a.sellers.Mine(t.Context(), m.Actor())
	if err != nil || len(apps) != 1 || apps[0].State != sellers.Cancelled || apps[0].FamilyName != "" {
		t.Errorf("what she had typed came back: %+v %v", apps, err)
	}
	if _, err := a.account.Get(t.Context(), m.ID); err != nil {
		t.Error(err)
	}
	if left, err := a.vault.Describe(t.Context(), "acc_other"); err != nil || len(left) != 1 || left[0].ID != other {
		t.Error(left, err)
	}
	anew := a.pictured(t, m.ID, privacy.PurposeFace, 1)
	a.closed(t, folder)
	a = openAppIn(t, folder, clk)
	if left, err := a.vault.Describe(t.Context(), m.ID); err != nil || len(left) != 1 || left[0].ID != anew {
		t.Error("a second start took what is new:", left, err)
	}
}

// closed ends the program and returns its main database.
func (a *App) closed(t *testing.T, folder string) []byte {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "truepenny.db")
	out, err := os.ReadFile(file)
	for _, side := range []string{"-wal", "-shm"} {
		if gone := os.Remove(file + side); gone != nil && !errors.Is(gone, os.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}
