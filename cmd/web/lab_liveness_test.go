package main

import (
	"io"
	"strings"
	"testing"
)

func TestLabLivenessWantsOneFolder(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"liveness"}, "which folder"},
		{[]string{"liveness", "--json"}, "which folder"},
		{[]string{"liveness", "a", "--json", "b"}, "not also"},
		{[]string{"liveness", "--fewer", "a"}, "fewer"},
	} {
		if err := labCommand(t.Context(), c.args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.args, err)
		}
	}
}
