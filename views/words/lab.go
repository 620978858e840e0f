package words

import (
	"math"
	"strconv"
	"strings"
)

// Words of the lab: its lists, sets and runs.
const (
	LabTitle     = "Lab"
	LabTabs      = "Parts of the lab"
	LabTabRuns   = "Reports"
	LabTabSets   = "Sets"
	LabTabDrill  = "Congress drill"
	LabTabLimits = "Thresholds"
	LabTabDrift  = "Drift"

	LabRunsTable     = "Measurements, newest first"
	LabRunsFilter    = "Narrow the list of reports"
	LabRunsEmpty     = "Nothing was measured yet"
	LabRunsEmptyText = "Add a labelled set, or run the Congress drill on synthetic vectors, which needs no pictures. Each run becomes a report here."
	LabRunsNone      = "No report matches this"
	LabRunsNoneText  = "Take a filter away to see more."
	LabMeasure       = "Measure something"
	LabAnyKind       = "of any kind"
	LabAnyState      = "in any state"
	LabKind          = "What was measured"
	LabState         = "State"
	LabShow          = "Show reports"
	LabNumber        = "No."
	LabSetColumn     = "Set"
	LabResult        = "Result"
	LabMadeWith      = "Network"
	LabWhen          = "Finished"
	LabNoun          = "report"
	LabNouns         = "reports"
	LabPublic        = "Public"
	LabDemoNote      = "Numbers hold for their set, their network and their day, and for nothing else."

	LabNewTitle    = "Measure something"
	LabNewWhat     = "What, and on which set?"
	LabNewWhatHelp = "Only sets whose pictures are still there can be measured."
	LabNewNone     = "There is no set to measure on yet."
	LabNewAccept   = "Threshold for the same person"
	LabNewReview   = "Threshold beyond which faces differ"
	LabNewLimits   = "Other thresholds than those in force"
	LabNewLimit    = "A distance such as 0.45. Leave it empty for the one in force. Only a threshold that a report was measured at can be proposed."
	LabNewStart    = "Start"
	LabNewLead     = "It runs in the background, one run at a time, so that applications never wait for it. You can leave the page."

	LabSetsTable     = "Sets"
	LabSetsEmpty     = "No set was added yet"
	LabSetsEmptyText = "Add a folder of labelled pictures as a ZIP. No set of faces comes with this program: only vectors that it draws itself, for the drill."
	LabShipped       = "No set of faces comes with this program. What it brings itself is synthetic: vectors for the Congress drill, which belong to nobody."
	LabSetAdd        = "Add a set"
	LabSetName       = "Name"
	LabSetNameHelp   = "As reports will call it."
	LabSetOrigin     = "Where do the pictures come from?"
	LabSetOriginHelp = "Who took them, when, and under which licence or agreement. It stands in every report."
	LabSetBasis      = "On what does their use rest?"
	LabSetExpires    = "Until when are the pictures kept?"
	LabSetExpiresAid = "On this day the pictures are deleted. Reports stay; they hold numbers only. At most two years from now."
	LabSetZip        = "The set as a ZIP"
	LabSetZipHelp    = "Pictures with a manifest.csv (file, subject, session and groups such as age or sex) for faces, or with a labels.csv for documents and liveness; bar codes with a .txt of the same name beside each. At most 64 MB; larger sets are added by command: truepenny lab add-set."
	LabSetKind       = "For"
	LabSetCounts     = "Pictures"
	LabSetPeople     = "People"
	LabSetGroups     = "Groups"
	LabSetState      = "State"
	LabSetKept       = "Pictures kept until"
	LabSetBy         = "Added"
	LabSetSending    = "Sending the file"
	LabSetNoun       = "set"
	LabSetNouns      = "sets"
	LabSetReading    = "The upload is being looked at: every picture is checked and sealed. You can leave this page."
	LabSetRefused    = "This set could not be taken, and nothing of it was kept."
	LabSetEnded      = "The pictures of this set are gone. What was measured on it stays."
	LabSetMeasure    = "Measure"
	LabSetReports    = "Reports on this set"
	LabSetNoReports  = "Nothing was measured on it yet."
	LabSetEndTitle   = "Delete the pictures"
	LabSetEndText    = "The key of the set is destroyed: no picture, label or listed error can be opened again. Reports stay."
	LabSetEndNow     = "Delete the pictures now"
	LabSetNames      = "Names of files and people are replaced by numbers when a set is sealed, so no report can name anybody."
	LabNoGroups      = "none"
	LabByCommand     = "by command"
	LabProgress      = "How far it has come"
	LabStarting      = "Starting"

	LabCancel      = "Cancel the run"
	LabWaiting     = "This run waits for the one before it."
	LabRunning     = "It is being measured. You can leave this page; after a restart it goes on where it was."
	LabCancelled   = "This run was cancelled. Nothing of it was kept."
	LabRunFailed   = "This could not be measured."
	LabRunSaid     = "What the measurement said:"
	LabAgain       = "Run it again"
	LabAskedBy     = "Asked for by"
	LabDoneAdded   = "The set arrived and is being looked at."
	LabDoneEnded   = "The pictures are gone."
	LabDonePublic  = "The report is public now."
	LabDonePrivate = "The report is no longer public."
	LabDonePropose = "The threshold is proposed. Somebody else has to confirm it."
	LabDoneConfirm = "The threshold is in force from now on."
	LabDoneReturn  = "The proposal was given back."
	LabDoneSign    = "Your signature is there."
	LabDoneCancel  = "The run was cancelled."
)

