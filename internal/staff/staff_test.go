package staff_test

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
)

func want(t *testing.T, err error, code errs.Code, reason string) {
	t.Helper()
	if err == nil || errs.CodeOf(err) != code || errs.ReasonOf(err) != reason {
		t.Fatalf("got %v, want %s %s", err, code, reason)
	}
}

var nora = staff.Details{Name: " Nora  Quill ", Email: "Nora@Market.example", Roles: []staff.Role{staff.Lead, staff.Reviewer, staff.Lead}}

// join accepts an invitation with a new key.
func join(t *testing.T, p *people.People, token string) (staff.Member, *testkit.Authenticator, error) {
	t.Helper()
	key := people.Key(people.BaseURL)
	options, err := p.Staff.BeginAccept(t.Context(), token)
	if err != nil {
		return staff.Member{}, nil, err
	}
	m, err := p.Staff.Accept(t.Context(), token, key.Register(t, options))
	return m, key, err
}

func signIn(t *testing.T, p *people.People, key *testkit.Authenticator) error {
	t.Helper()
	options, err := p.Passkeys.BeginSignIn(t.Context(), audit.KindStaff)
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Passkeys.FinishSignIn(t.Context(), audit.KindStaff, key.SignIn(t, options), p.Staff.Admit)
	return err
}

func TestInvitedMemberJoinsWithAPasskeyAndCanSignIn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		admin := p.Member(t, "Ada Min", staff.Administrator)
		m, err := p.Staff.Invite(t.Context(), admin, nora)
		if err != nil || m.State != staff.Invited || m.Name != "Nora Quill" || m.Email != "nora@market.example" {
			t.Fatal(m, err)
		}
		if !slices.Equal(m.Roles, []staff.Role{staff.Lead, staff.Reviewer}) {
			t.Fatal(m.Roles)
		}
		token := p.Token(t, m.Email)
		joined, key, err := join(t, p, token)
		if err != nil || joined.State != staff.Active {
			t.Fatal(joined, err)
		}
		if err := signIn(t, p, key); err != nil {
			t.Fatal(err)
		}
		_, _, err = join(t, p, token)
		want(t, err, errs.Gone, "staff.link-gone")
		if got := p.Noted(t, "staff:"+m.ID); !slices.Equal(got, []string{"staff.invited", "staff.joined"}) {
			t.Fatal(got)
		}
		rows, _ := p.Log.List(t.Context(), audit.Filter{Subject: "staff:" + m.ID})
		if first := rows[1]; first.Actor.ID != admin.ID || first.Actor.Role != "administrator" || first.Details["roles"] != "lead,reviewer" {
			t.Fatalf("%+v", first)
		}
	})
}

func TestInvitationEndsAfterADayAndWhenItIsReplaced(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	m, _ := p.Staff.Invite(t.Context(), admin, nora)
	first := p.Token(t, m.Email)
	p.Clock.Advance(24*time.Hour - time.Second)
	if inv, err := p.Staff.Invitation(t.Context(), first); err != nil || inv.Member.ID != m.ID || inv.Purpose != staff.Join {
		t.Fatal(inv, err)
	}
	p.Clock.Advance(time.Second)
	_, err := p.Staff.Invitation(t.Context(), first)
	want(t, err, errs.Gone, "staff.link-gone")
	if err := p.Staff.InviteAgain(t.Context(), admin, m.ID); err != nil {
		t.Fatal(err)
	}
	second := p.Token(t, m.Email)
	p.Clock.Advance(time.Second)
	if err := p.Staff.InviteAgain(t.Context(), admin, m.ID); err != nil {
		t.Fatal(err)
	}
	_, err = p.Staff.Invitation(t.Context(), second)
	want(t, err, errs.Gone, "staff.link-gone")
	if _, _, err := join(t, p, p.Token(t, m.Email)); err != nil {
		t.Fatal(err)
	}
	want(t, p.Staff.InviteAgain(t.Context(), admin, m.ID), errs.Conflict, "staff.state")
}

func TestInvitationNamesEveryWrongField(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	for _, c := range []struct {
		details staff.Details
		fields  map[string]string
	}{
		{staff.Details{}, map[string]string{"name": "form.required", "email": "form.required", "roles": "staff.roles-required"}},
		{staff.Details{Name: strings.Repeat("é", 101), Email: "no", Roles: []staff.Role{"king"}},
			map[string]string{"name": "form.too-long", "email": "form.email", "roles": "staff.roles-required"}},
		{staff.Details{Name: "A", Email: "A <a@b.example>", Roles: nora.Roles}, map[string]string{"email": "form.email"}},
		{staff.Details{Name: "A", Email: admin.Email, Roles: nora.Roles}, map[string]string{"email": "staff.email-taken"}},
	} {
		_, err := p.Staff.Invite(t.Context(), admin, c.details)
		got := errs.FieldsOf(err)
		if len(got) != len(c.fields) {
			t.Errorf("%+v: %v", c.details, err)
		}
		for name, reason := range c.fields {
			if got[name] != reason {
				t.Errorf("%+v: %s = %q", c.details, name, got[name])
			}
		}
	}
	if all, _ := p.Staff.List(t.Context(), staff.Filter{}); len(all) != 1 {
		t.Fatal("somebody was added", all)
	}
}

