package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/views/paths"
	viewpublic "truepenny/views/public"
)

// publicRoutes are the pages that need no account.
func (s *Server) publicRoutes() []route {
	return []route{
		{method: http.MethodGet, path: paths.Home(), name: "home", who: anyone, do: s.showFront, public: true},
		{method: http.MethodGet, path: paths.Notices(), name: "notices", who: anyone, do: s.showNotices, public: true},
		{method: http.MethodGet, path: paths.Purposes(), name: "purposes", who: anyone, do: s.showPurposes, public: true},
	}
}

func (s *Server) showFront(c echo.Context) error {
	page, err := s.presentFront(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, viewpublic.Front(page))
}

func (s *Server) showPurposes(c echo.Context) error {
	return render(c, http.StatusOK, viewpublic.Purposes(s.presentPurposes(c)))
}

func (s *Server) showNotices(c echo.Context) error {
	return render(c, http.StatusOK, viewpublic.Notices(s.presentNotices(c)))
}
