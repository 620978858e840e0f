package words

import (
	"fmt"
	"time"
)

// Words of the register of tests.
const (
	TestsTitle     = "Tests"
	TestsNav       = "Tests of new ways"
	TestsLead      = "Before something new is tried on a part of the sellers it is written down here, approved by a second person, and told to everybody in it. A test can only change the order of the roads or the offer of coloured light; nothing in it refuses or lowers anything."
	TestsNew       = "Register a test"
	TestsTable     = "Registered tests"
	TestsEmpty     = "No test was ever registered"
	TestsEmptyText = "Everybody sees the same pages in the same order."
	TestsName      = "Name"
	TestsNameHelp  = "Everybody can read it, also the people in the test."
	TestsWhy       = "Why"
	TestsWhyHelp   = "What you want to know, and what you will do with the answer. Everybody can read it."
	TestsChange    = "What it changes"
	TestsShare     = "Share of the people in the new arm, in %"
	TestsShareHelp = "5 to 95. The others see what everybody else sees."
	TestsAudience  = "Who it is for"
	TestsStart     = "First day"
	TestsEnd       = "Last day"
	TestsEndHelp   = "At most 90 days in all. The test ends by itself."
	TestsTime      = "From – to"
	TestsState     = "State"
	TestsPeople    = "People"
	TestsRegister  = "Register"
	TestsBy        = "Registered by"
	TestsApproved  = "Approved by"
	TestsNoSecond  = "Nobody yet: it does not run before"
	TestsApprove   = "Approve as the second person"
	TestsApproveBy = "With this it runs on its days. One of the two people must be a privacy officer."
	TestsOwn       = "You registered this test, so somebody else has to approve it."
	TestsNeedsPriv = "A privacy officer has to approve this test."
	TestsEndNow    = "End the test now"
	TestsEndText   = "Everybody in it sees the usual pages again at once."
	TestsResult    = "What came of it"
	TestsResultDo  = "Write down what came of it"
	TestsEndedBy   = "Ended by"
	TestsByDate    = "its date"
	TestsArms      = "How the arms went"
	TestsArm       = "Arm"
	TestsArmShare  = "Share"
	TestsLeft      = "Left the test"
	TestsApproval  = "Approved, of those decided"
	TestsWait      = "Working days to the decision, median"
	TestsBetween   = "New arm less the usual one"
	TestsForgotten = "Who was in this test was forgotten 30 days after its end; the counts stay."
	TestsLeftOut   = "Whoever left the test is counted as having left and nowhere else, so arms that people leave look better than they are."
	TestsPublic    = "Tests we run"
	TestsPublicOf  = "When we try a new order or setting on a part of the people who apply, we write it down here first. Whoever is in a test is told on the page of their application and can leave it there."
	TestsNone      = "No test is running or has run."
	TestsBadPlan   = "Planned"
	TestsBadRun    = "Running"
	TestsBadEnd    = "Ended"
	TestsAdded     = "Registered. It runs when a second person has approved it."
	TestsApprDone  = "Approved. It runs on its days."
	TestsEndDone   = "Ended. Everybody sees the usual pages again."
	TestsSaidDone  = "Written down."

	TestNoticeTitle = "You are part of a test"
	TestNoticeLeave = "Leave this test"
	TestNoticeMore  = "All tests we run"
	SaidLeftTest    = "You have left the test. You see what everybody else sees, and you are not put into a later one."
)

// TestStateName names where a test stands.
func TestStateName(state string) string {
	return map[string]string{"planned": TestsBadPlan, "running": TestsBadRun, "ended": TestsBadEnd}[state]
}

// TestChangeName names what a test changes.
func TestChangeName(change string) string {
	return orCode(map[string]string{
		"road-order": "Which of the two roads stands first",
		"light":      "Whether coloured screen light is offered at the camera",
	}, change)
}

// TestArmName names an arm.
func TestArmName(arm string) string {
	return orCode(map[string]string{
		"face-first":      "The road with the camera stands first (usual)",
		"documents-first": "The road with documents stands first",
		"light":           "Coloured light is offered (usual)",
		"no-light":        "Coloured light is not offered",
	}, arm)
}

// TestAudienceName names for whom a test is.
func TestAudienceName(audience string) string {
	return orCode(map[string]string{
		"everyone": "Everybody who begins an application",
		"first":    "People who apply for the first time",
	}, audience)
}

// TestNotice tells a person what is tested and what holds for them.
func TestNotice(name, why, change, arm string, until time.Time) []string {
	return []string{
		fmt.Sprintf("The test is called “%s”. %s", name, why),
		TestChangeName(change) + " differs between two groups, which were drawn by lot. For you: " + lowerFirst(TestArmName(arm)) + ".",
		fmt.Sprintf("Both groups count exactly the same: the test changes nothing about how your application is checked or decided. It ends on %s.", Date(until)),
		"You can leave now. Then you see what everybody else sees, and you are not put into a later test either.",
	}
}

// TestArmPublic says of an arm what everybody may know.
func TestArmPublic(share int, people, approved string) string {
	return fmt.Sprintf("%d %% of the people in the test: %s. Approved, of those decided: %s.", share, people, approved)
}

// TestSpan writes the days of a test.
func TestSpan(from, to time.Time) string { return Date(from) + " – " + Date(to) }

// TestsCSV is the header of the register as a file.
func TestsCSV() []string {
	return []string{"name", "why", "change", "arm", "share", "audience", "start", "end", "state", "registered by", "registered at", "approved by", "approved at", "ended at",
		"people", "left", "sent", "open", "approved", "decided", "approval low", "approval high", "median wait (working days)", "result"}
}

// experimentReasons are the sentences of the register.
var experimentReasons = map[string]string{
	"experiment.unknown":   "There is no such test, or you are not in it.",
	"experiment.four-eyes": "You registered this test, so somebody else has to approve it.",
	"experiment.privacy":   "One of the two people behind a test must be a privacy officer.",
	"experiment.state":     "The test has moved on in the meantime. Please look at it again.",
	"experiment.overlap":   "Another approved test changes the same thing in this time. Only one can run at once.",
	"experiment.share":     "Please give a share from 5 to 95.",
	"experiment.past":      "A test cannot begin in the past.",
	"experiment.end-first": "The last day lies before the first.",
	"experiment.too-long":  "A test may run for 90 days at most.",
	"experiment.light-off": "Coloured light is switched off here, so there is nothing to test.",
}
