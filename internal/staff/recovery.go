package staff

import (
	"context"
	"encoding/base32"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

const (
	codeCount = 10
	codeBytes = 10 // 80 bits; NIST SP 800-63B-4 section 4.2.1.1 asks for 64
)

// RenewCodes replaces a member's recovery codes and returns them, for the only
// time.
func (s *Service) RenewCodes(ctx context.Context, m Member) (codes []string, err error) {
	e := s.entry(m.Actor(), "staff.codes-renewed", m.ID)
	err = s.log.Record(ctx, e, func(tx *db.Tx) error {
		codes, err = s.newCodes(tx, m.ID)
		return err
	})
	return codes, err
}

// CodesLeft returns how many recovery codes a member can still use.
func (s *Service) CodesLeft(ctx context.Context, m Member) (int, error) {
	return countCodes(s.store.Reader(ctx), m.ID)
}

// Recover uses up a recovery code and returns the token of a short-lived link
// that leads to registering a new passkey and to nothing else. The member gets a
// mail. A wrong code, an unknown address and a disabled member look the same:
// Unauthenticated "staff.code-wrong".
func (s *Service) Recover(ctx context.Context, email, code string) (token string, err error) {
	m, err := byEmail(s.store.Reader(ctx), strings.ToLower(strings.TrimSpace(email)))
	if err != nil && errs.CodeOf(err) != errs.NotFound {
		return "", err
	}
	if err != nil || m.State != Active {
		return "", errs.New(errs.Unauthenticated, "staff.code-wrong")
	}
	e := s.entry(m.Actor(), "staff.code-used", m.ID)
	err = s.log.Record(ctx, e, func(tx *db.Tx) error {
		if err := useCode(tx, m.ID, hashCode(code)); err != nil {
			return err
		}
		n, err := countCodes(tx.DB(), m.ID)
		if err != nil {
			return err
		}
		if token, _, err = s.newLink(tx, m.ID, Recover, RecoverLife); err != nil {
			return err
		}
		subject, text := s.letters.CodeUsed(m.Name, s.clock.Now(), n)
		return s.send(tx, m.Email, "recovery-code-used", subject, text)
	})
	if errs.ReasonOf(err) == "staff.code-wrong" {
		return "", s.noteWrongCode(ctx, m, err)
	}
	return token, err
}

func (s *Service) noteWrongCode(ctx context.Context, m Member, cause error) error {
	e := s.entry(audit.Nobody(), "staff.code-refused", m.ID)
	if err := s.log.Record(ctx, e, func(*db.Tx) error { return nil }); err != nil {
		return err
	}
	return cause
}

func (s *Service) newCodes(tx *db.Tx, member string) ([]string, error) {
	codes, hashes := make([]string, codeCount), make([]string, codeCount)
	for i := range codes {
		raw := strings.ToLower(base32.StdEncoding.EncodeToString(ids.Bytes(codeBytes)))
		codes[i] = raw[:4] + "-" + raw[4:8] + "-" + raw[8:12] + "-" + raw[12:]
		hashes[i] = hashCode(codes[i])
	}
	return codes, replaceCodes(tx, member, hashes)
}

// hashCode forgives what people do to a code when they type it.
func hashCode(code string) string {
	plain := strings.NewReplacer("-", "", " ", "", "0", "o", "1", "l", "8", "b").Replace(strings.ToLower(code))
	return ids.Hash("recovery:" + plain)
}
