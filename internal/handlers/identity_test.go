package handlers_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/handlers"
	"truepenny/internal/privacy"
	"truepenny/internal/ratelimit"
	"truepenny/internal/sellers"
	"truepenny/internal/sessions"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/people"
	"truepenny/internal/testkit/vaults"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// house is the doors, one's own access and the members behind a real server.
type house struct {
	*people.People
	url string
}

func openHouse(t *testing.T) house {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	base := "http://localhost:" + strings.TrimPrefix(server.Listener.Addr().String(), "127.0.0.1:")
	p := people.At(t, testkit.Store(t), base)
	server.Config.Handler = site(t, p, base)
	server.Start()
	t.Cleanup(server.Close)
	return house{p, base}
}

// site is a marketplace without its engines, for the pages that need none.
func site(t *testing.T, p *people.People, base string) http.Handler {
	t.Helper()
	consents := privacy.NewConsents(p.Store, p.Log, p.Clock)
	cases := sellers.New(sellers.Parts{
		Store: p.Store, Audit: p.Log, Vault: vaults.New(t, p.Store, p.Log, p.Clock), Jobs: p.Queue,
		Mail: p.Outbox, Consents: consents, Clock: p.Clock,
	})
	return handlers.New(handlers.Deps{
		BaseURL: base, Development: true, Clock: p.Clock, Log: slog.New(slog.DiscardHandler), Audit: p.Log, Sessions: p.Sessions,
		Consents: consents, Sellers: cases, Passkeys: p.Passkeys, Staff: p.Staff, Accounts: p.Accounts, Outbox: p.Outbox,
		Limiter: ratelimit.New(p.Store, p.Clock, make([]byte, 32)), OpenLog: openLog(p),
	})
}

// person is somebody with a browser that keeps cookies and follows no redirect.
type person struct {
	t      *testing.T
	house  house
	client *http.Client
}

func (h house) somebody(t *testing.T) *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, house: h, client: &http.Client{
		Jar: insecureJar{jar}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// insecureJar sends Secure cookies to http://localhost, as browsers do.
type insecureJar struct{ *cookiejar.Jar }

func (j insecureJar) SetCookies(u *url.URL, list []*http.Cookie) {
	for _, c := range list {
		c.Secure = false
	}
	j.Jar.SetCookies(u, list)
}

// as signs a holder in without the ceremony that other tests are about.
func (h house) as(t *testing.T, holder sessions.Holder) *person {
	p := h.somebody(t)
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, h.url, nil)
	if _, err := h.Sessions.Begin(w, r, holder, sessions.ByPasskey); err != nil {
		t.Fatal(err)
	}
	u, _ := url.Parse(h.url)
	p.client.Jar.SetCookies(u, w.Result().Cookies())
	return p
}

func (p *person) cookies() []*http.Cookie {
	u, err := url.Parse(p.house.url)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.client.Jar.Cookies(u)
}

type answer struct {
	t      *testing.T
	status int
	to     string // where a redirect leads
	header http.Header
	body   string
}

func (p *person) do(method, path, contentType, body string) answer {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.house.url+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if contentType == "application/json" {
		r.Header.Set("Accept", contentType)
	}
	w, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{p.t, w.StatusCode, w.Header.Get("Location"), w.Header, string(text)}
}

func (p *person) get(path string) answer { p.t.Helper(); return p.do("GET", path, "", "") }

func (p *person) post(path string, pairs ...string) answer {
	p.t.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return p.do("POST", path, "application/x-www-form-urlencoded", v.Encode())
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d:\n%s", a.status, status, a.body)
	}
	return a
}

func (a answer) leadsTo(path string) answer {
	a.t.Helper()
	if a.is(http.StatusSeeOther); a.to != path {
		a.t.Fatalf("leads to %s, want %s", a.to, path)
	}
	return a
}

// shows checks the words of the page.
func (a answer) shows(texts ...string) answer {
	a.t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	shown := strings.Join(strings.Fields(page.Find("body").Text()), " ")
	for _, text := range texts {
		if !strings.Contains(shown, strings.Join(strings.Fields(text), " ")) {
			a.t.Errorf("page does not show %q:\n%s", text, shown)
		}
	}
	return a
}

func (a answer) hides(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Errorf("page holds %q", text)
		}
	}
	return a
}