// LabDone is the sentence after something was done, "" for what it does not know.
func LabDone(what string) string {
	return map[string]string{
		"added": LabDoneAdded, "ended": LabDoneEnded, "published": LabDonePublic, "withdrawn": LabDonePrivate, "proposed": LabDonePropose,
		"confirmed": LabDoneConfirm, "returned": LabDoneReturn, "signed": LabDoneSign, "cancelled": LabDoneCancel,
	}[what]
}

// LabKindName says what is measured.
func LabKindName(kind string) string {
	return orCode(map[string]string{
		"face": "Faces, one against one", "identify": "Congress drill", "liveness": "Liveness", "document": "Documents", "barcode": "Bar codes",
	}, kind)
}

// LabRunStateName is where a run stands.
func LabRunStateName(state string) string {
	return orCode(map[string]string{"waiting": "Waits", "running": "Running", "done": "Done", "failed": "Failed", "cancelled": "Cancelled"}, state)
}

// LabSetStateName is where a set stands.
func LabSetStateName(state string) string {
	return orCode(map[string]string{"reading": "Being read", "ready": "Ready", "failed": "Could not be taken", "ended": "Pictures gone"}, state)
}

// LabBasisName is on what the use of a set rests.
func LabBasisName(basis string) string {
	return orCode(map[string]string{
		"consent": "Everybody on the pictures agreed to be measured with", "staff": "Colleagues who agreed, and may take it back",
		"public": "A public research set, used within its licence", "made": "Pictures of nobody: drawn, generated or specimens",
	}, basis)
}

// LabMeasureOn names a choice of the form: "Faces, one against one, on face-london".
func LabMeasureOn(kind, set string) string { return LabKindName(kind) + ", on " + set }

// LabReportTitle names a report.
func LabReportTitle(number int64) string { return "Report " + Number(int(number)) }

// LabFromReport tells the number of a report.
func LabLine(line int) string { return "Look at line " + Number(line) + " of the labels." }

// LabReached says how far a run or a set has come.
func LabReached(done, total int) string {
	return Number(done) + " of " + Count(total, "picture", "pictures")
}

// LabResumed says that a run was taken up again.
func LabResumed(n int) string {
	return "Taken up again " + Count(n, "time", "times") + " after a stop."
}

// Percent writes a rate, 0 to 1, with as many digits as it needs: "0.4 %",
// "0.053 %", "12 %".
func Percent(rate float64) string {
	p := 100 * rate
	switch {
	case math.IsNaN(p):
		return "–"
	case p == 0:
		return "0 %"
	case p >= 99.995:
		return "100 %"
	case p >= 10:
		return trimmed(p, 1) + " %"
	case p >= 1:
		return trimmed(p, 2) + " %"
	}
	digits := int(math.Min(8, 1-math.Floor(math.Log10(p))))
	return trimmed(p, digits) + " %"
}

