package passkeys_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
)

var (
	holder = sessions.Holder{Kind: audit.KindStaff, ID: "mem_a"}
	actor  = audit.Actor{Kind: audit.KindStaff, ID: "mem_a", Role: "reviewer"}
)

func admit(context.Context, string) (audit.Actor, error) { return actor, nil }
func noNotice(*db.Tx) error                              { return nil }

func register(t *testing.T, p *people.People, key *testkit.Authenticator, h sessions.Holder) (passkeys.Passkey, error) {
	t.Helper()
	options, err := p.Passkeys.BeginRegistration(t.Context(), h, "a@market.example")
	if err != nil {
		t.Fatal(err)
	}
	return p.Passkeys.Add(t.Context(), actor, h, key.Register(t, options), "Blue key", noNotice)
}

func signIn(t *testing.T, p *people.People, key *testkit.Authenticator) (sessions.Holder, error) {
	t.Helper()
	options, err := p.Passkeys.BeginSignIn(t.Context(), audit.KindStaff)
	if err != nil {
		t.Fatal(err)
	}
	return p.Passkeys.FinishSignIn(t.Context(), audit.KindStaff, key.SignIn(t, options), admit)
}

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
}

func TestRegisteredPasskeySignsItsHolderIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p, key := people.New(t, store), people.Key(people.BaseURL)
		made, err := register(t, p, key, holder)
		if err != nil || made.Name != "Blue key" || made.Synced {
			t.Fatal(made, err)
		}
		p.Clock.Advance(time.Hour)
		for range 2 {
			if h, err := signIn(t, p, key); err != nil || h != holder {
				t.Fatal(h, err)
			}
		}
		list, err := p.Passkeys.List(t.Context(), holder)
		if err != nil || len(list) != 1 || !list[0].UsedAt.Equal(people.Start.Add(time.Hour)) {
			t.Fatal(list, err)
		}
		if got := p.Noted(t, "passkey:"+made.ID); !slices.Equal(got, []string{"passkey.registered", "passkey.used", "passkey.used"}) {
			t.Fatal(got)
		}
	})
}

func TestRegistrationIsRefused(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testkit.Authenticator)
	}{
		{"from another origin", func(a *testkit.Authenticator) { a.Origin = "http://evil.example" }},
		{"for another party", func(a *testkit.Authenticator) { a.RPID = "evil.example" }},
		{"without user verification", func(a *testkit.Authenticator) { a.Unverified = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, key := people.New(t, testkit.Store(t)), people.Key(people.BaseURL)
			c.change(key)
			_, err := register(t, p, key, holder)
			want(t, err, errs.Invalid, "passkey.not-verified")
			if list, _ := p.Passkeys.List(t.Context(), holder); len(list) != 0 {
				t.Fatal("stored all the same")
			}
		})
	}
}

func TestSignInIsRefusedAndNoted(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*testkit.Authenticator)
		code   errs.Code
		reason string
	}{
		{"from another origin", func(a *testkit.Authenticator) { a.Origin = "https://localhost:8080" }, errs.Unauthenticated, "passkey.not-verified"},
		{"for another party", func(a *testkit.Authenticator) { a.RPID = "evil.example" }, errs.Unauthenticated, "passkey.not-verified"},
		{"without user verification", func(a *testkit.Authenticator) { a.Unverified = true }, errs.Unauthenticated, "passkey.not-verified"},
		{"when the counter stands still", func(a *testkit.Authenticator) { a.Counter-- }, errs.Forbidden, "passkey.copied"},
		{"when the counter goes back", func(a *testkit.Authenticator) { a.Counter = 0 }, errs.Forbidden, "passkey.copied"},
		{"when the key became copyable", func(a *testkit.Authenticator) { a.Synced = true }, errs.Unauthenticated, "passkey.not-verified"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, key := people.New(t, testkit.Store(t)), people.Key(people.BaseURL)
			key.Counter = 7
			made, err := register(t, p, key, holder)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := signIn(t, p, key); err != nil {
				t.Fatal(err)
			}
			c.change(key)
			_, err = signIn(t, p, key)
			want(t, err, c.code, c.reason)
			rows, err := p.Log.List(t.Context(), audit.Filter{Subject: "passkey:" + made.ID, Action: "passkey.refused"})
			if err != nil || len(rows) != 1 || rows[0].Reason != c.reason {
				t.Fatal(rows, err)
			}
		})
	}
}

func TestUnknownPasskeyAndOneOfASellerDoNotOpenTheStaffDoor(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	stranger, seller := people.Key(people.BaseURL), people.Key(people.BaseURL)
	options, _ := p.Passkeys.BeginRegistration(t.Context(), holder, "a")
	stranger.Register(t, options) // never stored
	_, err := signIn(t, p, stranger)
	want(t, err, errs.Unauthenticated, "passkey.unknown")
	if _, err := register(t, p, seller, sessions.Holder{Kind: audit.KindSeller, ID: "acc_a"}); err != nil {
		t.Fatal(err)
	}
	_, err = signIn(t, p, seller)
	want(t, err, errs.Unauthenticated, "passkey.unknown")
}

func TestHolderThatMayNotComeInIsTurnedAwayAndNoted(t *testing.T) {
	p, key := people.New(t, testkit.Store(t)), people.Key(people.BaseURL)
	made, err := register(t, p, key, holder)
	if err != nil {
		t.Fatal(err)
	}
	options, _ := p.Passkeys.BeginSignIn(t.Context(), audit.KindStaff)
	_, err = p.Passkeys.FinishSignIn(t.Context(), audit.KindStaff, key.SignIn(t, options), func(context.Context, string) (audit.Actor, error) {
		return audit.Actor{}, errs.New(errs.Forbidden, "staff.disabled")
	})
	want(t, err, errs.Forbidden, "staff.disabled")
	if got := p.Noted(t, "passkey:"+made.ID); !slices.Equal(got, []string{"passkey.registered", "passkey.refused"}) {
		t.Fatal(got)
	}
}

