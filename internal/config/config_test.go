package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// load reads settings in an empty working folder.
func load(t *testing.T, settings map[string]string) (Config, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	environ := []string{"PATH=/bin", "HOME=/"}
	for name, value := range settings {
		environ = append(environ, name+"="+value)
	}
	return Load(func(name string) string { return settings[name] }, environ...)
}

func TestAnEmptyEnvironmentIsADevelopmentInstallation(t *testing.T) {
	c, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "localhost:8080" || c.Data != "var" || c.Database != "sqlite:"+filepath.Join("var", "truepenny.db") ||
		c.MasterKey.File != filepath.Join("var", "master.key") || c.Engine != filepath.Join("build", "engine") ||
		!c.Mail.Catch || !c.Light || c.BaseURL.String() != "http://localhost:8080" || !c.Development() || c.PreviousMasterKey.Given() {
		t.Fatalf("%+v", c)
	}
}

func production(t *testing.T) map[string]string {
	t.Helper()
	key := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(key, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		baseAt: "https://verify.example.org/", masterKey: key,
		mailing:  "smtp://mailer:p%40ss@mail.example.org?from=verify@example.org",
		database: "postgres://truepenny:hush@db.example.org/truepenny?sslmode=verify-full",
		addr:     ":9000",
	}
}

func TestAProductionInstallationIsTakenAsGiven(t *testing.T) {
	settings := production(t)
	c, err := load(t, settings)
	if err != nil {
		t.Fatal(err)
	}
	want := Mail{Host: "mail.example.org", Port: 587, User: "mailer", Password: "p@ss", From: "verify@example.org", TLS: STARTTLS}
	if c.Development() || c.BaseURL.String() != "https://verify.example.org" || c.Mail != want ||
		c.Database != settings[database] || c.MasterKey.File != settings[masterKey] {
		t.Fatalf("%+v", c)
	}
}

func TestOutsideDevelopmentNothingIsLeftToChance(t *testing.T) {
	_, err := load(t, map[string]string{baseAt: "http://verify.example.org"})
	for _, name := range []string{baseAt, masterKey, mailing} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not asked for: %v", name, err)
		}
	}
}

func TestLocalAddressesAreDevelopment(t *testing.T) {
	for address, want := range map[string]bool{
		"http://localhost:8080": true, "http://127.0.0.1:1": true, "http://[::1]:8080": true, "https://localhost": true,
		"https://localhost.example.org": false, "https://127.0.0.10": false,
	} {
		settings := production(t)
		settings[baseAt], settings[addr] = address, "localhost:9000"
		c, err := load(t, settings)
		if err != nil || c.Development() != want {
			t.Errorf("%s: development %v, %v", address, c.Development(), err)
		}
	}
}

func TestEveryWrongValueIsNamedWithAnExample(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, values := range map[string][]string{
		addr:        {"8080", "localhost", "localhost:http", "localhost:70000", "a:b:c"},
		baseAt:      {"localhost:8080", "ftp://localhost", "http://", "http://localhost/app", "http://u:p@localhost", "http://localhost?x=1", "http://verify.example.org"},
		data:        {file},
		database:    {"mysql://db/x", ":memory:", "folder/", "postgres://", "file::memory:"},
		masterKey:   {"/no/such/file", os.TempDir()},
		previousKey: {"/no/such/file"},
		engine:      {"/no/such/folder", file},
		mailing: {
			"mail.example.org", "smtp://", "smtp://h", "smtp://h?from=nobody", "smtp://h?from=N%20<a@b.c>",
			"smtp://h?from=a@b.c&tls=maybe", "smtp://h?from=a@b.c&tsl=none", "smtp://u:p@h?from=a@b.c&tls=none",
			"smtp://h:0?from=a@b.c", "smtp://h:99999?from=a@b.c", "smtp://h/x?from=a@b.c", "smtp://u:p#w@h?from=a@b.c",
			"smtp://h?from=a@b.c%0d%0aX:y",
		},
	} {
		for _, value := range values {
			_, err := load(t, map[string]string{name: value})
			if err == nil || !strings.HasPrefix(err.Error(), name+" ") || !strings.Contains(err.Error(), "for example "+name+"=") {
				t.Errorf("%s=%s: %v", name, value, err)
			}
		}
	}
}

func TestAllWrongSettingsAreReportedTogether(t *testing.T) {
	_, err := load(t, map[string]string{addr: "x", baseAt: "y", mailing: "z", engine: "/no/such/folder"})
	if err == nil || len(strings.Split(err.Error(), "\n")) != 4 {
		t.Fatal(err)
	}
}

