package words

import (
	"strconv"
	"strings"
)

// Words of a report.
const (
	ReportPrint      = "Print"
	ReportPublish    = "Make it public"
	ReportWithdraw   = "Take it from the public page"
	ReportPublicAt   = "Public address"
	ReportPublicHelp = "The public page shows every number and no picture."
	ReportNumbers    = "The two errors"
	ReportEER        = "Equal error rate"
	ReportFMR        = "Strangers taken for each other"
	ReportFNMR       = "One person not recognised"
	ReportAcquire    = "Pictures without a face found"
	ReportSpeed      = "Time a picture"
	ReportCompared   = "Compared"
	ReportAtLimit    = "At the threshold in force for this run"
	ReportBootstrap  = "Allowing for pairs that share people"

	ReportClaims      = "What this many comparisons can show"
	ReportClaimsLead  = "By the rule of 3: without a single error, n comparisons show a rate of at most about 3/n with 95 % confidence. Below that many, a bar cannot be claimed, whatever came out."
	ReportClaimBar    = "Bar"
	ReportClaimHave   = "Comparisons made"
	ReportClaimNeeded = "Needed at least"
	ReportClaimAtMost = "Shown: at most"
	ReportClaimVerdic = "So"
	ReportClaimShown  = "Shown"
	ReportClaimNot    = "Not met: too many errors"
	ReportClaimCannot = "Cannot be claimed with this many"

	ReportFixed      = "One person not recognised, at fixed rates for strangers"
	ReportFixedFMR   = "Strangers taken for each other"
	ReportFixedLimit = "Threshold"
	ReportFixedFNMR  = "One person not recognised"
	ReportFixedNote  = "Remark"
	ReportTooFewFor  = "Not measurable with this many pairs"

	ReportDET       = "Trade-off between the two errors"
	ReportDETFMR    = "Strangers taken for each other (FMR), %"
	ReportDETFNMR   = "One person not recognised (FNMR), %"
	ReportDETText   = "Each point is one threshold. Lower and further left is better; both axes are logarithmic and end where this many pairs show nothing more. The cross marks the threshold of this run."
	ReportDETTable  = "The curve as a table"
	ReportHistogram = "Distances"
	ReportHistX     = "Distance between two faces"
	ReportHistY     = "Share of pairs, %"
	ReportHistText  = "Pairs of one person (filled) lie near 0, pairs of strangers (hatched) further out. What overlaps are the errors. The lines mark the thresholds."
	ReportHistTable = "The distances as a table"
	ReportSame      = "One person"
	ReportStrangers = "Strangers"
	ReportExplore   = "Move along the curve"
	ReportDistance  = "Distance"

	ReportGroups       = "Groups at one threshold"
	ReportGroup        = "Group"
	ReportGroupFMR     = "Strangers taken for each other"
	ReportGroupFNMR    = "Not recognised"
	ReportGroupRatio   = "Against everybody"
	ReportGroupRule    = "25 % rule"
	ReportGroupAll     = "Everybody"
	ReportGroupWithin  = "Within"
	ReportGroupWorse   = "More than 25 % worse"
	ReportGroupTooFew  = "Too few to say"
	ReportGroupNothing = "Nobody erred"
	ReportGroupsNone   = "The set names no groups, so nothing can be said about fairness between them."
	ReportGroupsRule   = "The rule (NIST SP 800-63A-4, 3.11): no group may fare more than 25 % worse than everybody together. It is said of a group with 30 errors or whose interval lies on one side of the limit."

	ReportScores     = "What a distance means"
	ReportScoresText = "Of pairs of strangers, so many are at this distance or nearer. “Not excluded” is the highest rate that this many pairs leave possible."
	ReportScoresFMR  = "Strangers this near"
	ReportScoresIn   = "In words"
	ReportScoresMost = "Not excluded"
	ReportScoresFNMR = "One person further apart"

	ReportChecks       = "The check as it is used"
	ReportChecksText   = "One picture stands for the portrait, several others of the same person, or of a stranger, for the capture. They are joined as the first column says; the case page uses the mean of the nearest three quarters."
	ReportChecksFrames = "Frames"
	ReportChecksSame   = "Own frames refused"
	ReportChecksOther  = "A stranger's frames accepted"

	ReportErrors       = "Where it erred"
	ReportErrorsNone   = "Nothing erred on this set."
	ReportErrorsGone   = "The pictures of the set are gone, so the errors cannot be looked at any more."
	ReportErrorsLook   = "Show the pictures"
	ReportErrorsLogged = "Every opening of a picture stands in the audit log."
	ReportErrorsCannot = "Your role reads the numbers; the pictures are for leads, administrators and privacy officers."
	ReportMatches      = "Strangers taken for each other"
	ReportMisses       = "One person not recognised"
	ReportMissed       = "Pictures without a face found"
	ReportLabelled     = "Label"
	ReportReadAs       = "Read"

	ReportMade        = "Made with"
	ReportNetwork     = "Network"
	ReportPrint256    = "Fingerprint of the networks"
	ReportCode        = "Program"
	ReportMachine     = "Machine"
	ReportSeed        = "Seed"
	ReportRan         = "Measured"
	ReportSet         = "Set"
	ReportOrigin      = "Origin of the set"
	ReportBasis       = "Rests on"
	ReportKeptPicture = "Pictures"
	ReportCached      = "of them taken over from before a stop, not timed"
	ReportNoNetwork   = "none took part"

	ReportDrillPoint    = "Threshold"
	ReportDrillFalse    = "False identities"
	ReportDrillFPIR     = "Searches that name a wrong person (FPIR)"
	ReportDrillFMR      = "Strangers taken for each other (FMR)"
	ReportDrillFNIR     = "Own entry not found"
	ReportDrillShape    = "Gallery and searches"
	ReportDrillAt       = "With so many people in the gallery"
	ReportDrillAtText   = "Reckoned from the error of one comparison, as if comparisons were independent. They are not: who resembles one stranger resembles several, so fewer searches go wrong than this says, as the run above may show."
	ReportDrillExpect   = "Searches that name a wrong person"
	ReportDrillPer      = "False alarms in 1,000 searches"
	ReportDrillNeeded   = "What one false alarm in 1,000 searches takes"
	ReportDrillNeedFMR  = "FMR needed"
	ReportDrillDefault  = "Makers' default"
	ReportDrillActive   = "In force here"
	ReportDrillCongress = "Where the test of 2018 stood"
	ReportDrillModel    = "These are drawn vectors of nobody, with distances as the network gives them. They show what the size of a search does, not how the network does on people."
	ReportHits          = "Wrong names"

	ReportDocuments   = "Documents"
	ReportDocExact    = "Read completely right"
	ReportDocSure     = "Called sure"
	ReportDocWrong    = "Surely wrong"
	ReportOf          = "of"
	ReportDocChars    = "Errors a character"
	ReportDocSeconds  = "Time a document"
	ReportDocWithout  = "Pictures without a zone"
	ReportDocFalse    = "of these a zone was reported in"
	ReportBarPictures = "Pictures"
	ReportBarRead     = "Read at every quarter turn"
	ReportBarTilt5    = "Read at 5 degrees of tilt"
	ReportBarTilt10   = "Read at 10 degrees of tilt"
	ReportBarWrong    = "Read wrong"

	ReportAttacks    = "Attacks, worst first"
	ReportAttack     = "Attack"
	ReportPresented  = "Presented"
	ReportAccepted   = "Accepted"
	ReportIAPAR      = "Share accepted"
	ReportLive       = "Live people refused"
	ReportToPerson   = "Left to a person"
	ReportLiveFilmed = "Of them filmed people"
	ReportLiveMade   = "Of them rendered people"
	ReportNoLight    = "Attacks where no coloured light is shown"
	ReportSteered    = "Screens steered by somebody who hears the prompts"
	ReportAttackText = "No average is given: an attacker chooses the kind that works."

	ReportsTitle     = "Measured, and what came out"
	ReportsLead      = "How often does the machine err, and about whom? Each report names its set, its interval and its worst group. Pictures of people are never shown here."
	ReportsEmpty     = "No report is public yet"
	ReportsEmptyText = "Reports are made public by the people who run this marketplace."
	ReportsSince     = "Public since"
	ReportsInForce   = "In force"
	ReportsNav       = "Reports"
	ReportDownload   = "Download as CSV"
)

