package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/answers"
	"truepenny/internal/coarse"
	"truepenny/internal/refusals"
	"truepenny/internal/registers"
	"truepenny/views/kit"
	"truepenny/views/layout"
	"truepenny/views/openness"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// opennessLinks stand at the foot of every page that sellers and visitors see.
func opennessLinks() []layout.Link {
	return []layout.Link{
		{Label: words.AnswersNav, Href: paths.Answers()}, {Label: words.RefusalsNav, Href: paths.Refusals()}, {Label: words.PracticeNav, Href: paths.Practice()},
		{Label: words.ProcessorsNav, Href: paths.Processors()}, {Label: words.DemandsNav, Href: paths.Demands()}, {Label: words.PublicLogNav, Href: paths.PublicLog()},
	}
}

// open is the frame of the public pages about the system.
func (s *Server) open(c echo.Context, title string) layout.PublicProps {
	p := s.public(c, title)
	p.Wide = true
	if len(p.Nav) == 0 {
		p.Nav = opennessLinks()[:3]
		p.Nav = append(p.Nav, layout.Link{Label: words.ReportsNav, Href: paths.Reports()})
	}
	for i := range p.Nav {
		p.Nav[i].Current = p.Nav[i].Href == c.Request().URL.Path
	}
	return p
}

// checkResults are the last results by the code of their refusal.
type checkResults map[string]refusals.Result

func byCode(list []refusals.Result) checkResults {
	out := checkResults{}
	for _, r := range list {
		out[r.Code] = r
	}
	return out
}

// proofOf names the check that shows that an answer is true.
var proofOf = map[string]string{
	"advertising": refusals.Advertising, "pairing": refusals.FacePalm, "other-purposes": refusals.Training, "police": refusals.PoliceSearch,
	"security": refusals.ThirdParty,
}

func (s *Server) presentAnswers(c echo.Context, all []answers.Answer, results checkResults) openness.AnswersProps {
	p := openness.AnswersProps{PublicProps: s.open(c, words.AnswersTitle), Counted: words.AnswersMade(s.clock.Now())}
	for i, a := range all {
		shown := s.presentSaid(a, results)
		if i < answers.Senators {
			p.Senators = append(p.Senators, shown)
		} else {
			p.Others = append(p.Others, shown)
		}
	}
	p.Changes = answerChanges(all)
	return p
}

func (s *Server) presentSaid(a answers.Answer, results checkResults) openness.Answer {
	out := openness.Answer{ID: a.Question, Question: words.QuestionShort(a.Question), Full: words.QuestionFull(a.Question), By: words.QuestionBy(a.Question),
		Text: a.Text, Since: words.Moment(a.Since)}
	// What follows a line that ends in a colon is a list.
	if at := slices.IndexFunc(a.Text, func(t string) bool { return strings.HasSuffix(t, ":") }); at >= 0 {
		out.Text, out.List = a.Text[:at+1], a.Text[at+1:]
	}
	if code := proofOf[a.Question]; code != "" {
		r := results[code]
		out.Proof = &openness.Proof{Badge: refusalBadge(r), Label: words.AnswersHow, Href: paths.Refusal(code)}
		if r.Known {
			out.Proof.Note = words.AnswersChecked + ": " + words.Moment(r.At)
		}
	}
	if more := answerLinks[a.Question]; more.Href != "" {
		out.Proof = &openness.Proof{Label: more.Label, Href: more.Href}
	}
	if id, public := a.Facts["public_report"].(string); a.Question == "matcher" && public && id != "" {
		out.Proof = &openness.Proof{Label: words.AnswersReport, Href: paths.Report(id)}
	}
	for _, b := range a.Before {
		out.Before = append(out.Before, openness.Earlier{Period: words.AnswerPeriod(b.Since, b.Until), Text: b.Text})
	}
	return out
}

// answerLinks lead to where an answer can be read in full.
var answerLinks = map[string]layout.Link{
	"third-parties": {Label: words.ProcessorsNav, Href: paths.Processors()},
	"notices":       {Label: words.NoticesLink, Href: paths.Notices()},
	"policies":      {Label: words.NoticesLink, Href: paths.Notices()},
	"errors":        {Label: words.ReportsNav, Href: paths.Reports()},
	"matcher":       {Label: words.ReportsNav, Href: paths.Reports()},
	"decline":       {Label: words.ParityPublicNav, Href: paths.PublicParity()},
	"decides":       {Label: words.PracticeNav, Href: paths.Practice()},
	"videos":        {Label: words.PracticeNav, Href: paths.Practice() + "#retention"},
}

const mostChanges = 50

// answerChanges lists when which answer became another one, newest first.
func answerChanges(all []answers.Answer) []openness.Change {
	type change struct {
		at       time.Time
		question string
	}
	var list []change
	for _, a := range all {
		for _, b := range a.Before {
			list = append(list, change{b.Until, a.Question})
		}
	}
	slices.SortStableFunc(list, func(a, b change) int { return b.at.Compare(a.at) })
	var out []openness.Change
	for _, x := range list[:min(len(list), mostChanges)] {
		out = append(out, openness.Change{When: words.Moment(x.at), Question: words.QuestionShort(x.question), Href: paths.Answer(x.question)})
	}
	return out
}