func TestOnlyAdministratorsChangeMembers(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	target := p.Member(t, "Tara Get", staff.Agent)
	for _, role := range staff.Roles {
		if role == staff.Administrator {
			continue
		}
		by := p.Member(t, "By "+string(role), role)
		_, err := p.Staff.Invite(t.Context(), by, nora)
		want(t, err, errs.Forbidden, "staff.administrators-only")
		want(t, p.Staff.InviteAgain(t.Context(), by, target.ID), errs.Forbidden, "staff.administrators-only")
		want(t, p.Staff.SetRoles(t.Context(), by, target.ID, []staff.Role{staff.Administrator}), errs.Forbidden, "staff.administrators-only")
		want(t, p.Staff.Disable(t.Context(), by, target.ID), errs.Forbidden, "staff.administrators-only")
		want(t, p.Staff.Enable(t.Context(), by, target.ID), errs.Forbidden, "staff.administrators-only")
	}
	if got := p.Noted(t, "staff:"+target.ID); !slices.Equal(got, []string{"staff.enrolled"}) {
		t.Fatal(got)
	}
}

func TestRolesChangeAndTheLogSaysFromWhatToWhat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		admin, m := p.Member(t, "Ada Min", staff.Administrator), p.Member(t, "Nora Quill", staff.Agent)
		if err := p.Staff.SetRoles(t.Context(), admin, m.ID, []staff.Role{staff.Auditor, staff.Reviewer}); err != nil {
			t.Fatal(err)
		}
		got, _ := p.Staff.Get(t.Context(), m.ID)
		if !slices.Equal(got.Roles, []staff.Role{staff.Reviewer, staff.Auditor}) {
			t.Fatal(got.Roles)
		}
		rows, _ := p.Log.List(t.Context(), audit.Filter{Action: "staff.roles-changed"})
		if len(rows) != 1 || rows[0].Details["before"] != "agent" || rows[0].Details["roles"] != "reviewer,auditor" {
			t.Fatalf("%+v", rows)
		}
		want(t, p.Staff.SetRoles(t.Context(), admin, m.ID, nil), errs.Invalid, "form.invalid")
		want(t, p.Staff.SetRoles(t.Context(), admin, "mem_no", nora.Roles), errs.NotFound, "staff.unknown")
	})
}

func TestLastActiveAdministratorStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		a := p.Member(t, "Ada Min", staff.Administrator)
		want(t, p.Staff.SetRoles(t.Context(), a, a.ID, []staff.Role{staff.Lead}), errs.Conflict, "staff.last-administrator")
		want(t, p.Staff.Disable(t.Context(), a, a.ID), errs.Conflict, "staff.yourself")
		b := p.Member(t, "Bo Ss", staff.Administrator)
		if err := p.Staff.SetRoles(t.Context(), a, a.ID, []staff.Role{staff.Lead}); err != nil {
			t.Fatal(err)
		}
		// a still holds the value from before and acts on it
		want(t, p.Staff.Disable(t.Context(), a, b.ID), errs.Conflict, "staff.last-administrator")
	})
}

func TestTwoAdministratorsCannotRemoveEachOtherAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		a, b := p.Member(t, "Ada Min", staff.Administrator), p.Member(t, "Bo Ss", staff.Administrator)
		var both sync.WaitGroup
		var failed [2]error
		for i, pair := range [][2]staff.Member{{a, b}, {b, a}} {
			both.Go(func() { failed[i] = p.Staff.Disable(t.Context(), pair[0], pair[1].ID) })
		}
		both.Wait()
		active, err := p.Staff.List(t.Context(), staff.Filter{Role: staff.Administrator, State: staff.Active})
		if err != nil || len(active) != 1 || (failed[0] == nil) == (failed[1] == nil) {
			t.Fatalf("%d administrators left: %v, %v", len(active), failed, err)
		}
	})
}

