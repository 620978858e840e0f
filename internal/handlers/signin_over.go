package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sessions"
	"truepenny/views/kit"
	"truepenny/views/layout"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// doorPage is the page of a door. Who was on their way somewhere with a session
// that is over is told so: the door alone would not explain itself.
func (s *Server) doorPage(c echo.Context, title string) layout.Page {
	page := s.page(c, title)
	if c.QueryParam("next") != "" && sessionOver(c) {
		page.Flash = append(page.Flash, kit.Message{Tone: kit.ToneInfo, Text: words.SignInOver})
	}
	return page
}

// sessionOver reports whether the browser still carries a session that does not
// count any more.
func sessionOver(c echo.Context) bool {
	v := visitorOf(c)
	cookie, err := c.Cookie(sessions.CookieName)
	return err == nil && cookie.Value != "" && !v.isSeller() && !v.isStaff()
}

// doorLink leads from a page that says "please sign in" to the door that fits.
func doorLink(c echo.Context) layout.Link {
	if strings.HasPrefix(c.Request().URL.Path, paths.Console()) {
		return layout.Link{Label: words.SignInTitle, Href: paths.StaffSignIn()}
	}
	return layout.Link{Label: words.SignInTitle, Href: paths.SignIn()}
}
