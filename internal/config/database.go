package config

import (
	"net/url"
	"path/filepath"
	"strings"
)

// database reads the address of the database or of the key store.
func (l *loader) database(name, otherwise, folder string) string {
	v := l.value(name, otherwise)
	const why = "must be a file name in the data folder or a PostgreSQL URL"
	example := "postgres://truepenny:secret@db.example.org/truepenny"
	if name == keyStore {
		example += "_keys"
	}
	switch {
	case strings.HasPrefix(v, "postgres://"), strings.HasPrefix(v, "postgresql://"):
		if u, err := url.Parse(v); err != nil || (u.Host == "" && u.Query().Get("host") == "") {
			l.refuse(name, "is not a complete PostgreSQL URL", example)
		}
		return v
	case strings.Contains(v, "://"), strings.Contains(v, ":memory:"), strings.HasSuffix(v, "/"):
		l.refuse(name, why, example)
		return ""
	}
	v = strings.TrimPrefix(v, "sqlite:")
	if !filepath.IsAbs(v) {
		v = filepath.Join(folder, v)
	}
	return "sqlite:" + v
}

// apart refuses a key store that is the database itself: its backups would hold
// the keys to what is erased later.
func (l *loader) apart(c Config) {
	if c.Keys != "" && place(c.Keys) == place(c.Database) {
		l.refuse(keyStore, "must be another database than "+database+": what is erased must stay erased when a backup of that one is put back", "keys.db")
	}
}

// Place says where a database is, for messages: without a password.
func Place(address string) string { return strings.TrimPrefix(maskURL(address), "sqlite:") }

// place is an address without what does not say which database it is. Two
// schemas of one PostgreSQL database count as one: they are backed up together.
func place(address string) string {
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if whole, err := filepath.Abs(file); err == nil {
			file = whole
		}
		return file
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	host, port := u.Hostname(), u.Port()
	if host == "" {
		host = u.Query().Get("host")
	}
	if port == "" {
		port = "5432"
	}
	return host + ":" + port + u.Path
}

// maskURL hides a password before the host and one among the parameters.
func maskURL(address string) string {
	if !strings.Contains(address, "://") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return masked
	}
	if _, has := u.User.Password(); has {
		u.User = url.UserPassword(u.User.Username(), masked)
	}
	q := u.Query()
	if q.Has("password") {
		q.Set("password", masked)
		u.RawQuery = q.Encode()
	}
	text, err := url.PathUnescape(u.String())
	if err != nil {
		return masked
	}
	return text
}
