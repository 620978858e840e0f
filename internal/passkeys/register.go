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

// Ceremony is the first half of a registration or sign-in. Options is what the
// browser's parseCreationOptionsFromJSON or parseRequestOptionsFromJSON takes.
type Ceremony struct {
	Token   string          `json:"token"`
	Options json.RawMessage `json:"options"`
}

// Verified is a credential that is not stored yet.
type Verified struct{ row passkeyRow }

// begun is what waits between the halves of a ceremony.
type begun struct {
	Holder  sessions.Holder
	Session webauthn.SessionData
}

// BeginRegistration starts registering a passkey for h. name is shown by the
// device beside the key, such as the person's mail address.
func (k *Keeper) BeginRegistration(ctx context.Context, h sessions.Holder, name string) (Ceremony, error) {
	rows, err := rowsOf(k.store.Reader(ctx), h)
	if err != nil {
		return Ceremony{}, err
	}
	u := user{holder: h, name: name, rows: rows}
	known := webauthn.Credentials(u.WebAuthnCredentials()).CredentialDescriptors()
	creation, session, err := k.web.BeginRegistration(u, webauthn.WithExclusions(known))
	if err != nil {
		return Ceremony{}, fmt.Errorf("begin passkey registration: %w", err)
	}
	return k.keep(ctx, "register", begun{h, *session}, creation.Response)
}

// VerifyRegistration checks the second half: the browser's toJSON answer. The
// caller stores the result with Save, in the transaction it belongs to.
// Errors: Gone "ceremony.expired", Invalid "passkey.not-verified", Conflict
// "passkey.known".
func (k *Keeper) VerifyRegistration(ctx context.Context, h sessions.Holder, token string, answer []byte, name string) (Verified, error) {
	name, err := cleanName(name)
	if err != nil {
		return Verified{}, err
	}
	b, err := k.take(ctx, "register", token)
	if err != nil {
		return Verified{}, err
	}
	if b.Holder != h {
		return Verified{}, errs.New(errs.Gone, "ceremony.expired")
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return Verified{}, errs.Wrap(errs.Invalid, "passkey.not-verified", explain(err))
	}
	c, err := k.web.CreateCredential(user{holder: h}, b.Session, parsed)
	if err != nil {
		return Verified{}, errs.Wrap(errs.Invalid, "passkey.not-verified", explain(err))
	}
	return Verified{newRow(ids.New("key"), h, c, name, k.clock.Now())}, nil
}

// Save stores a verified credential.
func (n Verified) Save(tx *db.Tx) error { return insert(tx, n.row) }

// ID is the id the passkey will have.
func (n Verified) ID() string { return n.row.ID }

// Add is VerifyRegistration and Save with an entry of their own, for somebody
// who is signed in.
func (k *Keeper) Add(ctx context.Context, actor audit.Actor, h sessions.Holder, token string, answer []byte, name string) (Passkey, error) {
	n, err := k.VerifyRegistration(ctx, h, token, answer, name)
	if err != nil {
		return Passkey{}, err
	}
	err = k.log.Record(ctx, entry(actor, h, "passkey.registered", n.ID()), n.Save)
	return n.row.passkey(), err
}

func (k *Keeper) keep(ctx context.Context, topic string, b begun, options any) (Ceremony, error) {
	value, err := json.Marshal(b)
	if err != nil {
		return Ceremony{}, err
	}
	shown, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, err
	}
	token, err := k.sessions.Keep(ctx, "passkey-"+topic, value, ChallengeLife)
	return Ceremony{Token: token, Options: shown}, err
}

func (k *Keeper) take(ctx context.Context, topic, token string) (begun, error) {
	var b begun
	value, err := k.sessions.Take(ctx, "passkey-"+topic, token)
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
