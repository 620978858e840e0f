package layout_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"truepenny/internal/testkit"
	"truepenny/views/kit"
)

// film writes a film for the fake camera: frames of a light card on a dark
// table that moves a little. Concatenated JPEGs are what a browser plays.
func film(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	for i := range 10 {
		img := image.NewRGBA(image.Rect(0, 0, 640, 480))
		draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{60, 60, 70, 255}), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(53+i%2, 52, 587, 428), image.NewUniform(color.RGBA{210, 205, 195, 255}), image.Point{}, draw.Src)
		for x := 80; x < 560; x += 12 { // writing, so that the picture is sharp
			draw.Draw(img, image.Rect(x, 200, x+5, 260), image.NewUniform(color.Black), image.Point{}, draw.Src)
		}
		if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 92}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "film.mjpeg")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// inbox is the server's side of an upload.
type inbox struct {
	mu    sync.Mutex
	lose  int // how many requests to break off after they arrived
	sent  []*multipart.Form
	keys  []string
	reply string
}

func (in *inbox) take(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := r.ParseMultipartForm(32 << 20); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	in.keys = append(in.keys, r.Header.Get("Idempotency-Key"))
	if in.lose > 0 {
		in.lose--
		panic(http.ErrAbortHandler)
	}
	in.sent = append(in.sent, r.MultipartForm)
	w.Header().Set("Content-Type", "application/json")
	if strings.Contains(in.reply, "message") {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	_, _ = io.WriteString(w, in.reply)
}

func (in *inbox) mount(mux *http.ServeMux) {
	mux.HandleFunc("POST /pictures", in.take)
	mux.HandleFunc("GET /next", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the next step") })
	mux.HandleFunc("GET /favicon.ico", func(http.ResponseWriter, *http.Request) {})
}

var sampleChallenge = kit.FaceChallenge{ID: "challenge-1", Prompts: []kit.FacePrompt{
	{Code: "straight", Words: "Look straight at the camera", Arrow: "straight", Millis: 700},
	{Code: "left", Words: "Turn your head slowly to the left", Arrow: "left", Millis: 700},
}}

func faceCapture() kit.CaptureFaceProps {
	return kit.CaptureFaceProps{Post: "/pictures", Key: "key-1", Decline: "/next", Challenge: sampleChallenge, Frames: 12}
}

func TestBrowserFaceCaptureSendsEveryFrameWithItsTimeAndPrompt(t *testing.T) {
	in := &inbox{reply: `{"next": "/next"}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
	page.Press("Open the camera")
	page.Until(`document.querySelector("#capture-face").dataset.state === "ready"`)
	page.Looks("capture-face-ready")
	page.Press("I am ready, start")
	page.See("Turn your head slowly to the left")
	page.See("2 of 2")
	page.See("the next step")

	form := in.sent[0]
	if got := form.Value["challenge"]; len(got) != 1 || got[0] != "challenge-1" {
		t.Errorf("challenge %q", got)
	}
	frames := form.File["frame"]
	if n := len(frames); n < 6 || n > 12 {
		t.Errorf("%d frames, want up to 12 and at least half of them on a busy machine", n)
	}
	if len(form.Value["at"]) != len(frames) || len(form.Value["prompt"]) != len(frames) {
		t.Fatalf("%d frames, %d times, %d prompts", len(frames), len(form.Value["at"]), len(form.Value["prompt"]))
	}
	last := -1
	for i, text := range form.Value["at"] {
		at, err := strconv.Atoi(text)
		if err != nil || at <= last || at > 1500 {
			t.Errorf("frame %d at %q after %d", i, text, last)
		}
		want := "0"
		if at >= 700 {
			want = "1"
		}
		if form.Value["prompt"][i] != want {
			t.Errorf("frame %d at %d ms belongs to prompt %s, want %s", i, at, form.Value["prompt"][i], want)
		}
		last = at
	}
	if frames[0].Header.Get("Content-Type") != "image/jpeg" || frames[0].Size < 2000 {
		t.Errorf("frame: %s, %d bytes", frames[0].Header.Get("Content-Type"), frames[0].Size)
	}
}

func TestBrowserALostConnectionIsTriedAgainWithTheSameKey(t *testing.T) {
	in := &inbox{reply: `{"next": "/next"}`, lose: 1}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t), Expected: func(s string) bool { return strings.Contains(s, "ERR_") }})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
	page.Press("Open the camera")
	page.Press("I am ready, start")
	page.See("the next step")
	if len(in.sent) != 1 || len(in.keys) < 2 || in.keys[0] != "key-1" || in.keys[1] != "key-1" {
		t.Errorf("%d taken, keys %q", len(in.sent), in.keys)
	}
}

func TestBrowserARefusedCaptureShowsTheServersSentence(t *testing.T) {
	in := &inbox{reply: `{"reason": "face.dark", "message": "It was too dark to see you."}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
	page.Press("Open the camera")
	page.Press("I am ready, start")
	page.See("It was too dark to see you.")
	page.See("Try again")
	page.See("I would rather not use the camera")
}

func TestBrowserWithoutACameraThereIsTheOtherRoad(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), (&inbox{}).mount))
	page.Press("Open the camera")
	page.Until(`document.querySelector("#capture-face").dataset.state === "failed"`)
	page.Press("I would rather not use the camera")
	page.See("the next step")
}

func TestBrowserDocumentIsTakenWithTheCameraAndSent(t *testing.T) {
	in := &inbox{reply: `{"next": "/next"}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your document", documentCapture()), in.mount))
	page.Press("Open the camera")
	page.Until(`document.querySelector("[data-stage]").dataset.fit === "good"`)
	page.Looks("capture-document-live")
	page.Press("Take the picture")
	page.See("Can you read every letter?")
	page.Press("Take another")
	page.Press("Take the picture")
	page.See("Can you read every letter?")
	page.Press("Continue")
	page.See("the next step")
	form := in.sent[0]
	if form.Value["side"][0] != "front" || form.Value["idempotency_key"][0] != "key-2" || in.keys[0] != "key-2" {
		t.Errorf("fields %v, header %q", form.Value, in.keys)
	}
	if files := form.File["picture"]; len(files) != 1 || files[0].Size < 2000 {
		t.Errorf("pictures: %v", files)
	}
}

func TestBrowserAnotherPictureAfterARefusalHasAnotherKey(t *testing.T) {
	in := &inbox{reply: `{"message": "The picture is blurred.", "fields": {"picture": "We could not read the lower edge."}}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your document", documentCapture()), in.mount))
	for range 2 {
		page.Press("Open the camera")
		page.Press("Take the picture")
		page.See("Can you read every letter?")
		page.Press("Continue")
		page.See("We could not read the lower edge.")
	}
	if len(in.keys) != 2 || in.keys[0] == in.keys[1] {
		t.Errorf("keys %q", in.keys)
	}
}

func documentCapture() templ.Component {
	return kit.CaptureDocument(kit.CaptureDocumentProps{Post: "/pictures", Key: "key-2", Label: "Front of your passport", Hidden: []kit.Hidden{{Name: "side", Value: "front"}}})
}
