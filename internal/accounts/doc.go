// Package accounts keeps sellers' accounts: opened and entered by a link in a
// mail or by a passkey, never by a password.
package accounts
