// Package people builds, for tests, everything that knows who somebody is: the
// log, the outbox, sessions, passkeys, staff and accounts on one database.
package people
