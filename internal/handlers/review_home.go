package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// consoleHome leads a member to what their role does here.
func (s *Server) consoleHome(c echo.Context) error {
	return seeOther(c, deskOf(visitorOf(c)))
}

// deskOf is where a member's work lies.
func deskOf(v visitor) string {
	switch {
	case reviewers.lets(v):
		return paths.Queue(waitingQuery)
	case only(staff.Administrator).lets(v):
		return paths.Members()
	case officers.lets(v):
		return paths.Desk()
	case only(staff.Auditor).lets(v):
		return paths.AuditLog(paths.AuditQuery{})
	}
	return paths.ConsoleRole()
}

// consoleRole says what a role will find here and what it can do now.
func (s *Server) consoleRole(c echo.Context) error {
	props := review.DeskProps{Frame: s.console(c, words.PlaceYourDesk)}
	v := visitorOf(c)
	for _, r := range v.member.Roles {
		props.Roles = append(props.Roles, review.DeskRole{Name: words.RoleName(string(r)), Text: words.DeskText(string(r))})
	}
	if logReaders.lets(v) {
		props.Now = append(props.Now, review.Link{Text: words.PlaceAudit, Href: paths.AuditLog(paths.AuditQuery{}), Note: words.DeskAudit})
	}
	return render(c, http.StatusOK, review.Desk(props))
}
