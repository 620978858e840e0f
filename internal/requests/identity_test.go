package requests_test

import (
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/requests"
	"truepenny/internal/testkit"
)

func TestALetterIsAnsweredToWhoIsRecognisedAtTheAddressOnFile(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		r := h.writes(requests.Access, "thief@mail.example")
		_, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "Here is everything.", Outcome: requests.Granted})
		h.want(err, errs.Conflict, "request.identity")
		_, err = h.desk.AskByMail(ctx, h.pia, r.ID)
		h.want(err, errs.Conflict, "request.person-fixed")
		r = h.isKnown(r)
		if r.Identity != requests.MailLink || r.Person != h.ina.ID {
			t.Fatalf("%+v", r)
		}
		_, err = h.desk.ConfirmByLink(ctx, h.told["token"])
		h.want(err, errs.Gone, "request.link-gone")
		if _, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "Here is everything.", Outcome: requests.Granted}); err != nil {
			t.Fatal(err)
		}
		h.wantTold("thief@mail.example", "received R-1001", "-")
		h.wantTold(inasMail, "answered R-1001", "Here is everything.")
		if text, told := h.wasTold("thief@mail.example", "answered R-1001"); told {
			t.Fatalf("who wrote was told %q", text)
		}
	})
}

func TestALetterOfNobodyGetsTheAnswerThatTellsNothing(t *testing.T) {
	h := open(t, testkit.Store(t))
	ctx := t.Context()
	known, unknown := h.writes(requests.Access, "a@mail.example"), h.writes(requests.Access, "b@mail.example")
	if _, err := h.desk.Name(ctx, h.pia, known.ID, h.ina.ID); err != nil {
		t.Fatal(err)
	}
	for _, r := range []requests.Request{known, unknown} {
		if _, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "We found nothing that we can tell.", Outcome: requests.NothingHeld}); err != nil {
			t.Fatal(err)
		}
	}
	first, _ := h.wasTold("a@mail.example", "answered "+known.Label())
	second, _ := h.wasTold("b@mail.example", "answered "+unknown.Label())
	if first != second || first == "" {
		t.Fatalf("the two are told apart: %q, %q", first, second)
	}
	list, err := h.desk.Of(ctx, h.ina.ID)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	_, err = h.desk.Letter(ctx, h.ina, known.ID, "own") // somebody else's words, for all we know
	h.want(err, errs.NotFound, "request.unknown")
}

func TestAPostedCodeWorksForTwentyOneDaysAndFiveTries(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		ask := func() (requests.Request, string) {
			r := h.writes(requests.Erasure, "")
			_, err := h.desk.Name(ctx, h.pia, r.ID, h.ina.ID)
			if err == nil {
				_, err = h.desk.AskByPost(ctx, h.pia, r.ID)
			}
			code, until, err2 := h.desk.PostedCode(ctx, h.pia, r.ID)
			if err != nil || err2 != nil || len(code) != 8 || !until.Equal(h.Clock.Now().Add(21*24*time.Hour)) {
				t.Fatal(code, until, err, err2)
			}
			return r, code
		}
		right, code := ask()
		if r, err := h.desk.ConfirmByCode(ctx, h.pia, right.ID, " "+code[:4]+" "+code[4:]); err != nil || r.Identity != requests.PostCode {
			t.Fatal(r, err)
		}
		guessed, code := ask()
		wrong := "00000000"
		if code == wrong {
			wrong = "11111111"
		}
		for range 5 {
			_, err := h.desk.ConfirmByCode(ctx, h.pia, guessed.ID, wrong)
			h.wantField(err, "code", "request.code-wrong")
		}
		_, err := h.desk.ConfirmByCode(ctx, h.pia, guessed.ID, code)
		h.want(err, errs.Gone, "request.code-gone")
		if h.count("request.identity-refused") != 5 {
			t.Error("a wrong code left no trace")
		}
		late, code := ask()
		h.Clock.Advance(21 * 24 * time.Hour)
		_, err = h.desk.ConfirmByCode(ctx, h.pia, late.ID, code)
		h.want(err, errs.Gone, "request.code-gone")
		n, err := h.desk.Source().Expire(ctx, audit.System("retention"), h.Clock.Now())
		if err != nil || n != 2 {
			t.Fatal("unused codes must go:", n, err)
		}
	})
}

// A link proves that its reader is the one whom it was mailed to, and nobody else:
// a name that is corrected meanwhile must not inherit it.
func TestALinkOrCodeForOnePersonProvesNothingForAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		thief := h.Seller(t, "thief@seller.example").Actor()
		r := h.writes(requests.Erasure, "thief@mail.example")
		for _, step := range []func() (requests.Request, error){
			func() (requests.Request, error) { return h.desk.Name(ctx, h.pia, r.ID, thief.ID) },
			func() (requests.Request, error) { return h.desk.AskByMail(ctx, h.pia, r.ID) },
			func() (requests.Request, error) { return h.desk.AskByPost(ctx, h.pia, r.ID) },
		} {
			if _, err := step(); err != nil {
				t.Fatal(err)
			}
		}
		token := h.told["token"]
		code, _, err := h.desk.PostedCode(ctx, h.pia, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.desk.Name(ctx, h.pia, r.ID, h.ina.ID); err != nil { // the officer saw that it is Ina who is meant
			t.Fatal(err)
		}
		_, err = h.desk.ConfirmByLink(ctx, token)
		h.want(err, errs.Gone, "request.link-gone")
		_, err = h.desk.ConfirmByCode(ctx, h.pia, r.ID, code)
		h.want(err, errs.Gone, "request.code-gone")
		_, err = h.desk.Erase(ctx, h.pia, r.ID)
		h.want(err, errs.Conflict, "request.identity")
		if len(h.book.erased) != 0 {
			t.Errorf("erased: %v", h.book.erased)
		}
	})
}
