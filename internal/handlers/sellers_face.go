package handlers

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
)

// showFace is the camera step. Nobody reaches it without a given consent, and
// no challenge is drawn before one.
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
	return consent.Given() && app.Road == sellers.RoadFace, err
}

// finishCapture hands the frames to the service, which alone judges them.
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
		return answerNext(c, facePath(id, result.Reasons...))
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

// bindCapture reads the frames with their times since the first prompt.
func bindCapture(c echo.Context) (sellers.CaptureUpload, error) {
	frames, err := uploadedAll(c, "frame")
	if err != nil {
		return sellers.CaptureUpload{}, err
	}
	up := sellers.CaptureUpload{Key: uploadKey(c), Camera: c.FormValue("camera")}
	at := c.Request().MultipartForm.Value["at"]
	if len(at) != len(frames) {
		return sellers.CaptureUpload{}, errs.New(errs.Invalid, "form.unreadable")
	}
	for i, jpeg := range frames {
		offset, err := strconv.Atoi(at[i])
		if err != nil {
			return sellers.CaptureUpload{}, errs.Wrap(errs.Invalid, "form.unreadable", err)
		}
		up.Frames = append(up.Frames, sellers.Frame{OffsetMS: offset, JPEG: jpeg})
	}
	return up, nil
}
