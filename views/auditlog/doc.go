// Package auditlog shows the tamper-evident log to those who may read it, and
// how to check it without us.
package auditlog
