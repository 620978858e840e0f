package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
	"truepenny/internal/staff"
)

// applicant is an invented person and what they hand in.
type applicant struct {
	plan
	given, family string
	born          time.Time
	details       sellers.Details
	portrait      Portrait
	face          Portrait // before the camera
	seed          uint64
	photos        map[specimen.Kind][]byte // JPEG
	actor         audit.Actor
	appID         string
}

// invent makes the person behind a plan; the same plan gives the same person.
func (s *seeding) invent(i int, p plan) *applicant {
	a := &applicant{plan: p, given: givenNames[i%len(givenNames)], family: familyNames[(i*7+3)%len(familyNames)], seed: uint64(i + 1)}
	a.born = time.Date(1968+(i*11)%33, time.Month(1+(i*5)%12), 1+(i*13)%28, 0, 0, 0, 0, time.UTC)
	a.portrait = s.Portraits[i%len(s.Portraits)]
	if p.road == sellers.RoadFace {
		a.portrait = s.Portraits[i%clear]
	}
	a.face = a.portrait
	if p.twist == otherFace {
		a.face = s.Portraits[(i+clear/2)%clear]
	}
	a.details = sellers.Details{
		Country: "PT", Kind: sellers.Person, GivenNames: a.given, FamilyName: a.family, BirthDate: a.born.Format(time.DateOnly),
		Address: sellers.Address{Line1: fmt.Sprintf("%d %s", 1+i*3%90, streets[i%len(streets)]), Postcode: fmt.Sprint(10001 + i*37), City: "Amaurot"},
	}
	if p.firm {
		a.details.Kind, a.details.BusinessName = sellers.Business, a.family+" "+trades[i%len(trades)]
	}
	switch p.twist {
	case otherName:
		a.details.FamilyName = familyNames[(i*7+4)%len(familyNames)]
	case otherBirth:
		a.details.BirthDate = a.born.AddDate(0, 0, 9).Format(time.DateOnly)
	}
	return a
}

// prepare lays down the events of one application.
func (s *seeding) prepare(a *applicant) {
	begun := s.now.Add(-a.ago)
	s.on(begun, func(ctx context.Context) error { return s.begin(ctx, a) })
	if a.end == atDetails {
		return
	}
	s.on(begun.Add(3*time.Minute), func(ctx context.Context) error { return s.chooseRoad(ctx, a) })
	s.on(begun.Add(5*time.Minute), func(ctx context.Context) error { return s.showDocument(ctx, a) })
	if a.end == atDocument {
		return
	}
	s.on(begun.Add(8*time.Minute), func(ctx context.Context) error { return s.showFaceOrPaper(ctx, a) })
	if a.end == atSend {
		return
	}
	s.on(begun.Add(10*time.Minute), func(ctx context.Context) error { return s.send(ctx, a) })
	s.decide(a, begun.Add(20*time.Hour))
}

func (s *seeding) begin(ctx context.Context, a *applicant) error {
	account, err := s.Accounts.Enrol(ctx, system, mailbox(a.given, a.family)+"@demo.example")
	if err != nil {
		return err
	}
	a.actor = account.Actor()
	app, err := s.Sellers.Start(ctx, a.actor)
	if err != nil {
		return err
	}
	a.appID = app.ID
	s.introduceLater(a, account.ID)
	_, err = s.Sellers.SaveDetails(ctx, a.actor, a.appID, a.details, a.end != atDetails)
	return err
}

// introduceLater puts the first applicant of each ending on the front page.
func (s *seeding) introduceLater(a *applicant, accountID string) {
	about := shown[a.end]
	if about == "" || slices.ContainsFunc(s.sellers, func(p Person) bool { return p.About == about }) {
		return
	}
	s.sellers = append(s.sellers, Person{
		Position: len(employees) + 1 + len(s.sellers), Kind: audit.KindSeller, HolderID: accountID,
		Label: a.given + " " + a.family, About: about,
	})
}

