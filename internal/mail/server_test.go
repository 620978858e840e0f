package mail

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"truepenny/internal/config"
)

// received is one mail as the server took it.
type received struct {
	from, user string
	to         []string
	encrypted  bool
	body       string
}

// postOffice is a real SMTP server on the loopback that answers as told.
type postOffice struct {
	settings config.Mail
	tls      *tls.Config // what a client needs to trust it

	mu      sync.Mutex
	answers []error // for the next recipients or texts; then everything is taken
	stage   string  // "rcpt" or "data": where the answers are given
	got     []received
}

func openPostOffice(t *testing.T, tlsMode string) *postOffice {
	t.Helper()
	web := httptest.NewTLSServer(nil) // lends a certificate for 127.0.0.1 and its root
	t.Cleanup(web.Close)
	roots := x509.NewCertPool()
	roots.AddCert(web.Certificate())
	p := &postOffice{tls: &tls.Config{RootCAs: roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}}

	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &visit{office: p, conn: c}, nil
	}))
	server.Domain = "127.0.0.1"
	server.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.settings = config.Mail{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port,
		From: "verify@market.example", TLS: tlsMode,
	}
	serverTLS := &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12}
	switch tlsMode {
	case config.STARTTLS:
		server.TLSConfig = serverTLS
	case config.ImplicitTLS:
		listener = tls.NewListener(listener, serverTLS)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return p
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// answer tells the office to answer so at a stage, once each.
func (p *postOffice) answer(stage string, answers ...error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stage, p.answers = stage, answers
}

func (p *postOffice) next(stage string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stage != stage || len(p.answers) == 0 {
		return nil
	}
	first := p.answers[0]
	p.answers = p.answers[1:]
	return first
}

func (p *postOffice) mails() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]received(nil), p.got...)
}

// visit is one connection.
type visit struct {
	office *postOffice
	conn   *smtp.Conn
	mail   received
	user   string
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "right horse" {
			return errors.New("wrong password")
		}
		v.user = user
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	_, encrypted := v.conn.TLSConnectionState()
	v.mail = received{from: from, user: v.user, encrypted: encrypted}
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.mail.to = append(v.mail.to, to)
	return v.office.next("rcpt")
}

func (v *visit) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := v.office.next("data"); err != nil {
		return err
	}
	v.mail.body = string(body)
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.got = append(v.office.got, v.mail)
	return nil
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }
