package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/layout"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// public is the frame of pages that sellers and visitors see.
func (s *Server) public(c echo.Context, title string) layout.PublicProps {
	p := layout.PublicProps{Page: s.page(c, title), Footer: append(opennessLinks(), layout.Link{Label: words.PurposesLink, Href: paths.Purposes()}, layout.Link{Label: words.NoticesLink, Href: paths.Notices()}, layout.Link{Label: words.ReportsNav, Href: paths.Reports()},
		layout.Link{Label: words.ParityPublicNav, Href: paths.PublicParity()}, layout.Link{Label: words.TestsPublic, Href: paths.PublicExperiments()})}
	if visitorOf(c).isSeller() {
		p.Nav = []layout.Link{{Label: words.NavApplication, Href: paths.Application()}, {Label: words.MyDataNav, Href: paths.MyData()}, {Label: words.NavAccount, Href: paths.Account()}}
		p.Who = "" // the address is on the account page; nobody beside the screen needs it
	}
	if text := words.Said[c.QueryParam("said")]; text != "" {
		p.Flash = []kit.Message{{Tone: kit.ToneGood, Text: text}}
	}
	return p
}

// way is the frame of a page on the seller's way, at one of its steps.
func (s *Server) way(c echo.Context, app sellers.Application, title string, at sellers.StepName) (viewsellers.Frame, sellers.Progress, error) {
	f := viewsellers.Frame{PublicProps: s.public(c, title)}
	for i := range f.Nav {
		f.Nav[i].Current = i == 0
	}
	progress, err := s.Sellers.Progress(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil || !app.State.Editable() {
		return f, progress, err
	}
	for _, step := range progress.Steps {
		f.Steps = append(f.Steps, presentStep(app, step, at))
	}
	return f, progress, nil
}

func presentStep(app sellers.Application, step sellers.ProgressStep, at sellers.StepName) kit.Step {
	out := kit.Step{Name: stepName(app.Road, step.Name), State: kit.Waiting, Current: step.Name == at, Href: stepPath(app.ID, step.Name)}
	if step.Done {
		out.State = kit.Done
	}
	return out
}

func stepName(road sellers.Road, step sellers.StepName) string {
	if road == sellers.NoRoad && step == sellers.StepCapture {
		return words.StepNameEither // nothing is decided for the person
	}
	switch step {
	case sellers.StepDetails:
		return words.StepNameDetails
	case sellers.StepRoad:
		return words.StepNameRoad
	case sellers.StepDocument:
		return words.StepNameDocument
	case sellers.StepCapture:
		return words.StepNameFace
	case sellers.StepPaper:
		return words.StepNamePaper
	}
	return words.StepNameSend
}

// fieldErrors words the wrong fields of an error.
func fieldErrors(err error) kit.Errors {
	out := kit.Errors{}
	for name, reason := range errs.FieldsOf(err) {
		if name == "country" && reason == "field.required" {
			reason = "field.choice" // it is a list
		}
		out[name] = words.Reason(reason)
	}
	return out
}

func (s *Server) presentStart(c echo.Context) viewsellers.StartProps {
	return viewsellers.StartProps{
		Frame: viewsellers.Frame{PublicProps: s.public(c, words.ApplyStartTitle)}, Post: paths.Applications(),
		Kept: []kit.SummaryRow{{Key: words.WhatIsKept, Value: words.DraftKept(days(s.Sellers.Policy.DraftKept))}, {Key: words.WhoDecides, Value: words.APerson}},
	}
}

// roads are the two roads as cards of the same size and weight, in an order; what
// pressing them does is up to the page.
func (s *Server) roads(order []sellers.Road, face, papers kit.Road) []kit.Road {
	policy := s.Sellers.Policy
	face.Icon, face.Title, face.Text = kit.GlyphFace, words.RoadFaceTitle, words.RoadFaceText
	face.Points = []string{words.RoadFaceTime(captureSeconds), words.RoadFaceNeeds, words.RoadKept(days(policy.FaceKept))}
	papers.Icon, papers.Title, papers.Text = kit.GlyphDocument, words.RoadPapersTitle, words.RoadPapersText
	papers.Points = []string{words.RoadPapersNeeds, words.RoadPapersNoMarker, words.RoadKept(days(policy.DocumentsKept))}
	known := map[sellers.Road]kit.Road{sellers.RoadFace: face, sellers.RoadDocuments: papers}
	var out []kit.Road
	for _, road := range order {
		out = append(out, known[road])
	}
	return out
}

// sayReasons words reason ids, each sentence once.
func sayReasons(ids []string) []string {
	var out []string
	for _, id := range ids {
		if text := words.Reason(id); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}
