package injection

// Level says how much a finding weighs before an operator's policy.
type Level string

const (
	Note   Level = "note"   // unusual, and common among honest people
	Review Level = "review" // a person should look
	Attack Level = "attack" // no honest camera is known to do this
)

// rank orders levels.
func (l Level) rank() int {
	switch l {
	case Attack:
		return 3
	case Review:
		return 2
	case Note:
		return 1
	}
	return 0
}

// AtLeast says whether l weighs as much as floor or more.
func (l Level) AtLeast(floor Level) bool { return l.rank() >= floor.rank() }

// Finding is one sign, with the figures it rests on. Values never hold text
// that the browser sent: labels stay with the sealed camera record.
type Finding struct {
	Reason string             `json:"reason"`
	Level  Level              `json:"level"`
	Values map[string]float64 `json:"values,omitempty"`
}

// The reasons of findings.
const (
	CameraVirtual   = "injection.camera-virtual"   // the label names software that plays into a virtual camera
	CameraFile      = "injection.camera-file"      // the label is a file path or a browser's test device
	CameraFake      = "injection.camera-fake"      // the label is a browser's built-in test pattern
	CameraNameless  = "injection.camera-nameless"  // no label although the camera was allowed
	CameraPlain     = "injection.camera-plain"     // claims nothing that a real camera can adjust
	CameraAnySize   = "injection.camera-any-size"  // offers every size from one pixel up, or very large ones
	CameraNoFacing  = "injection.camera-no-facing" // a phone whose camera faces nowhere
	SizeChanged     = "injection.size-changed"     // frames of different sizes in one capture
	SizeUnlike      = "injection.size-unlike"      // frames of another shape than the track says
	RateUnlike      = "injection.rate-unlike"      // frames come at another rate than the track says
	RateChanged     = "injection.rate-changed"     // the rate jumps within the capture
	ScriptDriven    = "injection.script-driven"    // the browser says that a program steers it
	ScriptStarted   = "injection.script-started"   // the capture was started by no person's click or key
	PageHidden      = "injection.page-hidden"      // the page was out of sight during the capture
	TrackAltered    = "injection.track-altered"    // the page's camera functions are not the browser's own
	FramesTooEven   = "injection.frames-too-even"  // intervals without a camera's jitter
	FramesRepeated  = "injection.frames-repeated"  // neighbouring frames are pixel for pixel equal
	FramesLooped    = "injection.frames-looped"    // frames come back after others
	FramesNoiseless = "injection.frames-noiseless" // large parts do not change at all while others move
	NoiseRepeated   = "injection.noise-repeated"   // the noise itself comes back
	VideoKnown      = "injection.video-known"      // it runs like an earlier capture
)

// Worst is the highest level among findings, "" when there is none.
func Worst(findings []Finding) Level {
	var worst Level
	for _, f := range findings {
		if f.Level.rank() > worst.rank() {
			worst = f.Level
		}
	}
	return worst
}
