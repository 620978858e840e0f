package camera_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/specimen/sitter"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/camera"
)

// page asks for a turn to the left half a second after its camera runs, and
// keeps a frame of the time before and frames of the time after.
const page = `<!doctype html><title>camera</title><link rel=icon href="data:,"><div id="capture-face" data-state="idle"></div><video autoplay muted></video><script>
const root = document.getElementById("capture-face"), video = document.querySelector("video"), pen = new OffscreenCanvas(640, 480).getContext("2d");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const grab = async () => {
	pen.drawImage(video, 0, 0);
	const bytes = new Uint8Array(await (await pen.canvas.convertToBlob({type: "image/jpeg", quality: 0.9})).arrayBuffer());
	return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
};
window.run = (async () => {
	video.srcObject = await navigator.mediaDevices.getUserMedia({video: {width: 640, height: 480}});
	await new Promise((done) => { video.onplaying = done; });
	await wait(500);
	const frames = [await grab()];
	Object.assign(root.dataset, {state: "running", step: "1", prompt: "turn-left"});
	for (let i = 0; i < 12; i++) { await wait(100); frames.push(await grab()); }
	return frames;
})();
</script>`

func TestTheCameraDoesWhatThePageAsksWhileItRuns(t *testing.T) {
	rt := enginetest.Open(t)
	faces, err := face.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	defer faces.Close()
	meshes, err := mesh.Open(rt, "")
	if err != nil {
		t.Fatal(err)
	}
	defer meshes.Close()
	people, err := sitter.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), faces)
	if err != nil {
		t.Fatal(err)
	}
	cam := camera.New(t, people[0])
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, page) }))
	defer server.Close()
	p := testkit.Browser(t, testkit.BrowserOptions{Camera: cam.File})
	cam.Follow(p, camera.Obey)
	p.Open(strings.Replace(server.URL, "127.0.0.1", "localhost", 1))
	frames := testkit.Script[[]string](p, "window.run")
	var before []byte
	same := 0
	base, largest := 0.0, 0.0
	for i, f := range frames {
		raw, err := base64.StdEncoding.DecodeString(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(raw, before) {
			same++
		}
		before = raw
		decoded, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		yaw := yawOf(t, faces, meshes, decoded.RGBA)
		if i == 0 {
			base = yaw
		}
		largest = max(largest, yaw-base)
	}
	if same > 2 { // a busy machine may see one twice
		t.Errorf("%d frames are the one before", same)
	}
	if largest < 15 {
		t.Errorf("turned by %.1f degrees", largest)
	}
}

func yawOf(t *testing.T, faces *face.Engine, meshes *mesh.Engine, img *image.RGBA) float64 {
	t.Helper()
	found, err := faces.Find(img)
	if err != nil || len(found) == 0 {
		t.Fatalf("%d faces, %v", len(found), err)
	}
	m, err := meshes.Fit(img, found[0])
	if err != nil {
		t.Fatal(err)
	}
	s, err := meshes.Signals(img, m)
	if err != nil {
		t.Fatal(err)
	}
	return s.Yaw
}
