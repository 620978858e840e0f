package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/registers"
	"truepenny/views/openness"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) listDemands(c echo.Context) error {
	all, err := s.Registers.Demands(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.DemandList(s.presentDemandList(c, all)))
}

func (s *Server) newDemand(c echo.Context) error {
	return s.renderDemand(c, http.StatusOK, registers.Demand{Outcome: registers.Open, Told: "not-yet"}, nil)
}

func (s *Server) showDemand(c echo.Context) error {
	d, err := s.Registers.Demand(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.renderDemand(c, http.StatusOK, d, nil)
}

func (s *Server) renderDemand(c echo.Context, status int, d registers.Demand, problem error) error {
	return render(c, status, openness.Demand(s.presentDemand(c, d, problem)))
}

func (s *Server) saveDemand(c echo.Context) error {
	d := bindDemand(c)
	saved, err := s.Registers.SaveDemand(c.Request().Context(), visitorOf(c).actor(), d)
	if again(err) {
		d.ID = c.Param("id")
		return s.renderDemand(c, statusOf[errs.CodeOf(err)], d, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Demand(saved.ID), "done", "saved"))
}

func (s *Server) confirmDemand(c echo.Context) error {
	if err := s.Registers.ConfirmDemand(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Demand(c.Param("id")), "done", "confirmed"))
}

// again reports whether a form is shown once more, with what is wrong.
func again(err error) bool {
	return err != nil && (errs.CodeOf(err) == errs.Invalid || errs.CodeOf(err) == errs.Conflict)
}

func bindDemand(c echo.Context) registers.Demand {
	return registers.Demand{
		ID: c.Param("id"), Version: typedNumber(c, "version"), ReceivedOn: typedDay(c, "received"), Sender: c.FormValue("sender"), Country: c.FormValue("country"),
		Reference: typed(c, "reference", 500), Scope: c.FormValue("scope"), People: typedNumber(c, "people"), Outcome: c.FormValue("outcome"),
		AnsweredOn: typedDay(c, "answered"), Told: c.FormValue("told"), GaggedUntil: typedDay(c, "gagged"), Note: typed(c, "note", 4000),
	}
}

// typed is a field without blanks at its ends and with one kind of line break,
// cut where it could only be a mistake.
func typed(c echo.Context, field string, most int) string {
	return short(strings.TrimSpace(strings.ReplaceAll(c.FormValue(field), "\r\n", "\n")), most)
}

// typedNumber is -1 for what is none, which every check refuses; empty is 0.
func typedNumber(c echo.Context, field string) int {
	text := strings.TrimSpace(c.FormValue(field))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// typedDay joins the three fields of a day; what is no day stays what was typed,
// so that the check refuses it.
func typedDay(c echo.Context, field string) string {
	var n [3]int
	empty := true
	for i, part := range []string{"year", "month", "day"} {
		text := strings.TrimSpace(c.FormValue(field + "-" + part))
		empty = empty && text == ""
		v, err := strconv.Atoi(text)
		if err != nil {
			v = 0
		}
		n[i] = v
	}
	if empty {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", n[0], n[1], n[2])
}

func (s *Server) exportDemands(c echo.Context) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	all, err := s.Registers.Demands(ctx, actor)
	if err != nil {
		return err
	}
	if err := s.Registers.Exported(ctx, actor, "demands", len(all)); err != nil {
		return err
	}
	name, err := s.everyName(c)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "legal-demands.csv", words.DemandsCSV()...)
	for i := 0; err == nil && i < len(all); i++ {
		d := all[i]
		err = out.Row(d.Number, d.ReceivedOn, d.Sender, d.Country, d.Reference, d.Scope, d.People, d.Outcome, d.AnsweredOn, d.Told, d.GaggedUntil, d.Note,
			name(d.EnteredBy), d.EnteredAt, name(d.ChangedBy), d.ChangedAt, name(d.ConfirmedBy), d.ConfirmedAt)
	}
	return s.endCSV(c, out, err)
}

func (s *Server) listParties(c echo.Context) error {
	all, err := s.Registers.Parties(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, openness.PartyList(s.presentPartyList(c, all)))
}

func (s *Server) newParty(c echo.Context) error {
	return s.renderParty(c, http.StatusOK, registers.Party{Kind: registers.Processor}, nil)
}

func (s *Server) showParty(c echo.Context) error {
	p, err := s.Registers.Party(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	return s.renderParty(c, http.StatusOK, p, nil)
}

func (s *Server) renderParty(c echo.Context, status int, p registers.Party, problem error) error {
	return render(c, status, openness.PartyForm(s.presentPartyForm(c, p, problem)))
}

func (s *Server) saveParty(c echo.Context) error {
	p := registers.Party{
		ID: c.Param("id"), Version: typedNumber(c, "version"), Kind: c.FormValue("kind"), Name: typed(c, "name", 500), Does: typed(c, "does", 4000),
		Data: typed(c, "data", 4000), Country: c.FormValue("country"), Terms: typed(c, "terms", 4000), Sites: typedNumber(c, "sites"),
		BeganOn: typedDay(c, "began"), EndedOn: typedDay(c, "ended"),
	}
	saved, err := s.Registers.SaveParty(c.Request().Context(), visitorOf(c).actor(), p)
	if again(err) {
		p.ID = c.Param("id")
		return s.renderParty(c, statusOf[errs.CodeOf(err)], p, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.Party(saved.ID), "done", "saved"))
}

func (s *Server) exportParties(c echo.Context) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	all, err := s.Registers.Parties(ctx)
	if err != nil {
		return err
	}
	if err := s.Registers.Exported(ctx, actor, "parties", len(all)); err != nil {
		return err
	}
	name, err := s.everyName(c)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "processors-and-merchants.csv", words.PartiesCSV()...)
	for i := 0; err == nil && i < len(all); i++ {
		p := all[i]
		err = out.Row(p.Kind, p.Name, p.Does, p.Data, p.Country, p.Terms, p.Sites, p.BeganOn, p.EndedOn, name(p.ChangedBy), p.ChangedAt)
	}
	return s.endCSV(c, out, err)
}
