package sessions_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/internal/testkit"
)

var (
	noon   = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	member = sessions.Holder{Kind: audit.KindStaff, ID: "mem_a"}
	seller = sessions.Holder{Kind: audit.KindSeller, ID: "acc_a"}
)

// browser keeps the cookie between requests.
type browser struct {
	t      *testing.T
	keeper *sessions.Sessions
	cookie *http.Cookie
}

func (b *browser) request() *http.Request {
	r := httptest.NewRequestWithContext(b.t.Context(), http.MethodGet, "/", nil)
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
	if b.cookie != nil {
		r.AddCookie(b.cookie)
	}
	return r
}

func (b *browser) signIn(h sessions.Holder) sessions.Session {
	b.t.Helper()
	w := httptest.NewRecorder()
	s, err := b.keeper.Begin(w, b.request(), h, sessions.ByPasskey)
	if err != nil {
		b.t.Fatal(err)
	}
	b.cookie = w.Result().Cookies()[0]
	return s
}

func (b *browser) alive() bool {
	b.t.Helper()
	_, ok, err := b.keeper.Current(b.request())
	if err != nil {
		b.t.Fatal(err)
	}
	return ok
}

func TestSessionsEndAtTheLimitsOfTheirKind(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		for _, c := range []struct {
			name    string
			holder  sessions.Holder
			step    time.Duration // used this often; 0: not at all
			at      time.Duration
			isAlive bool
		}{
			{"staff idle for 14:59 min", member, 0, 14*time.Minute + 59*time.Second, true},
			{"staff idle for 15:01 min", member, 0, 15*time.Minute + time.Second, false},
			{"staff busy for 11:59 h", member, 10 * time.Minute, 11*time.Hour + 59*time.Minute, true},
			{"staff busy for 12:01 h", member, 10 * time.Minute, 12*time.Hour + time.Minute, false},
			{"seller idle for 59:59 min", seller, 0, 59*time.Minute + 59*time.Second, true},
			{"seller idle for 60:01 min", seller, 0, time.Hour + time.Second, false},
			{"seller busy for 23:59 h", seller, 50 * time.Minute, 23*time.Hour + 59*time.Minute, true},
			{"seller busy for 24:01 h", seller, 50 * time.Minute, 24*time.Hour + time.Minute, false},
		} {
			t.Run(c.name, func(t *testing.T) {
				clk := clock.NewFixed(noon)
				b := &browser{t: t, keeper: sessions.New(store, clk)}
				b.signIn(c.holder)
				for used := c.step; c.step > 0 && used < c.at; used += c.step {
					clk.Set(noon.Add(used))
					if !b.alive() && used < 12*time.Hour {
						t.Fatalf("ended after %v of use", used)
					}
				}
				clk.Set(noon.Add(c.at))
				if b.alive() != c.isAlive {
					t.Fatalf("alive = %v", !c.isAlive)
				}
			})
		}
	})
}

func TestEndedSessionStaysEndedWhenTheClockGoesBack(t *testing.T) {
	clk := clock.NewFixed(noon)
	b := &browser{t: t, keeper: sessions.New(testkit.Store(t), clk)}
	b.signIn(member)
	clk.Advance(16 * time.Minute)
	if b.alive() {
		t.Fatal("still alive")
	}
	clk.Set(noon)
	if b.alive() {
		t.Fatal("came back")
	}
}

func TestCookieIsBoundToHostAndHiddenFromScripts(t *testing.T) {
	b := &browser{t: t, keeper: sessions.New(testkit.Store(t), clock.NewFixed(noon))}
	b.signIn(seller)
	c := b.cookie
	if c.Name != "__Host-session" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
		t.Fatalf("cookie %+v", c)
	}
	if len(c.Value) != 43 {
		t.Fatalf("secret has %d characters, not the 43 of 256 bits", len(c.Value))
	}
}

func TestSigningInRenewsTheSecretAndEndsTheOldSession(t *testing.T) {
	b := &browser{t: t, keeper: sessions.New(testkit.Store(t), clock.NewFixed(noon))}
	b.signIn(seller)
	planted := b.cookie
	b.signIn(seller)
	if b.cookie.Value == planted.Value || !b.alive() {
		t.Fatal("secret was not renewed")
	}
	b.cookie = planted
	if b.alive() {
		t.Fatal("old secret still works")
	}
	list, err := b.keeper.List(t.Context(), seller)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d sessions, %v", len(list), err)
	}
}

