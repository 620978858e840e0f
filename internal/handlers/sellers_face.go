package handlers

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// How often an account may begin captures and ask for steps: more than five
// tries with as many broken off need, and too few to wait for prompts that suit a
// film. What is broken off, or too poor to be judged, is no failed try, so the
// pause after five does not end it.
const (
	capturesAnHour = 15
	capturesADay   = 30
	stepsAnHour    = 15 * 10
)

// showFace is the camera step. Nobody reaches it without a given consent, and
// no challenge is drawn before they start.
func (s *Server) showFace(c echo.Context) error {
	app, err := s.editable(c)
	if err != nil {
		return standAside(c, err)
	}
	agreed, err := s.agreed(c, app)
	if err != nil {
		return err
	}
	if !agreed {
		return seeOther(c, paths.ApplicationConsent(app.ID))
	}
	page, err := s.presentFace(c, app)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewsellers.Face(page))
}

// agreed reports whether the face may be captured for an application.
func (s *Server) agreed(c echo.Context, app sellers.Application) (bool, error) {
	consent, _, err := s.Consents.Current(c.Request().Context(), app.AccountID, privacy.PurposeFace)
	return consent.Counts() && app.Road == sellers.RoadFace, err
}

// startCapture begins a capture: from here on its time runs.
func (s *Server) startCapture(c echo.Context) error {
	v, ctx := visitorOf(c), c.Request().Context()
	if err := s.Limiter.Allow(ctx, "capture by "+v.account.ID, capturesAnHour, time.Hour); err != nil {
		return err
	}
	if err := s.Limiter.Allow(ctx, "captures of a day by "+v.account.ID, capturesADay, 24*time.Hour); err != nil {
		return err
	}
	start := sellers.CaptureStart{Light: c.FormValue("light") == "yes", Session: v.session.ID}
	challenge, err := s.Sellers.StartCapture(ctx, v.actor(), c.Param("id"), start)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, presentCaptureStart(c.Param("id"), challenge))
}

// nextStep takes the promise of the pictures so far and tells the next prompt.
func (s *Server) nextStep(c echo.Context) error {
	v, ctx := visitorOf(c), c.Request().Context()
	if err := s.Limiter.Allow(ctx, "step by "+v.account.ID, stepsAnHour, time.Hour); err != nil {
		return err
	}
	commit, err := bindCommit(c)
	if err != nil {
		return err
	}
	step, err := s.Sellers.NextStep(ctx, v.actor(), c.Param("part"), commit)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, presentReveal(step))
}

// finishCapture hands the pictures to the service, which alone judges them.
func (s *Server) finishCapture(c echo.Context) error {
	upload, err := bindCapture(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	result, err := s.Sellers.FinishCapture(c.Request().Context(), visitorOf(c).actor(), c.Param("part"), upload)
	if again := tryAgain(err); again != "" {
		return answerNext(c, facePath(id, again))
	}
	if err != nil {
		return standAside(c, err)
	}
	if !result.Accepted {
		return answerNext(c, facePath(id, words.CaptureTips(result.Reasons)...))
	}
	return s.goOn(c, id, "capture")
}

// facePath is the camera step after a try that did not work, with what helps.
func facePath(id string, reasons ...string) string {
	return paths.With(paths.ApplicationFace(id), "tip", strings.Join(reasons, " "), "again", "1")
}

// tryAgain is the reason of an error that a new capture overcomes, "" for any
// other error.
func tryAgain(err error) string {
	switch reason := errs.ReasonOf(err); reason {
	case "capture.expired", "capture.used", "capture.paused", "capture.frames", "capture.corrupt", "picture.corrupt", "picture.format":
		return reason
	}
	return ""
}
