package requests_test

import (
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/mail"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

func TestAPersonAsksIsToldAndAnswered(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		r := h.asks(requests.Access)
		if r.Label() != "R-1001" || r.Identity != requests.SignedIn || !r.DueAt.Equal(requests.DueAt(h.Clock.Now(), 1)) {
			t.Fatalf("%+v", r)
		}
		h.wantTold(inasMail, "received R-1001", "-")
		letter, err := h.desk.Letter(ctx, h.pia, r.ID, "request.read")
		if err != nil || letter.Words != "Please do." || letter.Contact != inasMail {
			t.Fatal(letter, err)
		}
		answered, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Template: "access.granted", Words: "It stands in your room.", Outcome: requests.Granted, Version: r.Version})
		if err != nil || answered.State != requests.Answered || !answered.KeepUntil.Equal(h.Clock.Now().Add(730*24*time.Hour)) {
			t.Fatalf("%+v %v", answered, err)
		}
		h.wantTold(inasMail, "answered R-1001", "It stands in your room.")
		reply, err := h.desk.Reply(ctx, h.ina, r.ID, "own")
		if err != nil || reply.Words != "It stands in your room." {
			t.Fatal(reply, err)
		}
		_, err = h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "We did it because [reason].", Outcome: requests.Refused})
		h.wantField(err, "words", "request.brackets")
		_, err = h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "Once more, please.", Outcome: requests.Refused})
		h.want(err, errs.Conflict, "request.answered")
		list, err := h.desk.Of(ctx, h.ina.ID)
		if err != nil || len(list) != 1 || list[0].Outcome != requests.Granted {
			t.Fatal(list, err)
		}
		rows, err := h.Log.List(ctx, audit.Filter{Person: h.ina.ID, Action: "request.read"})
		if err != nil || len(rows) != 1 || rows[0].Actor.ID != h.pia.ID {
			t.Fatal("the person must see that it was read:", rows, err)
		}
		line, err := h.desk.Timeline(ctx, r)
		if err != nil || line[0].Action != "request.opened" || line[len(line)-1].Action != "request.answered" {
			t.Fatal(line, err)
		}
	})
}

func TestTheLogHoldsNoWordAndNoAddressOfARequest(t *testing.T) {
	h := open(t, testkit.Store(t))
	r := h.isKnown(h.writes(requests.Objection, "elsewhere@mail.example"))
	_, _ = h.desk.Extend(t.Context(), h.pia, r.ID, 2, "Many pages have to be read.")
	_, _ = h.desk.Answer(t.Context(), h.pia, r.ID, requests.Answer{Words: "We stopped doing it.", Outcome: requests.Granted})
	rows, err := h.Log.List(t.Context(), audit.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for _, value := range row.Details {
			if strings.Contains(value, "@") || strings.Contains(value, " ") && row.Action != "vault.opened" {
				t.Errorf("%s keeps %q for ever", row.Action, value)
			}
		}
	}
}

func TestNobodyAsksForAnotherAndNobodyReadsIt(t *testing.T) {
	h := open(t, testkit.Store(t))
	ctx, r := t.Context(), h.asks(requests.Complaint)
	other := h.Seller(t, "other@seller.example").Actor()
	_, err := h.desk.Open(ctx, other, requests.New{Kind: requests.Erasure, Channel: requests.ByAccount, Person: h.ina.ID})
	h.want(err, errs.Forbidden, "request.own")
	_, err = h.desk.Open(ctx, h.Member(t, "Rita Reviewer", staff.Reviewer).Actor(), requests.New{Kind: requests.Access, Channel: requests.ByLetter, Contact: "a@b.example"})
	h.want(err, errs.Forbidden, "role.privacy")
	_, err = h.desk.Letter(ctx, other, r.ID, "own")
	h.want(err, errs.NotFound, "request.unknown")
	for _, role := range staff.Roles {
		actor := audit.Actor{Kind: audit.KindStaff, ID: "stf_1", Role: string(role)}
		if _, err := h.desk.Letter(ctx, actor, r.ID, "look"); (err == nil) != (role == staff.Privacy) {
			t.Errorf("%s reads a complaint: %v", role, err)
		}
		if _, err := h.desk.List(ctx, actor, requests.Filter{}); (err == nil) != (role == staff.Privacy || role == staff.Auditor) {
			t.Errorf("%s lists requests: %v", role, err)
		}
		if _, err := h.desk.Answer(ctx, actor, "req_none", requests.Answer{}); (errs.CodeOf(err) == errs.Forbidden) != (role != staff.Privacy) {
			t.Errorf("%s answers: %v", role, err)
		}
	}
}