func TestASettingThatDoesNotExistIsRefusedWithTheOnesThatDo(t *testing.T) {
	_, err := load(t, map[string]string{"TRUEPENNY_DATABSE": "x"})
	if err == nil || !strings.Contains(err.Error(), "TRUEPENNY_DATABSE is not a setting") || !strings.Contains(err.Error(), database) {
		t.Fatal(err)
	}
	if _, err := load(t, map[string]string{"TRUEPENNY_TEST_POSTGRES": "x", "TRUEPENNY_SHARED": "y", "OTHER": "z"}); err != nil {
		t.Fatal(err)
	}
}

func TestSecretsAreNeverShown(t *testing.T) {
	settings := production(t)
	settings[masterKey] = keyTextPrefix + "c2VjcmV0LWtleQ"
	settings[previousKey] = keyTextPrefix + "b2xkLWtleQ"
	settings[database] = "postgres://truepenny:hush@db.example.org/truepenny?password=hush"
	c, err := load(t, settings)
	if err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprintf("%v %v %+v %#v %v", c.Describe(), c.Mail, c.Mail, c.Mail, c.MasterKey)
	for _, secret := range []string{"hush", "p@ss", "p%40ss", "c2VjcmV0LWtleQ", "b2xkLWtleQ"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%s in %s", secret, shown)
		}
	}
	for name, value := range map[string]string{
		database:  "postgres://truepenny:secret-word@",
		mailing:   "smtp://u:secret-word@h?from=",
		masterKey: "secret-word",
		baseAt:    "http://u:secret-word@localhost",
	} {
		if _, err := load(t, map[string]string{name: value}); err == nil || strings.Contains(err.Error(), "secret-word") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDescribeTellsEverySettingAndWhereItCameFrom(t *testing.T) {
	c, err := load(t, map[string]string{addr: " localhost:9000 ", data: ""})
	if err != nil {
		t.Fatal(err)
	}
	lines := c.Describe()
	if len(lines) != len(about) {
		t.Fatalf("%d lines for %d settings", len(lines), len(about))
	}
	byName := map[string]Line{}
	for _, l := range lines {
		if l.About == "" || l.Source == "" {
			t.Errorf("%+v", l)
		}
		byName[l.Name] = l
	}
	if l := byName[addr]; l.Value != "localhost:9000" || l.Source != "environment" {
		t.Errorf("%+v", l)
	}
	if l := byName[data]; l.Value != "var" || l.Source != "default" {
		t.Errorf("an empty setting is not a given one: %+v", l)
	}
}

func TestTheDatabaseFileStandsInTheDataFolderUnlessItsPathIsWhole(t *testing.T) {
	for value, want := range map[string]string{
		"":                                      "sqlite:" + filepath.Join("elsewhere", "truepenny.db"),
		"other.db":                              "sqlite:" + filepath.Join("elsewhere", "other.db"),
		"sqlite:other.db":                       "sqlite:" + filepath.Join("elsewhere", "other.db"),
		"/data/market.db":                       "sqlite:/data/market.db",
		"postgres://h/db":                       "postgres://h/db",
		"postgresql:///db?host=/run/postgresql": "postgresql:///db?host=/run/postgresql",
	} {
		c, err := load(t, map[string]string{data: "elsewhere", database: value})
		if err != nil || c.Database != want {
			t.Errorf("%q gives %q, %v; want %q", value, c.Database, err, want)
		}
	}
}

func TestTheEngineOfTheWorkingFolderComesFirst(t *testing.T) {
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Join(filepath.Dir(binary), "engine")
	if err := os.Mkdir(beside, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(beside) })
	c, err := load(t, nil)
	if err != nil || c.Engine != beside {
		t.Fatalf("without one here: %q, %v", c.Engine, err)
	}
	if err := os.MkdirAll(filepath.Join("build", "engine"), 0o755); err != nil { // load changed into an empty folder
		t.Fatal(err)
	}
	c, err = Load(func(string) string { return "" })
	if err != nil || c.Engine != filepath.Join("build", "engine") {
		t.Fatalf("with one here: %q, %v", c.Engine, err)
	}
}

func TestADevelopmentSiteListensOnThisMachineOnly(t *testing.T) {
	for _, address := range []string{":8080", "0.0.0.0:8080", "192.0.2.7:8080", "[::]:8080"} {
		_, err := load(t, map[string]string{addr: address})
		if err == nil || !strings.Contains(err.Error(), addr) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range []string{"localhost:0", "127.0.0.1:8080", "[::1]:8080"} {
		if _, err := load(t, map[string]string{addr: address}); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestColouredLightIsOnOrOff(t *testing.T) {
	c, err := load(t, map[string]string{lighting: "off"})
	if err != nil || c.Light {
		t.Fatalf("%v %v", c.Light, err)
	}
	if _, err := load(t, map[string]string{lighting: "perhaps"}); err == nil || !strings.Contains(err.Error(), lighting) {
		t.Fatal(err)
	}
}
