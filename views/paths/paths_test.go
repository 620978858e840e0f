package paths

import "testing"

func TestASegmentCanNotLeaveItsPlace(t *testing.T) {
	if got, want := join("cases", "a/b?c#d"), "/cases/a%2Fb%3Fc%23d"; got != want {
		t.Errorf("join = %q, want %q", got, want)
	}
}

func TestWithLeavesOutWhatWasNotChosen(t *testing.T) {
	if got, want := With("/x", "q", "", "state", "a b"), "/x?state=a+b"; got != want {
		t.Errorf("With = %q, want %q", got, want)
	}
	if got, want := With("/x", "q", ""), "/x"; got != want {
		t.Errorf("With = %q, want %q", got, want)
	}
}
