package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/config"
)

// at is the configuration of a development installation in a folder.
func at(t *testing.T, folder string) config.Config {
	t.Helper()
	settings := map[string]string{"TRUEPENNY_DATA": folder, "TRUEPENNY_ENGINE": t.TempDir()}
	cfg, err := config.Load(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func TestAKeyIsMadeForAnEmptyFolderAndOnlyTheOwnerReadsIt(t *testing.T) {
	folder := t.TempDir()
	made, err := masterKey(at(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(folder, "master.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("key file: %v, %v", info, err)
	}
	again, err := masterKey(at(t, folder))
	if err != nil || again.ID() != made.ID() {
		t.Errorf("the second start uses %s, %v; the first made %s", again, err, made)
	}
}

func TestNoKeyIsMadeBesideADatabaseThatHasLostIts(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "truepenny.db"), []byte("sealed with another key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := masterKey(at(t, folder)); err == nil || !strings.Contains(err.Error(), "TRUEPENNY_MASTER_KEY") {
		t.Errorf("error %v does not name the setting", err)
	}
	if _, err := os.Stat(filepath.Join(folder, "master.key")); err == nil {
		t.Error("a key was made all the same")
	}
}
