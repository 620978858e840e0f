package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentDeskHome puts how things stand into tiles; each leads to what it counts.
func (s *Server) presentDeskHome(c echo.Context, n requests.Counts, overdue []privacy.Overdue, holds []privacy.Hold) deskview.HomeProps {
	return deskview.HomeProps{
		Frame: s.console(c, words.DeskPrivacyTitle),
		Tiles: []kit.Stat{requestTile(n), lateTile(n), overdueTile(overdue), s.holdTile(holds)},
		Pages: []deskview.Page{
			{Label: words.DeskRequests, Href: paths.Requests(paths.DeskQuery{State: "open"}), Text: words.DeskRequestsText},
			{Label: words.DeskTemplates, Href: paths.AnswerTemplates(), Text: words.DeskTemplatesText},
			{Label: words.DeskHolds, Href: paths.Holds(), Text: words.DeskHoldsText},
			{Label: words.DeskRetention, Href: paths.Retention(), Text: words.DeskRetentionText},
			{Label: words.DeskConsents, Href: paths.DeskConsents(), Text: words.DeskConsentsText},
			{Label: words.DeskParity, Href: paths.Parity(paths.ParityQuery{}), Text: words.DeskParityText},
			{Label: words.DeskRegisters, Href: paths.DemandList(), Text: words.DeskRegisterText},
		},
	}
}

func requestTile(n requests.Counts) kit.Stat {
	t := kit.Stat{Label: words.DeskOpen, Value: words.Number(n.Open), Note: words.DeskNothingDue, Href: paths.Requests(paths.DeskQuery{State: "open"})}
	if n.Open > 0 {
		t.Note = words.DeskNextDue + ": " + words.Date(n.NextDue)
	}
	return t
}

func lateTile(n requests.Counts) kit.Stat {
	return kit.Stat{Label: words.DeskLate, Value: words.Number(n.Overdue), Note: words.DeskDueSoon + ": " + words.Number(n.DueSoon),
		Href: paths.Requests(paths.DeskQuery{Mark: string(requests.Overdue)})}
}

func overdueTile(overdue []privacy.Overdue) kit.Stat {
	t := kit.Stat{Label: words.DeskOverdue, Value: "0", Note: words.DeskOverdueNone, Href: paths.Retention()}
	n := 0
	for _, o := range overdue {
		n += o.Count
	}
	if n > 0 {
		t.Value, t.Note = words.Number(n), words.DeskOverdueSome
	}
	return t
}

func (s *Server) holdTile(holds []privacy.Hold) kit.Stat {
	active, waiting := 0, 0
	for _, h := range holds {
		switch {
		case h.Active(s.clock.Now()):
			active++
		case h.ConfirmedAt.IsZero() && h.LiftedAt.IsZero() && s.clock.Now().Before(h.Until):
			waiting++
		}
	}
	t := kit.Stat{Label: words.DeskActiveHolds, Value: words.Number(active), Note: words.DeskNoHolds, Href: paths.Holds()}
	if active+waiting > 0 {
		t.Note = words.DeskWaiting(waiting)
	}
	return t
}
