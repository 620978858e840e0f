package words

import "testing"

func TestAFrequencyOfStrangersIsSaidWithItsInterval(t *testing.T) {
	for _, c := range []struct {
		share Share
		want  string
	}{
		{Share{Errors: 0, Of: 19000, AtMost: 1 / 6343.0}, "Expected in fewer than 1 of 6,300 strangers: none of 19,000 pairs came as close."},
		{Share{Errors: 4, Of: 19000, Low: 1 / 17432.0, High: 1 / 1856.0}, "Expected in 1 of 4,700 strangers (95 % interval: 1 of 1,800 to 1 of 17,000)."},
		{Share{Errors: 1040, Of: 19000, Low: 0.0515, High: 0.0581}, "Expected in 1 of 18 strangers (95 % interval: 1 of 17 to 1 of 19)."},
		{Share{Errors: 19000, Of: 19000}, "Most strangers come as close."},
	} {
		if got := Strangers(c.share); got != c.want {
			t.Errorf("%+v: %q, want %q", c.share, got, c.want)
		}
	}
}

func TestALikelihoodRatioIsSaidBothWays(t *testing.T) {
	for log10, want := range map[float64]string{
		4.28: "about 19,000 times more often one person than two", 0.9: "about 7.9 times more often one person than two",
		-2: "about 100 times more often two people than one",
	} {
		if got := Weight(log10); got != want {
			t.Errorf("%v: %q, want %q", log10, got, want)
		}
	}
}
