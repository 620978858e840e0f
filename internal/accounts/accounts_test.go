package accounts_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
)

const ina = "ina@seller.example"

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
}

func ask(t *testing.T, p *people.People, email string) string {
	t.Helper()
	p.Clock.Advance(time.Second)
	if err := p.Accounts.RequestLink(t.Context(), email, "/apply"); err != nil {
		t.Fatal(err)
	}
	return p.Token(t, strings.ToLower(strings.TrimSpace(email)))
}

func TestFirstUseOfALinkOpensTheAccountAndTheNextOneFindsIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		token := ask(t, p, " Ina@Seller.example")
		link, err := p.Accounts.Peek(t.Context(), token)
		if err != nil || link.Purpose != accounts.SignIn || link.Email != ina {
			t.Fatal(link, err)
		}
		first, link, err := p.Accounts.UseLink(t.Context(), token)
		if err != nil || first.Email != ina || link.Next != "/apply" {
			t.Fatal(first, link, err)
		}
		second, _, err := p.Accounts.UseLink(t.Context(), ask(t, p, ina))
		if err != nil || second.ID != first.ID {
			t.Fatal(second, err)
		}
		if got := p.Noted(t, "account:"+first.ID); !slices.Equal(got, []string{"account.opened", "account.signed-in"}) {
			t.Fatal(got)
		}
	})
}

func TestLinkWorksOnceAndLooksDoNotUseItUp(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	token := ask(t, p, ina)
	for range 3 {
		if _, err := p.Accounts.Peek(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := p.Accounts.UseLink(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	_, _, err := p.Accounts.UseLink(t.Context(), token)
	want(t, err, errs.Gone, "account.link-gone")
	_, err = p.Accounts.Peek(t.Context(), "")
	want(t, err, errs.Gone, "account.link-gone")
}

func TestOfTwoClicksAtOnceOneSignsIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		token := ask(t, p, ina)
		var clicks sync.WaitGroup
		var failed [2]error
		for i := range failed {
			clicks.Go(func() { _, _, failed[i] = p.Accounts.UseLink(t.Context(), token) })
		}
		clicks.Wait()
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Fatal(failed)
		}
	})
}

func TestLinkEndsAfterHalfAnHour(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	token := ask(t, p, ina)
	p.Clock.Advance(accounts.LinkLife - time.Second)
	if _, err := p.Accounts.Peek(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	p.Clock.Advance(time.Second)
	_, _, err := p.Accounts.UseLink(t.Context(), token)
	want(t, err, errs.Gone, "account.link-gone")
}

func TestAskingAgainEndsTheOlderLinkOfThatAddressOnly(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	older, other := ask(t, p, ina), ask(t, p, "other@seller.example")
	newer := ask(t, p, ina)
	_, err := p.Accounts.Peek(t.Context(), older)
	want(t, err, errs.Gone, "account.link-gone")
	for _, token := range []string{newer, other} {
		if _, err := p.Accounts.Peek(t.Context(), token); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAskingDoesTheSameForKnownAndUnknownAddresses(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	p.Seller(t, ina)
	ask(t, p, ina)
	ask(t, p, "new@seller.example")
	known, unknown := p.Mails(t, ina), p.Mails(t, "new@seller.example")
	if !slices.Equal(known, unknown) || len(known) != 1 {
		t.Fatal(known, unknown)
	}
	if rows, _ := p.Log.List(t.Context(), audit.Filter{Action: "account.link-sent"}); len(rows) != 2 {
		t.Fatal(rows)
	}
}

func TestAddressThatIsNoneIsRefusedBesideItsField(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	for email, reason := range map[string]string{
		"": "form.required", "  ": "form.required", "ina": "form.email", "Ina <ina@seller.example>": "form.email",
		"a@b.example\r\nBcc: x@y.example": "form.email", strings.Repeat("a", 255) + "@b.example": "form.email",
	} {
		err := p.Accounts.RequestLink(t.Context(), email, "")
		if errs.FieldsOf(err)["email"] != reason {
			t.Errorf("%q: %v", email, err)
		}
	}
}

func TestAddressChangesOnlyWhenTheNewOneConfirms(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		a := p.Seller(t, ina)
		if err := p.Accounts.RequestChange(t.Context(), a, "Ina@New.example"); err != nil {
			t.Fatal(err)
		}
		if got, _ := p.Accounts.Get(t.Context(), a.ID); got.Email != ina {
			t.Fatal("changed without confirmation")
		}
		if got := p.Mails(t, ina); !slices.Equal(got, []string{"address asked"}) {
			t.Fatal(got)
		}
		p.Clock.Advance(time.Minute)
		changed, link, err := p.Accounts.UseLink(t.Context(), p.Token(t, "ina@new.example"))
		if err != nil || link.Purpose != accounts.Change || changed.ID != a.ID {
			t.Fatal(changed, link, err)
		}
		if got, _ := p.Accounts.Get(t.Context(), a.ID); got.Email != "ina@new.example" {
			t.Fatal(got)
		}
		if got := p.Mails(t, ina); !slices.Equal(got, []string{"address asked", "address changed"}) {
			t.Fatal(got)
		}
		if got := p.Noted(t, "account:"+a.ID); !slices.Equal(got, []string{"account.opened", "account.address-asked", "account.address-changed"}) {
			t.Fatal(got)
		}
	})
}

func TestChangeToAnAddressThatHasAnAccountIsToldOnlyToWhoReadsItsMail(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		a, b := p.Seller(t, ina), p.Seller(t, "taken@seller.example")
		if err := p.Accounts.RequestChange(t.Context(), a, b.Email); err != nil {
			t.Fatal(err)
		}
		_, _, err := p.Accounts.UseLink(t.Context(), p.Token(t, b.Email))
		want(t, err, errs.Conflict, "account.address-taken")
		if got, _ := p.Accounts.Get(t.Context(), a.ID); got.Email != ina {
			t.Fatal(got)
		}
	})
}

