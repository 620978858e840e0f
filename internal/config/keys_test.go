package config

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheKeyStoreLiesBesideTheDatabaseUnlessItIsNamed(t *testing.T) {
	for given, want := range map[string]string{
		"":                "sqlite:" + filepath.Join("var", "keys.db"),
		"wrapped.db":      "sqlite:" + filepath.Join("var", "wrapped.db"),
		"sqlite:/safe/k":  "sqlite:/safe/k",
		"postgres://h/ks": "postgres://h/ks",
	} {
		c, err := load(t, map[string]string{keyStore: given})
		if err != nil || c.Keys != want {
			t.Errorf("%q: %q, %v; want %q", given, c.Keys, err, want)
		}
	}
}

func TestAKeyStoreInTheDatabaseItselfIsRefused(t *testing.T) {
	for main, keys := range map[string]string{
		"":                                "truepenny.db",
		"a.db":                            "sqlite:./a.db",
		"postgres://u:p@db.example.org/t": "postgresql://other@db.example.org:5432/t?search_path=keys",
	} {
		_, err := load(t, map[string]string{database: main, keyStore: keys})
		if err == nil || !strings.Contains(err.Error(), keyStore) || !strings.Contains(err.Error(), database) {
			t.Errorf("%q and %q: %v", main, keys, err)
		}
	}
	_, err := load(t, map[string]string{database: "postgres://db.example.org/t", keyStore: "postgres://db.example.org/t_keys"})
	if err != nil {
		t.Errorf("two databases of one server: %v", err)
	}
}

func TestTheKeyStoresPasswordIsMasked(t *testing.T) {
	c, err := load(t, map[string]string{keyStore: "postgres://u:hush@db.example.org/k"})
	if err != nil {
		t.Fatal(err)
	}
	if got := Place(c.Keys); strings.Contains(got, "hush") || !strings.Contains(got, "db.example.org/k") {
		t.Error(got)
	}
	for _, line := range c.Describe() {
		if strings.Contains(line.Value, "hush") {
			t.Errorf("%+v", line)
		}
	}
}
