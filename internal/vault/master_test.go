package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAKeyFileIsMadeOnceForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	made, err := CreateMasterKey(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	loaded, err := LoadMasterKey(path)
	if err != nil || loaded.ID() != made.ID() {
		t.Fatal(loaded, err)
	}
	if _, err := CreateMasterKey(path); !errors.Is(err, fs.ErrExist) {
		t.Fatal("a second key replaced the first:", err)
	}
}

func TestAKeyFileThatOthersCanReadIsRefusedWithTheRemedy(t *testing.T) {
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := CreateMasterKey(path); err != nil {
		t.Fatal(err)
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := LoadMasterKey(path)
		if err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestADamagedKeyIsRefused(t *testing.T) {
	good := NewMasterKey().text()
	for name, text := range map[string]string{
		"empty":      "",
		"other file": "-----BEGIN PRIVATE KEY-----",
		"cut":        good[:len(good)-2],
		"longer":     good + "AA",
		"no base64":  masterPrefix + strings.Repeat("!", 43),
	} {
		if key, err := ParseMasterKey(text); err == nil {
			t.Errorf("%s: took %v", name, key)
		}
	}
	if _, err := ParseMasterKey("  " + good + "\n"); err != nil {
		t.Error("spaces around a key:", err)
	}
	if _, err := LoadMasterKey(t.TempDir()); err == nil {
		t.Error("took a folder")
	}
}

func TestDerivedSecretsDifferByLabelAndByKeyAndAreStable(t *testing.T) {
	a, b := NewMasterKey(), NewMasterKey()
	if len(a.Derive("audit")) != 32 || !bytes.Equal(a.Derive("audit"), a.Derive("audit")) {
		t.Fatal("not stable")
	}
	if bytes.Equal(a.Derive("audit"), a.Derive("ratelimit")) || bytes.Equal(a.Derive("audit"), b.Derive("audit")) {
		t.Fatal("two uses or two keys share a secret")
	}
}

func TestAKeyNeverPrintsItself(t *testing.T) {
	key := NewMasterKey()
	secret := strings.TrimPrefix(key.text(), masterPrefix)
	printed := fmt.Sprintf("%v %+v %#v %s %v", key, key, key, key, struct{ K MasterKey }{key})
	if strings.Contains(printed, secret) || strings.Contains(printed, fmt.Sprint(key.secret)) {
		t.Fatal(printed)
	}
}
