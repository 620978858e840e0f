package handlers_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/demo"
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
	fonts   *specimen.Fonts
}

func openStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{}
	s.market = openMarket(t, func(p *sellers.Parts) {
		withEngines(t)(p)
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

// camera is what a page of the camera step asks for.
type camera struct {
	post, key string
	prompts   []sellers.Prompt
	length    int
}

// openCamera reads the page as its script does.
func (s *studio) openCamera(t *testing.T, id string) camera {
	t.Helper()
	page := s.marit.get(paths.ApplicationFace(id) + "?again=1").is(200).page()
	root := page.Find("#capture-face")
	var challenge struct {
		Prompts []struct {
			Code   string
			Millis int
		}
	}
	if err := json.Unmarshal([]byte(page.Find("#capture-challenge").Text()), &challenge); err != nil {
		t.Fatal(err)
	}
	c := camera{}
	c.post, _ = root.Attr("data-post")
	c.key, _ = root.Attr("data-key")
	for _, p := range challenge.Prompts {
		c.prompts = append(c.prompts, sellers.Prompt{Gesture: p.Code, FromMS: c.length, UntilMS: c.length + p.Millis})
		c.length += p.Millis
	}
	return c
}

// film sends what somebody does before the camera.
func (s *studio) film(t *testing.T, c camera, frames []sellers.Frame) answer {
	t.Helper()
	var files []file
	fields := []string{"idempotency_key", c.key, "width", "640", "height", "480"}
	for _, f := range frames {
		files = append(files, file{"frame", f.JPEG})
		fields = append(fields, "at", strconv.Itoa(f.OffsetMS))
	}
	return s.marit.send(c.post, true, files, fields...)
}

func (s *studio) follows(t *testing.T, who demo.Portrait, c camera) []sellers.Frame {
	t.Helper()
	frames, err := demo.Clip(who, c.prompts, c.length)
	if err != nil {
		t.Fatal(err)
	}
	return frames
}

// captured follows the prompts, as people do now and then more than once: a
// drawn head does not turn as well as a real one.
func (s *studio) captured(t *testing.T, id string, who demo.Portrait) (camera, []sellers.Frame) {
	t.Helper()
	said := ""
	for range sellers.DefaultPolicy.FailedCaptures - 1 {
		c := s.openCamera(t, id)
		frames := s.follows(t, who, c)
		said = s.film(t, c, frames).is(200).body
		if strings.Contains(said, paths.ApplicationCheck(id)) {
			return c, frames
		}
	}
	t.Fatalf("no capture was accepted: %s", said)
	return camera{}, nil
}

// still is a photograph that does nothing.
func (s *studio) still(t *testing.T, who demo.Portrait, c camera) []sellers.Frame {
	t.Helper()
	jpeg, err := picture.EncodeJPEG(who.Webcam().Image, 85)
	if err != nil {
		t.Fatal(err)
	}
	var frames []sellers.Frame
	for at := 0; at < c.length; at += 400 {
		frames = append(frames, sellers.Frame{OffsetMS: at, JPEG: jpeg})
	}
	return frames
}

func TestSellerWithACameraGoesTheWholeWayAndSeesNoScore(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	who := s.sitters[0]
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, who)}}, "kind", "passport", "idempotency_key", "p").is(303)
	s.marit.get(paths.ApplicationReading(id)).is(200).shows("LINDQVIST", "14 March 1989", "UT4711081", words.ReadingLead)
	c, frames := s.captured(t, id, who)
	again := s.film(t, c, frames).is(200) // the connection was lost before the answer came
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
	c := s.openCamera(t, id)
	a := s.film(t, c, s.still(t, s.sitters[0], c)).is(200)
	var to struct{ Next string }
	if err := json.Unmarshal([]byte(a.body), &to); err != nil {
		t.Fatal(err)
	}
	s.marit.get(to.Next).is(200).shows(words.FaceNotYet, words.TriesLeft(4), words.FaceDeclined).hides("liveness.", "face.")
	s.wantAudit(t, "capture.failed", 1)
	if evidence, err := s.cases.Evidence(t.Context(), s.account.Actor(), id); err != nil || len(evidence) != 0 {
		t.Errorf("pictures of a failed try were kept: %v %v", evidence, err)
	}
}

func TestAfterFiveFailedTriesTheCameraPausesAndPapersAreOffered(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	for range sellers.DefaultPolicy.FailedCaptures {
		c := s.openCamera(t, id)
		s.film(t, c, s.still(t, s.sitters[0], c)[:3]).is(200)
	}
	page := s.marit.get(paths.ApplicationFace(id)).is(200)
	page.shows(words.FacePauseTitle, words.FacePauseOther, "22 November 2026, 12:00 UTC")
	if page.page().Find("#capture-face").Length() != 0 {
		t.Error("the camera is still there")
	}
	s.Clock.Advance(sellers.DefaultPolicy.CapturePause + time.Minute)
	s.marit = s.as(t, s.account.Holder())
	s.openCamera(t, id)
}

func TestAnOldChallengeIsNoTryAndBeginsAgain(t *testing.T) {
	s := openStudio(t)
	id := s.described(t, "yes")
	c := s.openCamera(t, id)
	s.Clock.Advance(sellers.DefaultPolicy.ChallengeLife + time.Second)
	a := s.film(t, c, s.still(t, s.sitters[0], c)).is(200)
	if !strings.Contains(a.body, "capture.expired") {
		t.Fatal(a.body)
	}
	s.marit.get(paths.ApplicationFace(id) + "?again=1&tip=capture.expired+nonsense").is(200).shows(words.Reason("capture.expired")).hides("nonsense")
	s.wantAudit(t, "capture.failed", 0)
	eve := s.signInSeller(t, "eve@seller.example")
	eve.send(c.post, true, []file{{"frame", sheet(1)}}, "at", "0", "idempotency_key", "e").is(404)
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
