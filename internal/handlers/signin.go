package handlers

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/passkeys"
	"truepenny/internal/sessions"
	"truepenny/views/paths"
)

// signOut ends the session of this browser.
func (s *Server) signOut(c echo.Context) error {
	door := paths.Home()
	if visitorOf(c).isStaff() {
		door = paths.StaffSignIn()
	}
	if err := s.Sessions.SignOut(c.Response(), c.Request()); err != nil {
		return err
	}
	return seeOther(c, door)
}

// begin signs a holder in; next is where the browser goes.
func (s *Server) begin(c echo.Context, h sessions.Holder, how sessions.Method) error {
	_, err := s.Sessions.Begin(c.Response(), c.Request(), h, how)
	return err
}

// doorPeriod is the time in which attempts at a door are counted.
const doorPeriod = 15 * time.Minute

// limitDoor counts an attempt from this address of the network, of which many
// people may share one.
func (s *Server) limitDoor(c echo.Context, door string, limit int) error {
	return s.Limiter.Allow(c.Request().Context(), door+" from "+c.RealIP(), limit, doorPeriod)
}

// limitPerson counts an attempt for one mail address, so that nobody's mailbox
// is flooded and no code is guessed.
func (s *Server) limitPerson(c echo.Context, door, email string, limit int) error {
	key := door + " for " + strings.ToLower(strings.TrimSpace(email))
	return s.Limiter.Allow(c.Request().Context(), key, limit, doorPeriod)
}

// answerOptions gives the script what the browser's passkey dialogue needs.
func answerOptions(c echo.Context, options passkeys.Options, err error) error {
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]json.RawMessage{"publicKey": options})
}

// passkeyAnswer is what the browser made of them.
func passkeyAnswer(c echo.Context) ([]byte, error) {
	answer, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return nil, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	return answer, nil
}

// goNext tells the script where to go.
func goNext(c echo.Context, path string) error {
	return c.JSON(http.StatusOK, map[string]string{"next": path})
}
