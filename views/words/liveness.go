package words

import "slices"

// livenessReasons tell a person before the camera what to do better. Where a
// sign of an attack was seen they say the same for all signs: honest people need
// no more, and others shall not learn which sign it was.
var livenessReasons = map[string]string{
	"liveness.face-small":  "Your face is small in the picture. Come closer.",
	"liveness.eyes-closed": "Your eyes were closed at the start. Look at the camera, and close them only when you are asked to.",
	"liveness.no-tilt":     "We did not see you tilt your head. Lean it towards one shoulder, and come back.",
	"liveness.no-look-up":  "We did not see you look up. Lift your chin until you see the ceiling, and come back.",
	"liveness.no-blink":    "We did not see you close your eyes. Hold your head still, close both for a moment and open them again.",
	"liveness.no-smile":    "We did not see you smile. Smile broadly, so that your teeth show.",
	"liveness.no-closer":   "We did not see you come closer. Lean towards the camera, and back again.",
	"liveness.early":       "You were ahead of a prompt. Wait until it appears, then move.",
	"liveness.late":        "A movement came late. Start as soon as the prompt appears.",
	"liveness.not-back":    "You did not come back after a movement. Look straight at the camera again each time.",
	"liveness.timing":      "The pictures and their times did not fit together. Close other programs and other pages, and try again.",
	"liveness.face-unsure": noSurePicture,

	"relief.flat": noSurePicture, "light.none": noSurePicture, "light.other": noSurePicture, "light.late": noSurePicture, "light.lag-jumps": noSurePicture,
	"screen.peak": noSurePicture, "screen.still-peak": noSurePicture, "border.moves-along": noSurePicture,
	"ground.frozen": noSurePicture, "ground.moves-along": noSurePicture,

	"injection.camera-virtual": noSurePicture, "injection.camera-file": noSurePicture, "injection.camera-fake": noSurePicture,
	"injection.camera-nameless": noSurePicture, "injection.camera-no-facing": noSurePicture, "injection.size-changed": noSurePicture,
	"injection.rate-unlike": noSurePicture, "injection.script-driven": noSurePicture, "injection.script-started": noSurePicture,
	"injection.track-altered": noSurePicture, "injection.frames-too-even": noSurePicture, "injection.frames-repeated": noSurePicture,
	"injection.frames-looped": noSurePicture, "injection.frames-noiseless": noSurePicture, "injection.noise-repeated": noSurePicture,
	"injection.video-known": noSurePicture,
}

const noSurePicture = "We could not be sure of these pictures. Use this device's own camera without a background or filter program, sit in even light, and try again."

