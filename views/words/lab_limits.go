package words

import (
	"strings"
	"time"
)

// Words of the drill, the thresholds and the drift monitor.
const (
	DrillTitle     = "Congress drill"
	DrillLead      = "In 2018 the ACLU searched for 535 members of Congress among 25,000 arrest photographs, at the makers' default of 80 %. 28 of them were taken for somebody who had been arrested: 5.2 % of the searches. Amazon answered that 99 % should have been used. Run the same test here, at both thresholds."
	DrillRun       = "Run the drill"
	DrillOn        = "On"
	DrillSynthetic = "Synthetic vectors of nobody"
	DrillGallery   = "People in the gallery"
	DrillProbes    = "Searches"
	DrillShapeHelp = "For synthetic vectors only. A set brings its own: everybody's first picture is the gallery, or what its column role says."
	DrillLatest    = "Latest drill"
	DrillNone      = "No drill was run yet"
	DrillNoneText  = "One button: it takes some seconds for the shape of the test of 2018, and needs no pictures."
	DrillOlder     = "Earlier drills"
	DrillNeedTitle = "What a search among many asks of a network"
	DrillNeedLead  = "A search compares with everybody. For at most one false alarm in 1,000 searches (NIST SP 800-63A-4, 3.11), the error of one comparison has to be below one in a thousand times the gallery."
	DrillNeedLabel = "For a gallery of so many people"
	DrillNeedShow  = "Work it out"
	DrillACLU      = "For comparison: the test of 2018 gave 28 in 535, FPIR 5.2 %."

	LimitsInForce     = "In force"
	LimitsBuiltIn     = "The thresholds that the network came with are in force. No report of this lab stands behind them; they come from"
	LimitsNone        = "No report stands behind these thresholds, so every face goes to a person."
	LimitsAccept      = "Same person up to"
	LimitsReview      = "Different from"
	LimitsNetwork     = "Network"
	LimitsReport      = "Report"
	LimitsErrors      = "Strangers taken for each other"
	LimitsMisses      = "One person not recognised"
	LimitsWorst       = "Worst group"
	LimitsSince       = "Since"
	LimitsUnclaimed   = "Cannot be claimed"
	LimitsProposal    = "Proposed"
	LimitsProposedBy  = "Proposed by"
	LimitsWhy         = "Why"
	LimitsConfirm     = "Put it in force"
	LimitsConfirmLead = "You are the second person. Read the report first: from the next face check on, this threshold decides what the machine passes."
	LimitsOwn         = "You proposed this. Somebody else has to confirm it."
	LimitsRemark      = "Remark"
	LimitsReturn      = "Give it back"
	LimitsReturnWhy   = "Why is it given back?"
	LimitsTakeBack    = "Take it back"
	LimitsHow         = "How a threshold comes into force"
	LimitsHowText     = "Measure on a set, open the report, propose the threshold that it was measured at. Another lead or administrator confirms it. A report that is older than the networks, or of other ones, cannot be used; a group that is more than 25 % worse off blocks it unless a lead and a privacy officer sign a reason that everybody can read."
	LimitsHistory     = "Thresholds so far"
	LimitsEmpty       = "No threshold was proposed yet"
	LimitsEmptyText   = "Open a report on faces and propose its threshold there."
	LimitsStanding    = "Standing"
	LimitsBy          = "By"
	LimitsConfirmedBy = "Settled by"
	LimitsNoun        = "threshold"
	LimitsNouns       = "thresholds"

	LimitsPropose      = "Propose this threshold"
	LimitsProposeLead  = "It was measured here: up to this distance the machine passes, beyond the other it says that faces differ, between them a person looks. Somebody else has to confirm it."
	LimitsProposeWhy   = "Why should it be in force?"
	LimitsCannot       = "This report cannot back a threshold."
	LimitsUsed         = "Thresholds from this report"
	LimitsBlocked      = "Blocked: groups are more than 25 % worse off"
	LimitsBlockedText  = "It can only be put in force when a lead and a privacy officer sign a dated reason, which stands on the public page of the report."
	LimitsException    = "Exception"
	LimitsSignReason   = "Why is this group's disadvantage accepted, and until when?"
	LimitsSignLead     = "Sign as lead"
	LimitsSignPrivacy  = "Sign as privacy officer"
	LimitsSignedLead   = "Signed by a lead"
	LimitsSignedPriv   = "Signed by a privacy officer"
	LimitsSignWaits    = "A privacy officer has to sign it too."
	LimitsSignLeadWait = "A lead has to give the reason first."

	DriftTitle    = "Drift"
	DriftLead     = "How live face checks run, week by week, against the report behind the threshold in force. Counted without names; the counts stay when the scores are deleted."
	DriftEmpty    = "No live face check was run yet"
	DriftNoneText = "Once sellers choose the road with a face capture, every week becomes a line here."
	DriftTable    = "Live face checks by week"
	DriftWeek     = "Week from"
	DriftChecked  = "Checked"
	DriftPass     = "Pass"
	DriftUnsure   = "Needs a person"
	DriftApart    = "Far apart"
	DriftNotRun   = "Not run"
	DriftMedian   = "Middle distance"
	DriftAgree    = "Machine and people agree"
	DriftSign     = "So"
	DriftShare    = "Share that passed, %"
	DriftChart    = "Share of live checks that passed"
	DriftText     = "Each bar is the 95 % interval of one week; weeks with fewer than 30 checks are left out. The band is what the report lets one expect of honest people; impostors among the sellers make it lower."
	DriftExpected = "Expected from the report"
	DriftDistance = "Live distances"
	DriftDistY    = "Share of checks, %"
	DriftLive     = "Live checks"
	DriftReported = "Pairs of one person in the report in force"
	DriftDistText = "All weeks shown here together, beside the thresholds in force."
	DriftNoBand   = "The thresholds in force rest on no counted report, so there is nothing to expect."
	DriftNoun     = "week"
	DriftNouns    = "weeks"
)