func TestSellerSignsInByMailLink(t *testing.T) {
	h := openHouse(t)
	asking, clicking := h.somebody(t), h.somebody(t) // another device
	asking.get(paths.SignIn()).is(200).shows(words.SignInLead)
	asking.post(paths.SignIn(), "email", "ina@seller.example", "next", "/account").leadsTo(paths.SignInSent())
	asking.get(paths.SignInSent()).is(200).shows(words.SentLife).hides("ina@seller.example")
	link := paths.MailLink(h.Token(t, "ina@seller.example"))
	for range 2 { // a mail scanner looks first
		clicking.get(link).is(200).shows(words.LinkLead("ina@seller.example"))
	}
	clicking.get("/account").leadsTo(paths.With(paths.SignIn(), "next", "/account"))
	clicking.post(link).leadsTo("/account")
	clicking.get("/account").is(200).shows("ina@seller.example", "By mail link")
	asking.get(link).is(410).shows(words.LinkGoneTitle)
	asking.post(link).is(410)
	asking.get("/account").is(303)
}

func TestAskingForALinkDoesNotTellWhetherAnAddressIsKnown(t *testing.T) {
	h := openHouse(t)
	h.Seller(t, "known@seller.example")
	p := h.somebody(t)
	known := p.post(paths.SignIn(), "email", "known@seller.example")
	unknown := p.post(paths.SignIn(), "email", "unknown@seller.example")
	for _, a := range []answer{known, unknown} {
		a.header.Del("X-Request-Id")
		a.header.Del("Date")
	}
	if known.status != unknown.status || known.to != unknown.to || known.body != unknown.body || len(known.header) != len(unknown.header) {
		t.Fatalf("%+v\n%+v", known, unknown)
	}
}

func TestWrongAddressComesBackBesideItsField(t *testing.T) {
	h := openHouse(t)
	a := h.somebody(t).post(paths.SignIn(), "email", "ina at home").is(422)
	page, _ := goquery.NewDocumentFromReader(strings.NewReader(a.body))
	field := page.Find("input[name=email]")
	if v, _ := field.Attr("value"); v != "ina at home" {
		t.Errorf("typed text is lost: %q", v)
	}
	by, _ := field.Attr("aria-describedby")
	if !strings.Contains(page.Find("#"+by).Text(), words.Reason("form.email")) {
		t.Errorf("no error beside the field (%s)", by)
	}
}

func TestLinksAreLimitedForOneAddress(t *testing.T) {
	h := openHouse(t)
	p := h.somebody(t)
	for range 5 {
		p.post(paths.SignIn(), "email", "ina@seller.example").is(303)
	}
	p.post(paths.SignIn(), "email", " INA@seller.example").is(429).shows(words.Reason("rate.limited"))
	p.post(paths.SignIn(), "email", "other@seller.example").is(303)
	if n := len(h.Mails(t, "ina@seller.example")); n != 5 {
		t.Fatalf("%d mails", n)
	}
}

func TestNextNeverLeadsToAnotherSite(t *testing.T) {
	h := openHouse(t)
	for i, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", "/%2f%2fevil.example\n"} {
		email := string(rune('a'+i)) + "@seller.example"
		p := h.somebody(t)
		p.post(paths.SignIn(), "email", email, "next", next).is(303)
		p.post(paths.MailLink(h.Token(t, email))).leadsTo(paths.Application())
	}
}

func TestSellersAddressChangesByTheLinkToTheNewOne(t *testing.T) {
	h := openHouse(t)
	a := h.Seller(t, "ina@seller.example")
	p := h.as(t, a.Holder())
	p.post(paths.AccountAddress(), "email", "ina@seller.example").is(422).shows(words.Reason("account.same-address"))
	p.post(paths.AccountAddress(), "email", "ina@new.example").leadsTo(paths.With(paths.Account(), "done", "address"))
	link := paths.MailLink(h.Token(t, "ina@new.example"))
	somebody := h.somebody(t)
	somebody.get(link).is(200).shows(words.LinkChangeTitle)
	somebody.post(link).is(200).shows(words.LinkChangedLead)
	somebody.get(paths.Account()).is(303) // confirming an address signs nobody in
	p.get(paths.Account()).is(200).shows("ina@new.example")
	if got := h.Noted(t, "account:"+a.ID); !slices.Equal(got, []string{"account.opened", "account.address-asked", "account.address-changed"}) {
		t.Fatal(got)
	}
}

