// Package words holds every sentence a person reads: one file a feature, so
// that a language is a set of files and a wording has one place.
package words
