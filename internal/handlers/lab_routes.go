package handlers

import (
	"net/http"

	"truepenny/internal/laboratory"
	"truepenny/internal/staff"
	"truepenny/views/paths"
)

var (
	// labReaders read everything of the lab; auditors and privacy officers change
	// nothing, but for what the service lets a privacy officer do.
	labReaders = only(staff.Administrator, staff.Lead, staff.Privacy, staff.Auditor)
	labRunners = only(staff.Administrator, staff.Lead)
	labKeepers = only(staff.Administrator, staff.Lead, staff.Privacy) // answer for pictures
	labSigners = only(staff.Lead, staff.Privacy)
)

// labUpload is a set as a ZIP and what was typed beside it.
const labUpload = laboratory.MostZip + 1<<20

func (s *Server) labRoutes() []route {
	get, post := http.MethodGet, http.MethodPost
	return []route{
		{method: get, path: "/console/lab", name: "lab.runs", who: labReaders, do: s.labRuns},
		{method: get, path: "/console/lab.csv", name: "lab.runs.export", who: labReaders, do: s.exportRuns},
		{method: get, path: paths.LabRunNew("", ""), name: "lab.run.form", who: labRunners, do: s.runForm},
		{method: post, path: paths.LabRuns(), name: "lab.run.start", who: labRunners, do: s.startRun},
		{method: get, path: "/console/lab/runs/:id", name: "lab.run", who: labReaders, do: s.showRun},
		{method: get, path: "/console/lab/runs/:id/progress", name: "lab.run.progress", who: labReaders, do: s.runProgress},
		{method: post, path: "/console/lab/runs/:id/cancel", name: "lab.run.cancel", who: labRunners, do: s.cancelRun},
		{method: post, path: "/console/lab/runs/:id/publication", name: "lab.run.publish", who: labRunners, do: s.publishRun},
		{method: post, path: "/console/lab/runs/:id/proposal", name: "lab.run.propose", who: labRunners, do: s.proposeLimits},
		{method: get, path: "/console/lab/runs/:id/tables/:part", name: "lab.run.table", who: labReaders, do: s.runTable},
		{method: get, path: "/console/lab/runs/:id/pictures/:part", name: "lab.run.picture", who: labKeepers, do: s.runPicture},

		{method: get, path: paths.LabSets(), name: "lab.sets", who: labReaders, do: s.labSets},
		{method: get, path: paths.LabSetsCSV(), name: "lab.sets.export", who: labReaders, do: s.exportSets},
		{method: get, path: paths.LabSetNew(), name: "lab.set.form", who: labRunners, do: s.setForm},
		{method: post, path: paths.LabSets(), name: "lab.set.add", who: labRunners, do: s.addSet, body: labUpload},
		{method: get, path: "/console/lab/sets/:id", name: "lab.set", who: labReaders, do: s.showSet},
		{method: get, path: "/console/lab/sets/:id/progress", name: "lab.set.progress", who: labReaders, do: s.setProgress},
		{method: post, path: "/console/lab/sets/:id/end", name: "lab.set.end", who: labKeepers, do: s.endSet},

		{method: get, path: paths.LabDrill(0), name: "lab.drill", who: labReaders, do: s.showDrill},
		{method: post, path: paths.LabDrill(0), name: "lab.drill.run", who: labRunners, do: s.runDrill},

		{method: get, path: paths.LabThresholds(), name: "lab.limits", who: labReaders, do: s.showLimits},
		{method: get, path: paths.LabThresholdsCSV(), name: "lab.limits.export", who: labReaders, do: s.exportLimits},
		{method: post, path: "/console/lab/thresholds/:id/confirmation", name: "lab.limits.confirm", who: labRunners, do: s.confirmLimits},
		{method: post, path: "/console/lab/thresholds/:id/return", name: "lab.limits.return", who: labRunners, do: s.returnLimits},
		{method: post, path: "/console/lab/thresholds/:id/signature", name: "lab.limits.sign", who: labSigners, do: s.signLimits},

		{method: get, path: paths.LabDrift(), name: "lab.drift", who: labReaders, do: s.showDrift},
		{method: get, path: paths.LabDriftCSV(), name: "lab.drift.export", who: labReaders, do: s.exportDrift},

		{method: get, path: paths.Reports(), name: "reports", who: anyone, do: s.showReports, public: true},
		{method: get, path: "/reports/:id", name: "report", who: anyone, do: s.showReport, public: true},
		{method: get, path: "/reports/:id/tables/:part", name: "report.table", who: anyone, do: s.reportTable, public: true},
	}
}
