package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// namePerson looks for the account of who wrote a letter. Both answers leave a
// trace; neither is told to who wrote.
func (s *Server) namePerson(c echo.Context) error {
	ctx, actor, query := c.Request().Context(), visitorOf(c).actor(), strings.TrimSpace(short(c.FormValue("query"), 254))
	if query == "" {
		return s.requestOr(c, errs.Fields(map[string]string{"query": "form.required"}), "", typedRequest{})
	}
	person, err := s.personOf(c, query)
	if err != nil {
		return err
	}
	if err := s.Requests.NoteLookUp(ctx, actor, c.Param("id"), person != ""); err != nil {
		return err
	}
	if person == "" {
		return s.requestOr(c, errs.Fields(map[string]string{"query": "request.nobody"}), "", typedRequest{query: query})
	}
	_, err = s.Requests.Name(ctx, actor, c.Param("id"), person)
	return s.requestOr(c, err, "named", typedRequest{query: query})
}

// personOf is the account that a mail address or an application's number leads
// to, "" for none.
func (s *Server) personOf(c echo.Context, query string) (string, error) {
	ctx := c.Request().Context()
	if digits, ok := strings.CutPrefix(strings.ToUpper(query), "TP-"); ok {
		number, err := strconv.ParseInt(digits, 10, 64)
		if err != nil {
			return "", nil
		}
		return s.Sellers.PersonOf(ctx, visitorOf(c).actor(), number)
	}
	account, found, err := s.Accounts.Find(ctx, query)
	if err != nil || !found {
		return "", err
	}
	return account.ID, nil
}

// askIdentity mails a link or makes a code, whichever way was chosen.
func (s *Server) askIdentity(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), visitorOf(c).actor(), c.Param("id")
	if requests.Way(c.FormValue("way")) == requests.PostCode {
		_, err := s.Requests.AskByPost(ctx, actor, id)
		return s.requestOr(c, err, "posted", typedRequest{})
	}
	_, err := s.Requests.AskByMail(ctx, actor, id)
	return s.requestOr(c, err, "mailed", typedRequest{})
}

// showPosted is the letter with a code, for printing; opening it is logged.
func (s *Server) showPosted(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), visitorOf(c).actor(), c.Param("id")
	r, err := s.Requests.Get(ctx, actor, id)
	if err != nil {
		return err
	}
	address, err := s.Sellers.PostalOf(ctx, actor, r.Person)
	if err == nil && len(address) == 0 {
		err = errs.New(errs.Gone, "request.no-postal")
	}
	if err != nil {
		return err
	}
	code, until, err := s.Requests.PostedCode(ctx, actor, id)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.Posted(deskview.PostedProps{
		Frame: s.console(c, words.RequestTitle(r.Label(), string(r.Kind))), Back: paths.Request(id), Address: address, Code: code,
		Lines: words.RightsPosted(r.Label(), string(r.Kind), until),
	}))
}

func (s *Server) tellCode(c echo.Context) error {
	_, err := s.Requests.ConfirmByCode(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), short(c.FormValue("code"), 40))
	return s.requestOr(c, err, "proved", typedRequest{})
}

// showConfirmation asks who opened a mailed link for one more press, because some
// mail programs open every link by themselves.
func (s *Server) showConfirmation(c echo.Context) error {
	r, err := s.Requests.Peek(c.Request().Context(), c.Param("token"))
	if err != nil {
		return s.confirmationGone(c, err)
	}
	return render(c, http.StatusOK, deskview.Confirm(deskview.ConfirmProps{
		Page: s.doorPage(c, words.ConfirmTitle), Lead: words.ConfirmLead, What: words.RequestTitle(r.Label(), string(r.Kind)), Action: paths.Confirmation(c.Param("token")),
	}))
}

func (s *Server) confirmRequest(c echo.Context) error {
	if _, err := s.Requests.ConfirmByLink(c.Request().Context(), c.Param("token")); err != nil {
		return s.confirmationGone(c, err)
	}
	return render(c, http.StatusOK, deskview.Confirm(deskview.ConfirmProps{Page: s.doorPage(c, words.ConfirmDoneTitle), Lead: words.ConfirmDoneLead}))
}

func (s *Server) confirmationGone(c echo.Context, err error) error {
	if code := errs.CodeOf(err); code != errs.Gone && code != errs.Conflict {
		return err
	}
	return render(c, http.StatusGone, deskview.Confirm(deskview.ConfirmProps{Page: s.doorPage(c, words.ConfirmGoneTitle), Lead: words.ConfirmGoneLead}))
}
