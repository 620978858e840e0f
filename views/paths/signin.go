package paths

// SignIn is the door of sellers.
func SignIn() string { return "/sign-in" }

// SignInSent says that a link is on its way.
func SignInSent() string { return "/sign-in/sent" }

// MailLink is where the link in a mail leads.
func MailLink(token string) string { return join("sign-in", "link", token) }

// SignInPasskeyOptions begins a seller's sign-in with a passkey.
func SignInPasskeyOptions() string { return "/sign-in/passkey/options" }

// SignInPasskey ends it.
func SignInPasskey() string { return "/sign-in/passkey" }

// SignOut ends the session of this browser.
func SignOut() string { return "/sign-out" }

// StaffSignIn is the door of the people who work here.
func StaffSignIn() string { return "/staff/sign-in" }

// StaffPasskeyOptions begins a member's sign-in with a passkey.
func StaffPasskeyOptions() string { return "/staff/sign-in/passkey/options" }

// StaffPasskey ends it.
func StaffPasskey() string { return "/staff/sign-in/passkey" }

// StaffRecovery takes a recovery code.
func StaffRecovery() string { return "/staff/recovery" }

// StaffInvite is where an invitation, or the link behind a recovery code, leads.
func StaffInvite(token string) string { return join("staff", "invite", token) }

// StaffInvitePasskeyOptions begins registering the passkey it leads to.
func StaffInvitePasskeyOptions(token string) string {
	return join("staff", "invite", token, "passkey", "options")
}

// StaffInvitePasskey ends it.
func StaffInvitePasskey(token string) string { return join("staff", "invite", token, "passkey") }
