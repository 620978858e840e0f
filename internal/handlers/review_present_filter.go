package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/kit"
	"truepenny/views/layout"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentFilter is the filter bar: a sentence of choices, what is chosen, and
// the way back to the plain list.
func (s *Server) presentFilter(c echo.Context, q, list paths.QueueQuery, name func(string) string) review.Filter {
	f := review.Filter{
		Action: paths.Queue(paths.QueueQuery{}),
		Text:   q.Text, State: q.State, Road: q.Road, Country: q.Country, Outcome: q.Outcome, Held: q.Held,
		Keep: keep(q),
	}
	f.States = choices(words.AnyState, asText(sentStates()), words.StateChoice)
	f.Roads = choices(words.AnyRoad, asText(sellers.Roads), words.RoadChoice)
	f.Outcomes = choices(words.AnyOutcome, asText(sellers.Outcomes), words.OutcomeChoice)
	f.Countries = choices(words.AnyCountry, countryCodes(), words.CountryName)
	f.Holder = append([]kit.Option{{Label: words.AnyHolder}, {Value: heldMe, Label: words.HeldMe}, {Value: heldNobody, Label: words.HeldNobody}},
		s.colleagues(c)...)
	f.On = filtersOn(q, name)
	if len(f.On) > 0 {
		f.Clear = paths.Queue(list)
	}
	return f
}

// sentStates are the states of cases; a draft is not one yet.
func sentStates() []sellers.State {
	return slices.DeleteFunc(slices.Clone(sellers.States), func(s sellers.State) bool { return s == sellers.Draft })
}

func choices(anything string, values []string, word func(string) string) []kit.Option {
	out := []kit.Option{{Label: anything}}
	for _, v := range values {
		out = append(out, kit.Option{Value: v, Label: word(v)})
	}
	return out
}

func countryCodes() []string {
	var out []string
	for _, c := range words.Countries() {
		out = append(out, c.Code)
	}
	return out
}

// colleagues are the others who may hold a case.
func (s *Server) colleagues(c echo.Context) []kit.Option {
	all, err := s.Staff.List(c.Request().Context(), staff.Filter{State: staff.Active})
	if err != nil {
		s.log.Error("list colleagues", "error", err, "reference", reference(c))
	}
	var out []kit.Option
	for _, m := range all {
		if m.Has(staff.Reviewer, staff.Lead) && m.ID != visitorOf(c).member.ID {
			out = append(out, kit.Option{Value: m.ID, Label: m.Name})
		}
	}
	return out
}

// keep are the values that go along when the filter changes: order, and what
// only the side bar chooses.
func keep(q paths.QueueQuery) []kit.Hidden {
	var out []kit.Hidden
	for _, h := range []kit.Hidden{{Name: "sort", Value: q.Sort}, {Name: "desc", Value: yes(q.Desc)}, {Name: "appeals", Value: yes(q.Appeals)}, {Name: "overdue", Value: yes(q.Overdue)}} {
		if h.Value != "" {
			out = append(out, h)
		}
	}
	return out
}

func yes(on bool) string {
	if on {
		return "yes"
	}
	return ""
}

// filtersOn are the filters in use beyond the list itself, each with the
// address without it.
func filtersOn(q paths.QueueQuery, name func(string) string) []kit.FilterOn {
	var on []kit.FilterOn
	add := func(text string, without func(*paths.QueueQuery)) {
		rest := q
		rest.Page = 0
		without(&rest)
		on = append(on, kit.FilterOn{Text: text, Remove: paths.Queue(rest)})
	}
	if q.Text != "" {
		add(words.FilterText("q", q.Text), func(r *paths.QueueQuery) { r.Text = "" })
	}
	if q.Road != "" {
		add(words.FilterText("road", words.RoadName(q.Road)), func(r *paths.QueueQuery) { r.Road = "" })
	}
	if q.Country != "" {
		add(words.FilterText("country", words.CountryName(q.Country)), func(r *paths.QueueQuery) { r.Country = "" })
	}
	if q.Outcome != "" {
		add(words.FilterText("outcome", words.OutcomeName(q.Outcome)), func(r *paths.QueueQuery) { r.Outcome = "" })
	}
	if q.Held == heldNobody {
		add(words.FilterText("held", words.HeldNobody), func(r *paths.QueueQuery) { r.Held = "" })
	} else if q.Held != "" && q.Held != heldMe {
		add(words.FilterText("held", name(q.Held)), func(r *paths.QueueQuery) { r.Held = "" })
	}
	return on
}

// readyViews are lists that somebody here needs often.
func readyViews() []layout.Link {
	return []layout.Link{
		{Label: words.ViewFree, Href: paths.Queue(paths.QueueQuery{State: "waiting", Held: heldNobody})},
		{Label: words.ViewMismatch, Href: paths.Queue(paths.QueueQuery{State: "waiting", Outcome: "fail"})},
		{Label: words.ViewDocuments, Href: paths.Queue(paths.QueueQuery{State: "waiting", Road: "documents"})},
		{Label: words.ViewDecided, Href: paths.Queue(paths.QueueQuery{State: "refused", Sort: "submitted", Desc: true})},
	}
}