func TestChallengeIsGoodForOneUseWithinFiveMinutes(t *testing.T) {
	p, key := people.New(t, testkit.Store(t)), people.Key(people.BaseURL)
	if _, err := register(t, p, key, holder); err != nil {
		t.Fatal(err)
	}
	finish := func(answer []byte) error {
		_, err := p.Passkeys.FinishSignIn(t.Context(), audit.KindStaff, answer, admit)
		return err
	}
	options, _ := p.Passkeys.BeginSignIn(t.Context(), audit.KindStaff)
	answer := key.SignIn(t, options)
	p.Clock.Advance(5*time.Minute - time.Second)
	if err := finish(answer); err != nil {
		t.Fatal(err)
	}
	want(t, finish(answer), errs.Gone, "ceremony.expired")
	options, _ = p.Passkeys.BeginSignIn(t.Context(), audit.KindStaff)
	answer = key.SignIn(t, options)
	p.Clock.Advance(5 * time.Minute)
	want(t, finish(answer), errs.Gone, "ceremony.expired")
}

func TestRegistrationBelongsToWhoBeganIt(t *testing.T) {
	p, key := people.New(t, testkit.Store(t)), people.Key(people.BaseURL)
	options, _ := p.Passkeys.BeginRegistration(t.Context(), holder, "a")
	other := sessions.Holder{Kind: audit.KindStaff, ID: "mem_b"}
	_, err := p.Passkeys.VerifyRegistration(t.Context(), other, key.Register(t, options), "")
	want(t, err, errs.Gone, "ceremony.expired")
}

func TestSameCredentialIsNotStoredTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p, key := people.New(t, store), people.Key(people.BaseURL)
		options, _ := p.Passkeys.BeginRegistration(t.Context(), holder, "a")
		v, err := p.Passkeys.VerifyRegistration(t.Context(), holder, key.Register(t, options), "")
		if err != nil {
			t.Fatal(err)
		}
		save := func() error { return store.Write(t.Context(), v.Save) }
		if err := save(); err != nil {
			t.Fatal(err)
		}
		if err := save(); err == nil {
			t.Fatal("stored twice")
		}
	})
}

func TestPasskeysAreRenamedAndRemovedByTheirHolderOnlyAndTheLastOneStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		first, _ := register(t, p, people.Key(people.BaseURL), holder)
		second, _ := register(t, p, people.Key(people.BaseURL), holder)
		other := sessions.Holder{Kind: audit.KindStaff, ID: "mem_b"}
		ctx := t.Context()
		want(t, p.Passkeys.Rename(ctx, actor, other, first.ID, "x"), errs.NotFound, "passkey.unknown")
		want(t, p.Passkeys.Remove(ctx, actor, other, first.ID, true), errs.NotFound, "passkey.unknown")
		want(t, p.Passkeys.Rename(ctx, actor, holder, first.ID, string(make([]byte, 61))), errs.Invalid, "form.invalid")
		if err := p.Passkeys.Rename(ctx, actor, holder, first.ID, " Office key "); err != nil {
			t.Fatal(err)
		}
		if list, _ := p.Passkeys.List(ctx, holder); len(list) != 2 || list[0].Name != "Office key" && list[1].Name != "Office key" {
			t.Fatal(list)
		}
		if err := p.Passkeys.Remove(ctx, actor, holder, second.ID, false); err != nil {
			t.Fatal(err)
		}
		want(t, p.Passkeys.Remove(ctx, actor, holder, first.ID, false), errs.Conflict, "passkey.last")
		if err := p.Passkeys.Remove(ctx, actor, holder, first.ID, true); err != nil {
			t.Fatal(err)
		}
		if got := p.Noted(t, "passkey:"+first.ID); !slices.Equal(got, []string{"passkey.registered", "passkey.renamed", "passkey.removed"}) {
			t.Fatal(got)
		}
	})
}

func TestTwoRemovalsAtOnceLeaveTheLastPasskey(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		for range 10 {
			for range 2 - len(list(t, p)) {
				if _, err := register(t, p, people.Key(people.BaseURL), holder); err != nil {
					t.Fatal(err)
				}
			}
			var removals sync.WaitGroup
			for _, key := range list(t, p) {
				removals.Go(func() { _ = p.Passkeys.Remove(context.Background(), actor, holder, key.ID, false) })
			}
			removals.Wait()
			if left := list(t, p); len(left) != 1 {
				t.Fatalf("%d passkeys are left, want 1", len(left))
			}
		}
	})
}

func list(t *testing.T, p *people.People) []passkeys.Passkey {
	t.Helper()
	all, err := p.Passkeys.List(t.Context(), holder)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestGarbageIsRefusedNotFatal(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	for _, body := range []string{"", "{}", "null", `{"id":"x","rawId":"x","type":"public-key","response":{}}`, "[" + string(make([]byte, 100))} {
		if _, err := p.Passkeys.FinishSignIn(t.Context(), audit.KindStaff, []byte(body), admit); errs.CodeOf(err) != errs.Unauthenticated {
			t.Errorf("%q: %v", body, err)
		}
		if _, err := p.Passkeys.VerifyRegistration(t.Context(), holder, []byte(body), ""); errs.CodeOf(err) != errs.Invalid {
			t.Errorf("%q: %v", body, err)
		}
	}
}
