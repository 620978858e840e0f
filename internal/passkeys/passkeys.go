package passkeys

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
)

// ChallengeLife is how long a begun ceremony can be finished.
const ChallengeLife = 5 * time.Minute

// NameLength is how many characters a passkey's name may have.
const NameLength = 60

// Passkey is one registered credential as its holder may see it.
type Passkey struct {
	ID        string
	Name      string
	Synced    bool // it may be copied to the holder's other devices (flag BE)
	CreatedAt time.Time
	UsedAt    time.Time // zero when it was never used to sign in
}

// Service runs the ceremonies and keeps the credentials.
type Service struct {
	store    *db.Store
	log      *audit.Log
	clock    clock.Clock
	sessions *sessions.Sessions
	web      *webauthn.WebAuthn
}

// New makes a keeper for the site at baseURL, such as "https://verify.example":
// credentials are bound to its host, ceremonies to its origin.
func New(store *db.Store, log *audit.Log, clk clock.Clock, sess *sessions.Sessions, baseURL string) (*Service, error) {
	u, err := url.Parse(baseURL)
	if err != nil {
		return nil, fmt.Errorf("base address: %w", err)
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID:                  u.Hostname(),
		RPDisplayName:         "Truepenny",
		RPOrigins:             []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation, // who made the device is nobody's business here
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification:   protocol.VerificationRequired,
		},
		Timeouts: webauthn.TimeoutsConfig{ // told to the browser; what holds is ChallengeLife by our own clock
			Login:        webauthn.TimeoutConfig{Timeout: ChallengeLife, TimeoutUVD: ChallengeLife},
			Registration: webauthn.TimeoutConfig{Timeout: ChallengeLife, TimeoutUVD: ChallengeLife},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys for %s: %w", u.Host, err)
	}
	return &Service{store: store, log: log, clock: clk, sessions: sess, web: web}, nil
}

// List returns the passkeys of h, the oldest first.
func (s *Service) List(ctx context.Context, h sessions.Holder) ([]Passkey, error) {
	rows, err := rowsOf(s.store.Reader(ctx), h)
	if err != nil {
		return nil, err
	}
	out := make([]Passkey, len(rows))
	for i, r := range rows {
		out[i] = r.passkey()
	}
	return out, nil
}

// Rename gives a passkey of h another name. Errors: NotFound, Invalid.
func (s *Service) Rename(ctx context.Context, actor audit.Actor, h sessions.Holder, id, name string) error {
	name, err := cleanName(name)
	if err != nil {
		return err
	}
	return s.log.Record(ctx, entry(actor, h, "passkey.renamed", id), func(tx *db.Tx) error {
		return rename(tx, h, id, name)
	})
}

// Remove takes a passkey of h away. otherWay says that h can still get in
// without any passkey; without it the last one stays: Conflict "passkey.last".
func (s *Service) Remove(ctx context.Context, actor audit.Actor, h sessions.Holder, id string, otherWay bool) error {
	return s.log.Record(ctx, entry(actor, h, "passkey.removed", id), func(tx *db.Tx) error {
		rows, err := takeRowsOf(tx, h)
		if err != nil {
			return err
		}
		if len(rows) == 1 && rows[0].ID == id && !otherWay {
			return errs.New(errs.Conflict, "passkey.last")
		}
		return remove(tx, h, id)
	})
}

// RemoveAll takes every passkey of h away inside a transaction that somebody
// else's entry accounts for.
func RemoveAll(tx *db.Tx, h sessions.Holder) (int, error) { return removeAll(tx, h) }

// cleanName allows an empty name: pages then show the date instead.
func cleanName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if utf8.RuneCountInString(name) > NameLength {
		return "", errs.Fields(map[string]string{"name": "form.too-long"})
	}
	return name, nil
}

func entry(actor audit.Actor, h sessions.Holder, action, id string) audit.Entry {
	e := audit.Entry{Actor: actor, Action: action, Subject: "passkey:" + id}
	if h.Kind == audit.KindSeller {
		e.Person = h.ID
	}
	return e
}
