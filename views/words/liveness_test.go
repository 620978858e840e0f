package words

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var signOf = regexp.MustCompile(`"((?:liveness|relief|light|screen|border|ground|injection)\.[a-z-]+)"`)

// TestEveryReasonOfACaptureHasASentence reads the reasons from the packages that give them.
func TestEveryReasonOfACaptureHasASentence(t *testing.T) {
	found := 0
	for path, text := range sources(t) {
		if !strings.Contains(path, "/biometrics/liveness/") && !strings.Contains(path, "/biometrics/pad/") && !strings.Contains(path, "/biometrics/injection/") {
			continue
		}
		for _, m := range signOf.FindAllStringSubmatch(text, -1) {
			found++
			reason := m[1]
			if s := TestText("gestures", "fail", reason); s == OutcomeName("fail")+"." && !passes[reason] {
				t.Errorf("%s gives the reason %q, which has no sentence for staff", path, reason)
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d reasons found in %v", found, os.Args[0])
	}
	for reason, s := range testReasons {
		if !strings.HasSuffix(s, ".") {
			t.Errorf("%s: %q is not a sentence", reason, s)
		}
	}
}

// passes are reasons that come with a pass only, which has its own sentence.
var passes = map[string]bool{"relief.head": true, "light.ok": true, "ground.free": true}

func TestTheAddressAfterATryNamesNoSignOfAnAttack(t *testing.T) {
	got := CaptureTips([]string{"injection.video-known", "light.other", "liveness.no-blink", "face.dark", "screen.peak"})
	if want := []string{"liveness.face-unsure", "liveness.no-blink", "face.dark"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