// addKey registers a passkey through the routes a browser uses.
func (p *person) addKey(label string) *testkit.Authenticator {
	p.t.Helper()
	key := people.Key(p.house.url)
	options := p.do("POST", paths.OwnPasskeyOptions(), "application/json", "").is(200).publicKey()
	p.do("POST", paths.With(paths.OwnPasskeys(), "label", label), "application/json", string(key.Register(p.t, options))).is(200)
	return key
}

func (a answer) publicKey() []byte {
	return []byte(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(a.body), `{"publicKey":`), "}"))
}

func TestSessionByMailMayNotChangeTheAccessOfAnAccountWithAPasskey(t *testing.T) {
	h := openHouse(t)
	a := h.Seller(t, "ina@seller.example")
	strong := h.as(t, a.Holder())
	key := strong.addKey("Phone")
	keys, _ := h.Passkeys.List(t.Context(), a.Holder())
	weak := h.somebody(t)
	weak.post(paths.SignIn(), "email", a.Email).is(303)
	weak.post(paths.MailLink(h.Token(t, a.Email))).is(303)
	weak.get(paths.Account()).is(200).shows(words.PasskeyStepUp).hides(paths.OwnPasskeyOptions(), paths.AccountAddress())
	weak.do("POST", paths.OwnPasskeyOptions(), "application/json", "").is(403)
	weak.do("POST", paths.OwnPasskeys(), "application/json", "{}").is(403)
	weak.post(paths.AccountAddress(), "email", "evil@new.example").is(403)
	weak.post(paths.OwnPasskey(keys[0].ID), "name", "x").is(403)
	weak.post(paths.OwnPasskeyRemoval(keys[0].ID)).is(403)
	options := weak.do("POST", paths.SignInPasskeyOptions(), "application/json", "").is(200).publicKey()
	weak.do("POST", paths.With(paths.SignInPasskey(), "next", "/account"), "application/json", string(key.SignIn(t, options))).is(200)
	weak.post(paths.OwnPasskeyRemoval(keys[0].ID)).leadsTo(paths.With(paths.Account(), "done", "removed"))
	want := []string{"passkey.registered", "passkey.used", "passkey.removed"}
	if got := h.Noted(t, "passkey:"+keys[0].ID); !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestNobodyTouchesAStrangersPasskeysAndSessions(t *testing.T) {
	h := openHouse(t)
	victim := h.Seller(t, "ina@seller.example")
	p := h.as(t, victim.Holder())
	p.addKey("Phone")
	keys, _ := h.Passkeys.List(t.Context(), victim.Holder())
	live, _ := h.Sessions.List(t.Context(), victim.Holder())
	for name, holder := range map[string]sessions.Holder{
		"another seller": h.Seller(t, "eve@seller.example").Holder(),
		"administrator":  h.Member(t, "Ada Min", staff.Administrator).Holder(),
	} {
		t.Run(name, func(t *testing.T) {
			eve := h.as(t, holder)
			eve.post(paths.OwnPasskey(keys[0].ID), "name", "mine").is(404)
			eve.post(paths.OwnPasskeyRemoval(keys[0].ID)).is(404)
			eve.post(paths.OwnSessionEnd(live[0].ID)).is(404)
			eve.post(paths.OwnSessionsEnd()).is(303)
		})
	}
	p.get(paths.Account()).is(200).shows("Phone")
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	h := openHouse(t)
	m := h.Member(t, "Nora Quill", staff.Auditor)
	here, there := h.as(t, m.Holder()), h.as(t, m.Holder())
	here.get(paths.Security()).is(200).shows(words.SessionThis, words.SessionEndAll, "By passkey")
	here.post(paths.OwnSessionsEnd()).leadsTo(paths.With(paths.Security(), "done", "ended-others"))
	there.get(paths.Security()).leadsTo(paths.With(paths.StaffSignIn(), "next", paths.Security()))
	here.get(paths.Security()).is(200).shows(words.SessionOnly)
	out := here.post(paths.SignOut()).leadsTo(paths.StaffSignIn())
	if !strings.Contains(out.header.Get("Clear-Site-Data"), "storage") {
		t.Error("the browser keeps what it stored")
	}
	here.get(paths.Security()).is(303)
}

func TestInvitationLeadsToPasskeyCodesAndConsole(t *testing.T) {
	h := openHouse(t)
	admin := h.Member(t, "Ada Min", staff.Administrator)
	boss := h.as(t, admin.Holder())
	boss.post(paths.Members(), "name", "", "email", "nora").is(422).shows(words.Reason("form.required"), words.Reason("form.email"), words.Reason("staff.roles-required"))
	invited := boss.post(paths.Members(), "name", "Nora Quill", "email", "nora@market.example", "roles", "auditor", "roles", "privacy").is(303)
	boss.get(invited.to).is(200).shows("Nora Quill", words.DoneInvited, "Invited")
	token := h.Token(t, "nora@market.example")
	nora, key := h.somebody(t), people.Key(h.url)
	nora.get(paths.StaffInvite(token)).is(200).shows("Nora Quill", "Auditor")
	options := nora.do("POST", paths.StaffInvitePasskeyOptions(token), "application/json", "").is(200).publicKey()
	done := nora.do("POST", paths.StaffInvitePasskey(token), "application/json", string(key.Register(t, options))).is(200)
	if !strings.Contains(done.body, paths.RecoveryCodes()) {
		t.Fatal(done.body)
	}
	nora.get(paths.StaffInvite(token)).is(410).shows(words.InviteGoneTitle)
	nora.get(paths.RecoveryCodes()).is(200).shows(words.CodesMake)
	page := nora.post(paths.RecoveryCodes()).is(200)
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(page.body))
	if n := doc.Find("ol.codes code").Length(); n != 10 {
		t.Fatalf("%d codes", n)
	}
	code := doc.Find("ol.codes code").First().Text()
	nora.get(paths.RecoveryCodes()).is(200).hides(code)
	nora.get(paths.Security()).is(200).shows(words.CodesLeft(10)).hides(code)

	lost := h.somebody(t)
	lost.post(paths.StaffRecovery(), "email", "nora@market.example", "code", "wrong").is(422).shows(words.Reason("staff.code-wrong"))
	again := lost.post(paths.StaffRecovery(), "email", "nora@market.example", "code", code).is(303)
	lost.get(paths.Security()).is(303) // the code alone opens nothing
	lost.get(again.to).is(200).shows(words.InviteRecoverLead)
	id := strings.TrimPrefix(strings.SplitN(invited.to, "?", 2)[0], "/console/members/")
	want := []string{"staff.invited", "staff.joined", "staff.codes-renewed", "staff.code-refused", "staff.code-used"}
	if got := h.Noted(t, "staff:"+id); !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestRecoveryIsLimited(t *testing.T) {
	h := openHouse(t)
	p := h.somebody(t)
	for range 10 {
		p.post(paths.StaffRecovery(), "email", "nora@market.example", "code", "x").is(422)
	}
	p.post(paths.StaffRecovery(), "email", "nora@market.example", "code", "x").is(429)
}

func TestFirstAdministratorSaysWhoTheyAre(t *testing.T) {
	h := openHouse(t)
	token, ok, err := h.Staff.FirstInvite(t.Context())
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	p, key := h.somebody(t), people.Key(h.url)
	p.get(paths.StaffInvite(token)).is(200).shows(words.InviteFirstTitle)
	p.post(paths.StaffInvite(token), "name", "Ada Min", "email", "ada").is(422).shows(words.Reason("form.email"))
	p.post(paths.StaffInvite(token), "name", "Ada Min", "email", "ada@market.example").leadsTo(paths.StaffInvite(token))
	p.get(paths.StaffInvite(token)).is(200).shows("Ada Min", "Administrator")
	options := p.do("POST", paths.StaffInvitePasskeyOptions(token), "application/json", "").is(200).publicKey()
	p.do("POST", paths.StaffInvitePasskey(token), "application/json", string(key.Register(t, options))).is(200)
	p.get(paths.Members()).is(200).shows("Ada Min", words.MemberYou)
}

func TestMembersAreAdministeredAndEveryChangeIsNoted(t *testing.T) {
	h := openHouse(t)
	admin, m := h.Member(t, "Ada Min", staff.Administrator), h.Member(t, "Nora Quill", staff.Agent)
	boss, nora := h.as(t, admin.Holder()), h.as(t, m.Holder())
	nora.get(paths.Security()).is(200)
	boss.post(paths.MemberRoles(m.ID)).is(422).shows(words.Reason("staff.roles-required"))
	boss.post(paths.MemberRoles(m.ID), "roles", "auditor").leadsTo(paths.With(paths.Member(m.ID), "done", "roles"))
	boss.post(paths.MemberInvitation(m.ID)).is(409)
	boss.post(paths.MemberDisabling(m.ID)).leadsTo(paths.With(paths.Member(m.ID), "done", "disabled"))
	nora.get(paths.Security()).is(303)
	boss.get(paths.With(paths.Members(), "state", "disabled")).is(200).shows("Nora Quill", "Access shut").hides("ada.min@market.example")
	boss.post(paths.MemberDisabling(admin.ID)).is(409)
	boss.post(paths.MemberRoles(admin.ID), "roles", "lead").is(409).shows(words.Reason("staff.last-administrator"))
	boss.post(paths.MemberEnabling(m.ID)).is(303)
	boss.get(paths.Member("mem_unknown")).is(404)
	want := []string{"staff.enrolled", "staff.roles-changed", "staff.disabled", "staff.enabled"}
	if got := h.Noted(t, "staff:"+m.ID); !slices.Equal(got, want) {
		t.Fatal(got)
	}
}

func TestMembersFileHoldsWhatTheFilterShowsAndTheLogItsCount(t *testing.T) {
	h := openHouse(t)
	boss := h.as(t, h.Member(t, "Ada Min", staff.Administrator).Holder())
	_, err := h.Staff.Invite(t.Context(), mustActive(t, h, "Ada Min"), staff.Details{Name: "=HYPERLINK(1)", Email: "eve@market.example", Roles: []staff.Role{staff.Agent}})
	if err != nil {
		t.Fatal(err)
	}
	all := boss.get(paths.MembersCSV()).is(200)
	if lines := strings.Count(all.body, "\r\n"); lines != 3 || !strings.Contains(all.body, `"'=HYPERLINK(1)"`) {
		t.Fatal(all.body)
	}
	one := boss.get(paths.With(paths.MembersCSV(), "role", "agent")).is(200)
	if strings.Contains(one.body, "Ada Min") {
		t.Fatal(one.body)
	}
	if got := h.Noted(t, "staff"); !slices.Equal(got, []string{"staff.exported", "staff.exported"}) {
		t.Fatal(got)
	}
}

func mustActive(t *testing.T, h house, name string) staff.Member {
	list, err := h.Staff.List(t.Context(), staff.Filter{Query: name})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	return list[0]
}

func TestOnlyAdministratorsReachMembers(t *testing.T) {
	h := openHouse(t)
	target := h.Member(t, "Tara Get", staff.Administrator)
	for _, role := range []staff.Role{staff.Associate, staff.Agent, staff.Security, staff.Privacy, staff.Auditor} {
		p := h.as(t, h.Member(t, "By "+string(role), role).Holder())
		for _, path := range []string{paths.Members(), paths.MembersCSV(), paths.MemberNew(), paths.Member(target.ID)} {
			p.get(path).is(403)
		}
		for _, path := range []string{paths.Members(), paths.MemberRoles(target.ID), paths.MemberInvitation(target.ID), paths.MemberDisabling(target.ID), paths.MemberEnabling(target.ID)} {
			p.post(path, "roles", "auditor").is(403)
		}
	}
	seller := h.as(t, h.Seller(t, "ina@seller.example").Holder())
	seller.get(paths.Members()).is(403)
	seller.get(paths.Security()).is(403)
	seller.post(paths.RecoveryCodes()).is(403)
	h.as(t, target.Holder()).get(paths.Account()).is(403)
}

func TestForeignSiteCannotPostForSomebody(t *testing.T) {
	h := openHouse(t)
	p := h.as(t, h.Seller(t, "ina@seller.example").Holder())
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+paths.SignOut(), nil)
	r.Header.Set("Origin", "https://evil.example")
	w, err := p.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	w.Body.Close()
	if w.StatusCode != http.StatusForbidden {
		t.Fatal(w.Status)
	}
	p.get(paths.Account()).is(200)
}
