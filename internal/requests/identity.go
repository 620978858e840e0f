package requests

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

const (
	linkLife   = 7 * 24 * time.Hour
	codeLife   = 21 * 24 * time.Hour // a letter has to arrive, and somebody to come home
	codeDigits = 8
	mostTries  = 5
)

// Name says whose request a letter is: an officer found the account by what the
// letter says. Nothing of it is told to who wrote until they are recognised. Links
// and codes for whoever was named before die: they prove nothing about another.
func (s *Service) Name(ctx context.Context, actor audit.Actor, id, person string) (Request, error) {
	if err := officerOnly(actor); err != nil {
		return Request{}, err
	}
	return s.edit(ctx, actor, id, "request.person-named", func(tx *db.Tx, r *Request, _ map[string]string) error {
		if r.Channel != ByLetter || r.Identity != Unchecked || person == "" {
			return errs.New(errs.Conflict, "request.person-fixed")
		}
		if err := r.stillOpen(); err != nil {
			return err
		}
		r.Person = person
		return endProofs(tx, r.ID)
	})
}

// NoteLookUp logs that an account was looked for, and whether there was one.
func (s *Service) NoteLookUp(ctx context.Context, actor audit.Actor, id string, found bool) error {
	if err := officerOnly(actor); err != nil {
		return err
	}
	details := map[string]string{"found": "no"}
	if found {
		details["found"] = "yes"
	}
	return s.Audit.Note(ctx, audit.Entry{Actor: actor, Action: "request.person-looked-up", Subject: subject(id), Details: details})
}

// proof is how somebody who wrote a letter is being recognised.
type proof struct {
	request   string
	way       Way
	tokenHash string
	codeItem  string
	tries     int
	expiresAt time.Time
}

// AskByMail mails a link to the address on file. One asked for earlier dies.
func (s *Service) AskByMail(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	return s.ask(ctx, actor, id, MailLink, func(tx *db.Tx, r *Request) (proof, error) {
		to, err := s.People.EmailOf(ctx, audit.KindSeller, r.Person)
		if err != nil {
			return proof{}, err
		}
		token, until := ids.Token(), s.Clock.Now().Add(linkLife)
		err = s.send(tx, *r, to, "confirm", func() (string, string) { return s.Letters.Confirm(*r, token, until) })
		return proof{tokenHash: ids.Hash(token), expiresAt: until}, err
	})
}

// AskByPost makes a code for a letter to the postal address on file; PostedCode
// shows it for printing. One made earlier dies.
func (s *Service) AskByPost(ctx context.Context, actor audit.Actor, id string) (Request, error) {
	return s.ask(ctx, actor, id, PostCode, func(tx *db.Tx, r *Request) (proof, error) {
		var code strings.Builder
		for range codeDigits {
			code.WriteByte(byte('0' + ids.Intn(10)))
		}
		item, err := s.seal(tx, *r, "code", code.String())
		if err != nil {
			return proof{}, err
		}
		until := s.Clock.Now().Add(codeLife)
		return proof{codeItem: item, expiresAt: until}, s.Vault.KeepUntil(tx, item, until)
	})
}

func (s *Service) ask(ctx context.Context, actor audit.Actor, id string, way Way, make func(*db.Tx, *Request) (proof, error)) (Request, error) {
	if err := officerOnly(actor); err != nil {
		return Request{}, err
	}
	return s.edit(ctx, actor, id, "request.identity-asked", func(tx *db.Tx, r *Request, details map[string]string) error {
		if err := r.stillOpen(); err != nil {
			return err
		}
		if r.Person == "" || r.Identity != Unchecked {
			return errs.New(errs.Conflict, "request.person-fixed")
		}
		details["way"] = string(way)
		p, err := make(tx, r)
		if err != nil {
			return err
		}
		p.request, p.way = r.ID, way
		return replaceProof(tx, p)
	})
}

// Asked lists the ways that are under way and until when each works.
func (s *Service) Asked(ctx context.Context, id string) (map[Way]time.Time, error) {
	list, err := s.proofs(ctx, id)
	out := map[Way]time.Time{}
	for _, p := range list {
		if s.Clock.Now().Before(p.expiresAt) {
			out[p.way] = p.expiresAt
		}
	}
	return out, err
}

// PostedCode opens the code of the letter that is to be posted. Gone
// "request.code-gone" when there is none, or not any more.
func (s *Service) PostedCode(ctx context.Context, actor audit.Actor, id string) (string, time.Time, error) {
	if err := officerOnly(actor); err != nil {
		return "", time.Time{}, err
	}
	p, err := s.proof(ctx, id, PostCode)
	if err != nil {
		return "", time.Time{}, err
	}
	var code string
	return code, p.expiresAt, s.open(ctx, actor, p.codeItem, "request.identity", &code)
}

// Peek returns the request that a mailed link is about without using the link
// up: mail scanners fetch links before people do. Gone "request.link-gone".
func (s *Service) Peek(ctx context.Context, token string) (Request, error) {
	p, err := s.proofByToken(ctx, ids.Hash(token))
	if err != nil {
		return Request{}, err
	}
	return s.read(ctx, p.request)
}

// ConfirmByLink takes an opened link for proof of who asks.
func (s *Service) ConfirmByLink(ctx context.Context, token string) (Request, error) {
	r, err := s.Peek(ctx, token)
	if err != nil {
		return r, err
	}
	return s.prove(ctx, audit.Nobody(), r.ID, MailLink)
}

// ConfirmByCode takes the code that the person told for proof. A wrong one is
// Invalid with field "code"; after five the code is void.
func (s *Service) ConfirmByCode(ctx context.Context, actor audit.Actor, id, code string) (Request, error) {
	want, _, err := s.PostedCode(ctx, actor, id)
	if err != nil {
		return Request{}, err
	}
	told := strings.Join(strings.Fields(code), "")
	if subtle.ConstantTimeCompare([]byte(told), []byte(want)) == 1 && want != "" {
		return s.prove(ctx, actor, id, PostCode)
	}
	_, err = s.edit(ctx, actor, id, "request.identity-refused", func(tx *db.Tx, r *Request, _ map[string]string) error {
		return countTry(tx, r.ID)
	})
	if err == nil {
		err = errs.Fields(map[string]string{"code": "request.code-wrong"})
	}
	return Request{}, err
}

func (s *Service) prove(ctx context.Context, actor audit.Actor, id string, way Way) (Request, error) {
	return s.edit(ctx, actor, id, "request.identity-proved", func(tx *db.Tx, r *Request, details map[string]string) error {
		if err := r.stillOpen(); err != nil {
			return err
		}
		details["way"] = string(way)
		r.Identity, r.IdentityAt = way, s.Clock.Now()
		return useProofs(tx, r.ID, way)
	})
}
