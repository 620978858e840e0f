package handlers

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/views/layout"
	"truepenny/views/words"
)

var statusOf = map[errs.Code]int{
	errs.Invalid:         http.StatusUnprocessableEntity,
	errs.Unauthenticated: http.StatusUnauthorized,
	errs.Forbidden:       http.StatusForbidden,
	errs.NotFound:        http.StatusNotFound,
	errs.Conflict:        http.StatusConflict,
	errs.Gone:            http.StatusGone,
	errs.TooLarge:        http.StatusRequestEntityTooLarge,
	errs.TooMany:         http.StatusTooManyRequests,
	errs.Unsupported:     http.StatusUnsupportedMediaType,
	errs.Unavailable:     http.StatusServiceUnavailable,
	errs.Internal:        http.StatusInternalServerError,
}

func foreignOrigin(err error) error {
	return errs.Wrap(errs.Forbidden, "request.foreign", err)
}

// fail is the one door through which an error leaves: it logs the cause, which
// no page shows, and answers with a sentence and a reference to quote.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		s.log.Error("request failed after its answer began", "error", err, "reference", reference(c))
		return
	}
	err = fromEcho(err)
	status := statusOf[errs.CodeOf(err)]
	level := slog.LevelInfo
	switch {
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	case examined(c): // the daily look at every page meets many that refuse
		level = slog.LevelDebug
	}
	s.log.Log(c.Request().Context(), level, "request refused", "status", status, "error", err, "reference", reference(c))
	if wantsJSON(c) {
		_ = c.JSON(status, problem{Reason: errs.ReasonOf(err), Message: words.Reason(errs.ReasonOf(err)), Fields: fieldSentences(err), Reference: reference(c)})
		return
	}
	props := layout.ErrorProps{
		Status: status, Sentence: words.Reason(errs.ReasonOf(err)), Reference: reference(c), Demo: s.isDemo(), Theme: themeOf(c),
	}
	if status == http.StatusUnauthorized {
		props.Action = doorLink(c)
	}
	page := layout.ErrorPage(props)
	if renderErr := render(c, status, page); renderErr != nil {
		s.log.Error("error page failed", "error", renderErr, "reference", reference(c))
	}
}

// problem is an error as scripts get it.
type problem struct {
	Reason    string            `json:"reason"`
	Message   string            `json:"message"`
	Fields    map[string]string `json:"fields,omitempty"`
	Reference string            `json:"reference"`
}

// fieldSentences gives the sentence of each wrong field.
func fieldSentences(err error) map[string]string {
	fields := errs.FieldsOf(err)
	if len(fields) == 0 {
		return nil
	}
	out := make(map[string]string, len(fields))
	for name, reason := range fields {
		out[name] = words.Reason(reason)
	}
	return out
}

// fromEcho turns the router's own errors into ours.
func fromEcho(err error) error {
	var he *echo.HTTPError
	if !errors.As(err, &he) {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return errs.Wrap(errs.TooLarge, "request.too-large", err)
		}
		return err
	}
	switch he.Code {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return errs.Wrap(errs.NotFound, "page.missing", err)
	case http.StatusRequestEntityTooLarge:
		return errs.Wrap(errs.TooLarge, "request.too-large", err)
	}
	return err
}

func wantsJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get("Accept"), "application/json")
}
