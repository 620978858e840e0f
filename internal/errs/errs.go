package errs

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Code says what kind of failure it is; handlers map it to an HTTP status.
type Code string

const (
	Invalid         Code = "invalid"         // the input cannot be accepted as it is
	Unauthenticated Code = "unauthenticated" // nobody is signed in
	Forbidden       Code = "forbidden"       // signed in, but not allowed
	NotFound        Code = "not found"
	Conflict        Code = "conflict" // the thing changed meanwhile, or the move is not possible in its state
	Gone            Code = "gone"     // it was there and has expired or been used
	TooLarge        Code = "too large"
	TooMany         Code = "too many" // a limit on attempts or rate
	Unsupported     Code = "unsupported"
	Unavailable     Code = "unavailable" // a part that is needed is missing or down
	Internal        Code = "internal"
)

// Error carries a code, a reason id such as "case.changed" and, for forms, a
// reason id for each field. The wrapped error is for the log, never for a page.
type Error struct {
	Code   Code
	Reason string
	Fields map[string]string
	Err    error
}

// Error describes the failure for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Reason != "" {
		b.WriteString(": " + e.Reason)
	}
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		b.WriteString(" " + name + "=" + e.Fields[name])
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error from a code and a reason id.
func New(code Code, reason string) error { return &Error{Code: code, Reason: reason} }

// Wrap is New with a cause for the log.
func Wrap(code Code, reason string, err error) error {
	return &Error{Code: code, Reason: reason, Err: err}
}

// Fields makes an Invalid error that names every wrong field with its reason id.
// It returns nil when there is none, so that a validation can end in it.
func Fields(fields map[string]string) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Reason: "form.invalid", Fields: fields}
}

// CodeOf returns the code of err; an error of any other type is Internal.
func CodeOf(err error) Code {
	if e := find(err); e != nil {
		return e.Code
	}
	return Internal
}

// ReasonOf returns the reason id of err, "internal" for an error of any other type.
func ReasonOf(err error) string {
	if e := find(err); e != nil {
		return e.Reason
	}
	return "internal"
}

// FieldsOf returns the field reasons of err, nil when it has none.
func FieldsOf(err error) map[string]string {
	if e := find(err); e != nil {
		return e.Fields
	}
	return nil
}

func find(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}
