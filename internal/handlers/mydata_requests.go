package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/requests"
	"truepenny/internal/sellers"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// myRequestKinds are what the form of this room takes; a correction has a form
// beside each field.
var myRequestKinds = []requests.Kind{requests.Objection, requests.Complaint, requests.Access, requests.Erasure}

func (s *Server) showMyRequests(c echo.Context) error { return s.requestsPage(c, http.StatusOK, nil) }

func (s *Server) requestsPage(c echo.Context, status int, wrong error) error {
	page, err := s.presentMyRequests(c, wrong)
	if err != nil {
		return err
	}
	return render(c, status, mydata.Requests(page))
}

// openMyRequest takes an objection, a complaint or another request in; the
// privacy officer has it at once, and the clock runs.
func (s *Server) openMyRequest(c echo.Context) error {
	kind := requests.Kind(c.FormValue("kind"))
	if !slices.Contains(myRequestKinds, kind) {
		return s.requestsPage(c, http.StatusUnprocessableEntity, errs.Fields(map[string]string{"kind": "form.choose"}))
	}
	n := requests.New{Kind: kind, Person: visitorOf(c).account.ID, Channel: requests.ByAccount, Words: c.FormValue("words")}
	if kind == requests.Erasure { // of everything only when they say so
		purpose, asked, err := toDelete(c.FormValue("purpose"))
		if err != nil || !asked {
			return s.requestsPage(c, http.StatusUnprocessableEntity, errs.Fields(map[string]string{"purpose": "form.choose"}))
		}
		n.Purpose = purpose
	}
	_, err := s.Requests.Open(c.Request().Context(), visitorOf(c).actor(), n)
	if errs.FieldsOf(err) != nil {
		return s.requestsPage(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.MyDataRequests(), "said", "asked"))
}

func (s *Server) showMyFields(c echo.Context) error { return s.fieldsPage(c, http.StatusOK, nil) }

func (s *Server) fieldsPage(c echo.Context, status int, wrong error) error {
	page, err := s.presentFields(c, wrong)
	if err != nil {
		return err
	}
	return render(c, status, mydata.Fields(page))
}

// askCorrection opens a request for one field; a reviewer looks at it. What a
// machine read is no field that anybody types into, so the officer gets it.
func (s *Server) askCorrection(c echo.Context) error {
	n := requests.New{
		Kind: requests.Rectification, Person: visitorOf(c).account.ID, Channel: requests.ByAccount, Application: c.FormValue("application"),
		Field: c.FormValue("field"), Value: c.FormValue("value"), Words: c.FormValue("words"),
	}
	if read := sellers.FieldName(c.FormValue("read")); slices.Contains(sellers.FieldNames, read) {
		n.Field, n.Words = requests.OtherField, words.WrongReading(string(read), n.Words)
	}
	if _, err := s.Sellers.Get(c.Request().Context(), visitorOf(c).actor(), n.Application); err != nil {
		return err
	}
	_, err := s.Requests.Open(c.Request().Context(), visitorOf(c).actor(), n)
	if errs.FieldsOf(err) != nil {
		return s.fieldsPage(c, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.MyDataRequests(), "said", "asked"))
}
