package injection

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// webcam is what Chromium says of an ordinary camera.
const webcam = `{"label":"HD Pro Webcam C920 (046d:082d)","groupId":"a1","width":640,"height":480,"frameRate":30,"facing":"","mobile":false,
"capabilities":{"aspectRatio":{"max":1920,"min":0.0009},"brightness":{"max":255,"min":0,"step":1},"deviceId":"x","exposureMode":["manual","continuous"],
"facingMode":[],"frameRate":{"max":30,"min":0},"groupId":"g","height":{"max":1080,"min":1},"resizeMode":["none","crop-and-scale"],"width":{"max":1920,"min":1},
"torch":false,"zoom":{"max":500,"min":100}},"script":{"webdriver":false,"trusted":true,"hidden":0,"native":true},"later":1}`

func parsed(t *testing.T, text string) Camera {
	t.Helper()
	c, err := ParseCamera([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func reasons(findings []Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Reason)
	}
	return out
}

func TestAnOrdinaryCameraGivesNoFinding(t *testing.T) {
	if f := Judge(parsed(t, webcam), nil); len(f) != 0 {
		t.Errorf("%+v", f)
	}
}

func TestLabelsOfOrdinaryCamerasPass(t *testing.T) {
	for _, name := range []string{
		"FaceTime HD Camera (Built-in)", "Integrated Camera (04f2:b6cb)", "HD Pro Webcam C920 (046d:082d)", "USB2.0 HD UVC WebCam",
		"camera2 1, facing front", "camera 1, facing front", "Front Camera", "Vorderkamera", "Surface Camera Front", "Logitech BRIO",
		"Chicony USB2.0 Camera", "OBSBOT Tiny 4K", "iPhone Camera", "Back Dual Wide Camera", "USB Video Device", "Ricamo HD",
		"Cámara frontal", "前置相机", "/dev/video0", "Microsoft LifeCam HD-3000", "NexiGo N60 FHD Webcam", "Android Webcam",
	} {
		if reason, level := label(name); reason != "" {
			t.Errorf("%q: %s %s", name, reason, level)
		}
	}
}

func TestLabelsOfVirtualCamerasAreKnown(t *testing.T) {
	for name, want := range map[string]string{
		"OBS Virtual Camera": CameraVirtual, "OBS-Camera": CameraVirtual, "ManyCam Virtual Webcam": CameraVirtual, "Snap Camera": CameraVirtual,
		"XSplit VCam": CameraVirtual, "mmhmm Camera": CameraVirtual, "Dummy video device (0x0000)": CameraVirtual, "DroidCam Source 3": CameraVirtual,
		"e2eSoft iVCam": CameraVirtual, "e2eSoft VCam": CameraVirtual, "fake_device_0": CameraFake, "/home/x/clip.mjpeg": CameraFile,
		`C:\clips\me.y4m`: CameraFile, "Unity Video Capture": CameraVirtual, "Camo": CameraVirtual, "NVIDIA Broadcast": CameraVirtual, "": CameraNameless,
		"v4l2loopback": CameraVirtual, "My Virtual Camera": CameraVirtual,
	} {
		if reason, _ := label(name); reason != want {
			t.Errorf("%q: %q, want %q", name, reason, want)
		}
	}
}

func TestSignsOfAScriptAndOfAStrangeCameraAreListed(t *testing.T) {
	for _, c := range []struct {
		change [2]string
		want   string
		level  Level
	}{
		{[2]string{`"webdriver":false`, `"webdriver":true`}, ScriptDriven, Review},
		{[2]string{`"trusted":true`, `"trusted":false`}, ScriptStarted, Review},
		{[2]string{`"native":true`, `"native":false`}, TrackAltered, Review},
		{[2]string{`"hidden":0`, `"hidden":2`}, PageHidden, Note},
		{[2]string{`"mobile":false`, `"mobile":true`}, CameraNoFacing, Review},
		{[2]string{`"crop-and-scale"`, `"none"`}, CameraAnySize, Note},
		{[2]string{`{"max":1920,"min":1}`, `{"max":30000,"min":1}`}, CameraAnySize, Note},
		{[2]string{`HD Pro Webcam C920 (046d:082d)`, `/tmp/face.y4m`}, CameraFile, Attack},
	} {
		found := Judge(parsed(t, strings.Replace(webcam, c.change[0], c.change[1], 1)), nil)
		if len(found) != 1 || found[0].Reason != c.want || found[0].Level != c.level {
			t.Errorf("%s: %+v, want %s", c.change[1], found, c.want)
		}
	}
	plain := `{"label":"Camera","capabilities":{"width":{"min":1,"max":640},"height":{"min":1,"max":480},"resizeMode":["crop-and-scale"]},"script":{"trusted":true,"native":true}}`
	if got := reasons(Judge(parsed(t, plain), nil)); !slices.Equal(got, []string{CameraPlain}) {
		t.Errorf("without anything to adjust: %v", got)
	}
	silent := `{"label":"Camera","script":{"trusted":true,"native":true}}`
	if got := Judge(parsed(t, silent), nil); len(got) != 0 {
		t.Errorf("a browser without capabilities: %+v", got)
	}
}

func TestAPolicyChangesALevelAndTheWorstComesFirst(t *testing.T) {
	c := parsed(t, strings.Replace(strings.Replace(webcam, "HD Pro Webcam C920 (046d:082d)", "/tmp/face.y4m", 1), `"webdriver":false`, `"webdriver":true`, 1))
	strict := Judge(c, nil)
	if got := reasons(strict); !slices.Equal(got, []string{CameraFile, ScriptDriven}) || Worst(strict) != Attack {
		t.Errorf("strict: %+v", strict)
	}
	lax := DefaultRules.With(CameraFile, Note).With(ScriptDriven, Note).Judge(c, nil)
	if Worst(lax) != Note || len(lax) != 2 {
		t.Errorf("lax: %+v", lax)
	}
	if len(DefaultRules.Levels) != 0 {
		t.Error("a policy must not change the default")
	}
}

func TestCameraRecordsOutOfRangeAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":              ``,
		"no object":            `[]`,
		"two values":           `{}{}`,
		"a huge record":        `{"label":"` + strings.Repeat("x", maxRecord) + `"}`,
		"a long label":         `{"label":"` + strings.Repeat("x", maxText+1) + `"}`,
		"a negative size":      `{"width":-1}`,
		"an endless rate":      `{"frameRate":1e300}`,
		"many capabilities":    `{"capabilities":{` + strings.Repeat(`"a":1,`, 2) + many(maxCapabilities+1) + `}}`,
		"a long option":        `{"capabilities":{"a":["` + strings.Repeat("x", maxText+1) + `"]}}`,
		"times hidden below 0": `{"script":{"hidden":-1}}`,
	} {
		if _, err := ParseCamera([]byte(text)); !errors.Is(err, ErrCamera) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func many(n int) string {
	var parts []string
	for i := range n {
		parts = append(parts, `"c`+strings.Repeat("i", i)+`":{}`)
	}
	return strings.Join(parts, ",")
}

func FuzzParseCamera(f *testing.F) {
	f.Add([]byte(webcam))
	f.Add([]byte(`{"capabilities":{"a":[[1],{"b":null}],"c":null,"d":{"min":"x"}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseCamera(data)
		if err != nil {
			if !errors.Is(err, ErrCamera) {
				t.Fatalf("untyped error: %v", err)
			}
			return
		}
		for _, finding := range Judge(c, nil) {
			if finding.Level.rank() == 0 || finding.Reason == "" {
				t.Fatalf("%+v", finding)
			}
		}
	})
}
