package handlers

import (
	"net/http"

	"truepenny/views/paths"
)

// sellerRoutes is a seller's way, from starting an application to its decision.
func (s *Server) sellerRoutes() []route {
	const id, part = ":id", ":part"
	// A form around the pictures takes a little room besides them.
	picture := int64(s.Sellers.Policy.UploadBytes) + 64<<10
	capture := int64(s.Sellers.Policy.CaptureBytes) + 64<<10
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: paths.Application(), name: "application", who: seller, do: s.landSeller},
		{method: post, path: paths.Applications(), name: "applications.create", who: seller, do: s.startApplication},
		{method: get, path: paths.ApplicationPage(id), name: "applications.show", who: seller, do: s.showStanding},
		{method: get, path: paths.ApplicationProgress(id), name: "applications.progress", who: seller, do: s.streamProgress},
		{method: get, path: paths.ApplicationHistory(id), name: "applications.history", who: seller, do: s.showHistory},

		{method: get, path: paths.ApplicationDetails(id), name: "applications.details", who: seller, do: s.showDetails},
		{method: post, path: paths.ApplicationDetails(id), name: "applications.details.save", who: seller, do: s.saveDetails},
		{method: post, path: paths.ApplicationDraft(id), name: "applications.details.draft", who: seller, do: s.saveDraft},

		{method: get, path: paths.ApplicationRoad(id), name: "applications.road", who: seller, do: s.showRoad},
		{method: post, path: paths.ApplicationRoad(id), name: "applications.road.choose", who: seller, do: s.chooseRoad},
		{method: get, path: paths.ApplicationConsent(id), name: "applications.consent", who: seller, do: s.showConsent},
		{method: post, path: paths.ApplicationConsent(id), name: "applications.consent.answer", who: seller, do: s.answerConsent},
		{method: post, path: paths.ApplicationWithdrawal(id), name: "applications.consent.withdraw", who: seller, do: s.withdrawConsent},

		{method: get, path: paths.ApplicationDocument(id), name: "applications.document", who: seller, do: s.showDocument},
		{method: get, path: paths.ApplicationSide(id, part), name: "applications.document.side", who: seller, do: s.showSide, camera: true},
		{method: post, path: paths.ApplicationSide(id, part), name: "applications.document.add", who: seller, do: s.upload(s.addSide), body: picture, camera: true},
		{method: get, path: paths.ApplicationReading(id), name: "applications.reading", who: seller, do: s.showReading},
		{method: post, path: paths.ApplicationReading(id), name: "applications.reading.correct", who: seller, do: s.correctReading},
		{method: get, path: paths.ApplicationEvidence(id, part), name: "applications.evidence", who: seller, do: s.showOwnEvidence},
		{method: post, path: paths.ApplicationRemoval(id, part), name: "applications.evidence.remove", who: seller, do: s.removeEvidence},

		{method: get, path: paths.ApplicationFace(id), name: "applications.face", who: seller, do: s.showFace, camera: true},
		{method: post, path: paths.ApplicationCaptures(id), name: "applications.captures.start", who: seller, do: s.startCapture},
		{method: post, path: paths.ApplicationSteps(id, part), name: "applications.captures.step", who: seller, do: s.nextStep},
		{method: post, path: paths.ApplicationCapture(id, part), name: "applications.captures.finish", who: seller, do: s.upload(s.finishCapture), body: capture},
		{method: get, path: paths.ApplicationPaper(id), name: "applications.paper", who: seller, do: s.showPaper, camera: true},
		{method: post, path: paths.ApplicationPaper(id), name: "applications.paper.add", who: seller, do: s.upload(s.addPaper), body: picture, camera: true},

		{method: get, path: paths.ApplicationCheck(id), name: "applications.check", who: seller, do: s.showCheck},
		{method: post, path: paths.ApplicationSubmission(id), name: "applications.submit", who: seller, do: s.submitApplication},
		{method: get, path: paths.ApplicationCancellation(id), name: "applications.cancellation", who: seller, do: s.askCancel},
		{method: post, path: paths.ApplicationCancellation(id), name: "applications.cancel", who: seller, do: s.cancelApplication},
		{method: get, path: paths.ApplicationAppeal(id), name: "applications.appeal", who: seller, do: s.showAppeal},
		{method: post, path: paths.ApplicationAppeal(id), name: "applications.appeal.send", who: seller, do: s.sendAppeal},
		{method: post, path: paths.ApplicationSuccessor(id), name: "applications.successor", who: seller, do: s.reapply},
	}
}
