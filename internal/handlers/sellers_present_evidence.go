package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// evidenceFacts says what becomes of pictures of documents.
func (s *Server) evidenceFacts(why string) []kit.SummaryRow {
	return []kit.SummaryRow{
		{Key: words.WhyAsked, Value: why},
		{Key: words.WhatIsKept, Value: words.DocumentsKept(days(s.Sellers.Policy.DocumentsKept))},
	}
}

func (s *Server) presentDocument(c echo.Context, app sellers.Application) (viewsellers.DocumentProps, error) {
	frame, _, err := s.way(c, app, words.DocumentTitle, sellers.StepDocument)
	if err != nil {
		return viewsellers.DocumentProps{}, err
	}
	p := viewsellers.DocumentProps{Frame: frame, Action: paths.ApplicationDocument(app.ID), Facts: s.evidenceFacts(words.DocumentWhy)}
	if app.DocumentKind == "" || c.QueryParam("other") != "" || c.QueryParam("ask") != "" {
		p.Replace = app.DocumentKind != ""
		p.Kinds = documentKinds()
		if c.QueryParam("ask") != "" { // sent without a choice
			p.Wrong = kit.Errors{"kind": words.Reason("field.choice")}
			p.Errors = []kit.FieldError{{Target: "kind-0", Text: p.Wrong["kind"]}}
		}
		return p, nil
	}
	all, err := s.Sellers.Evidence(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return p, err
	}
	p.Kind, p.Other = string(app.DocumentKind), paths.With(p.Action, "other", "1")
	for _, side := range app.DocumentKind.Sides() {
		p.Sides = append(p.Sides, presentSidePlace(app, side, all))
	}
	p.Next, err = s.nextOfDocument(c, app.ID)
	return p, err
}

func documentKinds() []kit.Choice {
	var out []kit.Choice
	for _, kind := range sellers.DocumentKinds {
		out = append(out, kit.Choice{Value: string(kind), Title: words.DocumentKindName(string(kind)), Help: words.DocumentKindHelp(string(kind))})
	}
	return out
}

// presentSidePlace is the place of one side, with its picture when there is one.
func presentSidePlace(app sellers.Application, side sellers.Side, all []sellers.Evidence) viewsellers.Picture {
	kind := app.DocumentKind
	p := viewsellers.Picture{Name: words.DocumentSideName(string(kind), string(side)), Href: sidePath(app.ID, side, kind), Action: words.DocumentAdd}
	if e, found := sideEvidence(all, kind, side); found {
		fillPicture(&p, app, e)
		p.Action = words.DocumentReplace
		p.Href = paths.With(paths.ApplicationSide(app.ID, string(side)), "again", "1", "kind", string(kind))
	}
	return p
}

// sideEvidence is the newest picture of one side.
func sideEvidence(all []sellers.Evidence, kind sellers.DocumentKind, side sellers.Side) (sellers.Evidence, bool) {
	var newest sellers.Evidence
	for _, e := range all {
		if e.Kind == sellers.EvidenceDocument && e.DocumentKind == kind && e.Side == side && (newest.ID == "" || e.At.After(newest.At)) {
			newest = e
		}
	}
	return newest, newest.ID != ""
}

func fillPicture(p *viewsellers.Picture, app sellers.Application, e sellers.Evidence) {
	p.Src, p.Alt = paths.ApplicationEvidence(app.ID, e.ID), words.PictureOf(p.Name)
	p.Note = words.PictureSent(e.At, e.Width, e.Height)
	p.Findings = sayReasons(e.Findings)
	if app.State.Editable() {
		p.Remove = paths.ApplicationRemoval(app.ID, e.ID)
	}
}

// presentSide shows the picture of a side that was sent, or the place to send
// one when there is none, another one is wanted, or the last one was refused.
func (s *Server) presentSide(c echo.Context, app sellers.Application, kind sellers.DocumentKind, side sellers.Side, refused error) (viewsellers.SideProps, error) {
	frame, _, err := s.way(c, app, words.DocumentSideTitle(string(kind), string(side)), sellers.StepDocument)
	if err != nil {
		return viewsellers.SideProps{}, err
	}
	p := viewsellers.SideProps{Frame: frame, Title: frame.Title, Back: paths.ApplicationDocument(app.ID), Facts: s.evidenceFacts(words.DocumentWhy)}
	all, err := s.Sellers.Evidence(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return p, err
	}
	e, found := sideEvidence(all, kind, side)
	if found && refused == nil && c.QueryParam("again") == "" {
		p.Sent, err = s.presentSent(c, app, e)
		return p, err
	}
	p.Tips = true
	p.Capture = &kit.CaptureDocumentProps{
		Post: paths.ApplicationSide(app.ID, string(side)), Key: ids.New("key"), Card: kind != sellers.Passport,
		Label: words.DocumentChoose, Help: words.PictureLimits(s.Sellers.Policy.UploadBytes),
		Hidden: []kit.Hidden{{Name: "kind", Value: string(kind)}},
	}
	if refused != nil {
		p.Capture.Error = words.Reason(errs.ReasonOf(refused))
		p.Errors = []kit.FieldError{{Target: "capture-document-file", Text: p.Capture.Error}}
	}
	return p, nil
}

func (s *Server) presentSent(c echo.Context, app sellers.Application, e sellers.Evidence) (*viewsellers.Sent, error) {
	use, err := s.nextOfDocument(c, app.ID)
	if err != nil {
		return nil, err
	}
	sent := viewsellers.Sent{Picture: viewsellers.Picture{Name: words.DocumentSideName(string(e.DocumentKind), string(e.Side))}, Use: use}
	fillPicture(&sent.Picture, app, e)
	sent.Again = paths.With(paths.ApplicationSide(app.ID, string(e.Side)), "kind", string(e.DocumentKind), "again", "1")
	return &sent, nil
}
