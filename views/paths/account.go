package paths

// Account is a seller's own page: mail address, passkeys, sessions.
func Account() string { return "/account" }

// AccountAddress takes the wish for another mail address.
func AccountAddress() string { return "/account/address" }

// Security is a member's own page: passkeys, sessions, recovery codes.
func Security() string { return "/console/security" }

// RecoveryCodes makes new recovery codes and shows them once.
func RecoveryCodes() string { return "/console/security/codes" }

// OwnPasskeyOptions begins adding a passkey to whoever is signed in.
func OwnPasskeyOptions() string { return "/me/passkeys/options" }

// OwnPasskeys ends it.
func OwnPasskeys() string { return "/me/passkeys" }

// OwnPasskey takes another name for one.
func OwnPasskey(id string) string { return join("me", "passkeys", id) }

// OwnPasskeyRemoval takes one away.
func OwnPasskeyRemoval(id string) string { return join("me", "passkeys", id, "removal") }

// OwnSessionEnd ends one session.
func OwnSessionEnd(id string) string { return join("me", "sessions", id, "end") }

// OwnSessionsEnd ends all but this one.
func OwnSessionsEnd() string { return "/me/sessions/end" }
