package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentDecide is the first decision with what was typed before, if anything.
func (s *Server) presentDecide(f caseFile, d desk) *review.Decide {
	app := f.Application
	p := &review.Decide{
		Action: paths.CaseDecision(app.ID, f.list), Preview: paths.CasePreview(app.ID, f.list),
		Version: strconv.FormatInt(app.Version, 10), Seen: newestSeen(f),
		Items: askable(app), Appealed: app.Appealed, Open: d.open, Form: typedForm(d),
	}
	for _, code := range sellers.RefusalReasons {
		p.Reasons = append(p.Reasons, kit.Option{Value: code, Label: words.RefusalName(code)})
	}
	for _, kind := range []sellers.DecisionKind{sellers.Approve, sellers.Ask, sellers.Refuse} {
		p.Pages = append(p.Pages, review.Link{Text: words.DecideKind(string(kind)), Href: paths.CaseDecisionForm(app.ID, string(kind), f.list)})
	}
	if d.typed.words != "" && (d.open == review.OpenAsk || d.open == review.OpenRefuse) {
		p.Shown = s.presentPreview(d.typed.decision(), app.Appealed)
	}
	p.Approval = s.presentPreview(sellers.Decision{Kind: sellers.Approve}, false)
	return p
}

// askable are the items that this application's road has.
func askable(app sellers.Application) []kit.Choice {
	var out []kit.Choice
	for _, item := range sellers.Items {
		if item == sellers.ItemBack && !slices.Contains(app.DocumentKind.Sides(), sellers.Back) ||
			item == sellers.ItemCapture && app.Road != sellers.RoadFace {
			continue
		}
		out = append(out, kit.Choice{Value: string(item), Title: words.ItemName(string(item))})
	}
	return out
}

// typedForm keeps what was typed, with the sentence beside each wrong field.
func typedForm(d desk) review.Form {
	form := review.Form{Reason: d.typed.reason, Words: d.typed.words, Items: d.typed.items}
	if errs.CodeOf(d.err) == errs.Invalid {
		form.Errors = kit.Errors(fieldSentences(d.err))
	}
	return form
}

// presentSecond is a proposed refusal for the second person.
func (s *Server) presentSecond(c echo.Context, f caseFile, d desk) *review.Second {
	i := slices.IndexFunc(f.Decisions, func(r sellers.DecisionRecord) bool { return r.Standing == sellers.Proposed })
	if i < 0 {
		return nil
	}
	proposal := f.Decisions[i]
	return &review.Second{
		Action: paths.CaseSecondLook(f.Application.ID, f.list), Return: paths.CaseSecondLook(f.Application.ID, f.list),
		Version: strconv.FormatInt(f.Application.Version, 10), Seen: newestSeen(f),
		By: s.names(c)(proposal.By) + ", " + words.Moment(proposal.At), Reason: words.RefusalName(proposal.ReasonCode),
		Preview: s.presentPreview(proposal.Decision, f.Application.Appealed), Open: d.open, Form: typedForm(d),
	}
}

// presentPreview is what the seller would read, in the words of their own page.
func (s *Server) presentPreview(d sellers.Decision, appealed bool) review.Preview {
	now, policy := s.clock.Now(), s.Sellers.Policy
	switch d.Kind {
	case sellers.Ask:
		p := review.Preview{Title: words.StatusAsked, Lines: []string{words.NextAsked}, Words: d.Words}
		for _, item := range d.Items {
			p.Items = append(p.Items, words.AskedItem(string(item)))
		}
		return p
	case sellers.Refuse:
		p := review.Preview{Title: words.StatusRefused, Words: d.Words}
		if slices.Contains(sellers.RefusalReasons, d.ReasonCode) {
			p.Lines = append(p.Lines, words.RefusalReason(d.ReasonCode))
		}
		if !appealed {
			p.Lines = append(p.Lines, words.AppealHint(now.Add(policy.AppealWithin)))
		}
		p.Lines = append(p.Lines, words.ReapplyHint(now.Add(policy.ReapplyAfter)))
		return p
	}
	return review.Preview{Title: words.StatusApproved, Lines: []string{words.NextApproved}}
}
