package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Config is the effective configuration. Every field is checked and usable.
type Config struct {
	Addr              string   // host:port to listen on
	Data              string   // folder for the database file, the key store and the key file
	Database          string   // as db.Open takes it: "sqlite:PATH" or a PostgreSQL URL
	Keys              string   // the key store, as db.OpenKeys takes it: another database than Database
	MasterKey         Key      // wraps every other key
	PreviousMasterKey Key      // during a rotation: the one before; otherwise empty
	Engine            string   // folder with runtime library and networks
	Mail              Mail     // how mail leaves
	Light             bool     // captures offer coloured screen light
	BaseURL           *url.URL // address under which people reach the site; no path

	lines []Line
}

// Key says where a master key comes from: a file, or its text from the
// environment. At most one is set.
type Key struct {
	File string
	Text string
}

// Given reports whether the key was named at all.
func (k Key) Given() bool { return k.File != "" || k.Text != "" }

// String masks the text.
func (k Key) String() string {
	if k.Text != "" {
		return masked
	}
	return k.File
}

// Line is one setting as `truepenny config` shows it; secrets are masked.
type Line struct{ Name, Value, Source, About string }

// Wrong is a setting that cannot be used.
type Wrong struct {
	Name    string
	Why     string // never contains the value of a secret
	Example string
}

func (w Wrong) Error() string {
	if w.Example == "" {
		return w.Name + " " + w.Why
	}
	return fmt.Sprintf("%s %s; for example %s=%s", w.Name, w.Why, w.Name, w.Example)
}

const (
	prefix = "TRUEPENNY_"
	masked = "********"

	addr, data, database    = "TRUEPENNY_ADDR", "TRUEPENNY_DATA", "TRUEPENNY_DATABASE"
	masterKey, previousKey  = "TRUEPENNY_MASTER_KEY", "TRUEPENNY_MASTER_KEY_PREVIOUS"
	keyStore                = "TRUEPENNY_KEYS"
	engine, mailing, baseAt = "TRUEPENNY_ENGINE", "TRUEPENNY_MAIL", "TRUEPENNY_BASE_URL"

	keyTextPrefix = "truepenny-key-1:" // as package vault writes keys
)

// about says what each setting is for, in the order they are shown.
var about = []struct{ name, text string }{
	{addr, "address to listen on (host:port)"},
	{baseAt, "address under which people reach the site; on localhost it is a development installation"},
	{data, "folder for the database file, the key store and the key file"},
	{database, "SQLite file in the data folder, or a PostgreSQL URL"},
	{keyStore, "key store, apart from the database: SQLite file in the data folder, or the URL of another PostgreSQL database"},
	{masterKey, "file with the master key, or the key itself; required outside development"},
	{previousKey, "the master key before, only while keys are being rotated"},
	{engine, "folder with the runtime library and the networks"},
	{lighting, "on or off: face captures offer coloured screen light"},
	{mailing, "catch (development only: keep mails on a page) or an SMTP address"},
}

// Load reads the settings through getenv (os.Getenv) and reports every wrong
// one at once. With the whole environment (os.Environ()) it also refuses
// settings that begin with TRUEPENNY_ and do not exist, so that a slip of the
// pen is not taken for a default. An empty setting counts as not given.
func Load(getenv func(string) string, environ ...string) (Config, error) {
	l := loader{getenv: getenv, sources: map[string]string{}}
	c := Config{}
	l.unknown(environ)
	c.Addr = l.addr()
	c.BaseURL = l.baseURL()
	c.Data = l.data()
	c.Database = l.database(database, "truepenny.db", c.Data)
	c.Keys = l.database(keyStore, "keys.db", c.Data)
	l.apart(c)
	c.Engine = l.engine()
	c.Light = l.light()
	c.MasterKey = l.key(masterKey)
	c.PreviousMasterKey = l.key(previousKey)
	c.Mail = l.mail(c.Development())
	l.production(&c)
	if len(l.wrong) > 0 {
		return Config{}, errors.Join(l.wrong...)
	}
	c.lines = l.describe(c)
	return c, nil
}

// Development reports whether the site is reached on this machine only. There
// the key file is made when missing and mails may be caught.
func (c Config) Development() bool { return c.BaseURL != nil && isLocal(c.BaseURL.Hostname()) }

// Describe lists every setting with its effective value and where it came from.
func (c Config) Describe() []Line { return slices.Clone(c.lines) }

// loader collects what is wrong and where values came from.
type loader struct {
	getenv  func(string) string
	wrong   []error
	sources map[string]string
}

func (l *loader) refuse(name, why, example string) {
	l.wrong = append(l.wrong, Wrong{name, why, example})
}

