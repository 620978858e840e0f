package handlers_test

import (
	"slices"
	"testing"

	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// The way of a member, in Chromium with a security key: invited, passkey made,
// recovery codes, out, in again by passkey, shut out, in by a recovery code.
func TestMemberJoinsSignsInAndRecoversInABrowser(t *testing.T) {
	h := openHouse(t)
	p := testkit.Browser(t, testkit.BrowserOptions{})
	recognise := p.AddKey()
	token, _, err := h.Staff.FirstInvite(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.Open(h.url + paths.StaffInvite(token))
	p.Looks("introduce")
	p.Fill(words.InviteName, "Ada Min")
	p.Fill(words.InviteEmail, "ada@market.example")
	p.Press(words.Continue)
	p.See(words.InviteHello("Ada Min"))
	p.Looks("invite")

	recognise(false)
	p.Press(words.InviteButton)
	p.See(words.PasskeyCancel)
	recognise(true)
	p.Press(words.InviteButton)
	p.At(paths.RecoveryCodes())
	p.Press(words.CodesMake)
	p.See(words.CodesOnce)
	p.Looks("codes")
	codes := testkit.Script[[]string](p, `[...document.querySelectorAll(".codes code")].map(c => c.innerText)`)
	if len(codes) != 10 {
		t.Fatalf("%d codes are shown", len(codes))
	}
	p.Press(words.CodesPrinted)
	p.At(paths.Members())

	p.Press(words.SignOut)
	p.At(paths.StaffSignIn())
	p.Looks("staff-sign-in")
	p.Press(words.StaffSignInButton)
	p.At(paths.Members())

	p.Open(h.url + paths.Security())
	p.Looks("security")
	p.Fill(words.PasskeyName, "Spare")
	p.Press(words.SignOut)
	p.At(paths.StaffSignIn())
	p.Press(words.StaffUseCode)
	p.At(paths.StaffRecovery())
	p.Looks("recovery")
	p.Fill(words.RecoveryEmail, "ada@market.example")
	p.Fill(words.RecoveryCode, "aaaa-bbbb-cccc-dddd")
	p.Press(words.Continue)
	p.See(words.Reason("staff.code-wrong"))
	p.Looks("recovery-wrong")
	p.Fill(words.RecoveryCode, codes[4])
	p.Press(words.Continue)
	p.See(words.InviteRecoverTitle)
}

func TestMembersPagesInABrowser(t *testing.T) {
	h := openHouse(t)
	admin := h.Member(t, "Ada Min", staff.Administrator, staff.Lead)
	for i, name := range []string{"Nora Quill", "Bea Strand", "Cy Orrin", "Dov Lantern"} {
		h.Member(t, name, staff.Roles[i+1], staff.Roles[(i+4)%8])
	}
	if err := h.Staff.Disable(t.Context(), admin, mustActive(t, h, "Cy Orrin").ID); err != nil {
		t.Fatal(err)
	}
	p := testkit.Browser(t, testkit.BrowserOptions{})
	h.enter(t, p, admin)
	p.Open(h.url + paths.Members())
	p.Looks("members")
	p.Press(words.MembersInvite)
	p.At(paths.MemberNew())
	p.Fill(words.MemberName, "Eli Warden")
	p.Press(words.InvitationSend)
	p.See(words.ErrorSummaryTitle)
	p.Looks("invite-wrong")
	p.Fill(words.MemberEmail, "eli@market.example")
	p.Tick(words.RoleName("privacy"))
	p.Press(words.InvitationSend)
	p.See(words.DoneInvited)
	p.Looks("member")
	if got := h.Mails(t, "eli@market.example"); !slices.Equal(got, []string{"invited"}) {
		t.Fatal(got)
	}
}

func TestSellerSignsInAndAddsAPasskeyInABrowser(t *testing.T) {
	h := openHouse(t)
	p := testkit.Browser(t, testkit.BrowserOptions{})
	p.AddKey()
	p.Open(h.url + paths.With(paths.SignIn(), "next", paths.Account()))
	p.Looks("sign-in")
	p.Press(words.SignInPasskey)
	p.See(words.PasskeyCancel) // the device has none yet
	p.Fill(words.SignInEmail, "ina")
	p.Press(words.SignInSend)
	p.See(words.Reason("form.email"))
	p.Looks("sign-in-wrong")
	p.Fill(words.SignInEmail, "ina@seller.example")
	p.Press(words.SignInSend)
	p.At(paths.SignInSent())
	p.Looks("sent")
	link := h.url + paths.MailLink(h.Token(t, "ina@seller.example"))
	p.Open(link)
	p.Looks("link")
	p.Press(words.LinkButton)
	p.At(paths.Account())
	p.Fill(words.PasskeyName, "Phone")
	p.Press(words.PasskeyAdd)
	p.See(words.PasskeyAdded)
	p.See("Phone")
	p.See(words.PasskeyStepUp) // this session began by mail
	p.Looks("account-locked")
	p.Press(words.PasskeyStepUpGo)
	p.At(paths.SignIn())
	p.Press(words.SignInPasskey)
	p.At(paths.Account())
	p.SeeNot(words.PasskeyStepUp)
	p.Looks("account")
	p.Open(link)
	p.See(words.LinkGoneTitle)
	p.Looks("link-gone")
}

// enter gives the browser a session of somebody.
func (h house) enter(t *testing.T, p *testkit.Page, m staff.Member) {
	t.Helper()
	for _, c := range h.as(t, m.Holder()).cookies() {
		p.SetCookie(h.url, c.Name, c.Value)
	}
}
