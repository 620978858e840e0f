package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/privacy"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) listHolds(c echo.Context) error {
	return s.renderHolds(c, http.StatusOK, form.New(nil), nil)
}

// renderHolds shows the holds, and the form with what was typed.
func (s *Server) renderHolds(c echo.Context, status int, typed *form.Values, problem error) error {
	list, err := s.Holds.List(c.Request().Context(), "")
	if err != nil {
		return err
	}
	return render(c, status, deskview.Holds(s.presentHolds(c, list, typed, problem)))
}

// proposeHold asks for a hold; it holds nothing before a second person confirms.
func (s *Server) proposeHold(c echo.Context) error {
	raw, err := c.FormParams()
	if err != nil {
		return errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	v := form.New(raw)
	purpose, known := privacy.PurposeNamed(v.Raw("purpose"))
	if v.Raw("purpose") != "" && !known {
		v.Refuse("purpose", form.WrongChoice)
	}
	until := v.Date("until", time.Time{}, time.Time{})
	query := v.Text("person", 1, 254)
	person := ""
	if query != "" {
		if person, err = s.personOf(c, query); err != nil {
			return err
		}
		if person == "" {
			v.Refuse("person", "request.nobody")
		}
	}
	if err = v.Err(); err == nil {
		// Until is the end of that day.
		_, err = s.Holds.Propose(c.Request().Context(), visitorOf(c).actor(), person, purpose, v.Raw("reason"), until.AddDate(0, 0, 1).Add(-time.Second))
	}
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderHolds(c, http.StatusUnprocessableEntity, v, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Holds(), "done", "proposed"))
}

func (s *Server) confirmHold(c echo.Context) error {
	_, err := s.Holds.Confirm(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	return s.holdOr(c, err, "confirmed")
}

func (s *Server) liftHold(c echo.Context) error {
	_, err := s.Holds.Lift(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	return s.holdOr(c, err, "lifted")
}

func (s *Server) holdOr(c echo.Context, err error, what string) error {
	if errs.CodeOf(err) == errs.Conflict && err != nil {
		return s.renderHolds(c, http.StatusConflict, form.New(nil), err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Holds(), "done", what))
}

func (s *Server) presentHolds(c echo.Context, list []privacy.Hold, typed *form.Values, problem error) deskview.HoldsProps {
	v := visitorOf(c)
	p := deskview.HoldsProps{Frame: s.console(c, words.DeskHolds), Messages: messages(words.HoldDone(c.QueryParam("done"))), Errors: kit.Errors(fieldSentences(problem))}
	if conflict := conflictMessage(problem); conflict != nil {
		p.Messages = conflict
	}
	name := s.names(c)
	for _, h := range list {
		p.Rows = append(p.Rows, s.holdRow(h, holders.lets(v), v.member.ID, name))
	}
	if !holders.lets(v) {
		return p
	}
	p.Form = &deskview.HoldForm{Whose: typed.Raw("person"), Purpose: typed.Raw("purpose"), Reason: typed.Raw("reason"),
		Day: typed.Raw("until-day"), Month: typed.Raw("until-month"), Year: typed.Raw("until-year"), Purposes: []kit.Option{{Label: words.HoldAll}}}
	for _, x := range privacy.Purposes() {
		if x.Offered {
			p.Form.Purposes = append(p.Form.Purposes, kit.Option{Value: string(x.ID), Label: words.PurposeName(string(x.ID))})
		}
	}
	for _, r := range privacy.HoldReasons {
		p.Form.Reasons = append(p.Form.Reasons, kit.Choice{Value: r, Title: words.HoldReasonName(r), Help: words.HoldReasonHelp(r)})
	}
	return p
}

// holdRow is one hold with what the visitor may do with it: the one who proposed
// it does not confirm it.
func (s *Server) holdRow(h privacy.Hold, may bool, me string, name func(string) string) deskview.HoldRow {
	now := s.clock.Now()
	row := deskview.HoldRow{Whose: shortID(h.Person), WhoseFull: h.Person, Purpose: words.HoldPurposeName(string(h.Purpose), h.Reason), Reason: words.HoldReasonName(h.Reason),
		Until: words.Date(h.Until), Proposed: words.TemplateChangedBy(name(h.ProposedBy), h.ProposedAt)}
	if !h.ConfirmedAt.IsZero() {
		row.Confirmed = words.TemplateChangedBy(name(h.ConfirmedBy), h.ConfirmedAt)
	}
	switch {
	case !h.LiftedAt.IsZero():
		row.State = kit.BadgeProps{Text: words.HoldLifted, Icon: kit.GlyphCross}
		return row
	case !now.Before(h.Until):
		row.State = kit.BadgeProps{Text: words.HoldOver, Icon: kit.GlyphCircle}
		return row
	case h.ConfirmedAt.IsZero():
		row.State = kit.BadgeProps{Text: words.HoldWaits, Icon: kit.GlyphHalf, Tone: kit.ToneWarn}
		if may && h.ProposedBy != me {
			row.Confirm = paths.HoldConfirmation(h.ID)
		}
	default:
		row.State = kit.BadgeProps{Text: words.HoldActive, Icon: kit.GlyphLock, Tone: kit.ToneInfo}
	}
	if may {
		row.Lift = paths.HoldLifting(h.ID)
	}
	return row
}