// value returns a setting or its default.
func (l *loader) value(name, otherwise string) string {
	if v := strings.TrimSpace(l.getenv(name)); v != "" {
		l.sources[name] = "environment"
		return v
	}
	l.sources[name] = "default"
	return otherwise
}

func (l *loader) unknown(environ []string) {
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, prefix) || name == "TRUEPENNY_SHARED" || strings.HasPrefix(name, "TRUEPENNY_TEST_") {
			continue
		}
		known := slices.ContainsFunc(about, func(a struct{ name, text string }) bool { return a.name == name })
		if !known {
			l.refuse(name, "is not a setting; there are "+strings.Join(names(), ", "), "")
		}
	}
}

func names() []string {
	out := make([]string, len(about))
	for i, a := range about {
		out[i] = a.name
	}
	return out
}

func (l *loader) addr() string {
	v := l.value(addr, "localhost:8080")
	_, port, err := net.SplitHostPort(v)
	if n, numErr := strconv.Atoi(port); err != nil || numErr != nil || n < 0 || n > 65535 {
		l.refuse(addr, fmt.Sprintf("must be host:port with a port from 0 to 65535, not %q", v), "localhost:8080")
	}
	return v
}

func (l *loader) baseURL() *url.URL {
	v := l.value(baseAt, "http://localhost:8080")
	u, err := url.Parse(v)
	wrong := err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" ||
		u.User != nil || u.RawQuery != "" || u.Fragment != "" || (u.Path != "" && u.Path != "/")
	if wrong {
		l.refuse(baseAt, "must be http or https and a host, without a path", "https://verify.example.org")
		return nil
	}
	u.Path = ""
	if u.Scheme != "https" && !isLocal(u.Hostname()) {
		l.refuse(baseAt, "must begin with https:// when it is not on this machine: browsers give the camera to safe pages only", "https://"+u.Host)
	}
	return u
}

func isLocal(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "::1"
}

func (l *loader) data() string {
	v := l.value(data, "var")
	if info, err := os.Stat(v); err == nil && !info.IsDir() {
		l.refuse(data, fmt.Sprintf("must be a folder; %q is a file", v), "/var/lib/truepenny")
	}
	return v
}

func (l *loader) engine() string {
	beside := ""
	if binary, err := os.Executable(); err == nil {
		beside = filepath.Join(filepath.Dir(binary), "engine")
	}
	usual := filepath.Join("build", "engine")
	if isFolder(usual) || beside == "" || !isFolder(beside) {
		beside = usual
	}
	v := l.value(engine, beside)
	if l.sources[engine] == "environment" && !isFolder(v) {
		l.refuse(engine, fmt.Sprintf("must be a folder; %q is none", v), "build/engine")
	}
	return v
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (l *loader) key(name string) Key {
	v := l.value(name, "")
	if strings.HasPrefix(v, keyTextPrefix) {
		return Key{Text: v}
	}
	if v != "" {
		if info, err := os.Stat(v); err != nil || info.IsDir() {
			// The value is not repeated: it may be a mistyped key.
			l.refuse(name, "must be a file that exists, or a key that begins with "+keyTextPrefix, "/etc/truepenny/master.key")
		}
	}
	return Key{File: v}
}

// production refuses what only development may leave out.
func (l *loader) production(c *Config) {
	if c.BaseURL == nil {
		return
	}
	if c.Development() {
		if host, _, err := net.SplitHostPort(c.Addr); err == nil && !isLocal(host) {
			l.refuse(addr, "must be on this machine while "+baseAt+" is: a development site shows its mails, with their sign-in links, to everyone who reaches it", "localhost:8080")
		}
		if !c.MasterKey.Given() {
			c.MasterKey.File = filepath.Join(c.Data, "master.key")
		}
		return
	}
	if !c.MasterKey.Given() {
		l.refuse(masterKey, "must be given when the site is not on this machine: a key that was made on the way is a key that nobody keeps safe", "/etc/truepenny/master.key")
	}
}

func (l *loader) describe(c Config) []Line {
	values := map[string]string{
		addr: c.Addr, baseAt: c.BaseURL.String(), data: c.Data, database: maskURL(c.Database), keyStore: maskURL(c.Keys),
		masterKey: c.MasterKey.String(), previousKey: c.PreviousMasterKey.String(),
		engine: c.Engine, mailing: c.Mail.String(), lighting: onOff(c.Light),
	}
	out := make([]Line, len(about))
	for i, a := range about {
		out[i] = Line{Name: a.name, Value: values[a.name], Source: l.sources[a.name], About: a.text}
	}
	return out
}
