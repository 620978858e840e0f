package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"truepenny/internal/config"
)

// sendTime is the most one delivery may take.
const sendTime = time.Minute

// server is the mail server that takes our messages.
type server struct {
	settings config.Mail
	tls      *tls.Config // nil: the roots of the machine
}

// refusal is what a server answered. It leaves out the server's words, which
// often repeat the address.
type refusal struct {
	code      int
	stage     string
	permanent bool
}

func (r *refusal) Error() string {
	return fmt.Sprintf("mail server answered %d (%s)", r.code, r.stage)
}

func refusedForGood(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.permanent
}

func (s *server) send(ctx context.Context, l Letter) error {
	message, err := s.compose(l)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.settings.Host, s.options()...)
	if err != nil {
		return fmt.Errorf("mail client: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // what went wrong afterwards was the goodbye
	}
	var answered *gomail.SendError
	if errors.As(err, &answered) && answered.ErrorCode() > 0 {
		return &refusal{code: answered.ErrorCode(), stage: answered.Reason.String(), permanent: !answered.IsTemp()}
	}
	if answered != nil {
		return errors.New("mail server: " + answered.Reason.String())
	}
	return err
}

func (s *server) options() []gomail.Option {
	m := s.settings
	_, host, _ := strings.Cut(m.From, "@")
	options := []gomail.Option{
		gomail.WithPort(m.Port), gomail.WithTimeout(sendTime / 3), gomail.WithHELO(host),
		// Some servers count NOOP against the sender; the connection is fresh anyway.
		gomail.WithoutNoop(),
	}
	switch m.TLS {
	case config.ImplicitTLS:
		options = append(options, gomail.WithSSL())
	case config.STARTTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case config.NoTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.tls != nil {
		options = append(options, gomail.WithTLSConfig(s.tls))
	}
	if m.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(m.User), gomail.WithPassword(m.Password))
	}
	return options
}

// compose makes the mail. Its Message-ID is that of the outbox, so a second
// delivery after a crash is recognised as the same mail.
func (s *server) compose(l Letter) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	if err := m.From(s.settings.From); err != nil {
		return nil, fmt.Errorf("mail sender: %w", err)
	}
	if err := m.To(l.To); err != nil {
		return nil, errors.New("mail recipient is not an address")
	}
	_, host, _ := strings.Cut(s.settings.From, "@")
	m.SetMessageIDWithValue(l.ID + "@" + host)
	m.SetDateWithValue(l.CreatedAt)
	m.SetGenHeader(gomail.Header("Auto-Submitted"), "auto-generated") // RFC 3834: no holiday replies
	m.Subject(l.Subject)
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	return m, nil
}
