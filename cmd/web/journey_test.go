package main

import (
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/demo"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/sessions"
	"truepenny/internal/specimen"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/camera"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// house is the whole program, running, with two people who may sit before its
// camera.
type house struct {
	t      *testing.T
	app    *App
	url    string
	people []demo.Portrait
	fonts  *specimen.Fonts
}

// openHouse starts the program as `truepenny serve` does, on a port of its own.
func openHouse(t *testing.T) *house {
	t.Helper()
	engine := enginetest.Open(t) // makes the engine where it is missing
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "localhost" + listener.Addr().String()[strings.LastIndex(listener.Addr().String(), ":"):]
	listener.Close()
	settings := map[string]string{
		"TRUEPENNY_ADDR": address, "TRUEPENNY_BASE_URL": "http://" + address, "TRUEPENNY_DATA": t.TempDir(), "TRUEPENNY_ENGINE": engine.Dir(),
	}
	cfg, err := config.Load(func(name string) string { return settings[name] })
	if err != nil {
		t.Fatal(err)
	}
	app, err := New(t.Context(), cfg, clock.System, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, app: app, url: "http://" + address}
	h.run()
	if h.people, err = demo.Portraits(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo"), app.engine.faces); err != nil {
		t.Fatal(err)
	}
	if h.fonts, err = specimen.OpenFonts(); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) run() {
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- h.app.Run(ctx, func(address string) { ready <- address }) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			h.t.Errorf("the program ended with: %v", err)
		}
		h.app.Close()
	})
	select {
	case <-ready:
	case err := <-ended:
		h.t.Fatalf("the program did not start: %v", err)
	}
}

// apply goes from the front page to the choice between the roads: mail address,
// link in the mail, details.
func (h *house) apply(page *testkit.Page, email string) {
	h.t.Helper()
	page.Open(h.url + paths.Home())
	page.Press(words.FrontStart)
	page.See(words.SignInLead)
	page.Fill(words.SignInEmail, email)
	page.Press(words.SignInSend)
	page.See(words.SentTitle)
	page.Open(h.linkIn(email))
	page.Press(words.LinkButton)
	page.See(words.ApplyStartTitle)
	page.Press(words.ApplyStart)
	page.See(words.DetailsTitle)
	page.Choose(words.DetailsCountry, "Portugal")
	page.Tick(words.DetailsPerson)
	page.Fill(words.DetailsGiven, "Runa")
	page.Fill(words.DetailsFamily, "Hythlo")
	page.Fill(words.Day, "27")
	page.Fill(words.Month, "3")
	page.Fill(words.Year, "1987")
	page.Fill(words.DetailsLine1, "12 Harbour Street")
	page.Fill(words.DetailsPostcode, "10001")
	page.Fill(words.DetailsCity, "Amaurot")
	page.Press(words.Continue)
	page.See(words.RoadTitle)
}

// linkIn returns the link of the newest mail to an address.
func (h *house) linkIn(email string) string {
	h.t.Helper()
	for _, letter := range h.lettersTo(email) {
		for _, word := range strings.Fields(letter) {
			if strings.HasPrefix(word, h.url) {
				return word
			}
		}
	}
	h.t.Fatalf("no link in the mails to %s: %q", email, h.lettersTo(email))
	return ""
}

// lettersTo lists subject and text of the mails to an address, newest first.
func (h *house) lettersTo(email string) []string {
	h.t.Helper()
	caught, err := h.app.outbox.Caught(h.t.Context(), 100)
	if err != nil {
		h.t.Fatal(err)
	}
	var out []string
	for _, letter := range caught {
		if letter.To == email {
			out = append(out, letter.Subject+"\n"+letter.Text)
		}
	}
	return out
}

// passport photographs a specimen passport of the applicant with this face.
func (h *house) passport(who demo.Portrait) string {
	h.t.Helper()
	now := h.app.clock.Now()
	sheet, err := specimen.Draw(h.fonts, specimen.Spec{
		Kind: specimen.Passport, Portrait: who.Image, Surname: "Hythlo", GivenNames: "Runa", Number: "UT4711082", Sex: "F",
		Born: time.Date(1987, 3, 27, 0, 0, 0, 0, time.UTC), Issued: now.AddDate(-2, 0, 0), Expires: now.AddDate(8, 0, 0),
	})
	if err != nil {
		h.t.Fatal(err)
	}
	photo, err := specimen.Photograph(sheet, specimen.Casual(7))
	if err != nil {
		h.t.Fatal(err)
	}
	jpeg, err := picture.EncodeJPEG(photo, 90)
	if err != nil {
		h.t.Fatal(err)
	}
	file := filepath.Join(h.t.TempDir(), "passport.jpg")
	if err := os.WriteFile(file, jpeg, 0o600); err != nil {
		h.t.Fatal(err)
	}
	return file
}

// showPassport chooses the passport and sends its picture, as a file.
func (h *house) showPassport(page *testkit.Page, who demo.Portrait) {
	h.t.Helper()
	page.See(words.DocumentTitle)
	page.Tick(words.DocumentKindName("passport"))
	page.Press(words.Continue)
	page.See(words.DocumentSideTitle("passport", "front"))
	h.sendPicture(page, h.passport(who))
	page.See(words.ReadingTitle)
	page.See("UT4711082")
	page.Press(words.ReadingSave)
}

func (h *house) sendPicture(page *testkit.Page, file string) {
	h.t.Helper()
	page.Until(`document.querySelector("input[type=file]") !== null`)
	page.Do(chromedp.SetUploadFiles(`input[type=file]`, []string{file}))
	page.Until(`document.querySelector("[data-preview]").hidden === false`)
	page.Press(words.Continue)
}

