package refusals

import (
	"slices"
	"strings"
	"testing"
	"time"

	"truepenny/internal/privacy"
)

const (
	goodPolicy  = "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; form-action 'self'"
	goodSensors = "camera=(), microphone=(), geolocation=(), usb=(), display-capture=()"
)

// honest is a small program that does nothing that is refused.
func honest() Program {
	return Program{
		Routes: []Route{
			{Method: "GET", Path: "/", Name: "home", Who: []string{"anyone"}},
			{Method: "POST", Path: "/application/:id/document/:side", Name: "applications.document.add", Who: []string{"seller"}, Camera: true, Takes: true},
			{Method: "GET", Path: "/console/cases", Name: "cases.list", Who: []string{"reviewer"}},
		},
		Commands: []string{"serve", "lab face", "lab identify"},
		Roles:    []string{"reviewer", "auditor"},
		Pages: []Page{
			{Path: "/", As: AsNobody, Status: 200, ContentPolicy: goodPolicy, PermissionsPolicy: goodSensors, Sources: []string{"/static/app.css", "#main"}, Fields: []string{"email"}},
			{Path: "/application/none/face", As: AsSeller, Status: 404, ContentPolicy: goodPolicy, PermissionsPolicy: strings.Replace(goodSensors, "camera=()", "camera=(self)", 1), Camera: true},
			{Path: "/console/cases", As: AsStaff, Status: 200, ContentPolicy: goodPolicy, PermissionsPolicy: goodSensors, Fields: []string{"state"}},
		},
		Schema:   []Table{{"sellers_applications", []string{"id", "family_name"}}, {"sellers_captures", []string{"id", "frames"}}, {"staff_members", []string{"id", "name", "roles"}}},
		Purposes: privacy.Purposes(),
		Networks: []string{"face-api-recognition", "human-iris"},
		Join:     &Join{Keys: 4, Items: 6, At: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)},
	}
}

func TestAProgramThatDoesNothingRefusedHoldsEveryCheck(t *testing.T) {
	for _, r := range judge(honest()) {
		if !r.Holds {
			t.Errorf("%s: %v", r.Code, r.Found)
		}
	}
}

func table(p *Program, name string, columns ...string) {
	p.Schema = append(p.Schema, Table{name, append([]string{"id"}, columns...)})
}

