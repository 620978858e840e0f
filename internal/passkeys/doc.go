// Package passkeys registers WebAuthn credentials and signs people in with them:
// discoverable, with user verification, each challenge good for one use.
package passkeys
