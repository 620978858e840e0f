package liveness

// Outcome is a verdict or finding in the words of a check.
type Outcome string

const (
	Pass   Outcome = "pass"
	Review Outcome = "review" // a person has to look
	Fail   Outcome = "fail"   // something other than what was asked for was shown; only ever means: try again, then another road
	NotRun Outcome = "not run"
)

// What is checked, in the order in which findings are given.
const (
	CheckGestures   = "gestures"   // the prompts were answered, in order and in time
	CheckTiming     = "timing"     // the frames could only be made after their prompts
	CheckIdentity   = "identity"   // one person throughout
	CheckDepth      = "depth"      // the turning head has relief
	CheckLight      = "light"      // the face reflects the colours shown
	CheckScreen     = "screen"     // no pixel grid of a screen
	CheckBorder     = "border"     // no edge of a phone or sheet around the face
	CheckBackground = "background" // the background does not move with the face, nor stand frozen
	CheckInjection  = "injection"  // the frames look as if a camera took them
)

// The reasons of verdicts and findings.
const (
	OK = "liveness.ok"

	// The capture allows no judgement: take it again.
	TooFewFrames = "liveness.too-few-frames"
	FaceLost     = "liveness.face-lost"
	FaceSmall    = "liveness.face-small"
	SeveralFaces = "liveness.several-faces"
	NotStraight  = "liveness.not-straight"
	EyesClosed   = "liveness.eyes-closed"

	// The prompts were not followed.
	NoTurnLeft  = "liveness.no-turn-left"
	NoTurnRight = "liveness.no-turn-right"
	NoTilt      = "liveness.no-tilt"
	NoLookUp    = "liveness.no-look-up"
	NoBlink     = "liveness.no-blink"
	NoSmile     = "liveness.no-smile"
	NoCloser    = "liveness.no-closer"
	Early       = "liveness.early"       // a gesture began before a person could have read its prompt
	Late        = "liveness.late"        // it began long after
	NotBack     = "liveness.not-back"    // the head did not come back
	WrongOrder  = "liveness.wrong-order" // a gesture that was not asked for at that time

	FaceChanged  = "liveness.face-changed"  // two people
	FaceUnsure   = "liveness.face-unsure"   // perhaps two people
	NotCompared  = "liveness.not-compared"  // no frame, or a network without thresholds
	TimingWrong  = "liveness.timing"        // clocks that contradict each other
	TimingSlow   = "liveness.timing-slow"   // the network was too slow to say
	TimingAbsent = "liveness.timing-absent" // no server clock
	NoLight      = "liveness.no-light"      // no coloured light was asked for
	NotJudged    = "liveness.not-judged"    // too much of the evidence could not be had
)

// missing is the reason for an answer that was not seen.
var missing = map[Prompt]string{
	TurnLeft: NoTurnLeft, TurnRight: NoTurnRight, Tilt: NoTilt, LookUp: NoLookUp,
	Blink: NoBlink, Smile: NoSmile, Closer: NoCloser,
}

// Finding is the outcome of one check with the figures that it rests on.
type Finding struct {
	Check   string             `json:"check"`
	Outcome Outcome            `json:"outcome"`
	Reason  string             `json:"reason"`
	Values  map[string]float64 `json:"values,omitempty"`
}

// Verdict is the judgement on one capture. Unusable says that the capture could
// not be judged at all: it is taken again and is no mark against the person.
type Verdict struct {
	Outcome  Outcome   `json:"outcome"`
	Reason   string    `json:"reason"`
	Unusable bool      `json:"unusable,omitempty"`
	Findings []Finding `json:"findings,omitempty"`
}
