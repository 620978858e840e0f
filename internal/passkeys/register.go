package passkeys

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sessions"
)

// Options is what the browser's parseCreationOptionsFromJSON or
// parseRequestOptionsFromJSON takes. The challenge in it, 256 random bits, comes
// back inside the answer and finds the ceremony again.
type Options = json.RawMessage

// Verified is a credential that is not stored yet.
type Verified struct{ row passkeyRow }

// begun is what waits between the halves of a ceremony.
type begun struct {
	Holder  sessions.Holder
	Session webauthn.SessionData
}

// BeginRegistration starts registering a passkey for h. name is shown by the
// device beside the key, such as the person's mail address.
func (s *Service) BeginRegistration(ctx context.Context, h sessions.Holder, name string) (Options, error) {
	rows, err := rowsOf(s.store.Reader(ctx), h)
	if err != nil {
		return nil, err
	}
	u := user{holder: h, name: name, rows: rows}
	known := webauthn.Credentials(u.WebAuthnCredentials()).CredentialDescriptors()
	creation, session, err := s.web.BeginRegistration(u, webauthn.WithExclusions(known))
	if err != nil {
		return nil, fmt.Errorf("begin passkey registration: %w", err)
	}
	return s.keep(ctx, "register", begun{h, *session}, creation.Response)
}

// VerifyRegistration checks the second half: the browser's toJSON answer. The
// caller stores the result with Save, in the transaction it belongs to.
// Errors: Gone "ceremony.expired", Invalid "passkey.not-verified", Conflict
// "passkey.known".
func (s *Service) VerifyRegistration(ctx context.Context, h sessions.Holder, answer []byte, name string) (Verified, error) {
	name, err := cleanName(name)
	if err != nil {
		return Verified{}, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Verified{}, errs.Wrap(errs.Invalid, "passkey.not-verified", explain(err))
	}
	b, err := s.take(ctx, "register", parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return Verified{}, err
	}
	if b.Holder != h {
		return Verified{}, errs.New(errs.Gone, "ceremony.expired")
	}
	c, err := s.web.CreateCredential(user{holder: h}, b.Session, parsed)
	if err != nil {
		return Verified{}, errs.Wrap(errs.Invalid, "passkey.not-verified", explain(err))
	}
	return Verified{newRow(ids.New("key"), h, c, name, s.clock.Now())}, nil
}

// Save stores a verified credential.
func (v Verified) Save(tx *db.Tx) error { return insert(tx, v.row) }

// ID is the id the passkey will have.
func (v Verified) ID() string { return v.row.ID }

// Add is VerifyRegistration and Save with an entry of their own, for somebody
// who is signed in. also joins the transaction, for the notice that goes with it.
func (s *Service) Add(ctx context.Context, actor audit.Actor, h sessions.Holder, answer []byte, name string, also func(tx *db.Tx) error) (Passkey, error) {
	v, err := s.VerifyRegistration(ctx, h, answer, name)
	if err != nil {
		return Passkey{}, err
	}
	err = s.log.Record(ctx, entry(actor, h, "passkey.registered", v.ID()), func(tx *db.Tx) error {
		if err := v.Save(tx); err != nil {
			return err
		}
		return also(tx)
	})
	return v.row.passkey(), err
}

func (s *Service) keep(ctx context.Context, topic string, b begun, options any) (Options, error) {
	value, err := json.Marshal(b)
	if err != nil {
		return nil, err
	}
	shown, err := json.Marshal(options)
	if err != nil {
		return nil, err
	}
	return shown, s.sessions.Keep(ctx, "passkey-"+topic, b.Session.Challenge, value, ChallengeLife)
}

func (s *Service) take(ctx context.Context, topic, challenge string) (begun, error) {
	var b begun
	value, err := s.sessions.Take(ctx, "passkey-"+topic, challenge)
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal(value, &b)
}

// explain brings the library's developer message into the error chain; its
// Error method shows only the short one.
func explain(err error) error {
	if e, ok := err.(*protocol.Error); ok && e.DevInfo != "" {
		return fmt.Errorf("%s: %s", e.Details, e.DevInfo)
	}
	return err
}