func TestARequestNamesWhatIsWrongWithIt(t *testing.T) {
	h := open(t, testkit.Store(t))
	ctx := t.Context()
	for _, c := range []struct {
		field, reason string
		n             requests.New
	}{
		{"kind", "form.choose", requests.New{Kind: "police"}},
		{"words", "form.required", requests.New{Kind: requests.Objection}},
		{"words", "form.too-long", requests.New{Kind: requests.Complaint, Words: strings.Repeat("x", 5001)}},
		{"contact", "request.contact", requests.New{Kind: requests.Access}},
		{"contact", "form.email", requests.New{Kind: requests.Access, Contact: "nobody"}},
		{"received", "request.received", requests.New{Kind: requests.Access, Contact: "a@b.example", ReceivedAt: h.Clock.Now().Add(time.Hour)}},
		{"received", "request.received", requests.New{Kind: requests.Access, Contact: "a@b.example", ReceivedAt: h.Clock.Now().AddDate(-2, 0, 0)}},
		{"purpose", "form.choose", requests.New{Kind: requests.Erasure, Contact: "a@b.example", Purpose: "advertising"}},
	} {
		c.n.Channel = requests.ByLetter
		_, err := h.desk.Open(ctx, h.pia, c.n)
		h.wantField(err, c.field, c.reason)
	}
	_, err := h.desk.Open(ctx, h.ina, requests.New{Kind: requests.Rectification, Person: h.ina.ID, Channel: requests.ByAccount, Application: "app_1", Field: "family_name", Value: "Lindqist"})
	h.wantField(err, "value", "correction.same")
	if h.count("request.opened") != 0 {
		t.Fatal("something wrong was taken in")
	}
	for range 20 {
		h.asks(requests.Complaint)
	}
	_, err = h.desk.Open(ctx, h.ina, requests.New{Kind: requests.Complaint, Person: h.ina.ID, Channel: requests.ByAccount, Words: "More."})
	h.want(err, errs.TooMany, "request.many")
}

func TestMoreTimeIsGivenOnceInTheFirstMonthWithAReasonThatIsTold(t *testing.T) {
	h := open(t, testkit.Store(t))
	ctx, r := t.Context(), h.asks(requests.Access)
	_, err := h.desk.Extend(ctx, h.pia, r.ID, 3, "")
	h.wantField(err, "months", "form.choose")
	h.wantField(err, "reason", "form.required")
	longer, err := h.desk.Extend(ctx, h.pia, r.ID, 2, "Many pages have to be read.")
	if err != nil || !longer.DueAt.Equal(requests.DueAt(r.OpenedAt, 3)) || longer.ExtendedAt.IsZero() {
		t.Fatalf("%+v %v", longer, err)
	}
	h.wantTold(inasMail, "extended R-1001", "Many pages have to be read.")
	_, err = h.desk.Extend(ctx, h.pia, r.ID, 1, "Many pages have to be read.")
	h.want(err, errs.Conflict, "request.extended")
	late := h.asks(requests.Access)
	h.Clock.Set(late.DueAt.Add(time.Second))
	_, err = h.desk.Extend(ctx, h.pia, late.ID, 1, "Many pages have to be read.")
	h.want(err, errs.Conflict, "request.too-late")
}

func TestOfficersAreRemindedOfWhatIsDueAndWhatIsLate(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx, first := t.Context(), h.asks(requests.Access)
		if err := h.desk.Remind(ctx); err != nil || h.count("request.reminded") != 0 {
			t.Fatal("reminded of nothing:", err)
		}
		h.Clock.Set(first.DueAt.Add(-5 * 24 * time.Hour))
		h.asks(requests.Complaint) // not due for a month
		if err := h.desk.Remind(ctx); err != nil {
			t.Fatal(err)
		}
		h.wantTold(piasMail, "reminder", "R-1001 /")
		h.Clock.Set(first.DueAt.Add(time.Second))
		if err := h.desk.Remind(ctx); err != nil {
			t.Fatal(err)
		}
		h.wantTold(piasMail, "reminder", "/R-1001 ")
		n, err := h.desk.Counts(ctx)
		if err != nil || n.Open != 2 || n.Overdue != 1 || n.DueSoon != 0 || !n.NextDue.Equal(first.DueAt) {
			t.Fatalf("%+v %v", n, err)
		}
		for mark, want := range map[requests.Mark]int{requests.Overdue: 1, requests.DueSoon: 0, requests.InTime: 2} {
			if list, err := h.desk.List(ctx, h.pia, requests.Filter{Mark: mark}); err != nil || len(list) != want {
				t.Errorf("%q: %d, want %d, %v", mark, len(list), want, err)
			}
		}
	})
}

