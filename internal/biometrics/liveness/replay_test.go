package liveness

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestARecordingAnswersNoneOfAThousandOtherChallenges plays the recording of one
// challenge, as whoever stole it would: in time with the prompts of another.
func TestARecordingAnswersNoneOfAThousandOtherChallenges(t *testing.T) {
	rnd := rand.New(rand.NewPCG(12, 12))
	c := NewChallenge(rnd.IntN, Options{Light: true}, time.Time{})
	rec := person.played(c)
	if v := Judge(c, rec); v.Outcome != Pass {
		t.Fatalf("its own challenge: %+v", v)
	}
	for range 1000 {
		other := NewChallenge(rnd.IntN, Options{Light: true}, time.Time{})
		stolen := rec
		stolen.Arrivals = other.OnTime()
		stolen.Frames = committed(rec.Frames, other)
		if v := Judge(other, stolen); v.Outcome == Pass {
			t.Errorf("%v passes with the recording of %v: %+v", other, c, v)
		}
	}
}

// committed gives frames the steps of another challenge in which they come, the
// last ones again where the recording is too short.
func committed(frames []Observation, c Challenge) []Observation {
	var out []Observation
	for _, f := range frames {
		if f.At < c.Length() {
			out = append(out, f)
		}
	}
	for last := len(out) - 1; c.Length()-out[len(out)-1].At > 100*time.Millisecond; last-- {
		again := out[last]
		again.At = out[len(out)-1].At + 66*time.Millisecond
		out = append(out, again)
	}
	for i := range out {
		for out[i].Step = 0; c.Steps[out[i].Step].To <= out[i].At; {
			out[i].Step++
		}
	}
	return out
}

// TestARecordingOfAnotherChallengeFollowsAlmostNone counts what order and times
// of the gestures alone keep out, without light.
func TestARecordingOfAnotherChallengeFollowsAlmostNone(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 11))
	const recordings, others = 4, 1000
	followed := 0
	for i := range recordings {
		a := person
		a.seed = uint64(i)
		c := NewChallenge(rnd.IntN, Options{}, time.Time{})
		rec := a.played(c)
		if v := judged(c, rec.Frames); v.Outcome != Pass {
			t.Fatalf("its own challenge: %+v", v)
		}
		for range others {
			if judged(NewChallenge(rnd.IntN, Options{}, time.Time{}), rec.Frames).Outcome == Pass {
				followed++
			}
		}
	}
	t.Logf("gestures alone: %d of %d other challenges followed", followed, recordings*others)
	if followed > recordings*others/200 {
		t.Errorf("%d of %d other challenges followed", followed, recordings*others)
	}
}
