package words

import (
	"strings"
	"testing"
)

func TestEveryReasonIsASentence(t *testing.T) {
	for id, s := range Reasons {
		if s == "" || !strings.HasSuffix(s, ".") || strings.TrimSpace(s) != s {
			t.Errorf("%s: %q is not a sentence", id, s)
		}
		if id == "" || strings.ContainsAny(id, " \t\n") || id != strings.ToLower(id) {
			t.Errorf("reason id %q: want lower case without spaces", id)
		}
	}
}

func TestAReasonWithoutWordsStillGivesSomethingToQuote(t *testing.T) {
	if got := Reason("nobody.worded-this"); !strings.Contains(got, "nobody.worded-this") {
		t.Errorf("Reason = %q, want the id in it", got)
	}
}

func TestAReasonWordedTwiceIsRefused(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("merge took one id from two features")
		}
	}()
	merge(map[string]string{"a": "A."}, map[string]string{"a": "B."})
}
