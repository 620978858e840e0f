package handlers

import (
	"net/http"

	"truepenny/internal/staff"
	"truepenny/views/paths"
)

// signedIn is anybody with an account or a place here.
var signedIn = who{seller: true, roles: staff.Roles}

var administrators = only(staff.Administrator)

// identityRoutes are the doors, one's own access and the members.
func (s *Server) identityRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.SignIn(), name: "signin.form", who: anyone, do: s.sellerDoor},
		{method: post, path: paths.SignIn(), name: "signin.link", who: anyone, do: s.askLink},
		{method: get, path: paths.SignInSent(), name: "signin.sent", who: anyone, do: s.linkSent},
		{method: get, path: "/sign-in/link/:token", name: "signin.link.show", who: anyone, do: s.showLink},
		{method: post, path: "/sign-in/link/:token", name: "signin.link.use", who: anyone, do: s.useLink},
		{method: post, path: paths.SignInPasskeyOptions(), name: "signin.passkey.begin", who: anyone, do: s.beginSellerPasskey},
		{method: post, path: paths.SignInPasskey(), name: "signin.passkey", who: anyone, do: s.finishSellerPasskey},
		{method: post, path: paths.SignOut(), name: "signout", who: anyone, do: s.signOut},

		{method: get, path: paths.StaffSignIn(), name: "staff.signin.form", who: anyone, do: s.staffDoor},
		{method: post, path: paths.StaffPasskeyOptions(), name: "staff.signin.passkey.begin", who: anyone, do: s.beginStaffPasskey},
		{method: post, path: paths.StaffPasskey(), name: "staff.signin.passkey", who: anyone, do: s.finishStaffPasskey},
		{method: get, path: paths.StaffRecovery(), name: "staff.recovery.form", who: anyone, do: s.recoveryForm},
		{method: post, path: paths.StaffRecovery(), name: "staff.recovery", who: anyone, do: s.recover},
		{method: get, path: "/staff/invite/:token", name: "staff.invite.show", who: anyone, do: s.showInvite},
		{method: post, path: "/staff/invite/:token", name: "staff.invite.introduce", who: anyone, do: s.introduce},
		{method: post, path: "/staff/invite/:token/passkey/options", name: "staff.invite.passkey.begin", who: anyone, do: s.beginInvite},
		{method: post, path: "/staff/invite/:token/passkey", name: "staff.invite.passkey", who: anyone, do: s.acceptInvite},

		{method: get, path: paths.Account(), name: "account.show", who: seller, do: s.showAccount},
		{method: post, path: paths.AccountAddress(), name: "account.address", who: seller, do: s.changeAddress},
		{method: get, path: paths.Security(), name: "security.show", who: members, do: s.showSecurity},
		{method: get, path: paths.RecoveryCodes(), name: "security.codes.form", who: members, do: s.codesForm},
		{method: post, path: paths.RecoveryCodes(), name: "security.codes", who: members, do: s.makeCodes},
		{method: post, path: paths.OwnPasskeyOptions(), name: "own.passkey.begin", who: signedIn, do: s.beginOwnPasskey},
		{method: post, path: paths.OwnPasskeys(), name: "own.passkey.add", who: signedIn, do: s.addOwnPasskey},
		{method: post, path: "/me/passkeys/:id", name: "own.passkey.rename", who: signedIn, do: s.renameOwnPasskey},
		{method: post, path: "/me/passkeys/:id/removal", name: "own.passkey.remove", who: signedIn, do: s.removeOwnPasskey},
		{method: post, path: "/me/sessions/:id/end", name: "own.session.end", who: signedIn, do: s.endOwnSession},
		{method: post, path: paths.OwnSessionsEnd(), name: "own.sessions.end", who: signedIn, do: s.endOtherSessions},

		{method: get, path: paths.Members(), name: "members.list", who: administrators, do: s.listMembers},
		{method: get, path: paths.MembersCSV(), name: "members.export", who: administrators, do: s.exportMembers},
		{method: get, path: paths.MemberNew(), name: "members.invite.form", who: administrators, do: s.invitationForm},
		{method: post, path: paths.Members(), name: "members.invite", who: administrators, do: s.inviteMember},
		{method: get, path: "/console/members/:id", name: "members.show", who: administrators, do: s.showMember},
		{method: post, path: "/console/members/:id/roles", name: "members.roles", who: administrators, do: s.saveRoles},
		{method: post, path: "/console/members/:id/invitation", name: "members.invite.again", who: administrators, do: s.inviteAgain},
		{method: post, path: "/console/members/:id/disabling", name: "members.disable", who: administrators, do: s.disableMember},
		{method: post, path: "/console/members/:id/enabling", name: "members.enable", who: administrators, do: s.enableMember},
	}
}