func TestAReviewerCorrectsOrSaysWhyNot(t *testing.T) {
	h := open(t, testkit.Store(t))
	ctx := t.Context()
	rita := h.Member(t, "Rita Reviewer", staff.Reviewer).Actor()
	ask := func() requests.Request {
		return h.asks(requests.Rectification, func(n *requests.New) {
			n.Application, n.Field, n.Value, n.Words = "app_1", "family_name", "Lindqvist", ""
		})
	}
	r := ask()
	_, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "Done, as you asked.", Outcome: requests.Granted})
	h.want(err, errs.Conflict, "request.reviewer")
	_, err = h.desk.Corrections(ctx, h.pia)
	h.want(err, errs.Forbidden, "role.reviewer")
	p, err := h.desk.Correction(ctx, rita, r.ID)
	if err != nil || p.Held != "Lindqist" || p.Value != "Lindqvist" || p.Version != 3 {
		t.Fatalf("%+v %v", p, err)
	}
	_, err = h.desk.Correct(ctx, rita, r.ID, true, "", 2)
	h.want(err, errs.Conflict, "case.changed")
	_, err = h.desk.Correct(ctx, rita, r.ID, false, "", 3)
	h.wantField(err, "reason", "form.required")
	if r, err = h.desk.Correct(ctx, rita, r.ID, true, "", 3); err != nil || r.Outcome != requests.Granted || h.book.held != "Lindqvist" {
		t.Fatalf("%+v %v", r, err)
	}
	h.wantTold(inasMail, "answered R-1001", "The answer of a reviewer.")
	h.book.held = "Lindqist"
	r = ask()
	if r, err = h.desk.Correct(ctx, rita, r.ID, false, "The document says otherwise.", 3); err != nil || r.Outcome != requests.Refused || h.book.held != "Lindqist" {
		t.Fatalf("%+v %v", r, err)
	}
	if list, err := h.desk.Corrections(ctx, rita); err != nil || len(list) != 0 {
		t.Fatal(list, err)
	}
	r = ask()
	_, err = h.desk.Correct(ctx, rita, r.ID, false, "It says so still.", 3)
	h.want(err, errs.Conflict, "request.same-person") // as the answer before promised
	other := h.Member(t, "Ola Other", staff.Reviewer).Actor()
	if r, err = h.desk.Correct(ctx, other, r.ID, true, "", h.book.version); err != nil || r.Outcome != requests.Granted {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestALetterThatLayForWeeksIsLateAndNotYounger(t *testing.T) {
	h := open(t, testkit.Store(t))
	came := h.Clock.Now().AddDate(0, 0, -40)
	r, err := h.desk.Open(t.Context(), h.pia, requests.New{Kind: requests.Access, Channel: requests.ByLetter, Contact: "a@b.example", ReceivedAt: came})
	if err != nil || !r.DueAt.Equal(requests.DueAt(came, 1)) || r.Mark(h.Clock.Now()) != requests.Overdue || h.desk.MayExtend(r) {
		t.Fatalf("%+v %v", r, err)
	}
}

func TestADeletionRunsOnceWhoAsksIsKnownAndBeforeTheAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		r := h.writes(requests.Erasure, "elsewhere@mail.example")
		_, err := h.desk.Erase(ctx, h.pia, r.ID)
		h.want(err, errs.Conflict, "request.identity")
		r = h.isKnown(r)
		done := requests.Answer{Words: "It is all deleted.", Outcome: requests.Granted}
		_, err = h.desk.Answer(ctx, h.pia, r.ID, done)
		h.want(err, errs.Conflict, "request.erase-first")
		if r, err = h.desk.Erase(ctx, h.pia, r.ID); err != nil || r.Erasure != "era_1" || len(h.book.erased) != 1 || h.book.erased[0] != h.ina.ID+" " {
			t.Fatalf("%+v %v %v", r, h.book.erased, err)
		}
		_, err = h.desk.Erase(ctx, h.pia, r.ID)
		h.want(err, errs.Conflict, "request.erased")

		// What a deletion of everything does here, and to the account.
		var gone privacy.Erased
		err = h.Log.Record(ctx, audit.Entry{Actor: h.pia, Action: "test.erased"}, func(tx *db.Tx) (err error) {
			if gone, err = h.desk.Source().Erase(tx, h.ina.ID, ""); err == nil {
				_, err = h.Accounts.Erase(tx, h.ina.ID)
			}
			return err
		})
		if err != nil || len(gone.Kept) != 1 || gone.Kept[0].Law != "request-records" || !gone.Kept[0].Until.After(h.Clock.Now()) {
			t.Fatalf("%+v %v", gone, err)
		}
		if list, _ := h.desk.Of(ctx, h.ina.ID); len(list) != 0 {
			t.Fatal("still theirs:", list)
		}
		if _, err = h.desk.Answer(ctx, h.pia, r.ID, done); err != nil {
			t.Fatal(err)
		}
		h.wantTold(inasMail, "answered R-1001", "It is all deleted.")

		// Nothing goes on knowing the address of somebody who is gone.
		letters, err := h.Outbox.Caught(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range letters {
			if strings.HasPrefix(l.Subject, "answered") && l.Kind != mail.Farewell {
				t.Errorf("the row of the mail stays for a month: %+v", l)
			}
		}
		items, err := h.vault.Describe(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			if item.Slot.Column == "contact" {
				t.Error("the address is kept for years after the answer")
			}
		}
	})
}

