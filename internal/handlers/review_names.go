package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/staff"
)

// names returns a function that tells a member's name by id, asking for each
// once. A member who is gone keeps their id.
func (s *Server) names(c echo.Context) func(id string) string {
	known := map[string]string{"": ""}
	return func(id string) string {
		if name, ok := known[id]; ok {
			return name
		}
		name := id
		if m, err := s.Staff.Get(c.Request().Context(), id); err == nil && m.Name != "" {
			name = m.Name
		}
		known[id] = name
		return name
	}
}

// everyName is names with every member known beforehand, for lists that are
// streamed: they hold a connection to the database, and as many of them as there
// are connections would wait for another one for ever.
func (s *Server) everyName(c echo.Context) (func(id string) string, error) {
	all, err := s.Staff.List(c.Request().Context(), staff.Filter{})
	known := map[string]string{}
	for _, m := range all {
		known[m.ID] = m.Name
	}
	return func(id string) string {
		if name := known[id]; name != "" {
			return name
		}
		return id
	}, err
}
