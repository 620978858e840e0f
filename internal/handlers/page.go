package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/views/layout"
	"truepenny/views/paths"
)

// page is what every frame needs, for whoever makes the request.
func (s *Server) page(c echo.Context, title string) layout.Page {
	v := visitorOf(c)
	p := layout.Page{Title: title, Theme: themeOf(c), Demo: s.isDemo()}
	switch {
	case v.isSeller():
		p.Who, p.SignOut = v.account.Email, paths.SignOut()
	case v.isStaff():
		p.Who, p.SignOut = v.member.Name, paths.SignOut()
	}
	return p
}

// themeOf is the theme that the person chose in this browser, "" to follow the
// device; see static/js/theme.js.
func themeOf(c echo.Context) string {
	cookie, err := c.Cookie("theme")
	if err == nil && (cookie.Value == "paper" || cookie.Value == "ink") {
		return cookie.Value
	}
	return ""
}