func trimmed(v float64, digits int) string {
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// Between writes an interval: "0.2 to 0.9 %".
func Between(low, high float64) string {
	return strings.TrimSuffix(Percent(low), " %") + " to " + Percent(high)
}

// OneIn writes a rate as one in so many: "1 in 1,900"; "none" for zero.
func OneIn(rate float64) string {
	if rate <= 0 {
		return "none"
	}
	n := 1 / rate
	if n < 10 {
		return "1 in " + trimmed(n, 1)
	}
	step := math.Pow(10, math.Floor(math.Log10(n))-1) // two digits that mean something
	return "1 in " + Number(int(math.Round(n/step)*step))
}

// Distance writes a distance of faces.
func Distance(d float64) string { return strconv.FormatFloat(d, 'f', 3, 64) }

// LabEER is the headline of a face report in a list.
func LabEER(eer, fmr, fnmr, accept float64) string {
	return "EER " + Percent(eer) + "; at " + trimmed(accept, 3) + ": FMR " + Percent(fmr) + ", FNMR " + Percent(fnmr)
}

// LabFPIR is the headline of a drill.
func LabFPIR(wrong, probes int, fpir float64) string {
	return Count(wrong, "false identity", "false identities") + " in " + Count(probes, "search", "searches") + ": FPIR " + Percent(fpir)
}

// LabExact is the headline of a document report.
func LabExact(exact, documents, falseSure int) string {
	return Number(exact) + " of " + Count(documents, "document", "documents") + " exactly right, surely wrong " + Number(falseSure)
}

// LabRead is the headline of a report on bar codes.
func LabRead(read, pictures int) string {
	return Number(read) + " of " + Count(pictures, "picture", "pictures") + " read at every quarter turn"
}

// LabWorstAttack is the headline of a liveness report.
func LabWorstAttack(iapar, bpcer float64) string {
	return "Worst attack accepted " + Percent(iapar) + ", live people refused " + Percent(bpcer)
}

// LabCSV and LabSetsCSV are headers of lists as files.
func LabCSV() []string {
	return []string{"number", "kind", "set", "state", "result", "network", "version", "code", "machine", "seed", "asked", "finished", "public since"}
}

func LabSetsCSV() []string {
	return []string{"name", "kind", "origin", "basis", "state", "pictures", "people", "groups", "added", "pictures kept until", "pictures gone"}
}

// labReasons are the sentences for what can go wrong in the lab.
var labReasons = map[string]string{
	"lab.role":                 "Only leads and administrators may do this. You may read everything here.",
	"lab.labels.large":         "The labels are larger than 16 MB.",
	"lab.labels.csv":           "The labels are not a table of comma-separated values.",
	"lab.labels.empty":         "The labels name no picture.",
	"lab.labels.many":          "The labels name more than 5,000 pictures. Take a part of the set.",
	"lab.labels.columns":       "The labels have other columns than we know. Faces need file and subject in manifest.csv; documents image, format, line1, line2 and line3 in labels.csv.",
	"lab.labels.name":          "The labels name a file outside the set, or in a way that another system would read differently.",
	"lab.labels.twice":         "The manifest names one file twice.",
	"lab.labels.missing":       "There is no manifest.csv and no labels.csv in it, at the top or in its only folder.",
	"lab.file.missing":         "A file that the labels name is not in the set, or is larger than 40 MB.",
	"lab.file.unreadable":      "A picture that the labels name cannot be read.",
	"lab.zip.missing":          "No file arrived. Please choose the ZIP and send it again.",
	"lab.zip.large":            "This ZIP is larger than 64 MB. Larger sets are added by command: truepenny lab add-set.",
	"lab.zip.unreadable":       "This is not a ZIP that we can open.",
	"lab.zip.many":             "This ZIP holds more than 10,000 entries.",
	"lab.zip.path":             "An entry of this ZIP leads out of its folder, so we did not open it.",
	"lab.zip.file":             "A file in this ZIP is larger than 40 MB.",
	"lab.zip.bomb":             "This ZIP unpacks to far more than it holds, so we did not open it.",
	"lab.set.trouble":          "Something went wrong on our side while the set was read. Please add it again.",
	"lab.set.ended":            "The pictures of this set are gone already.",
	"lab.set.not-ready":        "This set has no pictures to measure on: it is still being read, could not be taken, or its pictures are gone.",
	"lab.kind.unfit":           "This set is labelled for something else.",
	"lab.expires.far":          "Pictures of a set may stay two years at most.",
	"lab.limit":                "A threshold is a distance from 0 to 4, such as 0.45.",
	"lab.limit.order":          "This must be a distance from 0 to 4 and not smaller than the threshold for the same person.",
	"lab.gallery":              "A gallery has from 100 to 100,000 people here.",
	"lab.probes":               "A drill has from 10 to 5,000 searches here.",
	"lab.run.failed":           "This could not be measured.",
	"lab.run.over":             "This run is over already.",
	"lab.run.state":            "This changed in the meantime. Please look again.",
	"lab.report.needed":        "A threshold in force rests on this report and on an exception that must stay public.",
	"lab.report.unfit":         "Only a finished report on faces with pairs of one and of two people can back a threshold.",
	"lab.report.other-network": "This report was measured with another network or version than the one that runs now.",
	"lab.report.older":         "The networks were changed after this report was measured. Measure again, then propose.",
	"lab.proposal.open":        "Another threshold is proposed already. It is settled first.",
	"lab.proposal.gone":        "This proposal is settled already.",
	"lab.four-eyes":            "This takes two people, and you were the first.",
	"lab.group.worse":          "A group is more than 25 % worse off. A lead and a privacy officer have to sign a reason first, which everybody can read.",
	"lab.sign.role":            "Only a lead and a privacy officer sign here, one after the other.",
	"lab.sign.none":            "No group is more than 25 % worse off, so there is nothing to sign.",
	"lab.sign.order":           "The lead gives the reason first.",
	"lab.sign.done":            "Both signatures are there already.",
}