func TestUseIsRecordedAtMostOnceAMinuteAndNotByEventStreams(t *testing.T) {
	clk := clock.NewFixed(noon)
	b := &browser{t: t, keeper: sessions.New(testkit.Store(t), clk)}
	b.signIn(member)
	seen := func() time.Time {
		list, err := b.keeper.List(t.Context(), member)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0].SeenAt
	}
	clk.Advance(59 * time.Second)
	if b.alive(); !seen().Equal(noon) {
		t.Fatal("written again within the minute")
	}
	clk.Advance(time.Second)
	if b.alive(); !seen().Equal(noon.Add(time.Minute)) {
		t.Fatal("use after a minute was not recorded")
	}
	clk.Advance(10 * time.Minute)
	r := b.request()
	r.Header.Set("Accept", "text/event-stream")
	if _, ok, err := b.keeper.Current(r); !ok || err != nil || !seen().Equal(noon.Add(time.Minute)) {
		t.Fatal("an event stream kept the session awake", ok, err)
	}
}

func TestPeopleEndTheirOwnSessionsAndNobodyElses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		keeper := sessions.New(store, clock.NewFixed(noon))
		here, there, other := &browser{t: t, keeper: keeper}, &browser{t: t, keeper: keeper}, &browser{t: t, keeper: keeper}
		mine, away := here.signIn(member), there.signIn(member)
		foreign := other.signIn(sessions.Holder{Kind: audit.KindStaff, ID: "mem_b"})
		if err := keeper.End(t.Context(), member, foreign.ID); errs.CodeOf(err) != errs.NotFound || !other.alive() {
			t.Fatalf("ended a stranger's session: %v", err)
		}
		if err := keeper.End(t.Context(), member, away.ID); err != nil || there.alive() || !here.alive() {
			t.Fatalf("one: %v", err)
		}
		there.signIn(member)
		if n, err := keeper.EndOthers(t.Context(), member, mine.ID); n != 1 || err != nil || there.alive() || !here.alive() || !other.alive() {
			t.Fatalf("others: %d %v", n, err)
		}
		if err := store.Write(t.Context(), func(tx *db.Tx) error { return sessions.EndAll(tx, member) }); err != nil || here.alive() {
			t.Fatalf("all: %v", err)
		}
	})
}

func TestSignOutEndsTheSessionAndClearsTheBrowser(t *testing.T) {
	b := &browser{t: t, keeper: sessions.New(testkit.Store(t), clock.NewFixed(noon))}
	b.signIn(seller)
	w := httptest.NewRecorder()
	if err := b.keeper.SignOut(w, b.request()); err != nil || b.alive() {
		t.Fatal("still signed in", err)
	}
	if c := w.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 || !strings.Contains(w.Header().Get("Clear-Site-Data"), "storage") {
		t.Fatalf("headers %v", w.Header())
	}
}

func TestDeviceIsNamedCoarsely(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0": "Edge Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1": "Safari iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":              "Chrome Android",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                    "Firefox Linux",
		"curl/8.5.0": " ",
	} {
		keeper := sessions.New(testkit.Store(t), clock.NewFixed(noon))
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		r.Header.Set("User-Agent", agent)
		s, err := keeper.Begin(httptest.NewRecorder(), r, seller, sessions.ByMailLink)
		if got := s.Browser + " " + s.System; err != nil || got != want {
			t.Errorf("%s: %q, %v", agent, got, err)
		}
	}
}

func TestPendingValueIsFetchedOnceInTimeAndForItsTopic(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		clk := clock.NewFixed(noon)
		keeper := sessions.New(store, clk)
		keep := func(secret string) {
			if err := keeper.Keep(t.Context(), "a", secret, []byte("value"), time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		keep("one")
		if v, err := keeper.Take(t.Context(), "a", "one"); string(v) != "value" || err != nil {
			t.Fatal(string(v), err)
		}
		if _, err := keeper.Take(t.Context(), "a", "one"); errs.CodeOf(err) != errs.Gone {
			t.Fatal("taken twice", err)
		}
		keep("two")
		if _, err := keeper.Take(t.Context(), "b", "two"); errs.CodeOf(err) != errs.Gone {
			t.Fatal("other topic", err)
		}
		keep("three")
		clk.Advance(time.Minute)
		if _, err := keeper.Take(t.Context(), "a", "three"); errs.CodeOf(err) != errs.Gone {
			t.Fatal("too old", err)
		}
	})
}
