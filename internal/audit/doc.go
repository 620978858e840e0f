// Package audit keeps the tamper-evident log: every change is written together
// with its entry, and every entry is a leaf of a signed Merkle tree.
package audit
