package handlers

import (
	"net/http"
	"slices"

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
	// holders hold data against deletion, two of them together.
	holders = only(staff.Privacy, staff.Administrator, staff.Lead)
	// holdReaders also are those who check on them.
	holdReaders = only(staff.Privacy, staff.Administrator, staff.Lead, staff.Auditor)
)

func (s *Server) deskRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.Desk(), name: "desk.home", who: deskReaders, do: s.deskHome},

		{method: get, path: "/console/privacy/requests", name: "requests.list", who: deskReaders, do: s.deskRequests},
		{method: get, path: "/console/privacy/requests.csv", name: "requests.export", who: deskReaders, do: s.exportRequests},
		{method: get, path: "/console/privacy/requests/new", name: "requests.letter.form", who: officers, do: s.letterForm},
		{method: post, path: "/console/privacy/requests", name: "requests.letter", who: officers, do: s.enterLetter},
		{method: get, path: "/console/privacy/requests/:id", name: "request.show", who: deskReaders, do: s.showRequest},
		{method: post, path: "/console/privacy/requests/:id/person", name: "request.person", who: officers, do: s.namePerson},
		{method: post, path: "/console/privacy/requests/:id/identity", name: "request.identity", who: officers, do: s.askIdentity},
		{method: get, path: "/console/privacy/requests/:id/identity-letter", name: "request.identity.letter", who: officers, do: s.showPosted},
		{method: post, path: "/console/privacy/requests/:id/identity-code", name: "request.identity.code", who: officers, do: s.tellCode},
		{method: post, path: "/console/privacy/requests/:id/extension", name: "request.extend", who: officers, do: s.extendRequest},
		{method: post, path: "/console/privacy/requests/:id/erasure", name: "request.erase", who: officers, do: s.eraseForRequest},
		{method: post, path: "/console/privacy/requests/:id/copy", name: "request.copy", who: officers, do: s.copyForRequest},
		{method: post, path: "/console/privacy/requests/:id/preview", name: "request.preview", who: officers, do: s.previewAnswer},
		{method: post, path: "/console/privacy/requests/:id/answer", name: "request.answer", who: officers, do: s.sendAnswer},

		{method: get, path: "/console/privacy/templates", name: "templates.list", who: deskReaders, do: s.answerTemplates},
		{method: get, path: "/console/privacy/templates/:id", name: "templates.show", who: deskReaders, do: s.showTemplate},
		{method: post, path: "/console/privacy/templates/:id", name: "templates.save", who: officers, do: s.saveTemplate},

		{method: get, path: "/requests/confirm/:token", name: "request.confirm.show", who: anyone, do: s.showConfirmation},
		{method: post, path: "/requests/confirm/:token", name: "request.confirm", who: anyone, do: s.confirmRequest},

		{method: get, path: paths.Holds(), name: "holds.list", who: holdReaders, do: s.listHolds},
		{method: post, path: paths.Holds(), name: "holds.propose", who: holders, do: s.proposeHold},
		{method: post, path: "/console/privacy/holds/:id/confirmation", name: "holds.confirm", who: holders, do: s.confirmHold},
		{method: post, path: "/console/privacy/holds/:id/lifting", name: "holds.lift", who: holders, do: s.liftHold},

		{method: get, path: paths.Retention(), name: "retention.show", who: deskReaders, do: s.showRetention},
		{method: get, path: paths.RetentionCSV(), name: "retention.export", who: deskReaders, do: s.exportRetention},
		{method: get, path: paths.DeskConsents(), name: "desk.consents", who: deskReaders, do: s.deskConsents},
		{method: get, path: paths.DeskConsentsCSV(), name: "desk.consents.export", who: deskReaders, do: s.exportDeskConsents},
		{method: post, path: paths.DeskPerson(), name: "desk.consents.person", who: officers, do: s.lookUpConsents},

		{method: get, path: "/console/corrections", name: "corrections.list", who: reviewers, do: s.listCorrections},
		{method: get, path: "/console/corrections/:id", name: "corrections.show", who: reviewers, do: s.showCorrection},
		{method: post, path: "/console/corrections/:id", name: "corrections.decide", who: reviewers, do: s.decideCorrection},
	}
}

// privacyPlaces are the lines of the group "Privacy".
func (s *Server) privacyPlaces(c echo.Context) []layout.Place {
	var out []layout.Place
	v := visitorOf(c)
	add := func(w who, p layout.Place) {
		if w.lets(v) {
			out = append(out, p)
		}
	}
	if s.Requests == nil || !deskReaders.lets(v) && !reviewers.lets(v) {
		return slices.Concat(parityPlaces(v), registerPlaces(v))
	}
	n, err := s.Requests.Counts(c.Request().Context())
	if err != nil { // the places are more useful without numbers than not at all
		s.log.Error("count requests", "error", err, "reference", reference(c))
	}
	add(deskReaders, layout.Place{Label: words.DeskPrivacyTitle, Href: paths.Desk()})
	add(deskReaders, layout.Place{Label: words.DeskRequests, Href: paths.Requests(paths.DeskQuery{}), Count: n.Open, Due: n.Overdue > 0})
	add(reviewers, layout.Place{Label: words.DeskCorrections, Href: paths.Corrections(), Count: n.Corrections})
	add(holdReaders, layout.Place{Label: words.DeskHolds, Href: paths.Holds()})
	add(deskReaders, layout.Place{Label: words.DeskRetention, Href: paths.Retention()})
	add(deskReaders, layout.Place{Label: words.DeskConsents, Href: paths.DeskConsents()})
	add(deskReaders, layout.Place{Label: words.DeskTemplates, Href: paths.AnswerTemplates()})
	return slices.Concat(out, parityPlaces(v), registerPlaces(v))
}

// deskHome shows how things stand.
func (s *Server) deskHome(c echo.Context) error {
	ctx := c.Request().Context()
	n, err := s.Requests.Counts(ctx)
	if err != nil {
		return err
	}
	overdue, err := s.Register.Overdue(ctx, s.clock.Now())
	if err != nil {
		return err
	}
	holds, err := s.Holds.List(ctx, "")
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.Home(s.presentDeskHome(c, n, overdue, holds)))
}
