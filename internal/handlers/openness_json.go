package handlers

import (
	"time"

	"truepenny/internal/answers"
	"truepenny/internal/refusals"
	"truepenny/internal/registers"
	"truepenny/views/words"
)

// The shapes below are documented in docs/openness.md: fields are added, never
// renamed.

type answersDocument struct {
	Format  string       `json:"format"` // "truepenny-answers-1"
	Made    time.Time    `json:"made"`
	Answers []answerJSON `json:"answers"`
}

type answerJSON struct {
	Question string          `json:"question"`
	Short    string          `json:"short"`
	Asked    string          `json:"asked"`
	By       string          `json:"asked_by"`
	Answer   []string        `json:"answer"`
	Facts    map[string]any  `json:"facts"`
	Since    time.Time       `json:"since"`
	Check    *checkJSON      `json:"check,omitempty"`
	Before   []earlierAnswer `json:"before"`
}

type earlierAnswer struct {
	Answer []string       `json:"answer"`
	Facts  map[string]any `json:"facts"`
	Since  time.Time      `json:"since"`
	Until  time.Time      `json:"until"`
}

type checkJSON struct {
	Code   string             `json:"code"`
	Title  string             `json:"title,omitempty"`
	Refuse string             `json:"refuses,omitempty"`
	Test   string             `json:"test,omitempty"`
	Result string             `json:"result"` // holds, fails, unknown
	At     *time.Time         `json:"at"`
	Since  *time.Time         `json:"since"`
	Late   bool               `json:"late"`
	Seen   refusals.Seen      `json:"looked_at"`
	Found  []refusals.Finding `json:"found"`
	Before []turnJSON         `json:"changes,omitempty"`
}

type turnJSON struct {
	Result string             `json:"result"`
	At     time.Time          `json:"at"`
	Found  []refusals.Finding `json:"found"`
}

type refusalsDocument struct {
	Format    string          `json:"format"` // "truepenny-refusals-1"
	Refusals  []checkJSON     `json:"refusals"`
	WhoSearch searchStatement `json:"who_may_search_by_face"`
}

type searchStatement struct {
	Outsiders *bool `json:"outsiders"` // false while the check holds; null while nothing shows it
	refusals.Search
}

func (s *Server) encodeAnswers(all []answers.Answer, results checkResults) answersDocument {
	out := answersDocument{Format: "truepenny-answers-1", Made: s.clock.Now().UTC(), Answers: []answerJSON{}}
	for _, a := range all {
		row := answerJSON{Question: a.Question, Short: words.QuestionShort(a.Question), Asked: words.QuestionFull(a.Question), By: words.QuestionBy(a.Question),
			Answer: a.Text, Facts: a.Facts, Since: a.Since.UTC(), Before: []earlierAnswer{}}
		for _, b := range a.Before {
			row.Before = append(row.Before, earlierAnswer{b.Text, b.Facts, b.Since, b.Until})
		}
		if code := proofOf[a.Question]; code != "" {
			check := encodeCheck(results[code], false)
			row.Check = &check
		}
		out.Answers = append(out.Answers, row)
	}
	return out
}

func encodeCheck(r refusals.Result, full bool) checkJSON {
	out := checkJSON{Code: r.Code, Result: "unknown", Late: r.Late, Seen: r.Seen, Found: found(r.Found)}
	if r.Known {
		at, since := r.At, r.Since
		out.Result, out.At, out.Since = resultCode(r.Holds), &at, &since
	}
	if !full {
		return out
	}
	out.Title, out.Refuse, out.Test = words.RefusalTitle(r.Code), words.RefusalText(r.Code), words.RefusalTest(r.Code)
	for _, t := range r.Turns {
		out.Before = append(out.Before, turnJSON{resultCode(t.Holds), t.At, found(t.Found)})
	}
	return out
}

func found(list []refusals.Finding) []refusals.Finding {
	if list == nil {
		return []refusals.Finding{}
	}
	return list
}

func resultCode(holds bool) string {
	if holds {
		return "holds"
	}
	return "fails"
}

func encodeRefusals(results []refusals.Result, search refusals.Search) refusalsDocument {
	out := refusalsDocument{Format: "truepenny-refusals-1", Refusals: []checkJSON{}, WhoSearch: searchStatement{Search: search}}
	for _, r := range results {
		if r.Code == refusals.PoliceSearch && r.Known && r.Holds {
			out.WhoSearch.Outsiders = new(bool)
		}
		out.Refusals = append(out.Refusals, encodeCheck(r, true))
	}
	return out
}

type demandsDocument struct {
	Format   string           `json:"format"` // "truepenny-demands-1"
	Received string           `json:"received"`
	Given    string           `json:"data_given_out"`
	Refused  string           `json:"refused"`
	Searches string           `json:"searches_by_face_demanded"`
	Demands  []registers.Told `json:"demands"`
}

func encodeDemands(p registers.Public) demandsDocument {
	return demandsDocument{Format: "truepenny-demands-1", Received: words.DemandCount(len(p.All)), Given: words.DemandCount(p.Given),
		Refused: words.DemandCount(p.Refused), Searches: words.DemandCount(p.Searches), Demands: p.All}
}
