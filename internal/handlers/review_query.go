package handlers

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/views/paths"
)

// Values of the filter "held".
const (
	heldMe     = "me"
	heldNobody = "nobody"
)

// queueQuery reads a list's address; what it does not know counts as not said,
// so that an old bookmark still opens.
func queueQuery(c echo.Context) paths.QueueQuery {
	v := c.QueryParams()
	return paths.QueueQuery{
		State:   known(v, "state", asText(sellers.States)),
		Held:    holder(v.Get("held")),
		Road:    known(v, "road", asText(sellers.Roads)),
		Country: known(v, "country", countryCodes()),
		Outcome: known(v, "outcome", asText(sellers.Outcomes)),
		Appeals: v.Get("appeals") != "",
		Overdue: v.Get("overdue") != "",
		Text:    short(strings.TrimSpace(v.Get("q")), 100),
		Sort:    known(v, "sort", asText(queueSorts)),
		Desc:    v.Get("desc") != "",
		Page:    pageNumber(v.Get("page")),
	}
}

var queueSorts = []sellers.Sort{sellers.SortDue, sellers.SortSubmitted, sellers.SortNumber, sellers.SortName}

// queueFilter is the query as the service knows it.
func queueFilter(q paths.QueueQuery) sellers.QueueFilter {
	f := sellers.QueueFilter{
		State: sellers.State(q.State), Road: sellers.Road(q.Road), Country: q.Country, Outcome: sellers.Outcome(q.Outcome),
		Appeals: q.Appeals, Overdue: q.Overdue, Text: q.Text, Sort: sellers.Sort(q.Sort), Descending: q.Desc, Page: max(q.Page, 1),
	}
	switch q.Held {
	case heldMe:
		f.Mine = true
	case heldNobody:
		f.Unclaimed = true
	default:
		f.ClaimedBy = q.Held
	}
	return f
}

// holder is who holds a case in a filter: the log keeps it, so it is an id or
// nothing.
func holder(held string) string {
	if held == heldMe || held == heldNobody || anID.MatchString(held) {
		return held
	}
	return ""
}

func known(v url.Values, name string, list []string) string {
	if value := v.Get(name); slices.Contains(list, value) {
		return value
	}
	return ""
}

// short keeps an address from carrying more than a field could hold.
func short(text string, most int) string {
	r := []rune(text)
	return string(r[:min(len(r), most)])
}

func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

func asText[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