func TestAnAnsweredRequestGoesAtItsDate(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx, r := t.Context(), h.asks(requests.Complaint)
		if _, err := h.desk.Answer(ctx, h.pia, r.ID, requests.Answer{Words: "You were right.", Outcome: requests.Granted}); err != nil {
			t.Fatal(err)
		}
		source := h.desk.Source()
		held, err := source.Describe(ctx, h.ina.ID)
		if err != nil || len(held) != 1 || held[0].Count != 1 || held[0].KeptUntil.IsZero() {
			t.Fatalf("%+v %v", held, err)
		}
		if out, err := source.Export(ctx, h.ina.ID); err != nil || out == nil {
			t.Fatal(out, err)
		}
		h.Clock.Set(held[0].KeptUntil.Add(-time.Second))
		if due, err := source.Due(ctx, h.Clock.Now()); err != nil || len(due) != 0 {
			t.Fatal(due, err)
		}
		h.Clock.Advance(time.Second)
		due, err := source.Due(ctx, h.Clock.Now())
		if err != nil || len(due) != 1 || due[0].Person != r.ID {
			t.Fatal(due, err)
		}
		for _, onHold := range []bool{true, false} {
			var gone privacy.Erased
			err = h.Log.Record(ctx, audit.Entry{Actor: audit.System("retention"), Action: "test.expired"}, func(tx *db.Tx) (err error) {
				gone, err = source.ExpireOf(tx, r.ID, h.Clock.Now(), func(p vault.Purpose) bool { return onHold })
				return err
			})
			if err != nil || (gone.Total() == 1) == onHold {
				t.Fatal(onHold, gone, err)
			}
		}
		if list, _ := h.desk.Of(ctx, h.ina.ID); len(list) != 0 {
			t.Fatal(list)
		}
	})
}

func TestATemplateKeepsItsVersions(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := open(t, store)
		ctx := t.Context()
		saved, err := h.desk.SaveTemplate(ctx, h.pia, "access.granted", 0, "Look into your room, please.")
		if err != nil || saved.Version != 1 {
			t.Fatal(saved, err)
		}
		_, err = h.desk.SaveTemplate(ctx, h.pia, "access.granted", 0, "Look into your own room.")
		h.want(err, errs.Conflict, "template.changed")
		_, err = h.desk.SaveTemplate(ctx, h.pia, "access.granted", 1, "short")
		h.wantField(err, "body", "form.too-short")
		_, err = h.desk.SaveTemplate(ctx, h.pia, "nothing.such", 0, "Look into your own room.")
		h.want(err, errs.NotFound, "template.unknown")
		got, err := h.desk.Template(ctx, "access.granted")
		if err != nil || got.Body != "Look into your room, please." || got.ChangedBy != h.pia.ID || h.count("template.saved") != 1 {
			t.Fatal(got, err)
		}
	})
}