func TestDisabledMemberIsOutAtOnceAndComesBackWhenEnabled(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		admin := p.Member(t, "Ada Min", staff.Administrator)
		m, _ := p.Staff.Invite(t.Context(), admin, nora)
		_, key, err := join(t, p, p.Token(t, m.Email))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		if _, err := p.Sessions.Begin(httptest.NewRecorder(), r, m.Holder(), sessions.ByPasskey); err != nil {
			t.Fatal(err)
		}
		if err := p.Staff.Disable(t.Context(), admin, m.ID); err != nil {
			t.Fatal(err)
		}
		if list, err := p.Sessions.List(t.Context(), m.Holder()); err != nil || len(list) != 0 {
			t.Fatal("sessions go on", list, err)
		}
		_, err = p.Staff.Active(t.Context(), m.ID)
		want(t, err, errs.NotFound, "staff.unknown")
		want(t, signIn(t, p, key), errs.Forbidden, "staff.disabled")
		want(t, p.Staff.Disable(t.Context(), admin, m.ID), errs.Conflict, "staff.state")
		if err := p.Staff.Enable(t.Context(), admin, m.ID); err != nil {
			t.Fatal(err)
		}
		if err := signIn(t, p, key); err != nil {
			t.Fatal(err)
		}
		if got := p.Noted(t, "staff:"+m.ID); !slices.Equal(got, []string{"staff.invited", "staff.joined", "staff.disabled", "staff.enabled"}) {
			t.Fatal(got)
		}
	})
}

func TestMemberDisabledBeforeJoiningIsInvitedAnewWhenEnabled(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	m, _ := p.Staff.Invite(t.Context(), admin, nora)
	old := p.Token(t, m.Email)
	if err := p.Staff.Disable(t.Context(), admin, m.ID); err != nil {
		t.Fatal(err)
	}
	_, _, err := join(t, p, old)
	want(t, err, errs.Gone, "staff.link-gone")
	p.Clock.Advance(time.Minute)
	if err := p.Staff.Enable(t.Context(), admin, m.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := join(t, p, p.Token(t, m.Email)); err != nil {
		t.Fatal(err)
	}
}

func TestFirstInviteIsThereUntilAnAdministratorIsActive(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		first, ok, err := p.Staff.FirstInvite(t.Context())
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		token, ok, err := p.Staff.FirstInvite(t.Context())
		if !ok || err != nil || token == first {
			t.Fatal("second start", ok, err)
		}
		_, err = p.Staff.Invitation(t.Context(), first)
		want(t, err, errs.Gone, "staff.link-gone")
		_, err = p.Staff.BeginAccept(t.Context(), token)
		want(t, err, errs.Conflict, "staff.introduce-first")
		want(t, p.Staff.Introduce(t.Context(), token, staff.Details{Name: "Ada"}), errs.Invalid, "form.invalid")
		if err := p.Staff.Introduce(t.Context(), token, staff.Details{Name: "Ada Min", Email: "ada@market.example"}); err != nil {
			t.Fatal(err)
		}
		want(t, p.Staff.Introduce(t.Context(), token, staff.Details{Name: "Eve", Email: "eve@market.example"}), errs.Conflict, "staff.state")
		m, _, err := join(t, p, token)
		if err != nil || m.Name != "Ada Min" || !m.Has(staff.Administrator) {
			t.Fatal(m, err)
		}
		if _, ok, err := p.Staff.FirstInvite(t.Context()); ok || err != nil {
			t.Fatal("offered again", ok, err)
		}
		if all, _ := p.Staff.List(t.Context(), staff.Filter{}); len(all) != 1 {
			t.Fatal(all)
		}
	})
}

func TestRecoveryCodeLeadsToANewPasskeyOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		p := people.New(t, store)
		m := p.Member(t, "Nora Quill", staff.Reviewer)
		codes, err := p.Staff.RenewCodes(t.Context(), m)
		if err != nil || len(codes) != 10 || len(strings.ReplaceAll(codes[0], "-", "")) != 16 {
			t.Fatal(codes, err)
		}
		typed := strings.ToUpper(strings.ReplaceAll(codes[3], "-", " "))
		token, err := p.Staff.Recover(t.Context(), " NORA.quill@market.example ", typed)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Mails(t, m.Email); !slices.Equal(got, []string{"code used"}) {
			t.Fatal(got)
		}
		if n, err := p.Staff.CodesLeft(t.Context(), m); n != 9 || err != nil {
			t.Fatal(n, err)
		}
		r := httptest.NewRequestWithContext(t.Context(), "GET", "/", nil)
		if _, err := p.Sessions.Begin(httptest.NewRecorder(), r, m.Holder(), sessions.ByPasskey); err != nil {
			t.Fatal(err)
		}
		if _, key, err := join(t, p, token); err != nil || signIn(t, p, key) != nil {
			t.Fatal(err)
		}
		if list, _ := p.Sessions.List(t.Context(), m.Holder()); len(list) != 0 {
			t.Fatal("whoever was signed in before still is")
		}
		_, err = p.Staff.Recover(t.Context(), m.Email, codes[3])
		want(t, err, errs.Unauthenticated, "staff.code-wrong")
		want4 := []string{"staff.enrolled", "staff.codes-renewed", "staff.code-used", "staff.recovered", "staff.code-refused"}
		if got := p.Noted(t, "staff:"+m.ID); !slices.Equal(got, want4) {
			t.Fatal(got)
		}
	})
}

