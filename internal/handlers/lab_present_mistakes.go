package handlers

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// shownMistakes is how many errors of a kind a page lists.
const shownMistakes = 24

// presentMistakes lists where a run erred. Pictures and what stands on documents
// are for who answers for them, and only while they are there.
func (s *Server) presentMistakes(c echo.Context, run laboratory.Run) (*viewlab.Mistakes, error) {
	if run.Synthetic() {
		return nil, nil
	}
	ctx, v := c.Request().Context(), visitorOf(c)
	set, err := s.Lab.Set(ctx, v.actor(), run.SetID)
	if err != nil {
		return nil, err
	}
	m := &viewlab.Mistakes{Gone: set.State != laboratory.Ready, May: labKeepers.lets(v) && set.State == laboratory.Ready}
	picture := func(file string) string { return paths.LabPicture(run.ID, laboratory.FileID(file)) }
	switch run.Kind {
	case laboratory.Face:
		var r lab.FaceReport
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
		}
		addMistakes(m, words.ReportMatches, pairMistakes(r.FalseMatches, picture))
		addMistakes(m, words.ReportMisses, pairMistakes(r.FalseNonMatches, picture))
		addMistakes(m, words.ReportMissed, missedMistakes(r.Missed, picture))
	case laboratory.Identify:
		var r lab.IdentifyReport
		if err := json.Unmarshal(run.Report, &r); err != nil {
			return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
		}
		addMistakes(m, words.ReportHits, pairMistakes(r.Hits, picture))
	case laboratory.Document:
		if !m.May {
			break
		}
		cases, err := s.Lab.DocumentCases(ctx, v.actor(), run.ID)
		if err != nil {
			return nil, err
		}
		addMistakes(m, words.ReportErrors, documentMistakes(cases, picture))
	}
	return m, nil
}

func addMistakes(m *viewlab.Mistakes, title string, list []viewlab.Mistake) {
	if len(list) == 0 {
		return
	}
	m.Groups = append(m.Groups, viewlab.MistakeGroup{Title: title, Total: words.Number(len(list)), List: list[:min(len(list), shownMistakes)]})
}

func pairMistakes(list []lab.Pair, picture func(string) string) []viewlab.Mistake {
	var out []viewlab.Mistake
	for _, p := range list {
		out = append(out, viewlab.Mistake{Text: words.PairText(p.SubjectA, p.SubjectB, p.Distance), Pictures: []string{picture(p.A), picture(p.B)}})
	}
	return out
}

func missedMistakes(list []lab.Missed, picture func(string) string) []viewlab.Mistake {
	var out []viewlab.Mistake
	for i, m := range list {
		out = append(out, viewlab.Mistake{Text: words.Number(i+1) + ": " + words.ReportMissedReason(m.Reason), Pictures: []string{picture(m.File)}})
	}
	return out
}

func documentMistakes(list []lab.DocumentCase, picture func(string) string) []viewlab.Mistake {
	var out []viewlab.Mistake
	for i, m := range list {
		out = append(out, viewlab.Mistake{Text: words.Number(i+1) + ": " + m.Note, Pictures: []string{picture(m.Image)}, Pairs: []kit.SummaryRow{
			{Key: words.ReportLabelled, Value: strings.Join(m.Want, " / ")}, {Key: words.ReportReadAs, Value: strings.Join(m.Got, " / ")},
		}})
	}
	return out
}
