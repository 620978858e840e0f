package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/jobs"
	"truepenny/internal/testkit"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type bench struct {
	*Outbox
	t     *testing.T
	clock *clock.Fixed
}

// newBench makes an outbox that sends to an office, or catches when it is nil.
func newBench(t *testing.T, store *db.Store, office *postOffice) bench {
	t.Helper()
	clk := clock.NewFixed(noon)
	log, err := audit.New(store, clk, bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	settings := config.Mail{Catch: true}
	if office != nil {
		settings = office.settings
	}
	b := bench{New(store, log, jobs.New(store, clk), clk, settings), t, clk}
	if office != nil {
		b.server.tls = office.tls
	}
	return b
}

func (b bench) send(m Message) error {
	return b.log.Record(context.Background(), audit.Entry{Action: "test.changed"}, func(tx *db.Tx) error {
		return b.Send(tx, m)
	})
}

func (b bench) mustSend(m Message) {
	b.t.Helper()
	if err := b.send(m); err != nil {
		b.t.Fatal(err)
	}
}

func (b bench) only() Letter {
	b.t.Helper()
	all, err := b.OfPerson(context.Background(), "acc_1")
	if err != nil || len(all) != 1 {
		b.t.Fatal(all, err)
	}
	return all[0]
}

func (b bench) actions() string {
	b.t.Helper()
	rows, err := b.log.List(context.Background(), audit.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].Action != "test.changed" {
			out = append(out, rows[i].Action)
		}
	}
	return strings.Join(out, " ")
}

func letter() Message {
	return Message{
		To: "seller@shop.example", Subject: "Ihre Anmeldung – José", Kind: "account.link", Person: "acc_1",
		Text: "Guten Tag,\n\nhier ist der Link: https://market.example/link/abc\n.\nEine Zeile mit einem Punkt allein steht davor.\n",
	}
}

func TestAMailArrivesAsItWasWrittenOverEveryKindOfConnection(t *testing.T) {
	for _, mode := range []string{config.STARTTLS, config.ImplicitTLS, config.NoTLS} {
		t.Run(mode, func(t *testing.T) {
			office := openPostOffice(t, mode)
			if mode != config.NoTLS {
				office.settings.User, office.settings.Password = "mailer", "right horse"
			}
			b := newBench(t, testkit.Store(t), office)
			b.mustSend(letter())
			if n, err := b.queue.Drain(context.Background()); n != 1 || err != nil {
				t.Fatal(n, err)
			}
			mails := office.mails()
			if len(mails) != 1 {
				t.Fatalf("%d mails arrived", len(mails))
			}
			got := mails[0]
			if got.from != "verify@market.example" || len(got.to) != 1 || got.to[0] != "seller@shop.example" ||
				got.user != office.settings.User || got.encrypted != (mode != config.NoTLS) {
				t.Fatalf("%+v", got)
			}
			wantContent(t, got.body, b.only().ID)
		})
	}
}

func wantContent(t *testing.T, body, id string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != letter().Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if got := strings.ReplaceAll(string(text), "\r\n", "\n"); err != nil || strings.TrimSpace(got) != strings.TrimSpace(letter().Text) {
		t.Errorf("text %q, %v", got, err)
	}
	date, err := m.Header.Date()
	if err != nil || !date.Equal(noon) {
		t.Errorf("date %v, %v", date, err)
	}
	if got := m.Header.Get("Message-ID"); got != "<"+id+"@market.example>" {
		t.Errorf("message id %q", got)
	}
	if m.Header.Get("Auto-Submitted") != "auto-generated" || m.Header.Get("User-Agent") != "" {
		t.Errorf("headers %v", m.Header)
	}
}

func TestTheTextIsWipedOnceItIsSent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store, openPostOffice(t, config.NoTLS))
		b.mustSend(letter())
		if l := b.only(); l.State != "queued" || l.Text == "" || !l.SentAt.IsZero() {
			t.Fatalf("%+v", l)
		}
		b.clock.Advance(time.Minute)
		if _, err := b.queue.Drain(context.Background()); err != nil {
			t.Fatal(err)
		}
		if l := b.only(); l.State != "sent" || l.Text != "" || !l.SentAt.Equal(noon.Add(time.Minute)) {
			t.Fatalf("%+v", l)
		}
		if got := b.actions(); got != "mail.sent" {
			t.Fatal(got)
		}
	})
}

func TestNothingStaysOfTheLastMailToSomebody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		office := openPostOffice(t, config.NoTLS)
		b := newBench(t, store, office)
		last := letter()
		last.Kind, last.Person = Farewell, ""
		b.mustSend(last)
		if _, err := b.queue.Drain(context.Background()); err != nil {
			t.Fatal(err)
		}
		if left, err := b.OfPerson(context.Background(), "acc_1", last.To); err != nil || len(left) != 0 || len(office.mails()) != 1 {
			t.Fatal(left, err, len(office.mails()))
		}
		b.mustSend(last)
		office.answer("rcpt", &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
		if _, err := b.queue.Drain(context.Background()); err == nil {
			t.Fatal("it arrived")
		}
		if left, err := b.OfPerson(context.Background(), "acc_1", last.To); err != nil || len(left) != 0 {
			t.Fatal(left, err)
		}
	})
}