func TestRecoveryIsRefusedAlikeWhateverIsWrong(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	m, other := p.Member(t, "Nora Quill", staff.Reviewer), p.Member(t, "Odd One", staff.Reviewer)
	codes, _ := p.Staff.RenewCodes(t.Context(), m)
	older := codes[0]
	codes, _ = p.Staff.RenewCodes(t.Context(), m)
	for name, pair := range map[string][2]string{
		"unknown address": {"nobody@market.example", codes[0]},
		"no address":      {"", codes[0]},
		"another's code":  {other.Email, codes[0]},
		"replaced code":   {m.Email, older},
		"made-up code":    {m.Email, "aaaa-bbbb-cccc-dddd"},
	} {
		_, err := p.Staff.Recover(t.Context(), pair[0], pair[1])
		if err == nil || errs.ReasonOf(err) != "staff.code-wrong" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := p.Staff.Disable(t.Context(), admin, m.ID); err != nil {
		t.Fatal(err)
	}
	_, err := p.Staff.Recover(t.Context(), m.Email, codes[0])
	want(t, err, errs.Unauthenticated, "staff.code-wrong")
}

func TestLinkBehindARecoveryCodeLivesTenMinutes(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	m := p.Member(t, "Nora Quill", staff.Reviewer)
	codes, _ := p.Staff.RenewCodes(t.Context(), m)
	token, err := p.Staff.Recover(t.Context(), m.Email, codes[0])
	if err != nil {
		t.Fatal(err)
	}
	p.Clock.Advance(10 * time.Minute)
	_, _, err = join(t, p, token)
	want(t, err, errs.Gone, "staff.link-gone")
}

func TestFurtherPasskeyIsToldByMail(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	m := p.Member(t, "Nora Quill", staff.Reviewer)
	key := people.Key(people.BaseURL)
	options, _ := p.Passkeys.BeginRegistration(t.Context(), m.Holder(), m.Email)
	if _, err := p.Staff.AddPasskey(t.Context(), m, key.Register(t, options), "Spare"); err != nil {
		t.Fatal(err)
	}
	if got := p.Mails(t, m.Email); !slices.Equal(got, []string{"passkey added"}) {
		t.Fatal(got)
	}
}

func TestListIsNarrowedAndSortedByName(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	p.Member(t, "zoe Quill", staff.Reviewer, staff.Lead)
	p.Member(t, "Bea Quill", staff.Reviewer)
	if err := p.Staff.Disable(t.Context(), admin, p.Member(t, "Cy Gone", staff.Lead).ID); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		filter staff.Filter
		names  []string
	}{
		{staff.Filter{}, []string{"Ada Min", "Bea Quill", "Cy Gone", "zoe Quill"}},
		{staff.Filter{Query: " quILL "}, []string{"Bea Quill", "zoe Quill"}},
		{staff.Filter{Query: "ada.min@"}, []string{"Ada Min"}},
		{staff.Filter{Role: staff.Lead}, []string{"Cy Gone", "zoe Quill"}},
		{staff.Filter{Role: staff.Lead, State: staff.Active}, []string{"zoe Quill"}},
		{staff.Filter{Query: "%"}, nil},
	} {
		var names []string
		list, err := p.Staff.List(t.Context(), c.filter)
		for _, m := range list {
			names = append(names, m.Name)
		}
		if err != nil || !slices.Equal(names, c.names) {
			t.Errorf("%+v: %v %v", c.filter, names, err)
		}
	}
}

func TestLogHoldsNoNameAndNoAddress(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	admin := p.Member(t, "Ada Min", staff.Administrator)
	m, _ := p.Staff.Invite(t.Context(), admin, nora)
	if _, _, err := join(t, p, p.Token(t, m.Email)); err != nil {
		t.Fatal(err)
	}
	rows, _ := p.Log.List(t.Context(), audit.Filter{})
	for _, r := range rows {
		line := fmt.Sprintf("%+v", r.Entry)
		for _, secret := range []string{"Nora", "Quill", "nora@", "Ada", "market.example"} {
			if strings.Contains(line, secret) {
				t.Errorf("%s says %q", r.Action, secret)
			}
		}
	}
}

func TestAnAdministratorWithoutAPasskeyDoesNotKeepTheFirstOneOut(t *testing.T) {
	p := people.New(t, testkit.Store(t))
	p.Member(t, "Ash Demo", staff.Administrator) // as a demo marketplace has one
	token, ok, err := p.Staff.FirstInvite(t.Context())
	if err != nil || !ok || token == "" {
		t.Fatalf("no invitation: %v", err)
	}
}
