package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewpublic "truepenny/views/public"
	"truepenny/views/words"
)

// presentFront takes every figure of the front page from the policy in force.
func (s *Server) presentFront(c echo.Context) (viewpublic.FrontProps, error) {
	people, err := s.demoPeople(c)
	if err != nil {
		return viewpublic.FrontProps{}, err
	}
	policy := s.Sellers.Policy
	p := viewpublic.FrontProps{
		PublicProps: s.public(c, words.FrontTitle), Demo: people,
		Start: paths.Application(), StartLabel: words.FrontStart,
		Appeal: words.FrontAppeal(days(policy.AppealWithin)),
		Brief: []kit.SummaryRow{
			{Key: words.FrontForTitle, Value: words.FrontFor},
			{Key: words.FrontTimeTitle, Value: words.FrontTimeSaved, Note: words.FrontDecisionIn(policy.DecisionDays)},
			{Key: words.FrontDecidesTitle, Value: words.FrontDecides},
			{Key: words.FrontKeptShort, Value: words.FrontKeptBrief(days(policy.DocumentsKept), days(policy.FaceKept))},
		},
		Roads: s.roads(sellers.Roads,
			kit.Road{Action: words.FrontRoadNotice, Href: paths.Notices() + "#" + string(privacy.PurposeFace)},
			kit.Road{Action: words.FrontRoadNotice, Href: paths.Notices() + "#" + string(privacy.PurposeDocuments)},
		),
		Kept: []kit.SummaryRow{
			{Key: words.FrontKeptDocuments, Value: words.FrontKeptAfterDecision(days(policy.DocumentsKept))},
			{Key: words.FrontKeptFace, Value: words.FrontKeptAfterDecision(days(policy.FaceKept))},
			{Key: words.FrontKeptNumbers, Value: words.FrontKeptNot},
			{Key: words.FrontKeptDraft, Value: words.FrontKeptDraftFor(days(policy.DraftKept))},
		},
	}
	if visitorOf(c).isSeller() {
		p.StartLabel = words.FrontGoOn
	}
	return p, nil
}

// demoPeople are those a newcomer can look around as, sellers first; none on a
// real marketplace.
func (s *Server) demoPeople(c echo.Context) ([]viewpublic.DemoGroup, error) {
	if s.Demo == nil {
		return nil, nil
	}
	people, err := s.Demo.People(c.Request().Context())
	if err != nil {
		return nil, err
	}
	groups := []viewpublic.DemoGroup{{Title: words.DemoSellers}, {Title: words.DemoStaff}}
	for _, d := range people {
		at := 0
		if d.Kind == audit.KindStaff {
			at = 1
		}
		groups[at].People = append(groups[at].People, viewpublic.DemoPerson{Label: d.Label, About: d.About, Action: paths.DemoEntries(),
			Hidden: []kit.Hidden{{Name: "person", Value: strconv.Itoa(d.Position)}}})
	}
	return groups, nil
}
