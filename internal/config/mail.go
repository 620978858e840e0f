package config

import (
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
)

// How the connection to the mail server is protected.
const (
	STARTTLS    = "starttls" // required, not merely tried
	ImplicitTLS = "implicit"
	NoTLS       = "none" // for a relay on this machine; without password
)

// Mail says how mail leaves: to the development page, or by SMTP.
type Mail struct {
	Catch    bool
	Host     string
	Port     int
	User     string
	Password string
	From     string // bare address
	TLS      string // STARTTLS, ImplicitTLS or NoTLS
}

// String masks the password.
func (m Mail) String() string {
	if m.Catch {
		return "catch"
	}
	u := url.URL{Scheme: "smtp", Host: net.JoinHostPort(m.Host, strconv.Itoa(m.Port))}
	login := ""
	if m.User != "" {
		login = m.User + ":" + masked + "@"
	}
	return "smtp://" + login + u.Host + "?from=" + m.From + "&tls=" + m.TLS
}

// GoString masks the password in %#v.
func (m Mail) GoString() string { return m.String() }

const mailExample = "smtp://user:password@mail.example.org:587?from=verify@example.org&tls=starttls"

func (l *loader) mail(development bool) Mail {
	v := l.value(mailing, "catch")
	if v == "catch" {
		if !development {
			l.refuse(mailing, "must be an SMTP address when the site is not on this machine: caught mails would show sign-in links to everyone", mailExample)
		}
		return Mail{Catch: true}
	}
	m, why := parseMail(v)
	if why != "" {
		l.refuse(mailing, why, mailExample)
	}
	return m
}

// parseMail returns why the address cannot be used, "" when it can. The reason
// never repeats the address: it may hold a password.
func parseMail(address string) (Mail, string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtp" || u.Hostname() == "" || (u.Path != "" && u.Path != "/") || u.Fragment != "" {
		return Mail{}, "must be catch or an SMTP address (a password with special characters must be percent-encoded)"
	}
	q := u.Query()
	for name := range q {
		if name != "from" && name != "tls" {
			return Mail{}, "takes from and tls after the question mark, not " + strconv.Quote(name)
		}
	}
	m := Mail{Host: u.Hostname(), User: u.User.Username(), From: q.Get("from"), TLS: q.Get("tls")}
	m.Password, _ = u.User.Password()
	if m.TLS == "" {
		m.TLS = STARTTLS
	}
	usual, ok := map[string]int{STARTTLS: 587, ImplicitTLS: 465, NoTLS: 25}[m.TLS]
	if !ok {
		return Mail{}, "must say tls=starttls, tls=implicit or tls=none"
	}
	if m.TLS == NoTLS && m.Password != "" {
		return Mail{}, "must not send a password without TLS"
	}
	if from, err := mail.ParseAddress(m.From); err != nil || from.Name != "" || from.Address != m.From || strings.ContainsAny(m.From, "\r\n") {
		return Mail{}, "must name the sender as from=name@host"
	}
	m.Port = usual
	if u.Port() != "" {
		if m.Port, err = strconv.Atoi(u.Port()); err != nil || m.Port < 1 || m.Port > 65535 {
			return Mail{}, "must have a port from 1 to 65535"
		}
	}
	return m, ""
}
