package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/form"
	"truepenny/internal/privacy"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func deskQuery(c echo.Context) paths.DeskQuery {
	v := c.QueryParams()
	return paths.DeskQuery{
		Kind:  known(v, "kind", asText(requests.Kinds)),
		State: known(v, "state", asText(requestStates)),
		Mark:  known(v, "mark", asText(requestMarks)),
	}
}

var (
	requestStates = []requests.State{requests.Open, requests.Answered}
	requestMarks  = []requests.Mark{requests.DueSoon, requests.Overdue}
)

func requestFilter(q paths.DeskQuery) requests.Filter {
	return requests.Filter{Kind: requests.Kind(q.Kind), State: requests.State(q.State), Mark: requests.Mark(q.Mark)}
}

// deskRequests lists what people asked for.
func (s *Server) deskRequests(c echo.Context) error {
	q := deskQuery(c)
	list, err := s.Requests.List(c.Request().Context(), visitorOf(c).actor(), requestFilter(q))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.List(s.presentRequests(c, q, list)))
}

// exportRequests writes the list without a word of anybody.
func (s *Server) exportRequests(c echo.Context) error {
	list, err := s.Requests.Export(c.Request().Context(), visitorOf(c).actor(), requestFilter(deskQuery(c)))
	if err != nil {
		return err
	}
	out, err := startCSV(c, "requests.csv", words.RequestsCSV()...)
	for i := 0; err == nil && i < len(list); i++ {
		r := list[i]
		err = out.Row(r.Label(), string(r.Kind), string(r.Channel), string(r.State), string(r.Identity), r.OpenedAt, r.DueAt, r.ExtendedAt, r.AnsweredAt,
			string(r.Outcome), r.Template, string(r.Mark(s.clock.Now())))
	}
	return s.endCSV(c, out, err)
}

func (s *Server) letterForm(c echo.Context) error {
	return render(c, http.StatusOK, deskview.Letter(s.presentLetter(c, form.New(nil), nil)))
}

// enterLetter takes in what came by letter, mail or telephone.
func (s *Server) enterLetter(c echo.Context) error {
	raw, err := c.FormParams()
	if err != nil {
		return errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	v := form.New(raw)
	n := requests.New{Channel: requests.ByLetter, Kind: requests.Kind(v.Raw("kind")), Words: v.Raw("words"), Value: v.Raw("value"),
		Contact: v.Raw("contact"), Postal: v.Raw("postal")}
	if name := v.Raw("purpose"); name != "" {
		purpose, known := privacy.PurposeNamed(name)
		if n.Purpose = purpose; !known {
			v.Refuse("purpose", form.WrongChoice)
		}
	}
	n.ReceivedAt, _ = v.OptionalDate("received", time.Time{}, time.Time{})
	var r requests.Request
	if err = v.Err(); err == nil {
		r, err = s.Requests.Open(c.Request().Context(), visitorOf(c).actor(), n)
	}
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return render(c, http.StatusUnprocessableEntity, deskview.Letter(s.presentLetter(c, v, err)))
	}
	if err != nil {
		return err
	}
	return requestDone(c, r.ID, "entered")
}

func requestDone(c echo.Context, id, what string) error {
	return seeOther(c, paths.With(paths.Request(id), "done", what))
}

// typedRequest is what was typed into a form of a request's page.
type typedRequest struct {
	query, months, reason             string
	template, outcome, words, preview string
	problem                           error
}

func (s *Server) showRequest(c echo.Context) error {
	return s.renderRequest(c, http.StatusOK, typedRequest{template: c.QueryParam("template")})
}

// renderRequest shows a request with what was typed, beside what is wrong with it.
func (s *Server) renderRequest(c echo.Context, status int, typed typedRequest) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	r, err := s.Requests.Get(ctx, actor, c.Param("id"))
	if err != nil {
		return err
	}
	props, err := s.presentRequest(c, r, typed)
	if err != nil {
		return err
	}
	return render(c, status, deskview.Request(props))
}

// requestOr answers what an officer did with a request: on to the page, or back
// to the form with what is wrong.
func (s *Server) requestOr(c echo.Context, err error, what string, typed typedRequest) error {
	if err == nil {
		return requestDone(c, c.Param("id"), what)
	}
	switch code := errs.CodeOf(err); code {
	case errs.Invalid, errs.Conflict, errs.Gone:
		typed.problem = err
		return s.renderRequest(c, statusOf[code], typed)
	}
	return err
}
