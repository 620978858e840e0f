package errs

import (
	"errors"
	"fmt"
	"testing"
)

func TestCodeAndReasonSurviveWrapping(t *testing.T) {
	cause := errors.New("row vanished")
	err := fmt.Errorf("decide: %w", Wrap(Conflict, "case.changed", cause))
	if CodeOf(err) != Conflict || ReasonOf(err) != "case.changed" || !errors.Is(err, cause) {
		t.Fatalf("got %v / %v, cause lost: %v", CodeOf(err), ReasonOf(err), !errors.Is(err, cause))
	}
}

func TestForeignErrorIsInternalAndHasNoFields(t *testing.T) {
	err := errors.New("disk full")
	if CodeOf(err) != Internal || ReasonOf(err) != "internal" || FieldsOf(err) != nil {
		t.Fatalf("got %v %v %v", CodeOf(err), ReasonOf(err), FieldsOf(err))
	}
}

func TestFieldsWithoutAnyIsNoError(t *testing.T) {
	if err := Fields(nil); err != nil {
		t.Fatalf("got %v", err)
	}
	err := Fields(map[string]string{"name": "field.required", "born": "date.future"})
	if CodeOf(err) != Invalid || len(FieldsOf(err)) != 2 {
		t.Fatalf("got %v", err)
	}
	if got, want := err.Error(), "invalid: form.invalid born=date.future name=field.required"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}
