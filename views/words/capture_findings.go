package words

import "strings"

// Words of a case page about a capture: what its tests can and cannot rule out.
const (
	CaptureFigures = "The figures of these tests"
	CaptureClosing = "A page cannot attest its camera: a face drawn from a photograph once the prompts are known, or swapped in the browser, can pass every one of these tests. " +
		"That is why a person decides every case. Look at the pictures: smeared hair or ears in a turn, a background that moves with the head, a mouth or lids that look painted."
)

// TestName names a test of a capture.
func TestName(check string) string { return orCode(testNames, check) }

var testNames = map[string]string{
	"gestures": "Prompts", "timing": "Timing", "identity": "One face", "depth": "Depth", "light": "Coloured light",
	"screen": "Screen traces", "border": "Edges of a screen or print", "background": "Background", "injection": "Camera",
}

// TestText says what a test of a capture found, and what that rules out.
func TestText(check, outcome, reason string) string {
	if s := testReasons[reason]; s != "" {
		if outcome == "pass" && check == "injection" {
			s += " " + noted
		}
		return s
	}
	if s := testTexts[check+" "+outcome]; s != "" {
		return s
	}
	if s := checkTexts[reason]; s != "" && reason != "" {
		return s
	}
	return OutcomeName(outcome) + "."
}

// noted follows what is seen with honest people as well, or was let pass by the
// operator's policy.
const noted = "Noted, and no more: it fails nobody here."

// TestWord is the outcome of a test where another word suits it better.
func TestWord(check, outcome, reason string) string {
	switch {
	case outcome == "not run":
		return "Not judged"
	case outcome == "pass" && check == "injection" && testReasons[reason] != "":
		return "Noted"
	}
	return ""
}

var testTexts = map[string]string{
	"gestures pass":      "All prompts were followed, in their order and with nothing else in between. That rules out a photograph and a film made for other prompts; not a film made as the prompts came.",
	"timing pass":        "Every answer came in its time, and all pictures were promised before the next prompt was told. That rules out pictures made up afterwards; not a program that answers at once.",
	"timing not run":     "Not judged: the connection was too slow to tell. Not a mark against the person.",
	"identity pass":      "The same face from the first picture to the last. That rules out a change of person on the way; not a face that was swapped all the time.",
	"depth pass":         "Points of the face moved as those of a head do, and not as those of a flat or bent picture. That rules out prints; not a film of a head, nor one that was drawn in three dimensions.",
	"depth not run":      "Not judged: the turn was too small, or too few points could be followed. A print is not ruled out by this test.",
	"light pass":         "The colours of the screen were seen on the face, in their order. That rules out a film that was made before and speaks against a screen held up; not a program that draws the light as well.",
	"light not run":      "Not judged: there was no coloured light, or the room was too bright for it. Not a mark against the person; a film made before is then ruled out by the prompts and the timing alone.",
	"screen pass":        "No trace of a screen's grid. A fine screen, or one a little out of focus, leaves none: this rules out little.",
	"screen not run":     "Not judged. A screen held up is not ruled out by this test.",
	"border pass":        "No edge of a telephone, a tablet or a sheet around the face. One that fills the picture shows none.",
	"border not run":     "Not judged. Something held up is not ruled out by this test.",
	"background pass":    "The background changes as a camera's picture does.",
	"background not run": "Not judged: there was too little background.",
	"injection pass":     "No sign of a virtual camera, of repeated pictures or of a page that a program steers. All of this can be made up: it rules out careless attempts only.",
	"injection not run":  "Not judged: the browser told nothing about its camera.",
}

// FigureName names a figure of a test: "jitter_ms" is "jitter ms".
func FigureName(key string) string {
	if s := figureNames[key]; s != "" {
		return s
	}
	return strings.ToUpper(key[:1]) + strings.NewReplacer("_", " ", "-", " ").Replace(key[1:])
}

var figureNames = map[string]string{
	"b": "Relief (a head has about 1)", "f": "Gain over noise", "pairs": "Pairs of pictures compared", "heads": "Pairs that moved like a head",
	"sheets": "Pairs that moved like a sheet", "survivors": "Share of points that could be followed",
	"correlation": "Correlation with the colours shown", "amplitude": "Strength of the light", "lag": "Delay, seconds", "noise": "Noise",
	"round_trip": "Longest answer of the network, seconds", "hidden": "Time hidden from the page's clock, seconds",
	"described": "Pictures compared", "largest": "Largest distance between two", "share": "Share", "median": "Median of the spectrum's peak",
	"still": "Peak in the large picture", "frames": "Pictures", "jitter_ms": "Jitter, milliseconds", "rate": "Pictures in a second",
}

// FailedTries tells of tries before the accepted one.
func FailedTries(n int) string {
	if n == 1 {
		return "1 try before did not work"
	}
	return Number(n) + " tries before did not work"
}
