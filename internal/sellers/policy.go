package sellers

import "time"

// Policy holds the limits and promises that an operator may set.
type Policy struct {
	DecisionDays   int           // working days within which a person decides
	ClaimIdle      time.Duration // a claim ends after this long without a touch
	ChallengeLife  time.Duration // a capture must be finished within this time
	FailedCaptures int           // in a row, before the pause
	CapturePause   time.Duration // after that many failed captures
	Frames         int           // at most, in one capture
	CaptureBytes   int           // at most, all frames of a capture together
	Light          bool          // coloured screen light is offered
	StrictCamera   bool          // a sign of a virtual camera fails a capture; otherwise a person sees it
	FaceKept       time.Duration // face frames are kept this long after the decision
	DisputeKept    time.Duration // copies that the person agreed to are kept this long after the decision
	DocumentsKept  time.Duration // documents are kept this long after the decision
	OpenKept       time.Duration // a case that waits for its decision; far longer than any is meant to
	DraftKept      time.Duration // an application nobody sends, or answers, is emptied after this long without a change
	ReapplyAfter   time.Duration // after a refusal
	AppealWithin   time.Duration // after a refusal
	Papers         int           // second papers an application may hold
	PaperPages     int           // of a PDF file that are kept
	PaperAge       int           // months after which a paper's date is for a person to judge
	UploadBytes    int           // at most, one document picture
	ParityPoints   float64       // what declining the face comparison may cost in the share approved, 0 to 1, before the alarm
	ParityDelay    time.Duration // what it may cost in waiting, in working time
	ParityLeast    int           // decided cases on each road before anything is said
	ParityOver     time.Duration // applications of this long are compared daily
}

// DefaultPolicy is what notices promise; change the notices with it.
var DefaultPolicy = Policy{
	DecisionDays:   3,
	ClaimIdle:      30 * time.Minute,
	ChallengeLife:  3 * time.Minute,
	FailedCaptures: 5,
	CapturePause:   24 * time.Hour,
	Frames:         300, // 20 seconds at 15 a second
	CaptureBytes:   24 << 20,
	Light:          true,
	StrictCamera:   true,
	FaceKept:       30 * 24 * time.Hour,
	DisputeKept:    180 * 24 * time.Hour,
	DocumentsKept:  180 * 24 * time.Hour,
	OpenKept:       365 * 24 * time.Hour,
	DraftKept:      90 * 24 * time.Hour,
	ReapplyAfter:   30 * 24 * time.Hour,
	AppealWithin:   60 * 24 * time.Hour,
	Papers:         3,
	PaperPages:     3,
	PaperAge:       6,
	UploadBytes:    15 << 20,
	ParityPoints:   0.10,
	ParityDelay:    24 * time.Hour,
	ParityLeast:    10,
	ParityOver:     180 * 24 * time.Hour,
}

// WorkingDays adds n working days (Monday to Friday, UTC) to t. Public holidays
// are not known here.
func WorkingDays(t time.Time, n int) time.Time {
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if d := t.Weekday(); d != time.Saturday && d != time.Sunday {
			n--
		}
	}
	return t
}