func TestATemporaryRefusalIsTriedAgainAndThenArrivesOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		office := openPostOffice(t, config.NoTLS)
		b := newBench(t, store, office)
		b.mustSend(letter())
		office.answer("rcpt", &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "seller@shop.example: come back later"})
		n, err := b.queue.Drain(context.Background())
		if n != 1 || err == nil || strings.Contains(err.Error(), "seller@shop.example") || !strings.Contains(err.Error(), "451") {
			t.Fatal("want the code and not the address:", n, err)
		}
		office.answer("data", &smtp.SMTPError{Code: 452, Message: "disk full"})
		b.clock.Advance(time.Hour)
		if n, err := b.queue.Drain(context.Background()); n != 1 || err == nil {
			t.Fatal(n, err)
		}
		if l := b.only(); l.State != "queued" || len(office.mails()) != 0 {
			t.Fatalf("%+v, %d arrived", l, len(office.mails()))
		}
		b.clock.Advance(time.Hour)
		if n, err := b.queue.Drain(context.Background()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if l := b.only(); l.State != "sent" || len(office.mails()) != 1 {
			t.Fatalf("%+v, %d arrived", l, len(office.mails()))
		}
		if got := b.actions(); got != "mail.sent" {
			t.Fatal(got)
		}
	})
}

func TestALastingRefusalIsNotTriedAgain(t *testing.T) {
	office := openPostOffice(t, config.NoTLS)
	b := newBench(t, testkit.Store(t), office)
	b.mustSend(letter())
	office.answer("rcpt", &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"})
	if n, err := b.queue.Drain(context.Background()); n != 1 || err == nil {
		t.Fatal(n, err)
	}
	if l := b.only(); l.State != "failed" || l.Text != "" {
		t.Fatalf("%+v", l)
	}
	b.clock.Advance(24 * time.Hour)
	if n, err := b.queue.Drain(context.Background()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if got := b.actions(); got != "mail.failed" {
		t.Fatal(got)
	}
}

func TestAServerThatStaysAwayMakesTheMailFailInTheEnd(t *testing.T) {
	office := openPostOffice(t, config.NoTLS)
	office.settings.Port = 1 // nobody listens there
	b := newBench(t, testkit.Store(t), office)
	b.mustSend(letter())
	for range attempts {
		if n, err := b.queue.Drain(context.Background()); n != 1 || err == nil {
			t.Fatal(n, err)
		}
		b.clock.Advance(2 * time.Hour)
	}
	if n, err := b.queue.Drain(context.Background()); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if l := b.only(); l.State != "failed" || b.actions() != "mail.failed" {
		t.Fatalf("%+v %s", l, b.actions())
	}
}

func TestNoPasswordAndNoMailGoOverALineThatIsNotAsProtectedAsSet(t *testing.T) {
	plain := openPostOffice(t, config.NoTLS)
	plain.settings.TLS = config.STARTTLS // the server does not offer it: somebody may be in between
	plain.settings.User, plain.settings.Password = "mailer", "right horse"
	b := newBench(t, testkit.Store(t), plain)
	b.mustSend(letter())
	if n, err := b.queue.Drain(context.Background()); n != 1 || err == nil {
		t.Fatal(n, err)
	}
	if len(plain.mails()) != 0 {
		t.Fatal("sent without TLS")
	}

	stranger := openPostOffice(t, config.STARTTLS)
	b = newBench(t, testkit.Store(t), stranger)
	b.server.tls = nil // its certificate is not known to this machine
	b.mustSend(letter())
	if n, err := b.queue.Drain(context.Background()); n != 1 || err == nil || len(stranger.mails()) != 0 {
		t.Fatal("sent to a server that proved nothing:", n, err)
	}
}

func TestAWrongPasswordIsToldWithoutIt(t *testing.T) {
	office := openPostOffice(t, config.ImplicitTLS)
	office.settings.User, office.settings.Password = "mailer", "wrong horse"
	b := newBench(t, testkit.Store(t), office)
	b.mustSend(letter())
	_, err := b.queue.Drain(context.Background())
	if err == nil || strings.Contains(fmt.Sprintf("%+v", err), "wrong horse") || len(office.mails()) != 0 {
		t.Fatal(err)
	}
}

func TestHeadersAndRecipientsCannotBeSmuggledIn(t *testing.T) {
	b := newBench(t, testkit.Store(t), nil)
	for name, spoil := range map[string]func(m *Message){
		"second header in the subject": func(m *Message) { m.Subject = "Hi\r\nBcc: everyone@shop.example" },
		"bare line feed":               func(m *Message) { m.Subject = "Hi\nBcc: everyone@shop.example" },
		"header in the address":        func(m *Message) { m.To = "seller@shop.example\r\nBcc: a@b.example" },
		"two recipients":               func(m *Message) { m.To = "a@b.example, c@d.example" },
		"name and address":             func(m *Message) { m.To = "Seller <seller@shop.example>" },
		"command in the address":       func(m *Message) { m.To = "a@b.example>\r\nRCPT TO:<c@d.example" },
		"no address":                   func(m *Message) { m.To = "seller" },
		"nothing":                      func(m *Message) { m.To = "" },
	} {
		m := letter()
		spoil(&m)
		if err := b.send(m); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	m := letter()
	m.Text = strings.Repeat("x", longest+1)
	if err := b.send(m); errs.CodeOf(err) != errs.TooLarge {
		t.Error(err)
	}
	m.Text = ""
	if err := b.send(m); err == nil {
		t.Error("sent nothing")
	}
	if caught, err := b.Caught(context.Background(), 10); len(caught) != 0 || err != nil {
		t.Fatal(caught, err)
	}
}

func TestInDevelopmentMailsAreCaughtAtOnceAndNeverSent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store, nil)
		for i := range 3 {
			m := letter()
			m.Subject = fmt.Sprint("mail ", i)
			b.mustSend(m)
			b.clock.Advance(time.Second)
		}
		caught, err := b.Caught(context.Background(), 2)
		if err != nil || len(caught) != 2 || caught[0].Subject != "mail 2" || caught[1].Subject != "mail 1" ||
			caught[0].Text != letter().Text || caught[0].To != letter().To {
			t.Fatal(caught, err)
		}
		if n, err := b.queue.Drain(context.Background()); n != 0 || err != nil {
			t.Fatal(n, err)
		}
	})
}

func TestAChangeThatIsRolledBackTellsNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		office := openPostOffice(t, config.NoTLS)
		b := newBench(t, store, office)
		stop := errors.New("stop")
		err := b.log.Record(context.Background(), audit.Entry{Action: "x"}, func(tx *db.Tx) error {
			if err := b.Send(tx, letter()); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		if n, err := b.queue.Drain(context.Background()); n != 0 || err != nil || len(office.mails()) != 0 {
			t.Fatal(n, err)
		}
	})
}

func TestErasedMailIsNotSentAnyMore(t *testing.T) {
	office := openPostOffice(t, config.NoTLS)
	b := newBench(t, testkit.Store(t), office)
	b.mustSend(letter())
	err := b.log.Record(context.Background(), audit.Entry{Action: "x"}, func(tx *db.Tx) error { _, err := b.Erase(tx, "acc_1"); return err })
	if err != nil {
		t.Fatal(err)
	}
	if n, err := b.queue.Drain(context.Background()); n != 1 || err != nil || len(office.mails()) != 0 {
		t.Fatal(n, err)
	}
	err = b.log.Record(context.Background(), audit.Entry{Action: "x"}, func(tx *db.Tx) error { _, err := b.Erase(tx, ""); return err })
	if err == nil {
		t.Fatal("erased the mail of nobody in particular")
	}
}

func TestMailsOfBeforeTheAccountBelongToItsAddress(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store, nil)
		for _, m := range []struct{ person, to string }{{"acc_1", "old@seller.example"}, {"", "marit@seller.example"}, {"", "other@seller.example"}, {"acc_2", "marit@seller.example"}} {
			l := letter()
			l.Person, l.To = m.person, m.to
			b.mustSend(l)
		}
		ctx := context.Background()
		if all, err := b.OfPerson(ctx, "acc_1"); len(all) != 1 || err != nil {
			t.Fatal(all, err)
		}
		if all, err := b.OfPerson(ctx, "acc_1", "marit@seller.example"); len(all) != 2 || err != nil {
			t.Fatal(all, err)
		}
		err := b.log.Record(ctx, audit.Entry{Action: "x"}, func(tx *db.Tx) error {
			if n, err := b.Erase(tx, "acc_1", "marit@seller.example"); n != 2 || err != nil {
				t.Error(n, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if all, err := b.OfPerson(ctx, "acc_2", "other@seller.example"); len(all) != 2 || err != nil {
			t.Fatal("mails of others went too:", all, err)
		}
	})
}

func TestAMonthLaterNothingIsKnownOfAMail(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		b := newBench(t, store, nil)
		b.mustSend(letter())
		b.clock.Advance(kept)
		if n, err := b.Expire(context.Background()); n != 0 || err != nil {
			t.Fatal("too early:", n, err)
		}
		b.clock.Advance(time.Second)
		if n, err := b.Expire(context.Background()); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		if all, err := b.OfPerson(context.Background(), "acc_1"); len(all) != 0 || err != nil {
			t.Fatal(all, err)
		}
		if got := b.actions(); got != "mail.expired" {
			t.Fatal(got)
		}
	})
}
