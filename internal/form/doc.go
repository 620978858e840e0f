// Package form reads what a person typed into a form: trimmed, normalised,
// checked field by field, every wrong field with its reason.
package form
