package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// presentPaper shows the papers that are in, and asks for the kind and then the
// picture of one more.
func (s *Server) presentPaper(c echo.Context, app sellers.Application, refused error) (viewsellers.PaperProps, error) {
	frame, progress, err := s.way(c, app, words.PaperTitle, sellers.StepPaper)
	if err != nil {
		return viewsellers.PaperProps{}, err
	}
	all, err := s.Sellers.Evidence(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return viewsellers.PaperProps{}, err
	}
	p := viewsellers.PaperProps{Frame: frame, Action: paths.ApplicationPaper(app.ID), Facts: s.evidenceFacts(words.PaperWhy)}
	for _, e := range all {
		if e.Kind == sellers.EvidencePaper {
			paper := viewsellers.Picture{Name: words.PaperKindName(string(e.PaperKind))}
			fillPicture(&paper, app, e)
			p.Papers = append(p.Papers, paper)
		}
	}
	needed := slices.ContainsFunc(progress.Steps, func(st sellers.ProgressStep) bool { return st.Name == sellers.StepPaper && !st.Done })
	needed = needed && app.State.Editable()
	room := len(p.Papers) < s.Sellers.Policy.Papers
	switch {
	case !app.State.Editable():
		p.Next = paths.ApplicationPage(app.ID)
	case !needed:
		p.Next = stepPath(app.ID, progress.Next)
	}
	p.Add, p.Enough = room, !room
	kind := sellers.PaperKind(c.FormValue("kind"))
	switch {
	case room && slices.Contains(sellers.PaperKinds, kind):
		p.Capture = s.paperCapture(app, kind)
	case room && (needed || c.QueryParam("add") != ""):
		p.Kinds = paperKinds()
	}
	if refused != nil {
		text := words.Reason(errs.ReasonOf(refused))
		p.Errors = []kit.FieldError{{Target: "capture-document-file", Text: text}}
		if p.Capture != nil {
			p.Capture.Error = text
		}
	}
	return p, nil
}

func (s *Server) paperCapture(app sellers.Application, kind sellers.PaperKind) *kit.CaptureDocumentProps {
	return &kit.CaptureDocumentProps{
		Post: paths.ApplicationPaper(app.ID), Key: ids.New("key"), Accept: kit.Papers, Label: words.PaperKindName(string(kind)),
		Help: words.PaperLimits(s.Sellers.Policy.UploadBytes), Hidden: []kit.Hidden{{Name: "kind", Value: string(kind)}},
	}
}

func paperKinds() []kit.Choice {
	var out []kit.Choice
	for _, kind := range sellers.PaperKinds {
		out = append(out, kit.Choice{Value: string(kind), Title: words.PaperKindName(string(kind)), Help: words.PaperKindHelp(string(kind))})
	}
	return out
}
