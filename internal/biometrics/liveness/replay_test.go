package liveness

import (
	"math/rand/v2"
	"testing"
	"time"
)

// TestARecordingAnswersNoOtherChallenge plays the recording of one challenge to
// a thousand others. What decides is the gestures alone, without clocks or light.
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
}
