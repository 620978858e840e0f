package liveness

import (
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/pad"
)

// Observation is what one frame shows. It holds no picture and no descriptor.
type Observation struct {
	injection.Frame              // At is since the first prompt appeared, by the page's clock
	Step            int          `json:"step"`  // the step in which the frame was committed to
	Faces           int          `json:"faces"` // as last counted, about every second
	Signals         mesh.Signals `json:"signals"`
	// Identity is the face's distance to the base frame's, on the frames that
	// were described.
	Described bool      `json:"described,omitempty"`
	Identity  float64   `json:"identity,omitempty"`
	Tint      *pad.Tint `json:"tint,omitempty"` // nil where it was not measured
	Peak      float64   `json:"peak,omitempty"` // see pad.Peak; 0 where it was not measured
}

// Recording is all that is known of one capture, without its pictures: kept
// sealed, so that it can be judged again by other rules.
type Recording struct {
	Frames   []Observation    `json:"frames"`
	Network  Network          `json:"network"`
	Relief   pad.ReliefResult `json:"relief"`
	Border   pad.BorderResult `json:"border"`
	Ground   pad.GroundResult `json:"ground"`
	Still    *Still           `json:"still,omitempty"` // nil when none was taken
	Known    injection.Known  `json:"known"`           // from injection.FindKnown, by the caller
	Camera   injection.Camera `json:"camera"`
	Arrivals []Arrival        `json:"arrivals,omitempty"` // none: the capture did not come over a network
}

// Still is what the full-resolution picture beside the frames shows.
type Still struct {
	Faces    int     `json:"faces"`
	Peak     float64 `json:"peak"`     // see pad.Peak; 0 where it was not measured
	Identity float64 `json:"identity"` // distance to the base frame's face; with one face only
}

// Network names the network that compared the faces and the distances up to
// which it takes two pictures for one person's, and from which for two people's.
type Network struct {
	Name    string  `json:"name"`
	Version string  `json:"version"`
	Accept  float64 `json:"accept"`
	Review  float64 `json:"review"`
}

// Arrival is when a step went out and when its frames were committed to, both by
// the server's clock, and when the page says that it showed the prompt, by the
// page's; each since its own start of the capture.
type Arrival struct {
	Step      int           `json:"step"`
	Revealed  time.Duration `json:"revealed"`
	Committed time.Duration `json:"committed"`
	Shown     time.Duration `json:"shown"`
}
