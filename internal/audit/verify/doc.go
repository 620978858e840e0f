// Package verify checks an audit log from the database alone. It only reads and
// trusts nothing that the writer stored: every hash is computed again.
package verify
