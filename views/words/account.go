package words

import "time"

// Words of one's own page: how one gets in, and where one is signed in.
const (
	AccountTitle = "Your account"
	AccountLead  = "How you get in, and where you are signed in."

	AddressTitle  = "E-mail address"
	AddressNow    = "Links to sign in and our decisions go to"
	AddressNew    = "New e-mail address"
	AddressHelp   = "We send a link to the new address and a notice to the present one. Nothing changes until you press the link."
	AddressChange = "Change the address"
	AddressAsked  = "We sent a link to the new address. Until you press it, everything stays as it is."

	PasskeysTitle   = "Passkeys"
	PasskeysSeller  = "With a passkey you sign in by your device's screen lock, without waiting for a mail. It is never required: the mail link always works."
	PasskeysStaff   = "You sign in with these. Keep one on a second device or on a security key, so that a lost laptop does not lock you out."
	PasskeysNone    = "You have no passkey yet."
	PasskeyName     = "Name of this passkey"
	PasskeyNameHelp = "Such as “Phone” or “Blue key”, so that you recognise it here."
	PasskeyAdd      = "Add a passkey"
	PasskeyRename   = "Rename"
	PasskeyRenameTo = "New name"
	PasskeyRemove   = "Remove"
	PasskeyUnnamed  = "Passkey"
	PasskeySynced   = "Copied to your other devices by its maker"
	PasskeyBound    = "Stays on one device"
	PasskeyStepUp   = "You signed in by mail. To add or remove passkeys or change the address, sign in with your passkey."
	PasskeyStepUpGo = "Sign in with the passkey"
	PasskeyAdded    = "The passkey is added. We sent you a mail about it."
	PasskeyRemoved  = "The passkey is removed."
	PasskeyRenamed  = "The name is saved."
	PasskeyTable    = "Your passkeys"

	SessionsTitle  = "Where you are signed in"
	SessionsTable  = "Your sessions"
	SessionThis    = "this one"
	SessionEnd     = "End"
	SessionEndAll  = "End all others"
	SessionOnly    = "You are signed in nowhere else."
	SessionEnded   = "The session has ended."
	SessionsEnded  = "All other sessions have ended."
	SessionUnknown = "Unknown device"

	SecurityTitle = "Your access"
	CodesTitle    = "Recovery codes"
	CodesText     = "If you lose your device, one of these codes lets you register a new passkey. Print them and keep them where you keep papers."
	CodesNone     = "You have no recovery code. Without one, only an administrator can let you in again."
	CodesMake     = "Make recovery codes"
	CodesRenew    = "Make new ones"
	CodesRenewTip = "New codes replace the older ones at once."
	CodesOnce     = "These ten codes are shown only now. Each works once."
	CodesPrint    = "Print this page, or write the codes down. Do not keep them on the device you sign in with."
	CodesPrinted  = "I have them safe"
	CodesPrintNow = "Print"
	CodesFirst    = "One more thing: your recovery codes"
	CodesLater    = "Later"
	CodesFor      = "Recovery codes of"
	CodesMadeOn   = "Made on"
)

// PasskeyMade says since when a passkey is registered.
func PasskeyMade(t time.Time) string { return "made " + Date(t) }

// PasskeyUsed says when a passkey was last used.
func PasskeyUsed(t time.Time) string {
	if t.IsZero() {
		return "never used yet"
	}
	return "last used " + Date(t)
}

// SessionSince says when a session began.
func SessionSince(t time.Time) string { return "since " + Moment(t) }

// SessionSeen says when a session was last used.
func SessionSeen(t time.Time) string { return "last used " + Moment(t) }

// SessionDeviceName names a device from product names: "Firefox on Linux".
func SessionDeviceName(browser, system string) string {
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser != "":
		return browser
	case system != "":
		return system
	}
	return SessionUnknown
}

// SessionMethod says how somebody signed in.
func SessionMethod(method string) string {
	switch method {
	case "passkey":
		return "By passkey"
	case "mail-link":
		return "By mail link"
	case "demo":
		return "As a demo person"
	}
	return method
}

// SessionLimits says how long a session lasts.
func SessionLimits(idle, overall time.Duration) string {
	return "A session ends after " + Length(idle) + " without use, and after " + Length(overall) + " in any case."
}

// CodesLeft says how many recovery codes there are.
func CodesLeft(n int) string { return "You have " + Count(n, "code", "codes") + " left." }

// OwnDone is the sentence for something that one just did to one's own access.
func OwnDone(what string) string {
	return map[string]string{
		"address": AddressAsked, "added": PasskeyAdded, "renamed": PasskeyRenamed, "removed": PasskeyRemoved,
		"ended": SessionEnded, "ended-others": SessionsEnded,
	}[what]
}
