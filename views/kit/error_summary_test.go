package kit

import (
	"slices"
	"testing"
)

func TestErrorsOfSeveralFieldsBeginWithTheirLabels(t *testing.T) {
	got := Errors{"words": "Please fill this in.", "reason": "Please choose one.", "form": "Nothing was sent."}.
		Named("reason", "Reason", "items", "What", "words", "In your words")
	want := []FieldError{{"reason", "Reason: Please choose one."}, {"words", "In your words: Please fill this in."}, {"form", "Nothing was sent."}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if list := (Errors{}).Named("reason", "Reason"); len(list) != 0 {
		t.Errorf("a form without errors lists %v", list)
	}
}
