package sellers

import "time"

// Prompt is one thing that a capture asks the person to do.
type Prompt struct {
	Gesture string // code: "look-straight", "turn-left" (from the person's own point of view) ...
	FromMS  int    // window in which it is asked, since the capture's start
	UntilMS int
}

// Shade is one colour of the screen light.
type Shade struct{ R, G, B uint8 }

// CaptureStart is what a page says when a capture begins.
type CaptureStart struct {
	Light   bool   // the person takes coloured screen light; an operator can have it turned off for all
	Session string // id of the browser's session: only it can go on; "" where there is none
}

// Challenge is one capture that began. It is bound to its application and
// session and good for one capture within the policy's time. What it asks for
// is told step by step (NextStep); only the first step, looking straight, is
// known at the start.
type Challenge struct {
	CaptureID string
	First     Reveal
	Steps     int // of the whole capture, the first included
	Light     bool
	ExpiresAt time.Time
	MaxFrames int
	MaxBytes  int
	TriesLeft int // including this one, before the pause
}

// Reveal is one step of a capture, told when it is due.
type Reveal struct {
	Step    int
	Prompt  string
	Millis  int     // how long it stands
	Light   []Shade // colours to show one after the other, neutral grey first; nil without light
	ShadeMS int     // how long each colour stands
	Done    bool    // there is no further step: send the pictures
}

// Commit asks for a step and promises the pictures that were taken before.
type Commit struct {
	Session string
	Step    int      // that is asked for: 1 for the first call
	Hashes  []string // SHA-256, in hexadecimal, of every picture taken since the call before
}

// Frame is one picture of a capture.
type Frame struct {
	OffsetMS int // since the first step was shown, by the page's clock
	JPEG     []byte
}

// CaptureUpload is what a page sends after a capture.
type CaptureUpload struct {
	Session string
	Frames  []Frame
	Still   Frame  // one picture at the camera's full size; without JPEG where there is none
	Shown   []int  // when each step was shown, ms by the page's clock
	Facts   []byte // what the page knows of camera and browser, JSON as injection.ParseCamera reads it; sealed
	Key     string // idempotency key
}

// CaptureResult tells the person how a capture went.
type CaptureResult struct {
	CaptureID   string
	Accepted    bool
	Outcome     Outcome  // pass or review when accepted, fail otherwise
	Reasons     []string // codes of what to do better: "liveness.no-blink", "face.dark" ...
	TriesLeft   int
	PausedUntil time.Time // zero unless the tries are used up
	OtherRoad   bool      // the road on documents is worth offering now
}

// Capture is a finished, accepted capture as a case shows it.
type Capture struct {
	ID       string
	Prompts  []Prompt
	Light    bool // coloured light was shown
	Outcome  Outcome
	Reasons  []string
	Frames   int // kept
	LengthMS int
	At       time.Time
	Camera   string    // filled in a Case only
	Findings []Finding // filled in a Case only, in the order of the tests
	Failed   int       // tries of the application that failed before; in a Case only
}

// Finding is what one test of a capture found.
type Finding struct {
	Check   string             // code: "gestures", "timing", "depth", "light" ...
	Outcome Outcome            // pass, review, fail, or not run where it could not be judged
	Reason  string             // reason code
	Values  map[string]float64 // the figures it rests on; for reviewers only
}
