package passkeys

import (
	"context"
	"fmt"
	"strconv"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
)

// Admit decides whether the holder of a passkey may come in, and as whom.
type Admit func(ctx context.Context, holderID string) (audit.Actor, error)

// BeginSignIn starts a sign-in without asking for a name: the device offers the
// passkeys it has for this site.
func (s *Service) BeginSignIn(ctx context.Context, kind audit.Kind) (Options, error) {
	assertion, session, err := s.web.BeginDiscoverableLogin()
	if err != nil {
		return nil, fmt.Errorf("begin passkey sign-in: %w", err)
	}
	return s.keep(ctx, "sign-in", begun{sessions.Holder{Kind: kind}, *session}, assertion.Response)
}

// FinishSignIn checks the browser's answer and returns who signs in. It refuses,
// and notes in the log, a passkey of the other kind of holder, one whose use
// counter went back (a copy may exist) and a holder that admit turns away.
// Errors: Gone "ceremony.expired", Unauthenticated "passkey.unknown" or
// "passkey.not-verified", Forbidden "passkey.copied", and those of admit.
func (s *Service) FinishSignIn(ctx context.Context, kind audit.Kind, answer []byte, admit Admit) (sessions.Holder, error) {
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return sessions.Holder{}, errs.Wrap(errs.Unauthenticated, "passkey.not-verified", explain(err))
	}
	b, err := s.take(ctx, "sign-in", parsed.Response.CollectedClientData.Challenge)
	if err != nil {
		return sessions.Holder{}, err
	}
	if b.Holder.Kind != kind {
		return sessions.Holder{}, errs.New(errs.Gone, "ceremony.expired")
	}
	row, ok, err := byCredential(s.store.Reader(ctx), parsed.RawID)
	if err != nil {
		return sessions.Holder{}, err
	}
	if !ok || row.holder().Kind != kind {
		return sessions.Holder{}, errs.New(errs.Unauthenticated, "passkey.unknown")
	}
	credential, err := s.verify(b.Session, row, parsed)
	if err != nil {
		return sessions.Holder{}, s.refuse(ctx, row, err)
	}
	actor, err := admit(ctx, row.Holder)
	if err != nil {
		return sessions.Holder{}, s.refuse(ctx, row, err)
	}
	e := entry(actor, row.holder(), "passkey.used", row.ID)
	return row.holder(), s.log.Record(ctx, e, func(tx *db.Tx) error {
		return used(tx, row, credential, s.clock.Now())
	})
}

func (s *Service) verify(session webauthn.SessionData, row passkeyRow, parsed *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	find := func([]byte, []byte) (webauthn.User, error) {
		return user{holder: row.holder(), rows: []passkeyRow{row}}, nil
	}
	_, credential, err := s.web.ValidatePasskeyLogin(find, session, parsed)
	if err != nil {
		return nil, errs.Wrap(errs.Unauthenticated, "passkey.not-verified", explain(err))
	}
	if credential.Authenticator.CloneWarning {
		return nil, errs.New(errs.Forbidden, "passkey.copied")
	}
	return credential, nil
}

// refuse writes the refusal down and returns its cause.
func (s *Service) refuse(ctx context.Context, row passkeyRow, cause error) error {
	e := entry(audit.Nobody(), row.holder(), "passkey.refused", row.ID)
	e.Reason = errs.ReasonOf(cause)
	e.Details = map[string]string{"counter": strconv.FormatInt(row.SignCount, 10)}
	if err := s.log.Record(ctx, e, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	return cause
}
