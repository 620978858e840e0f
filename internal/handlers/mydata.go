package handlers

import (
	"encoding/binary"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
	"truepenny/views/mydata"
)

// ownReason is why a person's own page opens something of theirs; it stands in
// the log like every look.
const ownReason = "own"

// showMyData shows what is held about the person, by purpose.
func (s *Server) showMyData(c echo.Context) error {
	page, err := s.presentHeld(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Held(page))
}

// showMyItem opens one sealed item for its person. Of what is anybody else's
// there is none.
func (s *Server) showMyItem(c echo.Context) error {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	all, err := s.Vault.Describe(ctx, actor.ID)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(i vault.Item) bool { return i.ID == c.Param("id") && i.Purpose != privacy.PurposeCopy })
	if at < 0 {
		return errs.New(errs.NotFound, "vault.gone")
	}
	opened, err := s.Vault.Open(ctx, actor, all[at].ID, all[at].Purpose, ownReason)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", "inline")
	return c.Blob(http.StatusOK, opened.MIME, opened.Plain)
}

// filmHead is one picture in the head of a film; see static/js/film.js.
type filmHead struct {
	At    int `json:"at"` // ms since the capture began
	Bytes int `json:"bytes"`
}

// showMyFilm hands out every kept picture of a capture with its time: one look,
// one line in the log.
func (s *Server) showMyFilm(c echo.Context) error {
	shots, err := s.Sellers.OwnFilm(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	head := make([]filmHead, len(shots))
	for i, shot := range shots {
		head[i] = filmHead{At: shot.OffsetMS, Bytes: len(shot.Plain)}
	}
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	body := append(binary.BigEndian.AppendUint32(nil, uint32(len(text))), text...)
	for _, shot := range shots {
		body = append(body, shot.Plain...)
	}
	return c.Blob(http.StatusOK, echo.MIMEOctetStream, body)
}

// showMySheet shows the same pictures on one sheet, to those without script.
func (s *Server) showMySheet(c echo.Context) error {
	shots, err := s.Sellers.OwnFilm(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	frames := make([]sellers.Opened, len(shots))
	for i, shot := range shots {
		frames[i] = shot.Opened
	}
	sheet, err := frameSheet(frames)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/jpeg", sheet)
}

// showMyComparisons shows every machine check in words, without a figure.
func (s *Server) showMyComparisons(c echo.Context) error {
	page, err := s.presentComparisons(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Comparisons(page))
}
