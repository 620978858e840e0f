package sellers

import "time"

// Prompt is one thing that a capture asks the person to do.
type Prompt struct {
	Gesture string // code: "straight", "left", "right" (from the person's own point of view) ...
	FromMS  int    // window in which it is asked, since the capture's start
	UntilMS int
}

// Challenge is the random prompts that one capture must follow. It is bound to
// its application and good for one capture within the policy's time.
type Challenge struct {
	CaptureID string
	Prompts   []Prompt
	LengthMS  int // of the whole capture
	ExpiresAt time.Time
	MaxFrames int
	MaxBytes  int
	TriesLeft int // including this one, before the pause
}

// Frame is one picture of a capture.
type Frame struct {
	OffsetMS int // since the capture's start, by the page's clock
	JPEG     []byte
}

// CaptureUpload is what a page sends after a capture.
type CaptureUpload struct {
	Frames []Frame
	Camera string // the camera's label as the browser gives it; sealed
	Key    string // idempotency key
}

// CaptureResult tells the person how a capture went.
type CaptureResult struct {
	CaptureID   string
	Accepted    bool
	Outcome     Outcome  // pass or review when accepted, fail otherwise
	Reasons     []string // codes of what to do better: "capture.prompt-missed", "face.dark" ...
	TriesLeft   int
	PausedUntil time.Time // zero unless the tries are used up
	OtherRoad   bool      // the road on documents is worth offering now
}

// Capture is a finished, accepted capture as a case shows it.
type Capture struct {
	ID       string
	Prompts  []Prompt
	Outcome  Outcome
	Reasons  []string
	Frames   int
	LengthMS int
	At       time.Time
	Camera   string // filled in a Case only
}