func refusalBadge(r refusals.Result) kit.BadgeProps {
	switch {
	case !r.Known:
		return kit.BadgeProps{Text: words.RefusalUnknown, Icon: kit.GlyphCircle}
	case !r.Holds:
		return kit.BadgeProps{Text: words.RefusalFails, Icon: kit.GlyphCross, Tone: kit.ToneBad}
	case r.Late:
		return kit.BadgeProps{Text: words.RefusalHolds, Icon: kit.GlyphHalf, Tone: kit.ToneWarn}
	}
	return kit.BadgeProps{Text: words.RefusalHolds, Icon: kit.GlyphCheck, Tone: kit.ToneGood}
}

func (s *Server) presentRefusals(c echo.Context, results []refusals.Result, search refusals.Search) openness.RefusalsProps {
	p := openness.RefusalsProps{PublicProps: s.open(c, words.RefusalsTitle), OnSets: strings.Join(search.Commands, ", ")}
	hold := 0
	for _, r := range results {
		if r.Known && r.Holds {
			hold++
		}
		p.Rows = append(p.Rows, presentRefusal(r))
	}
	p.Tally = words.RefusalsTally(hold, len(results))
	for _, x := range search.Places {
		p.Places = append(p.Places, openness.SearchPlace{Route: x.Route, Who: words.SearchWhoName(x.Who), Answer: words.SearchAnswer(x.Answers)})
	}
	return p
}

func presentRefusal(r refusals.Result) openness.Refusal {
	n := r.Seen
	out := openness.Refusal{ID: r.Code, Title: words.RefusalTitle(r.Code), Text: words.RefusalText(r.Code), Test: words.RefusalTest(r.Code), Badge: refusalBadge(r),
		Late: r.Late, Found: findings(r.Found), Seen: words.RefusalSeen(n.Routes, n.Commands, n.Pages, n.Fields, n.Tables, n.Columns, n.Purposes, n.Networks, n.Joins)}
	if r.More > 0 {
		out.Found = append(out.Found, words.RefusalMore(r.More))
	}
	if r.Known {
		out.When, out.Since = words.Moment(r.At), words.Moment(r.Since)
	}
	for _, t := range r.Turns {
		e := kit.Event{At: t.At, Text: words.RefusalHolds}
		if !t.Holds {
			e.Text, e.Note = words.RefusalFails, strings.Join(findings(t.Found), "; ")
		}
		out.History = append(out.History, e)
	}
	return out
}

func findings(list []refusals.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, words.RefusalFinding(f.Where, f.What))
	}
	return out
}

func (s *Server) presentDemands(c echo.Context, told registers.Public) openness.DemandsProps {
	p := openness.DemandsProps{PublicProps: s.open(c, words.DemandsTitle)}
	shown, fewer := coarse.Count(told.Concerned)
	concerned := words.Figure(shown, fewer, "person", "people")
	if len(told.All) == 0 {
		concerned = words.DemandCount(0)
	}
	p.Figures = []kit.Stat{
		{Label: words.DemandsReceived, Value: words.DemandCount(len(told.All))}, {Label: words.DemandsGiven, Value: words.DemandCount(told.Given)},
		{Label: words.DemandsRefused, Value: words.DemandCount(told.Refused)}, {Label: words.DemandsSearches, Value: words.DemandCount(told.Searches)},
		{Label: words.DemandsConcerned, Value: concerned},
	}
	for _, d := range told.All {
		row := openness.ToldDemand{Month: words.MonthOf(d.Received), From: words.DemandSenderName(d.Sender) + ", " + words.CountryName(d.Country),
			Asked: words.DemandScopeName(d.Scope), Answer: words.DemandOutcomeName(d.Outcome), Told: words.DemandToldName(d.People)}
		if d.Answered != "" {
			row.Answer += ", " + words.MonthOf(d.Answered)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (s *Server) presentProcessors(c echo.Context, parties []registers.Party, versions map[string][]registers.Version) openness.ProcessorsProps {
	p := openness.ProcessorsProps{PublicProps: s.open(c, words.ProcessorsTitle), Mail: words.ProcessorsCaught}
	if host := s.Config.Mail.Host; !s.Config.Mail.Catch && host != "" {
		p.Mail = ""
		p.Processors = append(p.Processors, openness.Party{Name: words.MailRelay(host), Rows: []kit.SummaryRow{{Key: words.PartyGets, Value: words.ProcessorsMail}}})
	}
	for _, x := range parties {
		shown := s.presentParty(x, versions[x.ID])
		if x.Kind == registers.Merchant {
			p.Merchants = append(p.Merchants, shown)
		} else {
			p.Processors = append(p.Processors, shown)
		}
	}
	return p
}

func (s *Server) presentParty(x registers.Party, versions []registers.Version) openness.Party {
	out := openness.Party{Name: x.Name + ", " + words.CountryName(x.Country), Rows: partyRows(x), Ended: !x.Current(s.clock.Now())}
	for _, v := range slices.Backward(versions) {
		out.History = append(out.History, kit.Event{At: v.At, Text: v.Does, Note: v.Data + " · " + v.Terms})
	}
	return out
}

func partyRows(x registers.Party) []kit.SummaryRow {
	rows := []kit.SummaryRow{{Key: words.PartyKindName(x.Kind), Value: x.Does}, {Key: words.PartyGets, Value: x.Data}, {Key: words.PartyBound, Value: x.Terms}}
	if x.Kind == registers.Merchant {
		rows = append(rows, kit.SummaryRow{Key: words.PartySites, Value: words.Number(x.Sites)})
	}
	rows = append(rows, kit.SummaryRow{Key: words.PartySince, Value: words.WrittenDay(x.BeganOn)})
	if x.EndedOn != "" {
		rows = append(rows, kit.SummaryRow{Key: words.PartyEnded, Value: words.WrittenDay(x.EndedOn)})
	}
	return rows
}
