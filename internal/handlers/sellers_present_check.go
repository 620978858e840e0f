package handlers

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// presentCheck shows every answer with the way to change it, and what is still
// missing.
func (s *Server) presentCheck(c echo.Context, app sellers.Application) (viewsellers.CheckProps, error) {
	frame, progress, err := s.way(c, app, words.CheckTitle, sellers.StepSend)
	if err != nil {
		return viewsellers.CheckProps{}, err
	}
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	fields, err := s.Sellers.Fields(ctx, actor, app.ID)
	if err != nil {
		return viewsellers.CheckProps{}, err
	}
	evidence, err := s.Sellers.Evidence(ctx, actor, app.ID)
	if err != nil {
		return viewsellers.CheckProps{}, err
	}
	return viewsellers.CheckProps{
		Frame: frame, Changed: c.QueryParam("changed") != "", Missing: missingSteps(app.ID, progress),
		Post: paths.ApplicationSubmission(app.ID), Version: strconv.FormatInt(app.Version, 10),
		Promise: words.Promise(s.Sellers.Policy.DecisionDays),
		Sections: []viewsellers.CheckSection{
			{ID: "check-details", Title: words.StepNameDetails, Rows: detailRows(app)},
			{ID: "check-document", Title: words.CheckDocument, Rows: documentRows(app, evidence, fields)},
			lastSection(app, evidence),
		},
	}, nil
}

func missingSteps(id string, p sellers.Progress) []viewsellers.Missing {
	var out []viewsellers.Missing
	for _, step := range p.Steps {
		if !step.Done && step.Name != sellers.StepSend {
			out = append(out, viewsellers.Missing{Name: words.Reason("step." + string(step.Name)), Href: stepPath(id, step.Name)})
		}
	}
	return out
}

func detailRows(app sellers.Application) []kit.SummaryRow {
	d, change := app.Details, paths.ApplicationDetails(app.ID)
	rows := []kit.SummaryRow{
		{Key: words.CheckCountry, Value: words.CountryName(d.Country), Change: change},
		{Key: words.CheckKind, Value: kindName(d.Kind), Change: change},
	}
	if d.Kind == sellers.Business {
		rows = append(rows, kit.SummaryRow{Key: words.DetailsBusinessName, Value: d.BusinessName, Change: change})
	}
	return append(rows,
		kit.SummaryRow{Key: words.CheckName, Value: strings.TrimSpace(d.GivenNames + " " + d.FamilyName), Change: change},
		kit.SummaryRow{Key: words.CheckBirth, Value: dayWritten(d.BirthDate), Change: change},
		kit.SummaryRow{Key: words.CheckAddress, Value: addressLine(d.Address), Change: change},
		kit.SummaryRow{Key: words.CheckRoad, Value: roadShown(app.Road), Change: paths.ApplicationRoad(app.ID)},
	)
}

func roadShown(road sellers.Road) string {
	if road == sellers.NoRoad {
		return ""
	}
	return roadChosen(road)
}

// documentRows lists the sides that are in and what was read from them.
func documentRows(app sellers.Application, evidence []sellers.Evidence, fields []sellers.Field) []kit.SummaryRow {
	rows := []kit.SummaryRow{{Key: words.DocumentKindLabel, Value: words.DocumentKindName(string(app.DocumentKind)), Change: paths.ApplicationDocument(app.ID)}}
	for _, side := range app.DocumentKind.Sides() {
		row := kit.SummaryRow{Key: words.DocumentSideName(string(app.DocumentKind), string(side)), Change: sidePath(app.ID, side, app.DocumentKind)}
		if e, found := sideEvidence(evidence, app.DocumentKind, side); found {
			row.Value = words.PictureSent(e.At, e.Width, e.Height)
			row.Note = strings.Join(sayReasons(e.Findings), " ")
		}
		rows = append(rows, row)
	}
	for _, f := range fields {
		row := kit.SummaryRow{Key: words.FieldName(string(f.Name)), Value: writtenOut(f.Name, f.Value()), Change: paths.ApplicationReading(app.ID)}
		if f.Corrected != "" {
			row.Note = words.CorrectedFrom(writtenOut(f.Name, f.Read))
		}
		rows = append(rows, row)
	}
	return rows
}

// lastSection is the face on the one road and the second paper on the other.
func lastSection(app sellers.Application, evidence []sellers.Evidence) viewsellers.CheckSection {
	if app.Road == sellers.RoadDocuments {
		section := viewsellers.CheckSection{ID: "check-paper", Title: words.CheckPaper}
		for _, e := range evidence {
			if e.Kind == sellers.EvidencePaper {
				section.Rows = append(section.Rows, kit.SummaryRow{Key: words.PaperKindName(string(e.PaperKind)),
					Value: words.PictureSent(e.At, e.Width, e.Height), Note: strings.Join(sayReasons(e.Findings), " "), Change: paths.ApplicationPaper(app.ID)})
			}
		}
		if len(section.Rows) == 0 {
			section.Rows = []kit.SummaryRow{{Key: words.CheckPaper, Change: paths.ApplicationPaper(app.ID)}}
		}
		return section
	}
	row := kit.SummaryRow{Key: words.CheckPictures, Change: paths.ApplicationFace(app.ID)}
	for _, e := range evidence {
		if e.Kind == sellers.EvidenceFrame {
			row.Value = words.CheckFaceIn
		}
	}
	return viewsellers.CheckSection{ID: "check-face", Title: words.CheckFace, Rows: []kit.SummaryRow{row}}
}
