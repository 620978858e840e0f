// Package printed reads what is printed on a document beside its machine-readable
// zone, where a layout says that it stands, and holds it against the zone.
package printed