// ReportPairs says how many pairs a face report compared.
func ReportPairs(images, people, genuine, impostor int) string {
	return Count(images, "picture", "pictures") + " of " + Count(people, "person", "people") + ": " + Count(genuine, "pair", "pairs") +
		" of one person, " + Number(impostor) + " of strangers"
}

// RateNote is the interval of a rate with its counts.
func RateNote(errors, of int, low, high float64) string {
	if of == 0 {
		return "nothing to measure it on"
	}
	return Number(errors) + " of " + Number(of) + "; 95 % interval " + Between(low, high)
}

// ReportWords says a face report's main result in words.
func ReportWords(limit, fmr, low, high float64, errors, of int) string {
	if errors == 0 {
		return "At the distance " + trimmed(limit, 3) + ", none of " + Number(of) + " pairs of strangers was taken for one person. With this many pairs, up to " +
			OneIn(high) + " is not excluded."
	}
	return "At the distance " + trimmed(limit, 3) + ", strangers are taken for each other in " + OneIn(fmr) + " comparisons (" + OneIn(high) + " to " + OneIn(low) + ")."
}

// ReportWorst names the worst group under the table of groups.
func ReportWorst(group string, ratio float64, which string) string {
	return "Worst off is " + group + ": " + which + " " + trimmed(100*(ratio-1), 0) + " % above everybody's rate. The limit is 25 %."
}

