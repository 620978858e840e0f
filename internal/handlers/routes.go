package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"truepenny/internal/staff"
)

// route is one row of the table: everything that decides who may reach a
// handler and how stands here and nowhere else.
type route struct {
	method string
	path   string
	name   string // feature.thing[.verb], unique
	who    who
	do     echo.HandlerFunc
	body   int64 // bytes that a request may send; 0 means the usual limit
	camera bool  // the page may open the camera
	public bool  // holds nothing personal: browsers may keep it and ask again
}

const usualBody = 256 << 10

func (r route) bodyLimit() int64 {
	if r.body > 0 {
		return r.body
	}
	return usualBody
}

// who says who may reach a route.
type who struct {
	seller bool
	roles  []staff.Role
}

var (
	anyone  = who{}
	seller  = who{seller: true}
	members = who{roles: staff.Roles} // staff of any role
)

// only is staff that have at least one of the roles.
func only(roles ...staff.Role) who { return who{roles: roles} }

func (w who) open() bool { return !w.seller && len(w.roles) == 0 }

// lets reports whether v may pass.
func (w who) lets(v visitor) bool {
	switch {
	case w.open():
		return true
	case v.isSeller():
		return w.seller
	case v.isStaff():
		return slices.ContainsFunc(v.member.Roles, func(r staff.Role) bool { return slices.Contains(w.roles, r) })
	}
	return false
}

// routes is the table of all routes.
func (s *Server) routes() []route {
	return slices.Concat(
		s.publicRoutes(),
		s.opennessRoutes(),
		s.demoRoutes(),
		s.identityRoutes(),
		s.sellerRoutes(),
		s.consentRoutes(),
		s.myDataRoutes(),
		s.reviewRoutes(),
		s.labRoutes(),
		s.layoutRoutes(),
		s.deskRoutes(),
		s.parityRoutes(),
		s.experimentRoutes(),
		s.auditRoutes(),
		s.logRoutes(),
	)
}
