package handlers

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
)

// inMemory is how much of a form with files is read into memory; route.body
// bounds all of it, so no personal picture is ever written to a temporary file.
const inMemory = 64 << 20

// uploadsAnHour is more than anybody needs who takes every picture again.
const uploadsAnHour = 60

// upload limits how often an account sends pictures: each costs the machine
// more than it costs the sender.
func (s *Server) upload(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := s.Limiter.Allow(c.Request().Context(), "upload by "+visitorOf(c).account.ID, uploadsAnHour, time.Hour); err != nil {
			return err
		}
		return next(c)
	}
}

// uploaded returns the bytes of the one file in a field. Errors: Invalid
// "upload.missing", TooLarge "upload.too-large", Invalid "form.unreadable".
func uploaded(c echo.Context, field string) ([]byte, error) {
	files, err := uploadedAll(c, field)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 || len(files[0]) == 0 {
		return nil, errs.New(errs.Invalid, "upload.missing")
	}
	return files[0], nil
}

// uploadedAll returns the bytes of every file in a field, in their order.
func uploadedAll(c echo.Context, field string) ([][]byte, error) {
	if err := c.Request().ParseMultipartForm(inMemory); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, errs.Wrap(errs.TooLarge, "upload.too-large", err)
		}
		return nil, errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	var out [][]byte
	for _, h := range c.Request().MultipartForm.File[field] {
		body, err := readPart(h)
		if err != nil {
			return nil, errs.Wrap(errs.Invalid, "form.unreadable", err)
		}
		out = append(out, body)
	}
	return out, nil
}

func readPart(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// uploadKey makes sure that the same picture sent twice is kept once.
func uploadKey(c echo.Context) string {
	key := c.FormValue("idempotency_key")
	if !readable(key) { // not from a page of ours; any text stands for it
		return ids.Hash(key)
	}
	return key
}

// aboutUpload reports whether an error is about the file that was sent and not
// about where the application stands.
func aboutUpload(err error) bool {
	code := errs.CodeOf(err)
	return code == errs.Invalid || code == errs.TooLarge || code == errs.Unsupported || errs.ReasonOf(err) == "key.reused"
}

// showOwnEvidence shows the person one of their own pictures. It is a look like
// any other and stands in their history.
func (s *Server) showOwnEvidence(c echo.Context) error {
	opened, err := s.Sellers.ShowEvidence(c.Request().Context(), visitorOf(c).actor(), c.Param("id"), c.Param("part"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", "inline")
	return c.Blob(http.StatusOK, opened.MIME, opened.Plain)
}

func (s *Server) removeEvidence(c echo.Context) error {
	ctx, actor, id := c.Request().Context(), visitorOf(c).actor(), c.Param("id")
	all, err := s.Sellers.Evidence(ctx, actor, id)
	if err != nil {
		return err
	}
	if err := s.Sellers.RemoveEvidence(ctx, actor, id, c.Param("part")); err != nil {
		return standAside(c, err)
	}
	back := paths.ApplicationDocument(id)
	if slices.ContainsFunc(all, func(e sellers.Evidence) bool { return e.ID == c.Param("part") && e.Kind == sellers.EvidencePaper }) {
		back = paths.ApplicationPaper(id)
	}
	return seeOther(c, paths.With(back, "said", "removed"))
}
