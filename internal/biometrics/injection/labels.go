package injection

import "strings"

// family is a kind of software that stands between a camera and the browser.
type family struct {
	reason string
	level  Level
	names  []string // lower case parts of a label
}

// families in the order in which they are tried. The names are those which the
// programs give their devices, read from their documentation and from device
// lists in public bug reports; every one of them can be renamed by its user.
var families = []family{
	{CameraFake, Attack, []string{"fake_device", "fake device", "fake video", "fakewebcam", "test pattern"}},
	// Players and face changers: what they show need not be what a lens sees.
	{CameraVirtual, Attack, []string{
		"obs virtual", "obs-camera", "obs camera", "obs cam", "manycam", "xsplit", "splitcam", "webcamoid", "akvcam",
		"dummy video device", "v4l2loopback", "v4l2 loopback", "loopback", "e2esoft", "vcam", "sparkocam", "altercam", "magic camera",
		"fake webcam", "youcam", "camtwist", "vmix", "wirecast", "ndi video", "ndi webcam", "newtek", "unity video capture",
		"deepfacelive", "avatarify", "facerig", "animaze", "prism live", "ecamm", "streamlabs", "tiktok live", "bytecast",
		"screen capture", "screencast", "virtual cam", "virtual webcam", "virtualcam", "virtual video", "virtual device",
		"softcam", "spout", "syphon", "pipewire", "genymotion", "bluestacks", "emulator", "memu",
	}},
	// A lens is behind these, but the picture is worked on or comes over a network.
	{CameraVirtual, Review, []string{
		"snap camera", "snap cam", "mmhmm", "nvidia broadcast", "chromacam", "logi capture", "logicapture", "loom",
		"droidcam", "ivcam", "iriun", "epoccam", "camo", "kinoni", "ip webcam", "ip camera", "ipcamera", "erocam", "ndi",
	}},
}

// label judges a camera's name; nothing found gives an empty reason.
func label(name string) (reason string, level Level) {
	lower := strings.ToLower(strings.TrimSpace(name))
	if lower == "" {
		return CameraNameless, Note
	}
	if isPath(lower) {
		return CameraFile, Attack
	}
	for _, f := range families {
		for _, n := range f.names {
			if holdsWord(lower, n) {
				return f.reason, f.level
			}
		}
	}
	return "", ""
}

// isPath says whether a label is the path of a film: Chromium names its camera
// so when it plays a file (--use-file-for-fake-video-capture).
func isPath(lower string) bool {
	for _, end := range []string{".y4m", ".mjpeg", ".mjpg", ".mp4", ".webm", ".avi", ".mov", ".mkv"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return strings.HasPrefix(lower, "/") && !strings.HasPrefix(lower, "/dev/video") || strings.HasPrefix(lower, `\\`) ||
		len(lower) > 2 && lower[1] == ':' && (lower[2] == '\\' || lower[2] == '/')
}

// holdsWord says whether part stands in text and does not begin inside a word:
// "camo" is in "Camo", and not in "Ricamo HD".
func holdsWord(text, part string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], part)
		if i < 0 {
			return false
		}
		at := from + i
		before := at == 0 || !letter(text[at-1])
		end := at + len(part)
		if before && (len(part) > 4 || end == len(text) || !letter(text[end])) {
			return true
		}
		from = at + 1
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }
