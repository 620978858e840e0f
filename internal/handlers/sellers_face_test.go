package handlers_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/demo"
	"truepenny/internal/ids"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// studio is a market with engines and people who can be photographed.
type studio struct {
	*market
	sitters []demo.Portrait
	meshes  *mesh.Engine
	fonts   *specimen.Fonts
}

func openStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{}
	s.market = openMarket(t, func(p *sellers.Parts) {
		withEngines(t)(p)
		s.meshes = p.Meshes
		var err error
		folder := filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo")
		if s.sitters, err = demo.Portraits(folder, p.Faces.(*face.Engine)); err != nil {
			t.Fatal(err)
		}
		if s.fonts, err = specimen.OpenFonts(); err != nil {
			t.Fatal(err)
		}
	})
	return s
}

// passport draws Marit's passport with somebody's portrait.
func (s *studio) passport(t *testing.T, who demo.Portrait) []byte {
	t.Helper()
	page, err := specimen.Draw(s.fonts, specimen.Spec{
		Kind: specimen.Passport, Portrait: who.Image, Surname: "Lindqvist", GivenNames: "Marit Elisabet", Number: "UT4711081", Sex: "F",
		Born:   time.Date(1989, 3, 14, 0, 0, 0, 0, time.UTC),
		Issued: time.Date(2022, 5, 6, 0, 0, 0, 0, time.UTC), Expires: time.Date(2032, 5, 5, 0, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	jpeg, err := picture.EncodeJPEG(page, 92)
	if err != nil {
		t.Fatal(err)
	}
	return jpeg
}

// step is what a page is told.
type step struct {
	Step   int
	Prompt string
	Words  string
	Millis int
	Done   bool
}

// capture is one that began.
type capture struct {
	First     step
	Steps     int
	Post, Ask string
}

// begin starts a capture as the page's script does.
func (s *studio) begin(t *testing.T, id string) capture {
	t.Helper()
	root := s.marit.get(paths.ApplicationFace(id) + "?again=1").is(200).page().Find("#capture-face")
	start, _ := root.Attr("data-start")
	var c capture
	s.marit.send(start, true, nil, "light", "no").is(200).read(&c)
	return c
}

// read decodes an answer in JSON.
func (a answer) read(into any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		a.t.Fatalf("%v: %s", err, a.body)
	}
}

// ask posts JSON as a page's script does.
func (p *person) ask(path string, body any) answer {
	p.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.house.url+path, bytes.NewReader(text))
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("Origin", p.house.url)
	w, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer w.Body.Close()
	said, err := io.ReadAll(w.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{p.t, w.StatusCode, w.Header.Get("Location"), w.Header, string(said)}
}

// upload is what a page sends at the end.
type upload struct {
	files  []file
	fields []string
}

// shooting takes the pictures of a step.
type shooting func(step sellers.Reveal, from time.Duration) ([]sellers.Frame, error)

// film takes a capture to the point where its pictures are sent.
func (s *studio) film(t *testing.T, c capture, shoot shooting) upload {
	t.Helper()
	facts := `{"label": "Front camera", "width": 640, "height": 480, "script": {"trusted": true, "native": true}}`
	up := upload{fields: []string{"idempotency_key", ids.New("key"), "facts", facts}}
	at := time.Duration(0)
	for now := c.First; !now.Done; {
		if now.Words == "" {
			t.Errorf("step %d has no words", now.Step)
		}
		frames, err := shoot(sellers.Reveal{Step: now.Step, Prompt: now.Prompt, Millis: now.Millis}, at)
		if err != nil {
			t.Fatal(err)
		}
		hashes := []string{}
		up.fields = append(up.fields, "shown", strconv.Itoa(int(at.Milliseconds())))
		for _, f := range frames {
			up.files = append(up.files, file{"frame", f.JPEG})
			up.fields = append(up.fields, "at", strconv.Itoa(f.OffsetMS))
			sum := sha256.Sum256(f.JPEG)
			hashes = append(hashes, hex.EncodeToString(sum[:]))
		}
		length := time.Duration(now.Millis) * time.Millisecond
		at += length
		s.Clock.Advance(length)
		next := step{}
		s.marit.ask(c.Ask, map[string]any{"step": now.Step + 1, "hashes": hashes}).is(200).read(&next)
		now = next
	}
	return up
}

func (s *studio) send(c capture, up upload) answer {
	return s.marit.send(c.Post, true, up.files, up.fields...)
}

// follows is somebody who does what they are asked.
func (s *studio) follows(t *testing.T, who demo.Portrait) shooting {
	t.Helper()
	puppet, err := who.Puppet(s.meshes)
	if err != nil {
		t.Fatal(err)
	}
	return demo.Sit(puppet, 7).Shoot
}

// captured follows the prompts.
func (s *studio) captured(t *testing.T, id string, who demo.Portrait) (capture, upload) {
	t.Helper()
	c := s.begin(t, id)
	up := s.film(t, c, s.follows(t, who))
	if said := s.send(c, up).is(200).body; !strings.Contains(said, paths.ApplicationCheck(id)) {
		t.Fatalf("the capture was not accepted: %s", said)
	}
	return c, up
}

// still is a picture that does nothing.
func still(step sellers.Reveal, from time.Duration) ([]sellers.Frame, error) {
	return []sellers.Frame{{OffsetMS: int(from.Milliseconds()) + 10, JPEG: sheet(step.Step)}}, nil
}

// unpromised makes a capture fail without a look at its pictures.
func (s *studio) unpromised(t *testing.T, id string) answer {
	t.Helper()
	c := s.begin(t, id)
	up := s.film(t, c, still)
	up.files[0].bytes = sheet(99)
	return s.send(c, up)
}

func TestSellerWithACameraGoesTheWholeWayAndSeesNoScore(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	who := s.sitters[0]
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, who)}}, "kind", "passport", "idempotency_key", "p").is(303)
	s.marit.get(paths.ApplicationReading(id)).is(200).shows("LINDQVIST", "14 March 1989", "UT4711081", words.ReadingLead)
	c, up := s.captured(t, id, who)
	again := s.send(c, up).is(200) // the connection was lost before the answer came
	if !strings.Contains(again.body, paths.ApplicationCheck(id)) {
		t.Fatal(again.body)
	}
	s.wantAudit(t, "capture.accepted", 1)
	s.marit.get(paths.ApplicationFace(id)).is(200).shows(words.FaceDoneTitle)
	check := s.marit.get(paths.ApplicationCheck(id)).is(200).shows(words.CheckFaceIn, words.CheckConsentYes)
	s.marit.post(paths.ApplicationSubmission(id), "version", check.value("version")).is(303)
	s.drain(t)
	s.noScoreAnywhere(t, id)
	s.decide(t, id, sellers.Decision{Kind: sellers.Ask, Items: []sellers.Item{sellers.ItemDetails}, Words: "Is this your full address?"})
	s.noScoreAnywhere(t, id)
	s.marit.post(paths.ApplicationDetails(id), maritSays()...).is(303)
	s.marit.post(paths.ApplicationSubmission(id), "version", s.marit.get(paths.ApplicationCheck(id)).value("version")).is(303)
	s.drain(t)
	s.decide(t, id, refusal)
	s.noScoreAnywhere(t, id)
	s.marit.post(paths.ApplicationAppeal(id), "words", "I am the person in this passport.").is(303)
	s.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	s.noScoreAnywhere(t, id)
}

// noScoreAnywhere looks for every score and threshold of the case on every page
// that its applicant can reach in this state.
func (s *studio) noScoreAnywhere(t *testing.T, id string) {
	t.Helper()
	lead := s.Member(t, "Lea "+string(s.application(t, id).State)+strconv.Itoa(int(s.application(t, id).Version)), "lead").Actor()
	c, err := s.cases.Case(t.Context(), lead, id)
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, check := range c.Checks {
		if check.HasScore {
			secrets = append(secrets, spellings(check.Score)...)
		}
		if check.Threshold != nil {
			secrets = append(secrets, check.Threshold.Report.Name)
			secrets = append(secrets, spellings(check.Threshold.Accept)...)
		}
	}
	if len(secrets) == 0 {
		t.Fatal("the case has no score, so this proves nothing")
	}
	for _, path := range []string{
		paths.ApplicationPage(id), paths.ApplicationHistory(id), paths.ApplicationProgress(id), paths.ApplicationCheck(id), paths.ApplicationConsent(id),
		paths.ApplicationReading(id), paths.ApplicationDocument(id), paths.ApplicationDetails(id), paths.ApplicationAppeal(id), paths.ApplicationCancellation(id),
	} {
		body := s.marit.get(path).body
		for _, secret := range secrets {
			if secret != "" && strings.Contains(body, secret) {
				t.Errorf("%s in state %s shows %q", path, c.Application.State, secret)
			}
		}
	}
}

// spellings are the ways in which a page could show a figure.
func spellings(v float64) []string {
	return []string{fmt.Sprintf("%.3f", v), fmt.Sprintf("%.4f", v), strconv.FormatFloat(v, 'g', -1, 64), fmt.Sprintf("%.1f %%", v*100), fmt.Sprintf("%.1f %%", (1-v)*100)}
}

func TestAFailedCaptureSaysWhatHelpsAndHowManyTriesAreLeft(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	var to struct{ Next string }
	s.unpromised(t, id).is(200).read(&to)
	s.marit.get(to.Next).is(200).shows(words.FaceNotYet, words.TriesLeft(4), words.FaceDeclined).hides("liveness.", "capture.")
	s.wantAudit(t, "capture.failed", 1)
	if evidence, err := s.cases.Evidence(t.Context(), s.account.Actor(), id); err != nil || len(evidence) != 0 {
		t.Errorf("pictures of a failed try were kept: %v %v", evidence, err)
	}
}

func TestAfterFiveFailedTriesTheCameraPausesAndPapersAreOffered(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	for range sellers.DefaultPolicy.FailedCaptures {
		s.unpromised(t, id).is(200)
	}
	page := s.marit.get(paths.ApplicationFace(id)).is(200)
	page.shows(words.FacePauseTitle, words.FacePauseOther, "22 November 2026, 12:00 UTC")
	s.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(429)
	if page.page().Find("#capture-face").Length() != 0 {
		t.Error("the camera is still there")
	}
	s.Clock.Advance(sellers.DefaultPolicy.CapturePause + time.Minute)
	s.marit = s.as(t, s.account.Holder())
	s.begin(t, id)
}

func TestAnOldChallengeIsNoTryAndBeginsAgain(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	c := s.begin(t, id)
	up := s.film(t, c, still)
	s.Clock.Advance(sellers.DefaultPolicy.ChallengeLife + 11*time.Minute) // more than even a slow network needs
	if a := s.send(c, up).is(200); !strings.Contains(a.body, "capture.expired") {
		t.Fatal(a.body)
	}
	s.marit.get(paths.ApplicationFace(id) + "?again=1&tip=capture.expired+nonsense").is(200).shows(words.Reason("capture.expired")).hides("nonsense")
	s.wantAudit(t, "capture.failed", 0)
}

func TestACaptureBelongsToItsSellerAndSession(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	c := s.begin(t, id)
	promise := map[string]any{"step": 1, "hashes": []string{}}
	eve := s.signInSeller(t, "eve@seller.example")
	eve.ask(c.Ask, promise).is(404)
	eve.send(c.Post, true, []file{{"frame", sheet(1)}}, "at", "0", "idempotency_key", "e").is(404)
	eve.send(paths.ApplicationCaptures(id), true, nil).is(404)
	s.somebody(t).ask(c.Ask, promise).is(401)
	staff, _ := s.signInStaff(t, "Ann", "reviewer", "lead")
	staff.ask(c.Ask, promise).is(403)
	staff.send(paths.ApplicationCaptures(id), true, nil).is(403)
	elsewhere := s.as(t, s.account.Holder()) // the same seller on another device
	elsewhere.ask(c.Ask, promise).is(404)
	s.marit.ask(c.Ask, map[string]any{"step": 2, "hashes": []string{}}).is(409)
	s.marit.ask(c.Ask, map[string]any{"step": 1, "hashes": []string{"no hash"}}).is(422)
	s.marit.ask(c.Ask, "no promise").is(422)
	s.marit.ask(c.Ask, promise).is(200)
}

func TestWhoBeginsCapturesOverAndOverIsSlowedDown(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	for range 15 {
		s.begin(t, id)
	}
	s.marit.send(paths.ApplicationCaptures(id), true, nil).is(429)
	s.Clock.Advance(time.Hour + time.Minute)
	s.marit = s.as(t, s.account.Holder())
	for range 15 {
		s.begin(t, id)
	}
	s.Clock.Advance(time.Hour + time.Minute)
	s.marit = s.as(t, s.account.Holder())
	s.marit.send(paths.ApplicationCaptures(id), true, nil).is(429) // waiting for prompts that suit takes days
}

func TestACorrectionIsMarkedAndCanBeTakenBack(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "no")
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, s.sitters[0])}}, "kind", "passport", "idempotency_key", "p").is(303)
	reading := paths.ApplicationReading(id)
	s.marit.post(reading, "expiry", "2033-02-31", "number", "UT4711082").is(422).shows(words.Reason("date.invalid"))
	s.marit.get(reading).is(200).shows(words.CorrectionMarked("UT4711082"))
	s.marit.get(paths.ApplicationCheck(id)).is(200).shows("UT4711082", words.CorrectedFrom("UT4711081"))
	s.marit.post(reading, "number", "").is(303)
	s.marit.get(reading).is(200).hides("UT4711082")
	s.wantAudit(t, "application.field-corrected", 2)
}

func TestWithoutTheEngineTheCameraStepOffersPapers(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	m.marit.get(paths.ApplicationFace(id)).is(200).shows(words.FaceNoEngine, words.FacePauseOther)
}
