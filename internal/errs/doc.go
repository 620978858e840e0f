// Package errs is the one error type that crosses package borders: a code that
// maps to an HTTP status and a reason that maps to a sentence.
package errs
