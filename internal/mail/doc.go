// Package mail sends mail that was written in the transaction it belongs to; in
// development it keeps the mails for a page instead.
package mail
