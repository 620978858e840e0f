package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/staff"
	deskview "truepenny/views/desk"
	"truepenny/views/layout"
	"truepenny/views/paths"
	"truepenny/views/words"
)

var (
	// officers keep the privacy desk.
	officers = only(staff.Privacy)
	// deskReaders may look at it.
	deskReaders = only(staff.Privacy, staff.Auditor)
)

func (s *Server) deskRoutes() []route {
	get := http.MethodGet
	return []route{
		{method: get, path: paths.Desk(), name: "desk.home", who: deskReaders, do: s.deskHome},
	}
}

// privacyPlaces are the lines of the group "Privacy".
func privacyPlaces(v visitor) []layout.Place {
	var out []layout.Place
	if deskReaders.lets(v) {
		out = append(out, layout.Place{Label: words.DeskPrivacyTitle, Href: paths.Desk()})
	}
	return out
}

// deskHome shows how things stand.
func (s *Server) deskHome(c echo.Context) error {
	return render(c, http.StatusOK, deskview.Home(deskview.HomeProps{Frame: s.console(c, words.DeskPrivacyTitle)}))
}
