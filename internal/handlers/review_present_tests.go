package handlers

import (
	"maps"
	"slices"
	"strconv"

	"truepenny/views/kit"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentTests puts what each test of the capture found into words, with the
// figures behind a click: they are for those who decide, never for applicants.
func presentTests(check *review.Check, f caseFile) {
	if len(f.Captures) == 0 || len(f.Captures[0].Findings) == 0 {
		return
	}
	check.Closing = words.CaptureClosing
	for _, finding := range f.Captures[0].Findings {
		check.Tests = append(check.Tests, review.Test{
			Title: words.TestName(finding.Check), Outcome: kit.Outcome(finding.Outcome),
			Word: words.TestWord(finding.Check, string(finding.Outcome), finding.Reason),
			Text: words.TestText(finding.Check, string(finding.Outcome), finding.Reason), Figures: figures(finding.Values),
		})
	}
}

func figures(values map[string]float64) []kit.SummaryRow {
	var rows []kit.SummaryRow
	for _, key := range slices.Sorted(maps.Keys(values)) {
		rows = append(rows, kit.SummaryRow{Key: words.FigureName(key), Value: strconv.FormatFloat(values[key], 'g', 4, 64)})
	}
	return rows
}
