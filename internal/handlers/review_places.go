package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/openlog"
	"truepenny/internal/staff"
	"truepenny/views/layout"
	"truepenny/views/paths"
	"truepenny/views/words"
)

var logReaders = only(staff.Auditor, staff.Administrator, staff.Privacy, staff.Security)

// logKeepers choose who watches the log from outside.
var logKeepers = only(staff.Auditor, staff.Administrator)

// console is the frame of every page of the people who work here.
func (s *Server) console(c echo.Context, title string) layout.ConsoleProps {
	v := visitorOf(c)
	return layout.ConsoleProps{
		Alarm:  s.logAlarm(c),
		Page:   s.page(c, title),
		Places: s.places(c),
		Role:   roleNames(v.member.Roles),
		Links:  []layout.Link{{Label: words.SecurityTitle, Href: paths.Security()}},
	}
}

// logAlarm leads those who watch over the audit log to the check that found it
// broken, from every page of theirs.
func (s *Server) logAlarm(c echo.Context) *layout.Alarm {
	if !logKeepers.lets(visitorOf(c)) {
		return nil
	}
	last, _, err := s.OpenLog.Verdict(c.Request().Context())
	if err != nil {
		s.log.Error("read the last check of the log", "error", err, "reference", reference(c))
	}
	if last.State != openlog.Broken {
		return nil
	}
	return &layout.Alarm{Title: words.LogBrokenTitle, Text: words.CheckFault(string(last.Fault), last.Bad),
		Link: layout.Link{Label: words.LogBrokenLink, Href: paths.AuditCheck(last.ID)}}
}

// places lists the destinations that the visitor may open, with how many things
// wait there.
func (s *Server) places(c echo.Context) []layout.PlaceGroup {
	v := visitorOf(c)
	var groups []layout.PlaceGroup
	add := func(label string, places ...layout.Place) {
		if len(places) > 0 {
			groups = append(groups, layout.PlaceGroup{Label: label, Places: markCurrent(c, places)})
		}
	}
	if reviewers.lets(v) {
		add(words.PlacesSellers, s.queuePlaces(c)...)
	}
	add(words.PlacesPrivacy, s.privacyPlaces(c)...)
	add(words.PlacesTrust, trustPlaces(v)...)
	add(words.PlacesSetUp, setUpPlaces(v)...)
	if s.Development {
		add(words.PlacesDevelop,
			layout.Place{Label: words.PlaceCaught, Href: paths.CaughtMail()}, layout.Place{Label: words.PlaceKit, Href: paths.KitPage()})
	}
	return groups
}

// queuePlaces are the lists of cases. A list is more useful without its numbers
// than not at all, so a failing count only leaves them out.
func (s *Server) queuePlaces(c echo.Context) []layout.Place {
	n, err := s.Sellers.Counts(c.Request().Context(), visitorOf(c).actor())
	if err != nil {
		s.log.Error("count cases", "error", err, "reference", reference(c))
	}
	return []layout.Place{
		{Label: words.PlaceWaiting, Href: paths.Queue(waitingQuery), Count: int(n.Waiting)},
		{Label: words.PlaceMine, Href: paths.Queue(mineQuery), Count: int(n.Mine)},
		{Label: words.PlaceSecond, Href: paths.Queue(secondQuery), Count: int(n.Second)},
		{Label: words.PlaceAppeals, Href: paths.Queue(appealsQuery), Count: int(n.Appeals)},
		{Label: words.PlaceAsked, Href: paths.Queue(askedQuery), Count: int(n.Asked)},
		{Label: words.PlaceOverdue, Href: paths.Queue(overdueQuery), Count: int(n.Overdue), Due: true},
		{Label: words.PlaceAll, Href: paths.Queue(paths.QueueQuery{})},
	}
}

// The lists in the side bar.
var (
	waitingQuery = paths.QueueQuery{State: "waiting"}
	mineQuery    = paths.QueueQuery{Held: heldMe}
	secondQuery  = paths.QueueQuery{State: "second"}
	appealsQuery = paths.QueueQuery{Appeals: true}
	askedQuery   = paths.QueueQuery{State: "asked"}
	overdueQuery = paths.QueueQuery{Overdue: true}
)

// placeOf is the list of the side bar that a query narrows further.
func placeOf(q paths.QueueQuery) (paths.QueueQuery, string) {
	switch {
	case q.Held == heldMe:
		return mineQuery, words.PlaceMine
	case q.Appeals:
		return appealsQuery, words.PlaceAppeals
	case q.Overdue:
		return overdueQuery, words.PlaceOverdue
	case q.State == waitingQuery.State:
		return waitingQuery, words.PlaceWaiting
	case q.State == secondQuery.State:
		return secondQuery, words.PlaceSecond
	case q.State == askedQuery.State:
		return askedQuery, words.PlaceAsked
	}
	return paths.QueueQuery{}, words.PlaceAll
}

func trustPlaces(v visitor) []layout.Place {
	var out []layout.Place
	if labReaders.lets(v) {
		out = append(out, layout.Place{Label: words.LabTitle, Href: paths.Lab(paths.LabQuery{})})
	}
	if logReaders.lets(v) {
		out = append(out, layout.Place{Label: words.PlaceAudit, Href: paths.AuditLog(paths.AuditQuery{})})
	}
	return out
}

func setUpPlaces(v visitor) []layout.Place {
	if !only(staff.Administrator).lets(v) {
		return nil
	}
	return []layout.Place{{Label: words.PlaceMembers, Href: paths.Members()}, {Label: words.PlaceLayouts, Href: paths.Layouts()}}
}

// markCurrent marks the place that the page belongs to.
func markCurrent(c echo.Context, places []layout.Place) []layout.Place {
	here := c.Request().URL.Path
	for i, p := range places {
		path, _, hasQuery := strings.Cut(p.Href, "?")
		if path == "/console/cases" {
			list, _ := placeOf(queueQuery(c))
			places[i].Current = strings.HasPrefix(here, path) && p.Href == paths.Queue(list)
			continue
		}
		inside := path != paths.Desk() && strings.HasPrefix(here, path+"/") // the desk's other pages have places of their own
		places[i].Current = !hasQuery && (here == path || inside)
	}
	return places
}

// roleNames are a member's roles in words.
func roleNames(roles []staff.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = words.RoleName(string(r))
	}
	return strings.Join(names, ", ")
}