// TestEveryCheckSeesWhatItRefuses plants one violation at a time.
func TestEveryCheckSeesWhatItRefuses(t *testing.T) {
	for _, c := range []struct {
		code, where string
		plant       func(p *Program)
	}{
		{Advertising, "table", func(p *Program) { table(p, "ad_campaigns") }},
		{Advertising, "column", func(p *Program) { table(p, "accounts_mails", "newsletter") }},
		{Advertising, "route", func(p *Program) {
			p.Routes = append(p.Routes, Route{Method: "GET", Path: "/recommendations", Name: "r", Who: []string{"anyone"}})
		}},
		{Advertising, "purpose", func(p *Program) { p.Purposes = without(p.Purposes, "advertising") }},
		{Advertising, "purpose", func(p *Program) {
			p.Purposes = append(p.Purposes, privacy.Purpose{ID: "marketing", Never: []string{"advertising", "sale", "training"}})
		}},
		{FacePalm, "join", func(p *Program) { p.Join.Opened = 1 }},
		{FacePalm, "nothing", func(p *Program) { p.Join = nil }},
		{FacePalm, "table", func(p *Program) { table(p, "people", "face_id", "palm_id") }},
		{FacePalm, "purpose", func(p *Program) {
			p.Purposes = append(p.Purposes, privacy.Purpose{ID: "both", Modality: privacy.ModalityFace, Uses: []string{"palm-pictures"}})
		}},
		{PoliceSearch, "route", func(p *Program) {
			p.Routes = append(p.Routes, Route{Method: "POST", Path: "/people", Name: "people.find", Who: []string{"anyone"}, Takes: true})
		}},
		{PoliceSearch, "route", func(p *Program) { p.Routes[1].Who = []string{"anyone"} }},
		{PoliceSearch, "route", func(p *Program) {
			p.Routes = append(p.Routes, Route{Method: "POST", Path: "/console/face-search", Name: "x", Who: []string{"security"}})
		}},
		{PoliceSearch, "command", func(p *Program) { p.Commands = append(p.Commands, "search") }},
		{PoliceSearch, "role", func(p *Program) { p.Roles = append(p.Roles, "police") }},
		{PoliceSearch, "table", func(p *Program) { table(p, "watchlists") }},
		{PoliceSearch, "purpose", func(p *Program) { p.Purposes = without(p.Purposes, "police-search") }},
		{FacePayment, "purpose", func(p *Program) {
			p.Purposes = append(p.Purposes, privacy.Purpose{ID: "face-payment", Modality: privacy.ModalityFace})
		}},
		{FacePayment, "table", func(p *Program) { table(p, "charges", "amount", "face_item") }},
		{FacePayment, "route", func(p *Program) {
			p.Routes = append(p.Routes, Route{Method: "POST", Path: "/pay/face", Name: "x", Who: []string{"seller"}})
		}},
		{Voiceprints, "table", func(p *Program) { table(p, "voiceprints") }},
		{Voiceprints, "page", func(p *Program) {
			p.Pages[0].PermissionsPolicy = strings.Replace(goodSensors, "microphone=()", "microphone=(self)", 1)
		}},
		{Voiceprints, "network", func(p *Program) { p.Networks = append(p.Networks, "speaker-embedding") }},
		{Emotion, "network", func(p *Program) { p.Networks = append(p.Networks, "face-expression") }},
		{Emotion, "column", func(p *Program) { table(p, "sellers_more", "mood") }},
		{Emotion, "purpose", func(p *Program) { p.Purposes = without(p.Purposes, "emotion") }},
		{Training, "command", func(p *Program) { p.Commands = append(p.Commands, "training export") }},
		{Training, "purpose", func(p *Program) { p.Purposes = without(p.Purposes, "training") }},
		{Incentives, "column", func(p *Program) { table(p, "palm_enrolments", "reward") }},
		{Incentives, "field", func(p *Program) { p.Pages[0].Fields = append(p.Pages[0].Fields, "promo-code") }},
		{StaffWebcam, "table", func(p *Program) { table(p, "staff_webcam") }},
		{StaffWebcam, "page", func(p *Program) {
			p.Pages[2].PermissionsPolicy = strings.Replace(goodSensors, "camera=()", "camera=(self)", 1)
		}},
		{StaffWebcam, "page", func(p *Program) { p.Pages[2].PermissionsPolicy = "" }},
		{StaffWebcam, "nothing", func(p *Program) { p.Pages = p.Pages[:2] }},
		{KeyContent, "column", func(p *Program) { table(p, "guard_windows", "keystrokes") }},
		{Wearables, "column", func(p *Program) { table(p, "staff_more", "heart_rate") }},
		{Wearables, "page", func(p *Program) { p.Pages[1].PermissionsPolicy = "camera=()" }},
		{FamilyMedical, "column", func(p *Program) { table(p, "staff_more", "children") }},
		{FamilyMedical, "field", func(p *Program) { p.Pages[2].Fields = append(p.Pages[2].Fields, "medical_notes") }},
		{Polygraph, "column", func(p *Program) { table(p, "staff_more", "polygraph_on") }},
		{Knowledge, "field", func(p *Program) { p.Pages[0].Fields = append(p.Pages[0].Fields, "security-question") }},
		{ThirdParty, "page", func(p *Program) {
			p.Pages[0].Sources = append(p.Pages[0].Sources, "https://pixel.example/p.js")
		}},
		{ThirdParty, "page", func(p *Program) { p.Pages[0].Sources = append(p.Pages[0].Sources, "//cdn.example/font.woff2") }},
		{ThirdParty, "page", func(p *Program) {
			p.Pages[2].ContentPolicy = strings.Replace(goodPolicy, "script-src 'self'", "script-src 'self' 'unsafe-inline'", 1)
		}},
		{ThirdParty, "page", func(p *Program) { p.Pages[2].ContentPolicy += "; connect-src https://stats.example" }},
		{ThirdParty, "page", func(p *Program) { p.Pages[2].ContentPolicy = "" }},
	} {
		p := honest()
		c.plant(&p)
		r := only(t, judge(p), c.code)
		if r.Holds || !slices.ContainsFunc(r.Found, func(f Finding) bool { return f.Where == c.where }) {
			t.Errorf("%s did not see the %s: %v", c.code, c.where, r.Found)
		}
	}
}

func TestACheckThatHasNothingToLookAtDoesNotHold(t *testing.T) {
	for _, r := range judge(Program{}) {
		if r.Holds {
			t.Errorf("%s holds for a program that nobody looked at", r.Code)
		}
	}
}

func TestWordsAreFoundWholeAndInTheirPlural(t *testing.T) {
	for name, want := range map[string]bool{"staff_webcam": true, "StaffWebcams": true, "/x/webcam-frames": true, "webcamera": false, "web_cam": false} {
		if named(name, []string{"webcam"}) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
	if named("lie_of_the_land_detector", []string{"lie detector"}) || !named("staff_lie_detector", []string{"lie detector"}) {
		t.Error("two words count only behind each other")
	}
}

func TestTheSearchStatementNamesWhereverAPictureGoesIn(t *testing.T) {
	s := statement(honest())
	if len(s.Places) != 1 || s.Places[0].Answers != ownApplication || s.Places[0].Who[0] != "seller" || len(s.Commands) != 1 {
		t.Fatalf("got %+v", s)
	}
}

// without is the list with one use ruled out nowhere.
func without(list []privacy.Purpose, use string) []privacy.Purpose {
	out := slices.Clone(list)
	for i := range out {
		out[i].Never = slices.DeleteFunc(slices.Clone(out[i].Never), func(n string) bool { return n == use })
	}
	return out
}

func only(t *testing.T, all []Result, code string) Result {
	t.Helper()
	for _, r := range all {
		if r.Code == code {
			return r
		}
	}
	t.Fatalf("there is no check %s", code)
	return Result{}
}

func TestPagesThatDoNotOpenShowNothing(t *testing.T) {
	p := honest()
	for i := range p.Pages {
		p.Pages[i].Status = 404
	}
	for _, r := range judge(p) {
		if (r.Code == Knowledge || r.Code == ThirdParty) && (r.Holds || r.Seen.Pages != 0) {
			t.Errorf("%s holds on %d pages, of which none opened", r.Code, r.Seen.Pages)
		}
	}
	p = honest()
	p.Pages[0].Status = 500
	for _, r := range judge(p) {
		if r.Code == ThirdParty && r.Holds {
			t.Error("a page that broke has shown that it loads nothing from elsewhere")
		}
	}
}
