package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// latestEvents is how much of the history the page itself shows.
const latestEvents = 5

func (s *Server) fillEvents(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	events, err := s.Sellers.Timeline(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	var last sellers.Event
	for _, e := range events {
		if len(st.Events) == latestEvents {
			break
		}
		if !smallEvent(e, last) {
			last = e
			st.Events = append(st.Events, presentEvent(e))
		}
	}
	return nil
}

// smallEvent reports whether an event is left to the whole history: pages and
// checks open things all the time, and one sitting of a reviewer is one line.
func smallEvent(e, last sellers.Event) bool {
	switch {
	case e.Action == "capture.started", e.Action == "vault.opened" && e.By != audit.KindStaff:
		return true
	case e.Action == "vault.opened", e.Action == "case.opened":
		return last.By == audit.KindStaff && last.At.Sub(e.At) < lookSitting
	}
	return false
}

func presentEvent(e sellers.Event) kit.Event {
	h := words.Happened{Action: e.Action, By: string(e.By), Role: e.Role, Reason: e.Reason, Purpose: e.Purpose, Details: e.Details, Times: e.Times}
	return kit.Event{At: e.At, Text: words.HappenedText(h), Note: words.HappenedNote(h)}
}

func (s *Server) presentHistory(c echo.Context, app sellers.Application, events []sellers.Event) viewsellers.HistoryProps {
	p := viewsellers.HistoryProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.HistoryTitle)}, Label: app.Label(), Back: paths.ApplicationPage(app.ID)}
	for _, e := range events {
		if e.Action == "vault.opened" || e.Action == "vault.refused" || e.Action == "case.opened" {
			p.Looks = append(p.Looks, presentEvent(e))
		} else {
			p.Events = append(p.Events, presentEvent(e))
		}
	}
	return p
}
