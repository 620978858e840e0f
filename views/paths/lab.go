package paths

import "strconv"

// LabQuery narrows the list of reports.
type LabQuery struct{ Kind, State string }

func (q LabQuery) pairs() []string { return []string{"kind", q.Kind, "state", q.State} }

// Lab is the list of runs and their reports.
func Lab(q LabQuery) string { return With("/console/lab", q.pairs()...) }

// LabCSV is the same list as a file.
func LabCSV(q LabQuery) string { return With("/console/lab.csv", q.pairs()...) }

// LabSets lists the sets and takes a new one (POST); LabSetNew is its form.
func LabSets() string   { return "/console/lab/sets" }
func LabSetNew() string { return "/console/lab/sets/new" }

// LabSetsCSV is the list of sets as a file.
func LabSetsCSV() string { return "/console/lab/sets.csv" }

// LabSet is one set, LabSetProgress how far its reading has come, LabSetEnd
// removes its pictures (POST).
func LabSet(id string) string         { return join("console", "lab", "sets", id) }
func LabSetProgress(id string) string { return join("console", "lab", "sets", id, "progress") }
func LabSetEnd(id string) string      { return join("console", "lab", "sets", id, "end") }

// LabRuns takes a new run (POST); LabRunNew is its form, with something chosen.
func LabRuns() string { return "/console/lab/runs" }
func LabRunNew(kind, set string) string {
	what := ""
	if set != "" {
		what = kind + " " + set
	}
	return With("/console/lab/runs/new", "what", what)
}

// LabRun is one run, with its report once it is done.
func LabRun(id string) string            { return join("console", "lab", "runs", id) }
func LabRunProgress(id string) string    { return labRunDo(id, "progress") }
func LabRunCancel(id string) string      { return labRunDo(id, "cancel") }
func LabRunPublication(id string) string { return labRunDo(id, "publication") }
func LabRunProposal(id string) string    { return labRunDo(id, "proposal") }

func labRunDo(id, what string) string { return join("console", "lab", "runs", id, what) }

// LabRunTable is one of a report's tables as a file: "det", "scores", "groups",
// "histogram", "points", "attacks".
func LabRunTable(id, table string) string { return join("console", "lab", "runs", id, "tables", table) }

// LabPicture is a picture of an error. Every opening of it is logged.
func LabPicture(run, file string) string {
	return join("console", "lab", "runs", run, "pictures", file)
}

// LabDrill is the Congress drill with its button (POST), for a gallery of n.
func LabDrill(n int) string {
	if n <= 0 {
		return "/console/lab/drill"
	}
	return With("/console/lab/drill", "n", strconv.Itoa(n))
}

// LabThresholds shows what is in force, what is proposed and what was.
func LabThresholds() string    { return "/console/lab/thresholds" }
func LabThresholdsCSV() string { return "/console/lab/thresholds.csv" }

// What people do with a proposed threshold (POST).
func LabConfirmation(id string) string {
	return join("console", "lab", "thresholds", id, "confirmation")
}
func LabReturn(id string) string    { return join("console", "lab", "thresholds", id, "return") }
func LabSignature(id string) string { return join("console", "lab", "thresholds", id, "signature") }

// LabDrift is how live checks run against the report in force.
func LabDrift() string    { return "/console/lab/drift" }
func LabDriftCSV() string { return "/console/lab/drift.csv" }

// Reports lists what everybody may read; Report is one of them.
func Reports() string                     { return "/reports" }
func Report(id string) string             { return join("reports", id) }
func ReportTable(id, table string) string { return join("reports", id, "tables", table) }
