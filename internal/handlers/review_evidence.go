package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// lookReason is why a reviewer's page opens a picture; the seller reads it with
// every look.
const lookReason = "case.review"

// caseEvidence hands out one picture of a case. The look is in the log before.
func (s *Server) caseEvidence(c echo.Context) error {
	opened, err := s.Sellers.OpenEvidence(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.Param("evidence"), lookReason)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, opened.MIME, opened.Plain)
}

// caseFrames hands out every frame of a capture on one sheet of small pictures:
// one look, one line in the log.
func (s *Server) caseFrames(c echo.Context) error {
	frames, err := s.Sellers.OpenCapture(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.Param("capture"), lookReason)
	if err != nil {
		return err
	}
	sheet, err := frameSheet(frames)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/jpeg", sheet)
}
