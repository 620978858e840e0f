// Package coarse rounds counts of people for pages that everybody may read, so
// that no single person shows through: not in one figure, and not in the
// difference between two days.
package coarse