// showFace lets the person before the camera follow the prompts; on a busy
// machine, which shows a blink too late, more than once, as people do.
func (h *house) showFace(page *testkit.Page, film *camera.Camera) {
	h.t.Helper()
	page.See(words.CameraOpen)
	film.Follow(page, camera.Obey)
	for range 3 {
		runCapture(page)
		page.Until(`document.readyState === "complete"`)
		if !strings.Contains(page.Path(), "/face") {
			break
		}
		h.t.Logf("taken once more: %s", tips(page))
	}
	page.See(words.CheckTitle)
}

// reviewer signs a fresh reviewer in on a browser of their own, with the camera
// that plays a file, "" for none.
func (h *house) reviewer(name, camera string) *testkit.Page {
	h.t.Helper()
	m, err := h.app.staff.Enrol(h.t.Context(), audit.System("test"), staff.Details{Name: name, Email: strings.ToLower(name) + "@example.org", Roles: []staff.Role{staff.Reviewer}})
	if err != nil {
		h.t.Fatal(err)
	}
	answer, request := httptest.NewRecorder(), httptest.NewRequest("POST", "/", nil)
	if _, err := h.app.session.Begin(answer, request, m.Holder(), sessions.ByPasskey); err != nil {
		h.t.Fatal(err)
	}
	page := testkit.Browser(h.t, testkit.BrowserOptions{
		Camera:   camera,
		Expected: func(fault string) bool { return strings.Contains(fault, "camera is not allowed") },
	})
	page.Open(h.url + paths.Home())
	cookie := answer.Result().Cookies()[0]
	page.SetCookie(h.url, cookie.Name, cookie.Value)
	return page
}

// openCase opens the only case there is from the list.
func (h *house) openCase(page *testkit.Page) {
	h.t.Helper()
	page.Open(h.url + paths.Console())
	page.See("Runa Hythlo")
	page.Press("TP-2001")
	page.See(words.DecideApprove)
}

func (h *house) wantLogToHold() {
	h.t.Helper()
	report, err := verify.Audit(h.t.Context(), h.app.store, h.app.audit.VerifierKey())
	if err != nil || !report.OK() {
		h.t.Fatalf("audit log: %+v, %v", report, err)
	}
}

func TestBrowserASellerIsVerifiedFromTheFrontPageToTheMail(t *testing.T) {
	h := openHouse(t)
	who, email := h.people[0], "runa@example.org"
	film := camera.New(t, who)
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film.File})
	h.apply(page, email)
	page.Press(words.RoadFaceAction)
	page.See(words.ConsentTitle)
	page.Press(words.ConsentYes)
	h.showPassport(page, who)
	h.showFace(page, film)
	page.Press(words.CheckSend)
	page.See(words.StatusWaiting) // the analysis has run, and the page heard of it

	desk := h.reviewer("Robin", film.File)
	h.openCase(desk)
	desk.SeeNot("does not match")
	if answer := testkit.Script[string](desk, `navigator.mediaDevices.getUserMedia({video: true}).then(() => "opened", (e) => e.name)`); answer != "NotAllowedError" {
		t.Errorf("the camera on a staff page: %s", answer)
	}
	approve(desk)

	page.Open(h.url + paths.Application())
	page.See(words.StatusApproved)
	if letters := h.lettersTo(email); len(letters) < 2 || !strings.Contains(letters[0], "verified") {
		t.Errorf("no mail tells of the decision: %q", letters)
	}
	h.wantLogToHold()
}

func TestBrowserAnotherPersonsFaceGoesToAPersonAsNotMatching(t *testing.T) {
	h := openHouse(t)
	owner, other := h.people[0], h.people[2]
	film := camera.New(t, other)
	page := testkit.Browser(t, testkit.BrowserOptions{Camera: film.File})
	h.apply(page, "runa@example.org")
	page.Press(words.RoadFaceAction)
	page.Press(words.ConsentYes)
	h.showPassport(page, owner)
	h.showFace(page, film)
	page.Press(words.CheckSend)
	page.See(words.StatusWaiting) // never refused by a machine
	desk := h.reviewer("Robin", "")
	h.openCase(desk)
	desk.See("The face does not match the portrait")
	h.wantLogToHold()
}

func TestBrowserWhoUsesNoCameraComesToADecisionOnPapers(t *testing.T) {
	h := openHouse(t)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	h.apply(page, "runa@example.org")
	page.Press(words.RoadFaceAction)
	page.See(words.ConsentTitle)
	page.Press(words.ConsentNo)
	h.showPassport(page, h.people[0])
	page.See(words.PaperTitle)
	page.Tick(words.PaperKindName("utility-bill"))
	page.Press(words.Continue)
	h.sendPicture(page, h.passport(h.people[0])) // any picture: a person looks at it
	page.See(words.SaidPaper)
	page.Press(words.PaperContinue)
	page.See(words.CheckTitle)
	page.Press(words.CheckSend)
	page.See(words.StatusWaiting)
	desk := h.reviewer("Robin", "")
	h.openCase(desk)
	desk.SeeNot("does not match")
	approve(desk)
	page.Open(h.url + paths.Application())
	page.See(words.StatusApproved) // the same end as with a face
	h.wantLogToHold()
}

// approve decides the case that is open.
func approve(desk *testkit.Page) {
	desk.Press(words.DecideApprove)
	desk.See(words.DecideApproveNow)
	desk.Press(words.DecideApproveNow)
	desk.Until(`!document.body.innerText.includes("` + words.DecideApproveNow + `")`)
}