// ReportWorstNone is for a table in which no group can be said to be worse.
const ReportWorstNone = "No group can be said to be more than 25 % worse off with this many comparisons."

// ReportRatio writes a ratio: "1.18 times".
func ReportRatio(r float64) string { return trimmed(r, 2) + " times" }

// ReportMissedReason says why a picture has no face.
func ReportMissedReason(reason string) string {
	return orCode(map[string]string{"no-face": "no face found", "unreadable": "could not be read"}, reason)
}

// PairText names a pair of an error by the numbers of its people.
func PairText(a, b string, distance float64) string {
	if a == b {
		return "Person " + a[min(1, len(a)):] + ", distance " + Distance(distance)
	}
	return "Persons " + a[min(1, len(a)):] + " and " + b[min(1, len(b)):] + ", distance " + Distance(distance)
}

// ErrorPicture names a picture in a list of errors for those who cannot see it.
func ErrorPicture(n int) string { return "Picture " + strconv.Itoa(n) + " of this error" }

// Milliseconds writes a short time.
func Milliseconds(ms float64) string {
	if ms >= 1000 {
		return trimmed(ms/1000, 1) + " s"
	}
	return trimmed(ms, 1) + " ms"
}

// DrillShape says what was searched for in what.
func DrillShape(probes, gallery int) string {
	return Count(probes, "search", "searches") + " in a gallery of " + Count(gallery, "person", "people")
}

// DrillPoint names a threshold of the drill.
func DrillPoint(name string) string {
	return orCode(map[string]string{"default": ReportDrillDefault, "operating": ReportDrillActive, "congress": ReportDrillCongress}, name)
}

// DrillHow says how gallery and probes were made, by what the engine wrote.
func DrillHow(how string) string { return how }

// LabPoint says where one is on a curve.
func LabPoint(threshold, fmr, fnmr float64) string {
	return "At " + Distance(threshold) + ": strangers taken for each other " + Percent(fmr) + ", one person not recognised " + Percent(fnmr)
}

// LabBin says what lies in a bin of distances.
func LabBin(from, to float64, same, strangers int) string {
	return Distance(from) + " to " + Distance(to) + ": " + Count(same, "pair", "pairs") + " of one person, " + Number(strangers) + " of strangers"
}

// Tables of a report as files.
func LabTableHeader(table string) []string {
	return map[string][]string{
		"det":       {"threshold", "fmr", "fnmr"},
		"histogram": {"from", "to", "one person", "strangers"},
		"scores":    {"distance", "strangers this near", "of", "fmr", "low", "high", "not excluded", "one person further apart", "of genuine", "fnmr"},
		"groups":    {"group", "value", "false matches", "of", "fmr", "low", "high", "fmr ratio", "fmr rule", "false non-matches", "of genuine", "fnmr", "fnmr low", "fnmr high", "fnmr ratio", "fnmr rule"},
		"points":    {"point", "threshold", "false identities", "searches", "fpir", "low", "high", "fmr", "own entry not found"},
		"attacks":   {"kind", "presented", "accepted", "iapar", "low", "high"},
	}[table]
}

// ReportChecksRule heads the column of how frames are joined.
const ReportChecksRule = "Frames are joined by"

// CheckRule names a way of joining the distances of several frames.
func CheckRule(rule string) string {
	return orCode(map[string]string{"pair": "one frame", "near": "the rule in use", "median": "the middle distance", "mean": "the mean of the frames"}, rule)
}

// FixedRate writes a level such as "1e-3": "1 in 1,000".
func FixedRate(level string) string {
	v, err := strconv.ParseFloat(level, 64)
	if err != nil {
		return level
	}
	return OneIn(v)
}

// PerThousand writes a rate as a count in 1,000.
func PerThousand(rate float64) string {
	if 1000*rate >= 999.95 {
		return Number(1000)
	}
	return trimmed(1000*rate, 1)
}

// ReportWorstAttack says the result of a liveness report: its worst kind.
func ReportWorstAttack(kind string, accepted, presented int, low, high float64) string {
	return "The attack that does best: " + AttackName(kind) + ", accepted " + Number(accepted) + " of " + Count(presented, "time", "times") + " (" + Between(low, high) + ")."
}

// AttackName names a kind of attack by its code: "print-flat" is "print flat".
func AttackName(kind string) string { return strings.ReplaceAll(kind, "-", " ") }
