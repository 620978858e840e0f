// Package vaults gives tests a real vault beside their database. It is apart
// from testkit, which the tests of package vault use.
package vaults

import (
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// New is a vault for a database, with a key store and a master key of its own.
func New(t testing.TB, store *db.Store, log *audit.Log, clk clock.Clock) *vault.Vault {
	t.Helper()
	v, _ := WithKeys(t, store, log, clk)
	return v
}

// WithKeys is New with the key store, for tests that put back old copies.
func WithKeys(t testing.TB, store *db.Store, log *audit.Log, clk clock.Clock) (*vault.Vault, *db.Store) {
	t.Helper()
	keyStore := testkit.KeyStore(t, store)
	keys, err := vault.OpenKeys(t.Context(), keyStore, clk, vault.NewMasterKey())
	if err != nil {
		t.Fatal(err)
	}
	return vault.New(store, keys, log, clk), keyStore
}