// LimitsStandingName is where a threshold stands.
func LimitsStandingName(standing string) string {
	return orCode(map[string]string{"proposed": "Proposed", "active": "In force", "returned": "Given back", "replaced": "Replaced", "ended": "Ended"}, standing)
}

// LimitsUnclaimedLine says which bar a report has too few comparisons for.
func LimitsUnclaimedLine(bar string, rate float64, have, needed int) string {
	return bar + " of at most " + Percent(rate) + ": " + Number(have) + " comparisons, " + Number(needed) + " are needed at least"
}

// DriftSignName says what a week shows.
func DriftSignName(sign string) string {
	return orCode(map[string]string{
		"too-few": "Too few to say", "none": "As expected", "lower": "Fewer pass than the report lets one expect",
		"moved": "Differs from the weeks before", "no-word": "Nothing to compare with yet",
	}, sign)
}

// DriftAgreed says in how many decided checks machine and people agree.
func DriftAgreed(agree, of int) string {
	if of == 0 {
		return "nobody decided yet"
	}
	return Number(agree) + " of " + Number(of)
}

// DriftBand says what the report lets one expect.
func DriftBand(share, low, high float64) string {
	return "The report lets one expect that " + Percent(share) + " of honest people pass (" + Between(low, high) + ")."
}

// DriftPoint says what a week showed.
func DriftPoint(monday time.Time, share, low, high float64, n int) string {
	return Date(monday) + ": " + Percent(share) + " of " + Number(n) + " passed (" + Between(low, high) + ")"
}

// WorseLine says how much worse a group is.
func WorseLine(group, which string, ratio float64, errors, pairs int) string {
	kind := "strangers taken for each other"
	if which == "fnmr" {
		kind = "one person not recognised"
	}
	return group + ": " + kind + " " + trimmed(ratio, 2) + " times as often as for everybody (" + Number(errors) + " of " + Number(pairs) + ")."
}

// What a gallery asks, with places for numbers: the page's script fills in the
// same sentence while somebody types.
const (
	DrillNeedPattern   = "With {n} people in the gallery, strangers may be taken for each other in at most {in} comparisons."
	DrillAlarmsPattern = "At the threshold in force, as last measured, it would be {per} false alarms in 1,000 searches."
)

// DrillNeed says what a gallery of n asks.
func DrillNeed(n int, fmr float64) string {
	return strings.NewReplacer("{n}", Number(n), "{in}", OneIn(fmr)).Replace(DrillNeedPattern)
}

// DrillAlarms says what a measured rate means there.
func DrillAlarms(per float64) string {
	return strings.ReplaceAll(DrillAlarmsPattern, "{per}", PerThousand(per/1000))
}

// Headers of lists as files.
func LimitsCSV() []string {
	return []string{"report", "network", "version", "same up to", "different from", "standing", "proposed by", "proposed", "settled by", "settled", "ended", "why", "answer", "exception", "lead", "privacy officer"}
}

func DriftCSV() []string {
	return []string{"week from", "checked", "pass", "needs a person", "far apart", "not run", "pass share", "low", "high", "middle distance", "agree", "decided", "sign"}
}
