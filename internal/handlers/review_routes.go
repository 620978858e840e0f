package handlers

import (
	"net/http"

	"truepenny/internal/staff"
)

// reviewers decide cases; leads do too, and are usually the second person.
var reviewers = only(staff.Reviewer, staff.Lead)

func (s *Server) reviewRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: "/console", name: "console.home", who: members, do: s.consoleHome},
		{method: get, path: "/console/role", name: "console.role", who: members, do: s.consoleRole},

		{method: get, path: "/console/cases", name: "queue.list", who: reviewers, do: s.queue},
		{method: get, path: "/console/cases.csv", name: "queue.export", who: reviewers, do: s.queueExport},
		{method: post, path: "/console/claims", name: "queue.claim", who: reviewers, do: s.claimPicked},
		{method: post, path: "/console/releases", name: "queue.release", who: reviewers, do: s.releasePicked},

		{method: get, path: "/console/cases/:id", name: "case.show", who: reviewers, do: s.showCase},
		{method: post, path: "/console/cases/:id/claim", name: "case.claim", who: reviewers, do: s.claimCase},
		{method: post, path: "/console/cases/:id/release", name: "case.release", who: reviewers, do: s.releaseCase},
		{method: get, path: "/console/cases/:id/decision", name: "case.decision.form", who: reviewers, do: s.decisionForm},
		{method: post, path: "/console/cases/:id/decision", name: "case.decision", who: reviewers, do: s.decideCase},
		{method: post, path: "/console/cases/:id/preview", name: "case.preview", who: reviewers, do: s.previewDecision},
		{method: get, path: "/console/cases/:id/second-look", name: "case.second-look.form", who: reviewers, do: s.secondLookForm},
		{method: post, path: "/console/cases/:id/second-look", name: "case.second-look", who: reviewers, do: s.secondLook},
		{method: post, path: "/console/cases/:id/connection", name: "case.connection", who: reviewers, do: s.declareConnection},
		{method: get, path: "/console/cases/:id/evidence/:evidence", name: "case.evidence", who: reviewers, do: s.caseEvidence},
		{method: get, path: "/console/cases/:id/captures/:capture", name: "case.frames", who: reviewers, do: s.caseFrames},
	}
}
