package handlers

import "github.com/labstack/echo/v4"

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
