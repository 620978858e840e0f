// Package copies makes the copy of everything that is held about a person: a
// ZIP file, written in the background, sealed in parts, for that person alone.
package copies
