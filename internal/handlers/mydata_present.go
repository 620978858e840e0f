package handlers

import (
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// room is the frame of the pages of one's own data, at one of its parts.
func (s *Server) room(c echo.Context, title, at string) mydata.Frame {
	f := mydata.Frame{PublicProps: s.public(c, title)}
	f.Wide = true
	for i := range f.Nav {
		f.Nav[i].Current = f.Nav[i].Href == paths.MyData()
	}
	for _, t := range []kit.Tab{
		{Label: words.MyDataTabHeld, Href: paths.MyData()}, {Label: words.MyDataTabFields, Href: paths.MyDataFields()},
		{Label: words.MyDataTabComparisons, Href: paths.MyDataComparisons()}, {Label: words.MyDataTabLooks, Href: paths.MyDataLooks("", 0)},
		{Label: words.MyDataTabCopy, Href: paths.MyDataCopy()}, {Label: words.MyDataTabRequests, Href: paths.MyDataRequests()},
		{Label: words.MyDataTabDeletion, Href: paths.MyDataDeletion("")},
	} {
		t.Current = t.Href == at
		f.Tabs = append(f.Tabs, t)
	}
	return f
}

// ownPurposes are the purposes for which something of a seller can be held.
func ownPurposes() []privacy.Purpose {
	return slices.DeleteFunc(privacy.Purposes(), func(p privacy.Purpose) bool { return !p.Offered || p.ID == privacy.PurposeLab })
}

// keptWords says until when something is kept: while an application is open, its
// end is the decision.
func keptWords(until time.Time, open bool, purpose vault.Purpose) string {
	p, _ := privacy.PurposeOf(purpose)
	switch {
	case open && p.Clock == privacy.ClockDecision:
		return words.KeptAfterDecision(p.KeptDays)
	case until.IsZero():
		return words.MyDataNoEnd
	}
	return words.KeptUntilDay(until)
}

// presentComparisons shows the checks of each sending of each application.
func (s *Server) presentComparisons(c echo.Context) (mydata.ComparisonsProps, error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	p := mydata.ComparisonsProps{Frame: s.room(c, words.ComparisonsTitle, paths.MyDataComparisons())}
	mine, err := s.Sellers.Mine(ctx, actor)
	if err != nil {
		return p, err
	}
	for _, app := range mine {
		checks, err := s.Sellers.OwnChecks(ctx, actor, app.ID)
		if err != nil {
			return p, err
		}
		for _, check := range checks {
			n := len(p.Applications)
			id := app.ID + "-" + words.Number(check.Round)
			if n == 0 || p.Applications[n-1].ID != id {
				p.Applications = append(p.Applications, mydata.ComparedApplication{ID: id, Label: words.ComparedLabel(app.Label(), check.Round), When: words.Moment(check.At)})
				n++
			}
			at := &p.Applications[n-1]
			at.Comparisons = append(at.Comparisons, presentComparison(check))
		}
	}
	return p, nil
}

func presentComparison(c sellers.Check) mydata.Comparison {
	kind, outcome := string(c.Kind), string(c.Outcome)
	return mydata.Comparison{
		Name: words.ComparisonName(kind), With: words.ComparisonWith(kind), Text: words.ComparisonText(kind, outcome, c.Reason),
		Outcome: kit.Outcome(outcome), Word: words.ComparisonOutcome(outcome),
	}
}
