// Package archtest holds the rules of docs/architecture.md as tests.
package archtest
