// Package witness follows an audit log from another machine: it remembers the
// last state it saw, refuses one that does not go on from it, and cosigns the
// others.
package witness
