// Package account shows people their own access: mail address, passkeys,
// sessions and recovery codes.
package account
