// Package receipt writes and checks signed receipts of erasures, offline: a
// receipt brings with it everything that is needed to check it but two keys.
package receipt
