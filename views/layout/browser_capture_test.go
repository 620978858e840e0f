package layout_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

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

// inbox is the server's side of both camera pages.
type inbox struct {
	mu       sync.Mutex
	lose     int // how many uploads to break off after they arrived
	loseStep int // likewise calls for a step
	sent     []*multipart.Form
	keys     []string
	reply    string
	starts   []string   // what "light" said
	promises [][]string // of every call for a step
}

func (in *inbox) take(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := r.ParseMultipartForm(32 << 20); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	in.keys = append(in.keys, r.Header.Get("Idempotency-Key"))
	breakOff(&in.lose)
	in.sent = append(in.sent, r.MultipartForm)
	w.Header().Set("Content-Type", "application/json")
	if strings.Contains(in.reply, "message") {
		w.WriteHeader(http.StatusUnprocessableEntity)
	}
	_, _ = io.WriteString(w, in.reply)
}

func breakOff(left *int) {
	if *left > 0 {
		*left--
		panic(http.ErrAbortHandler)
	}
}

// steps of the sample capture; the last one has light.
var steps = []string{
	`{"step": 0, "prompt": "look-straight", "words": "Look straight at the camera", "millis": 700}`,
	`{"step": 1, "prompt": "turn-left", "words": "Turn your head to the left and back", "millis": 900}`,
	`{"step": 2, "prompt": "hold-still", "words": "Hold still and look at the screen", "millis": 900, "light": ["rgb(128, 128, 128)", "rgb(255, 150, 150)", "rgb(150, 255, 150)"], "shadeMillis": 300}`,
	`{"step": 3, "done": true}`,
}

func (in *inbox) start(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.starts = append(in.starts, r.FormValue("light"))
	in.promises = nil
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"first": `+steps[0]+`, "steps": 3, "maxFrames": 300, "post": "/pictures", "ask": "/steps"}`)
}

func (in *inbox) step(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	defer in.mu.Unlock()
	var asked struct {
		Step   int
		Hashes []string
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || asked.Step >= len(steps) {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	if len(in.promises) < asked.Step {
		in.promises = append(in.promises, asked.Hashes)
	}
	breakOff(&in.loseStep)
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, steps[asked.Step])
}

func (in *inbox) mount(mux *http.ServeMux) {
	mux.HandleFunc("POST /pictures", in.take)
	mux.HandleFunc("POST /captures", in.start)
	mux.HandleFunc("POST /steps", in.step)
	mux.HandleFunc("GET /next", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the next step") })
	mux.HandleFunc("GET /favicon.ico", func(http.ResponseWriter, *http.Request) {})
}

func faceCapture() kit.CaptureFaceProps {
	return kit.CaptureFaceProps{Start: "/captures", Light: true, Decline: "/next"}
}

func faceState(state string) string {
	return `document.querySelector("#capture-face").dataset.state === "` + state + `"`
}

func TestBrowserFaceCapturePromisesEveryPictureBeforeTheNextPromptIsTold(t *testing.T) {
	in := &inbox{reply: `{"next": "/next"}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
	page.See("The screen will change its colour")
	page.Press("Open the camera")
	page.Until(faceState("ready"))
	page.Looks("capture-face-ready")
	page.Press("I am ready, start")
	page.See("Turn your head to the left and back")
	page.See("2 of 3")
	page.Until(`document.querySelector("#capture-face").dataset.shade === "rgb(255, 150, 150)"`)
	page.See("the next step")

	form := in.sent[0]
	var promised []string
	for call, hashes := range in.promises {
		if len(hashes) < 3 {
			t.Errorf("only %d pictures were promised with call %d", len(hashes), call+1)
		}
		promised = append(promised, hashes...)
	}
	still := hashOf(t, form.File["still"][0])
	if !slices.Contains(in.promises[0], still) {
		t.Error("the picture of full size was not promised in the first step")
	}
	promised = slices.DeleteFunc(promised, func(h string) bool { return h == still })
	frames := form.File["frame"]
	if len(frames) != len(promised) || len(form.Value["at"]) != len(frames) || len(form.Value["shown"]) != 3 {
		t.Fatalf("%d frames, %d promised, %d times, steps shown at %v", len(frames), len(promised), len(form.Value["at"]), form.Value["shown"])
	}
	last := -1
	for i, f := range frames {
		if hashOf(t, f) != promised[i] {
			t.Errorf("frame %d is not what was promised", i)
		}
		at, err := strconv.Atoi(form.Value["at"][i])
		if err != nil || at <= last || at > 5000 {
			t.Errorf("frame %d at %q after %d", i, form.Value["at"][i], last)
		}
		last = at
	}
	for _, word := range []string{`"webdriver":true`, `"trusted":true`, `"native":true`, `"capabilities":{`} {
		if !strings.Contains(form.Value["facts"][0], word) {
			t.Errorf("no %s in %s", word, form.Value["facts"][0])
		}
	}
	if in.starts[0] != "yes" {
		t.Errorf("light %q", in.starts[0])
	}
}

func hashOf(t *testing.T, h *multipart.FileHeader) string {
	t.Helper()
	f, err := h.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func TestBrowserACaptureCanBeStoppedAndDoneWithoutLight(t *testing.T) {
	in := &inbox{reply: `{"next": "/next"}`}
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t)})
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
	page.Press("Open the camera")
	page.Press("I am ready, start")
	page.Until(`document.querySelector("#capture-face").dataset.shade`)
	page.Press("Stop")
	page.Until(faceState("ready") + ` && document.querySelector("[data-lamp]").hidden`)
	page.See("I cannot move my face")
	page.Tick("Without coloured light")
	page.Press("I am ready, start")
	page.See("the next step")
	if !slices.Equal(in.starts, []string{"yes", "no"}) || len(in.sent) != 1 {
		t.Errorf("started with %v, sent %d times", in.starts, len(in.sent))
	}
}

func TestBrowserWhoWantsLessMotionIsOfferedNoLight(t *testing.T) {
	page := testkit.Browser(t, testkit.BrowserOptions{})
	_, err := chromedp.Call(page.Ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), (&inbox{}).mount))
	page.Until(`document.querySelector("[data-choice] input").checked`)
}

func TestBrowserALostConnectionIsTriedAgainWithTheSameKey(t *testing.T) {
	for name, early := range map[string]bool{"while steps are asked for": true, "while pictures are sent": false} {
		t.Run(name, func(t *testing.T) {
			in := &inbox{reply: `{"next": "/next"}`, lose: 1}
			if early {
				in.lose, in.loseStep = 0, 1
			}
			page := testkit.Browser(t, testkit.BrowserOptions{Camera: film(t), Expected: func(s string) bool { return strings.Contains(s, "ERR_") }})
			page.Open(show(t, publicFrame(), headed("Your face", kit.CaptureFace(faceCapture())), in.mount))
			page.Press("Open the camera")
			page.Press("I am ready, start")
			page.See("the next step")
			if len(in.sent) != 1 || len(in.keys) < 1 || in.keys[0] == "" || in.keys[0] != in.keys[len(in.keys)-1] || !early && len(in.keys) != 2 {
				t.Errorf("%d taken, keys %q", len(in.sent), in.keys)
			}
		})
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
