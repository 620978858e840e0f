package words

import (
	"fmt"
	"time"
)

// Words of the doors: for sellers and for the people who work here.
const (
	SignInTitle       = "Sign in"
	SignInLead        = "Write your e-mail address. We send you a link that signs you in; there is no password. If you are new here, the same link opens your account."
	SignInOver        = "You are signed out: a session ends after some time without use. Sign in, and you come back to where you were; what was saved is still there."
	SignInEmail       = "E-mail address"
	SignInSend        = "Send me a link"
	SignInOr          = "Or with a passkey"
	SignInPasskey     = "Sign in with a passkey"
	SignInPasskeyHelp = "A passkey is your device's own screen lock, used as a key. You can add one to your account later."
	SignInWorkHere    = "You work here?"
	SignInStaffDoor   = "Sign in to the console"

	SentTitle      = "Look in your mail"
	SentLead       = "If the address can receive mail, our message is there within a minute or two. Press the link in it, on this device or any other."
	SentLife       = "The link works once and for half an hour. A link we sent you earlier does not work any more."
	SentNothing    = "Nothing there?"
	SentNothingTip = "Look in the folder for unwanted mail, and check that the address was written correctly."
	SentAgain      = "Write the address again"
	SentCaught     = "Open the caught mail"
	SentCaughtTip  = "This Truepenny runs for development: mails are kept on a page instead of sent."

	LinkTitle        = "Sign in"
	LinkButton       = "Sign in"
	LinkWhy          = "We ask for one more press because some mail programs open every link by themselves."
	LinkChangeTitle  = "Confirm your new address"
	LinkChangeButton = "Use this address from now on"
	LinkChangedTitle = "Your address is changed"
	LinkChangedLead  = "From now on we write to the new address, and links to sign in go there."
	LinkToAccount    = "Go to your account"
	LinkGoneTitle    = "This link does not work any more"
	LinkGoneLead     = "A link works once and for half an hour, and a newer one replaces it. Nothing is lost: ask for a new one."
	LinkGoneAgain    = "Ask for a new link"

	StaffSignInTitle    = "Sign in to the console"
	StaffSignInLead     = "For the people who work here. Your passkey is on the device you joined with, or on your security key."
	StaffSignInButton   = "Sign in with your passkey"
	StaffLost           = "Lost your device?"
	StaffLostText       = "One of the recovery codes that you printed when you joined lets you register a new passkey."
	StaffUseCode        = "Use a recovery code"
	StaffNoCode         = "If you have no code left, ask an administrator: they can shut your access and invite you anew."
	StaffSellerDoor     = "Sellers sign in here"
	RecoveryTitle       = "Use a recovery code"
	RecoveryLead        = "The code lets you register a new passkey, and nothing else. It works once. We also send you a mail, so that you know it was used."
	RecoveryEmail       = "Your e-mail address here"
	RecoveryCode        = "Recovery code"
	RecoveryCodeHelp    = "Sixteen letters and digits, in groups of four. Small or capital letters do not matter."
	RecoveryBack        = "Back to signing in"
	InviteTitle         = "Welcome"
	InviteRecoverTitle  = "Register a new passkey"
	InviteRecoverLead   = "When this is done you are signed in, and every other session of yours ends. Your other passkeys stay until you remove them."
	InviteLead          = "You sign in here with a passkey: this device's screen lock, or a security key. There is no password to choose, lose or steal."
	InviteRolesLabel    = "You will work as"
	InviteButton        = "Make my passkey"
	InviteWhere         = "Make it on the device you work with. You can add further ones afterwards."
	InviteFirstTitle    = "Set up Truepenny"
	InviteFirstLead     = "You become the first administrator. Say who you are; in the next step you make your passkey."
	InviteName          = "Your name"
	InviteEmail         = "Your e-mail address"
	InviteEmailHelp     = "We write to it when something about your access changes."
	InviteGoneTitle     = "This invitation does not work any more"
	InviteGoneLead      = "An invitation works once and for 24 hours, and a newer one replaces it. Ask an administrator to send you another."
	InviteFirstGoneHint = "If nobody is an administrator yet, start Truepenny again: it prints a new link."
)

// LinkLead says who a sign-in link is for.
func LinkLead(email string) string { return "You are about to sign in as " + email + "." }

// LinkChangeLead says what confirming does.
func LinkChangeLead(email string) string {
	return "You asked to use " + email + " for your account here. We will then write to this address only."
}

// InviteUntil says how long an invitation works.
func InviteUntil(t time.Time) string { return "This invitation works until " + Moment(t) + "." }

// InviteHello greets somebody who joins.
func InviteHello(name string) string { return "Welcome, " + name }

