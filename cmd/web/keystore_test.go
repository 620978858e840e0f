package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/vault"
)

// stores is the program without its engine and its services.
func stores(t *testing.T, cfg config.Config) (*App, error) {
	t.Helper()
	a := &App{config: cfg, clock: clock.NewFixed(noon), log: slog.New(slog.NewJSONHandler(io.Discard, nil))}
	t.Cleanup(func() { a.Close() })
	return a, a.openStores(t.Context())
}

// inUse is an installation in which something is sealed, stopped.
func inUse(t *testing.T) (folder, item string) {
	t.Helper()
	folder = t.TempDir()
	a, err := stores(t, at(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	err = a.audit.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test"}, func(tx *db.Tx) (err error) {
		item, err = a.vault.Seal(tx, vault.Sealing{
			Person: "acc_1", Purpose: privacy.PurposeDocuments, Slot: vault.Slot{Table: "sellers_evidence", Row: "evi_1", Column: "item"},
			MIME: "image/jpeg", KeepUntil: noon.AddDate(0, 0, 180),
		}, []byte("a picture"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return folder, item
}

func TestASecondStartOpensWhatTheFirstSealedAndSignsWithTheSameKey(t *testing.T) {
	folder, item := inUse(t)
	a, err := stores(t, at(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := a.vault.Open(t.Context(), audit.System("test"), item, privacy.PurposeDocuments, "test")
	if err != nil || string(opened.Plain) != "a picture" {
		t.Fatalf("%q %v", opened.Plain, err)
	}
	before, err := audit.New(a.store, a.clock, a.master.Derive("audit")) // as before there was a key store
	if err != nil || before.VerifierKey() != a.audit.VerifierKey() {
		t.Errorf("the log is signed by %s, %v", a.audit.VerifierKey(), err)
	}
	if _, err := os.Stat(filepath.Join(folder, "keys.db")); err != nil {
		t.Error(err)
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	for _, side := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(from+side, to+side); err != nil && side == "" {
			t.Fatal(err)
		}
	}
}

// Each is something that an operator may get wrong, and the words that must
// stand in the sentence that stops the program.
func TestTheProgramDoesNotStartWithoutTheKeysOfItsDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(t *testing.T, folder string)
		want  []string
	}{
		"key file missing": {func(t *testing.T, folder string) {
			move(t, filepath.Join(folder, "master.key"), filepath.Join(folder, "elsewhere"))
		}, []string{"master.key is missing", "truepenny.db", "TRUEPENNY_MASTER_KEY"}},
		"key file missing, and only the key store left": {func(t *testing.T, folder string) {
			move(t, filepath.Join(folder, "master.key"), filepath.Join(folder, "elsewhere"))
			move(t, filepath.Join(folder, "truepenny.db"), filepath.Join(folder, "old.db"))
		}, []string{"master.key is missing", "keys.db", "TRUEPENNY_MASTER_KEY"}},
		"key file of somebody else": {func(t *testing.T, folder string) {
			if err := os.Remove(filepath.Join(folder, "master.key")); err != nil {
				t.Fatal(err)
			}
			if _, err := vault.CreateMasterKey(filepath.Join(folder, "master.key")); err != nil {
				t.Fatal(err)
			}
		}, []string{"is not the one that the key store needs", "TRUEPENNY_MASTER_KEY", "TRUEPENNY_MASTER_KEY_PREVIOUS"}},
		"key file damaged": {func(t *testing.T, folder string) {
			if err := os.WriteFile(filepath.Join(folder, "master.key"), []byte("truepenny-key-1:abc"), 0o600); err != nil {
				t.Fatal(err)
			}
		}, []string{"master.key", "damaged"}},
		"key store missing": {func(t *testing.T, folder string) {
			move(t, filepath.Join(folder, "keys.db"), filepath.Join(folder, "elsewhere"))
		}, []string{"keys.db is missing", "truepenny.db", "TRUEPENNY_KEYS"}},
		"key store made anew": {func(t *testing.T, folder string) {
			move(t, filepath.Join(folder, "keys.db"), filepath.Join(folder, "elsewhere"))
			fresh, err := db.OpenKeys(t.Context(), "sqlite:"+filepath.Join(folder, "keys.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer fresh.Close()
			if err := fresh.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
		}, []string{"keys.db is empty", "truepenny.db", "TRUEPENNY_KEYS"}},
		"key store of another database": {func(t *testing.T, folder string) {
			another, _ := inUse(t)
			for _, file := range []string{"keys.db", "master.key"} { // even when the master key fits
				move(t, filepath.Join(another, file), filepath.Join(folder, file))
			}
		}, []string{"keys.db belongs to another database", "truepenny.db", "TRUEPENNY_KEYS"}},
		"a new database with a key store in use": {func(t *testing.T, folder string) {
			move(t, filepath.Join(folder, "truepenny.db"), filepath.Join(folder, "old.db"))
		}, []string{"keys.db belongs to another database", "truepenny.db", "TRUEPENNY_KEYS"}},
		"key store that is no database": {func(t *testing.T, folder string) {
			if err := os.WriteFile(filepath.Join(folder, "keys.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, []string{"key store", "keys.db"}},
	} {
		t.Run(name, func(t *testing.T) {
			folder, _ := inUse(t)
			c.spoil(t, folder)
			for range 2 { // the refusal leaves nothing behind that would let the next start through
				a, err := stores(t, at(t, folder))
				if err == nil {
					t.Fatal("it starts")
				}
				for _, want := range c.want {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("%q says nothing of %q", err, want)
					}
				}
				a.Close()
			}
		})
	}
}

func TestEveryLineOfTheKeysCommandsUsageIsTrue(t *testing.T) {
	folder := t.TempDir()
	run := func(args ...string) (string, error) {
		var out, complaint strings.Builder
		err := keysCommand(t.Context(), args, &out, &complaint)
		return out.String(), err
	}
	for _, args := range [][]string{nil, {"new"}, {"rotate", "now"}, {"list", "all"}, {"destroy"}} {
		if _, err := run(args...); err == nil || !strings.Contains(err.Error(), "usage: truepenny keys new FILE | truepenny keys rotate | truepenny keys list") {
			t.Errorf("%v: %v", args, err)
		}
	}
	file := filepath.Join(folder, "a.key")
	out, err := run("new", file)
	if err != nil || !strings.Contains(out, file) {
		t.Fatal(out, err)
	}
	if _, err := run("new", file); err == nil || !strings.Contains(err.Error(), "not replaced") {
		t.Error("a second key replaced the first:", err)
	}
}

func TestAMasterKeyIsRotatedByCommand(t *testing.T) {
	folder, item := inUse(t)
	next := filepath.Join(folder, "next.key")
	if _, err := vault.CreateMasterKey(next); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TRUEPENNY_DATA", folder)
	t.Setenv("TRUEPENNY_MASTER_KEY", next)
	var out, complaint strings.Builder
	if err := keysCommand(t.Context(), []string{"rotate"}, &out, &complaint); err == nil || !strings.Contains(err.Error(), "TRUEPENNY_MASTER_KEY_PREVIOUS") {
		t.Fatalf("without the key before: %v", err)
	}
	t.Setenv("TRUEPENNY_MASTER_KEY_PREVIOUS", filepath.Join(folder, "master.key"))
	if err := keysCommand(t.Context(), []string{"rotate"}, &out, &complaint); err != nil || !strings.Contains(out.String(), "1 key ") {
		t.Fatalf("%s %v", out.String(), err)
	}
	out.Reset()
	if err := keysCommand(t.Context(), []string{"list"}, &out, &complaint); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"identity-documents", "1 in use", "keys.db"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the list says nothing of %q:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "acc_1") {
		t.Error("the list names people")
	}
	t.Setenv("TRUEPENNY_MASTER_KEY_PREVIOUS", "")
	settings := map[string]string{"TRUEPENNY_DATA": folder, "TRUEPENNY_MASTER_KEY": next}
	cfg, err := config.Load(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	a, err := stores(t, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := a.vault.Open(t.Context(), audit.System("test"), item, privacy.PurposeDocuments, "test"); err != nil || string(opened.Plain) != "a picture" {
		t.Errorf("%q %v", opened.Plain, err)
	}
}