// CaptureTips are reason ids as the person's browser may know them: one stands
// for every sign of an attack.
func CaptureTips(reasons []string) []string {
	var out []string
	for _, id := range reasons {
		if livenessReasons[id] == noSurePicture {
			id = "liveness.face-unsure"
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// testReasons are the sentences for what a test found; they say what was seen,
// never who somebody is.
var testReasons = map[string]string{
	"liveness.face-small":    "The face was too small in the picture to judge.",
	"liveness.eyes-closed":   "The eyes were closed at the start, so nothing could be compared with them.",
	"liveness.no-tilt":       "A tilt of the head was asked for and not seen.",
	"liveness.no-look-up":    "Looking up was asked for and not seen.",
	"liveness.no-blink":      "Closing the eyes was asked for and not seen. It counts only while the head is still.",
	"liveness.no-smile":      "A smile was asked for and not seen. Small smiles with closed lips are often missed.",
	"liveness.no-closer":     "Coming closer was asked for and not seen.",
	"liveness.early":         "A movement began before anybody could have read its prompt, as in a film that was made before.",
	"liveness.late":          "A movement began long after its prompt.",
	"liveness.not-back":      "The head did not come back after a movement.",
	"liveness.wrong-order":   "Another movement than the one asked for was seen.",
	"liveness.face-changed":  "The faces differ as two people's do.",
	"liveness.face-unsure":   "The faces differ more than those of one person usually do within seconds. Compare the pictures yourself.",
	"liveness.not-compared":  "Not judged: too few faces could be compared, or no measured limit belongs to the network that compares them.",
	"liveness.timing":        "The clocks contradict each other: pictures claim times at which they cannot have been made, or time was hidden in which an answer can be made up.",
	"liveness.timing-slow":   "Not judged: the connection was too slow to tell. Not a mark against the person.",
	"liveness.timing-absent": "Not judged: these pictures did not come over our own page.",
	"liveness.no-light":      "Not judged: no coloured light was shown. A film made before is then ruled out by the prompts and the timing alone.",

	"relief.flat":           "Points of the face moved as those of a flat or bent picture do.",
	"relief.unclear":        "Not judged: the points of the face did not agree on a head or a sheet. A print is not ruled out by this test.",
	"relief.too-few-points": "Not judged: too few points of the face could be followed. A print is not ruled out by this test.",
	"relief.no-turn":        "Not judged: the head did not turn far or slowly enough. A print is not ruled out by this test.",

	"light.none":           "The face did not answer to the colours of the screen: a bright lamp, or a film or a screen held up.",
	"light.other":          "The colour of the face changed, but not as the screen did: other light in the room, or a film made before.",
	"light.late":           "The face answered to the colours later than a camera would.",
	"light.lag-jumps":      "The delay between screen and face jumped, as it does in a film that is put together.",
	"light.too-bright":     "Not judged: the room was too bright for the light of a screen. Not a mark against the person.",
	"light.too-dark":       "Not judged: the face was too dark. Not a mark against the person.",
	"light.too-noisy":      "Not judged: the head or the camera moved too much. Not a mark against the person.",
	"light.too-few-frames": "Not judged: too few pictures of the light arrived. Not a mark against the person.",

	"screen.peak":           "A fine regular pattern lies over the face, as when a screen is filmed.",
	"screen.still-peak":     "A fine regular pattern lies over the face in the large picture, as when a screen is filmed.",
	"screen.none":           "No trace of a screen's grid. A fine screen, or one a little out of focus, leaves none: this rules out little.",
	"screen.too-few-frames": "Not judged: the face was too small or cut off. A screen held up is not ruled out by this test.",

	"border.moves-along":    "Straight edges around the face move along with it, as those of a telephone or a sheet do.",
	"border.seen":           "Straight edges stand around the face. Doors and pictures on a wall do so too.",
	"border.fixed":          "Straight edges stand around the face and stay where they are: the room's.",
	"border.none":           "No edge of a telephone, a tablet or a sheet around the face. One that fills the picture shows none.",
	"border.too-few-frames": "Not judged. Something held up is not ruled out by this test.",

	"ground.frozen":      "The background does not change by a single shade while the face does, as in a picture that was put together.",
	"ground.moves-along": "The background grows and tilts with the head, as on a card held up. A camera that is moved looks the same.",
	"ground.not-judged":  "Not judged: the head neither came closer nor tilted.",
	"ground.none":        "Not judged: there was too little background.",

	"injection.camera-virtual":   "The camera's name is that of a program that plays films into a camera.",
	"injection.camera-file":      "The camera's name is a file's, or that of a browser's test device.",
	"injection.camera-fake":      "The camera is a browser's own test picture.",
	"injection.camera-nameless":  "The camera gave no name although it was allowed.",
	"injection.camera-plain":     "The camera offers nothing to adjust, as real ones do.",
	"injection.camera-any-size":  "The camera offers sizes that no real one has.",
	"injection.camera-no-facing": "A telephone's camera that faces neither way.",
	"injection.size-changed":     "The pictures changed their size on the way.",
	"injection.size-unlike":      "The pictures have another shape than the camera told.",
	"injection.rate-unlike":      "The pictures came at another rate than the camera told.",
	"injection.rate-changed":     "The rate of the pictures jumped on the way.",
	"injection.script-driven":    "The browser says that a program steers it.",
	"injection.script-started":   "The capture was started by no click or key of a person.",
	"injection.page-hidden":      "The page was out of sight for a while.",
	"injection.track-altered":    "The page's camera functions are not the browser's own.",
	"injection.frames-too-even":  "The pictures came more evenly than a camera's do.",
	"injection.frames-repeated":  "Pictures repeat, equal to the last point.",
	"injection.frames-looped":    "Pictures come back after others, as in a film that starts again.",
	"injection.frames-noiseless": "Large parts of the pictures do not change at all while others move.",
	"injection.noise-repeated":   "The pictures' noise comes back, as in a film that starts again.",
	"injection.video-known":      "These pictures run like an earlier capture.",
}
