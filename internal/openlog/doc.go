// Package openlog shows the audit log to the outside: it publishes checkpoints,
// mails them to witnesses, takes their cosignatures, and checks the whole log
// when somebody asks.
package openlog
