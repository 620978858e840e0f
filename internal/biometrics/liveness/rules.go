package liveness

import (
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/pad"
)

// Rules are the figures that Judge goes by. Those without another source were
// set on rendered clips and one filmed one (docs/measurements.md, "Liveness:
// gestures"): they are starting points, which is why recordings can be judged
// again.
type Rules struct {
	// What a capture must be to be judged.
	Rate   float64       // least frames a second: a blink of 0.13 s falls between the frames of a slower camera
	Gap    time.Duration // longest time without a frame
	Lost   float64       // largest share of frames without exactly one face
	IO     float64       // least distance of the outer eye corners, pixels
	Turned float64       // largest yaw of the neutral face, degrees
	Open   float64       // least eye opening of the neutral face
	Base   time.Duration // the first of the capture, from which the neutral face is taken

	// What counts as a gesture, each against the neutral face of the capture.
	Turn      float64       // yaw, degrees: flat pictures turned by hand reach 10.5
	Up        float64       // pitch, degrees
	Tilt      float64       // roll, degrees
	Closer    float64       // share by which the face grows
	Shut      float64       // eye opening as a share of its median around: below is shut
	Reopened  float64       // and above is open again
	BlinkTime time.Duration // longest time from shut to open again
	Median    time.Duration // time over which that median is taken
	Still     float64       // largest movement of yaw and pitch in which eyes and mouth are judged, degrees
	Smile     float64       // share by which the mouth widens, and LiftOver times the io by which its corners rise, together
	LiftOver  float64

	// When an answer counts. A person needs 0.2 s at least to see and to act.
	Earliest time.Duration // from the prompt to the answer's start
	Latest   time.Duration
	Back     time.Duration // from the next prompt until the head is back
	Other    float64       // times its own threshold from which another gesture is one that was not asked for
	Beside   float64       // and share of the asked one's: a large turn brings some tilt along

	// What the clocks must say.
	Clock time.Duration // by which two clocks may differ over a step
	Slow  time.Duration // round trip from which the times say nothing

	// What weighs how much.
	Blind int // of depth, light and timing, when so many were not judged a person looks
	Signs int // of an attack, from so many checks: no person looks, it failed

	// The rules of the packages that see the signs.
	Light     pad.LightRules
	Screen    pad.ScreenRules
	Injection injection.Rules
}

// DefaultRules are what the product goes by.
var DefaultRules = Rules{
	Rate: 10, Gap: 300 * time.Millisecond, Lost: 0.2, IO: 50, Turned: 12, Open: 0.12, Base: 800 * time.Millisecond,
	Turn: 15, Up: 8, Tilt: 9, Closer: 0.15,
	Shut: 0.72, Reopened: 0.85, BlinkTime: 500 * time.Millisecond, Median: 2 * time.Second, Still: 8,
	Smile: 0.08, LiftOver: 2,
	Earliest: 200 * time.Millisecond, Latest: 1200 * time.Millisecond, Back: 1000 * time.Millisecond, Other: 1.3, Beside: 0.6,
	Clock: 250 * time.Millisecond, Slow: 1000 * time.Millisecond,
	Blind: 2, Signs: 2,
	Light: pad.DefaultLightRules, Screen: pad.DefaultScreenRules, Injection: injection.DefaultRules,
}