func TestChangeToTheSameAddressIsRefusedAndANewWishReplacesTheOlder(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	a := p.Seller(t, ina)
	if err := p.Accounts.RequestChange(t.Context(), a, " INA@seller.example"); errs.FieldsOf(err)["email"] != "account.same-address" {
		t.Fatal(err)
	}
	_ = p.Accounts.RequestChange(t.Context(), a, "one@new.example")
	one := p.Token(t, "one@new.example")
	if err := p.Accounts.RequestChange(t.Context(), a, "two@new.example"); err != nil {
		t.Fatal(err)
	}
	_, err := p.Accounts.Peek(t.Context(), one)
	want(t, err, errs.Gone, "account.link-gone")
}

func TestPasskeyOfASellerIsToldByMailAndOpensTheDoor(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	a, key := p.Seller(t, ina), people.Key(people.BaseURL)
	options, _ := p.Passkeys.BeginRegistration(t.Context(), a.Holder(), a.Email)
	if _, err := p.Accounts.AddPasskey(t.Context(), a, key.Register(t, options), "Phone"); err != nil {
		t.Fatal(err)
	}
	if got := p.Mails(t, ina); !slices.Equal(got, []string{"passkey added"}) {
		t.Fatal(got)
	}
	options, _ = p.Passkeys.BeginSignIn(t.Context(), audit.KindSeller)
	h, err := p.Passkeys.FinishSignIn(t.Context(), audit.KindSeller, key.SignIn(t, options), p.Accounts.Admit)
	if err != nil || h != a.Holder() {
		t.Fatal(h, err)
	}
	rows, _ := p.Log.List(t.Context(), audit.Filter{Person: a.ID, Action: "passkey.used"})
	if len(rows) != 1 || rows[0].Actor.ID != a.ID {
		t.Fatal(rows)
	}
}

func TestLogHoldsNoAddress(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	a, _, _ := p.Accounts.UseLink(t.Context(), ask(t, p, ina))
	_ = p.Accounts.RequestChange(t.Context(), a, "ina@new.example")
	rows, _ := p.Log.List(t.Context(), audit.Filter{})
	for _, r := range rows {
		if line := fmt.Sprintf("%+v", r.Entry); strings.Contains(string(line), "@") {
			t.Errorf("%s holds an address", r.Action)
		}
	}
}
