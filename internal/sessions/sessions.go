package sessions

import (
	"context"
	"net/http"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
)

// CookieName carries the only cookie Truepenny sets. The prefix makes browsers
// accept it from this host over a secure connection only, for every path.
const CookieName = "__Host-session"

// touchEvery is how exactly the last use is recorded; a session may end up to
// this much earlier than its idle limit, never later.
const touchEvery = time.Minute

// Holder is whose session it is: KindSeller with an account id, or KindStaff
// with a member id.
type Holder struct {
	Kind audit.Kind
	ID   string
}

// Method says how the holder signed in.
type Method string

const (
	ByPasskey  Method = "passkey"
	ByMailLink Method = "mail-link"
	ByDemo     Method = "demo" // one click, on a demo marketplace only
)

// Session is one browser that is signed in. Browser and System are coarse
// product names such as "Firefox" and "Windows", empty when unknown.
type Session struct {
	ID              string
	Holder          Holder
	Method          Method
	Browser, System string
	CreatedAt       time.Time
	SeenAt          time.Time // to the minute
}

// Limits are the idle and overall limits of a kind's sessions. Staff: 15 minutes
// and 12 hours (NIST SP 800-63B-4 section 2.3.3, AAL3); sellers: 1 hour and 24
// hours (section 2.2.3, AAL2). Another kind has no sessions.
func Limits(kind audit.Kind) (idle, overall time.Duration) {
	switch kind {
	case audit.KindStaff:
		return 15 * time.Minute, 12 * time.Hour
	case audit.KindSeller:
		return time.Hour, 24 * time.Hour
	}
	return 0, 0
}

// Until is when the session ends if it is not used any more.
func (s Session) Until() time.Time {
	idle, overall := Limits(s.Holder.Kind)
	end, idleEnd := s.CreatedAt.Add(overall), s.SeenAt.Add(idle)
	if idleEnd.Before(end) {
		return idleEnd
	}
	return end
}

// Sessions keeps the sessions in the database.
type Sessions struct {
	store *db.Store
	clock clock.Clock
}

// New makes the keeper.
func New(store *db.Store, clk clock.Clock) *Sessions { return &Sessions{store: store, clock: clk} }

// Begin signs h in: whatever session the browser came with is ended and a fresh
// secret is set, so that a planted one is worth nothing.
func (s *Sessions) Begin(w http.ResponseWriter, r *http.Request, h Holder, m Method) (Session, error) {
	if idle, _ := Limits(h.Kind); idle == 0 || h.ID == "" {
		return Session{}, errs.New(errs.Internal, "internal")
	}
	now := s.clock.Now()
	browser, system := describe(r.UserAgent())
	session := Session{
		ID: ids.New("ses"), Holder: h, Method: m, Browser: browser, System: system, CreatedAt: now, SeenAt: now,
	}
	token := ids.Token()
	err := s.store.Write(r.Context(), func(tx *db.Tx) error {
		if old := secret(r); old != "" {
			if err := deleteByToken(tx, ids.Hash(old)); err != nil {
				return err
			}
		}
		if _, err := sweep(tx, now); err != nil {
			return err
		}
		return insert(tx, session, ids.Hash(token))
	})
	if err != nil {
		return Session{}, err
	}
	setCookie(w, token)
	return session, nil
}

// SignOut ends the session of the browser and tells it to forget what it kept.
func (s *Sessions) SignOut(w http.ResponseWriter, r *http.Request) error {
	clearCookie(w)
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`)
	token := secret(r)
	if token == "" {
		return nil
	}
	return s.store.Write(r.Context(), func(tx *db.Tx) error { return deleteByToken(tx, ids.Hash(token)) })
}

// List returns the live sessions of h, the one used last first.
func (s *Sessions) List(ctx context.Context, h Holder) ([]Session, error) {
	all, err := listOf(s.store.Reader(ctx), h)
	if err != nil {
		return nil, err
	}
	live := all[:0]
	for _, one := range all {
		if s.live(one) {
			live = append(live, one)
		}
	}
	return live, nil
}

// End ends one session of h. A session of somebody else is NotFound.
func (s *Sessions) End(ctx context.Context, h Holder, id string) error {
	return s.store.Write(ctx, func(tx *db.Tx) error { return deleteOne(tx, h, id) })
}

// EndOthers ends every session of h but keep, and returns how many.
func (s *Sessions) EndOthers(ctx context.Context, h Holder, keep string) (int, error) {
	n := 0
	err := s.store.Write(ctx, func(tx *db.Tx) (err error) {
		n, err = deleteOf(tx, h, keep)
		return err
	})
	return n, err
}

// EndAll ends every session of h inside the transaction that takes away the
// right to it, so that no request slips in between.
func EndAll(tx *db.Tx, h Holder) error {
	_, err := Erase(tx, h)
	return err
}

// Erase removes every session of h, inside the transaction that erases what is
// held of them, and returns how many there were.
func Erase(tx *db.Tx, h Holder) (int, error) { return deleteOf(tx, h, "") }

// Expire removes what no limit lets live any more, sessions and half ceremonies,
// and returns how many. Every sign-in does so too; without this the last ones
// would stay where nobody signs in any more.
func (s *Sessions) Expire(ctx context.Context, now time.Time) (int, error) {
	n := 0
	err := s.store.Write(ctx, func(tx *db.Tx) error {
		ended, err := sweep(tx, now)
		if err != nil {
			return err
		}
		half, err := sweepPending(tx, now)
		n = ended + half
		return err
	})
	return n, err
}

func (s *Sessions) live(one Session) bool { return s.clock.Now().Before(one.Until()) }

// find returns the live session behind a secret and records its use. passive
// requests, which a page makes by itself, do not count as use.
func (s *Sessions) find(ctx context.Context, token string, passive bool) (Session, bool, error) {
	session, ok, err := byToken(s.store.Reader(ctx), ids.Hash(token))
	if err != nil || !ok {
		return Session{}, false, err
	}
	if !s.live(session) {
		err := s.store.Write(ctx, func(tx *db.Tx) error { return deleteByToken(tx, ids.Hash(token)) })
		return Session{}, false, err
	}
	now := s.clock.Now()
	if !passive && now.Sub(session.SeenAt) >= touchEvery {
		session.SeenAt = now
		if err := s.store.Write(ctx, func(tx *db.Tx) error { return touch(tx, session.ID, now) }); err != nil {
			return Session{}, false, err
		}
	}
	return session, true, nil
}