var signInReasons = map[string]string{
	"account.link-gone":         "This link has been used, replaced by a newer one, or is older than half an hour. Please ask for a new one.",
	"account.address-taken":     "Another account here already uses this address. Sign in with it, or choose a different one.",
	"account.same-address":      "This is the address we already have.",
	"account.unknown":           "We do not know this account.",
	"staff.link-gone":           "This invitation has been used, replaced by a newer one, or is too old.",
	"staff.introduce-first":     "Please say your name and e-mail address first.",
	"staff.code-wrong":          "This address and code do not belong together, or the code has been used. Please check both.",
	"staff.disabled":            "Your access has been shut by an administrator. Please ask them.",
	"ceremony.expired":          "That took longer than five minutes, or was sent twice. Please try again.",
	"passkey.unknown":           "We do not know this passkey. Perhaps it belongs to another site or was removed; choose another one.",
	"passkey.not-verified":      "This passkey could not be checked. Please try again, and let your device confirm that it is you.",
	"passkey.copied":            "This passkey looks as if it has been copied, so we do not accept it. Use another one and tell an administrator.",
	"passkey.known":             "This passkey is already registered.",
	"passkey.last":              "This is your only passkey. Add another one before you remove it.",
	"passkey.sign-in-first":     "You signed in by mail, and this account has a passkey. Please sign in with the passkey to change how people get in.",
	"session.unknown":           "This session has already ended.",
	"staff.unknown":             "We do not know this member.",
	"staff.email-taken":         "Somebody here already has this address.",
	"staff.roles-required":      "Please choose at least one role.",
	"staff.administrators-only": "Only administrators can do this.",
	"staff.last-administrator":  "There must be at least one active administrator. Make somebody else one first.",
	"staff.yourself":            "You cannot shut out yourself. Another administrator can.",
	"staff.state":               "Meanwhile somebody else has changed this member. Please look again.",
}

// Mails about getting in. Each returns subject and text.

// MailSignIn carries the link that signs a seller in.
func MailSignIn(link string, until time.Time) (subject, text string) {
	return "Your link to sign in",
		fmt.Sprintf("Hello,\n\nwith this link you sign in to Truepenny:\n\n%s\n\nIt works once, until %s, on any device.\n\n"+
			"You did not ask for it? Then somebody mistyped an address. You need not do anything; nobody gets in without this mail.\n", link, Moment(until))
}

// MailConfirmAddress goes to the new address.
func MailConfirmAddress(link string, until time.Time) (subject, text string) {
	return "Confirm your new address",
		fmt.Sprintf("Hello,\n\nsomebody who is signed in to an account at Truepenny asked to use this address for it. To confirm:\n\n%s\n\n"+
			"The link works once, until %s.\n\nYou did not ask for it? Then please do nothing; the account stays as it is.\n", link, Moment(until))
}

// MailAddressAsked goes to the present address when another is asked for.
func MailAddressAsked(account string, at time.Time) (subject, text string) {
	return "Another address was asked for",
		fmt.Sprintf("Hello,\n\non %s somebody who is signed in to your account asked to use another e-mail address for it. "+
			"Nothing changes until the new address confirms.\n\nWas it not you? Sign in and end the sessions you do not know:\n\n%s\n", Moment(at), account)
}

// MailAddressChanged goes to the old address when it is done.
func MailAddressChanged(at time.Time) (subject, text string) {
	return "Your address was changed",
		fmt.Sprintf("Hello,\n\non %s the e-mail address of your account at Truepenny was changed and confirmed. This is the last message to this address.\n\n"+
			"Was it not you? Tell the marketplace at once.\n", Moment(at))
}

// MailPasskeyAdded tells of a new way in.
func MailPasskeyAdded(page string, at time.Time) (subject, text string) {
	return "A passkey was added",
		fmt.Sprintf("Hello,\n\non %s a passkey was added to your account at Truepenny.\n\n"+
			"Was it not you? Remove it and end the sessions you do not know:\n\n%s\n", Moment(at), page)
}

// MailInvited invites somebody to work here.
func MailInvited(name, link string, until time.Time) (subject, text string) {
	return "Your invitation to Truepenny",
		fmt.Sprintf("Hello %s,\n\nyou are invited to work in Truepenny. With this link you make your passkey and are in:\n\n%s\n\n"+
			"It works once, until %s. Open it on the device you work with.\n\nYou do not expect this? Then please tell whoever runs your marketplace.\n", name, link, Moment(until))
}

// MailCodeUsed tells of a used recovery code.
func MailCodeUsed(name, page string, at time.Time, left int) (subject, text string) {
	return "A recovery code was used",
		fmt.Sprintf("Hello %s,\n\non %s one of your recovery codes was used to register a new passkey. You have %s left.\n\n"+
			"Was it not you? Tell an administrator now; they can shut your access at once. If you can still sign in, look here:\n\n%s\n",
			name, Moment(at), Count(left, "code", "codes"), page)
}

// MailMemberPasskey tells a member of a new way in.
func MailMemberPasskey(name, page string, at time.Time) (subject, text string) {
	return "A passkey was added",
		fmt.Sprintf("Hello %s,\n\non %s a passkey was added to your access to Truepenny.\n\n"+
			"Was it not you? Tell an administrator now, remove it and end the sessions you do not know:\n\n%s\n", name, Moment(at), page)
}