func (s *seeding) chooseRoad(ctx context.Context, a *applicant) error {
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	_, err := s.Sellers.AnswerConsent(ctx, a.actor, a.appID, notice.Version, a.road == sellers.RoadFace)
	return err
}

func (s *seeding) showDocument(ctx context.Context, a *applicant) error {
	for _, side := range a.kind.Sides() {
		upload := sellers.DocumentUpload{Kind: a.kind, Side: side, Bytes: a.photos[pages[a.kind][side]], Key: fmt.Sprintf("demo-%d-%s", a.seed, side)}
		if _, err := s.Sellers.AddDocument(ctx, a.actor, a.appID, upload); err != nil {
			return err
		}
	}
	if a.twist == corrected {
		return s.Sellers.CorrectField(ctx, a.actor, a.appID, sellers.FieldGivenNames, a.given+" Maria")
	}
	return nil
}

func (s *seeding) showFaceOrPaper(ctx context.Context, a *applicant) error {
	if a.twist == noCamera {
		return s.giveUpCamera(ctx, a)
	}
	if a.road == sellers.RoadFace {
		return s.captureUntilAccepted(ctx, a)
	}
	return s.addPaper(ctx, a)
}

// captureUntilAccepted tries as often as people may; drawn heads are seen to
// turn less surely than real ones.
func (s *seeding) captureUntilAccepted(ctx context.Context, a *applicant) error {
	var result sellers.CaptureResult
	for range sellers.DefaultPolicy.FailedCaptures {
		var err error
		if result, err = s.capture(ctx, a, true); err != nil || result.Accepted {
			return err
		}
	}
	return fmt.Errorf("no capture of applicant %d was accepted: %v", a.seed, result.Reasons)
}

// giveUpCamera tries twice without following the prompts and then takes the
// road that needs no camera.
func (s *seeding) giveUpCamera(ctx context.Context, a *applicant) error {
	for range 2 {
		if _, err := s.capture(ctx, a, false); err != nil {
			return err
		}
	}
	if _, err := s.Sellers.ChooseRoad(ctx, a.actor, a.appID, sellers.RoadDocuments); err != nil {
		return err
	}
	return s.addPaper(ctx, a)
}

func (s *seeding) addPaper(ctx context.Context, a *applicant) error {
	_, err := s.Sellers.AddPaper(ctx, a.actor, a.appID, sellers.PaperUpload{
		Kind: sellers.UtilityBill, Bytes: a.photos[specimen.UtilityBill], Key: fmt.Sprintf("demo-%d-paper", a.seed),
	})
	return err
}

// capture is one try before the camera; who follows does what the service asks.
func (s *seeding) capture(ctx context.Context, a *applicant, follows bool) (sellers.CaptureResult, error) {
	who, err := a.face.Puppet(s.Meshes)
	if err != nil {
		return sellers.CaptureResult{}, err
	}
	s.sittings++
	sitting := Sit(who, s.sittings)
	sitting.Obeys = follows
	return s.Sellers.Film(ctx, a.actor, a.appID, sellers.Studio{Pass: s.Clock.Advance, Facts: demoCamera, Shoot: sitting.Shoot})
}

// demoCamera is what the demo's pages know of camera and browser.
var demoCamera = []byte(`{"label": "Demo camera", "width": 640, "height": 480, "script": {"trusted": true, "native": true}}`)

func (s *seeding) send(ctx context.Context, a *applicant) error {
	if _, err := s.Sellers.Submit(ctx, a.actor, a.appID); err != nil {
		return err
	}
	if a.end == inAnalysis {
		return nil // whoever starts the demo sees it run
	}
	_, err := s.Queue.Drain(ctx)
	return err
}

// reviewers of a case: who decides first, and the second person.
func (s *seeding) reviewers(a *applicant) (first, second audit.Actor) {
	n := int(a.seed) % 2
	return s.member(staff.Reviewer, n), s.member(staff.Reviewer, 1-n)
}
