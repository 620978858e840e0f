package words

import "time"

// Words of the console's list of cases and of the places beside it.
const (
	PlacesSellers  = "Sellers"
	PlacesTrust    = "Trust"
	PlacesSetUp    = "Set-up"
	PlacesDevelop  = "Development"
	PlaceWaiting   = "Waiting"
	PlaceMine      = "Mine"
	PlaceSecond    = "Second look"
	PlaceAppeals   = "Appeals"
	PlaceAsked     = "Asked"
	PlaceOverdue   = "Overdue"
	PlaceAll       = "All cases"
	PlaceAudit     = "Audit log"
	PlaceCaught    = "Caught mail"
	PlaceKit       = "Components"
	PlaceYourDesk  = "Your desk"
	QueueTable     = "Cases"
	QueueSearch    = "Number or name"
	QueueFilters   = "Narrow the list of cases"
	QueueViews     = "Ready-made views"
	QueueViewsHelp = "Every list here has its own address: bookmark it, or send it to a colleague."

	ColumnCase     = "Case"
	ColumnName     = "Seller"
	ColumnState    = "Stands at"
	ColumnMachine  = "Machine says"
	ColumnRoad     = "Road"
	ColumnCountry  = "Country"
	ColumnSent     = "Waiting since"
	ColumnDue      = "Promised by"
	ColumnHolder   = "Held by"
	ColumnDecided  = "Decided"
	ColumnAppealed = "Appealed"

	FilterState   = "Where the case stands"
	FilterRoad    = "Road the seller chose"
	FilterCountry = "Country"
	FilterOutcome = "What the machine checks say"
	FilterHeld    = "Who holds it"
	FilterShow    = "Show"
	FilterOn      = "on"
	FilterFrom    = "from"
	FilterWith    = "with"
	FilterHeldBy  = "held by"
	AnyState      = "cases in any state"
	AnyRoad       = "any road"
	AnyCountry    = "any country"
	AnyOutcome    = "any machine result"
	AnyHolder     = "anybody or nobody"
	CaseNoun      = "case"
	CaseNouns     = "cases"
	PlaceMembers  = "Members"
	DeskAudit     = "read who did what, and check that nothing was changed afterwards"
	HeldNobody    = "nobody"
	HeldMe        = "me"
	HeldYou       = "You"
	HeldFree      = "Free"
	OnAppeal      = "Reopened by an appeal"
	OnOverdue     = "Past the promised time"
	LateMark      = "late"

	Claim        = "Claim"
	Release      = "Release"
	ClaimPicked  = "Claim the picked"
	ReleasePick  = "Release the picked"
	CaseOpenNext = "Open the next case"

	ViewFree      = "Waiting and held by nobody"
	ViewMismatch  = "Machine says something does not match"
	ViewDocuments = "Waiting, on documents alone"
	ViewDecided   = "Decided lately"

	DeskTitle = "Your desk is being built"
	DeskLead  = "You are signed in, and your role is right. What it will do here does not exist yet; nothing below pretends to."
	DeskNow   = "What you can do today"
	DeskNone  = "Nothing yet. Your sessions and passkeys are in the menu at the left."

	EmptyQueueTitle = "No case matches this"
	EmptyQueueText  = "Cases come here when a seller has sent their papers and the machine checks have run. Take a filter away to see more."
	EmptyMineTitle  = "You hold no case"
	EmptyMineText   = "Claim one in Waiting, or open one: it is then yours until you decide, release it or leave it alone for a while."
)

// StateName says where a case stands, as staff read it.
func StateName(state string) string { return orCode(stateNames, state) }

var stateNames = map[string]string{
	"draft": "Not sent yet", "analysing": "Machine checks run", "waiting": "Waits for a person", "second": "Waits for a second look",
	"asked": "Seller was asked", "approved": "Approved", "refused": "Refused", "cancelled": "Cancelled by the seller",
}

// StateChoice is a state inside "Show … ".
func StateChoice(state string) string { return orCode(stateChoices, state) }

var stateChoices = map[string]string{
	"analysing": "cases still being checked", "waiting": "cases that wait", "second": "cases for a second look",
	"asked": "cases where the seller was asked", "approved": "approved cases", "refused": "refused cases", "cancelled": "cancelled cases",
}

// RoadName names a road in the console.
func RoadName(road string) string { return orCode(roadNames, road) }

var roadNames = map[string]string{"": "Not chosen yet", "face": "Document and face", "documents": "Documents alone"}

// RoadChoice is a road inside "on …".
func RoadChoice(road string) string {
	switch road {
	case "face":
		return "the road with a face"
	case "documents":
		return "the road on documents"
	}
	return road
}

// OutcomeName is an outcome in the words of a list.
func OutcomeName(outcome string) string { return orCode(outcomeNames, outcome) }

var outcomeNames = map[string]string{"pass": "Everything matches", "review": OutcomeReview, "fail": "Something does not match", "not run": OutcomeNotRun}

// OutcomeChoice is an outcome inside "with …".
func OutcomeChoice(outcome string) string { return orCode(outcomeChoices, outcome) }

var outcomeChoices = map[string]string{
	"pass": "everything matching", "review": "something for a person", "fail": "something that does not match", "not run": "checks that were not run",
}

// KindName says who applies.
func KindName(kind string) string { return orCode(kindNames, kind) }

var kindNames = map[string]string{"person": "One person", "business": "A business"}

// FilterText words one filter in use.
func FilterText(what, value string) string {
	switch what {
	case "held":
		return "Held by " + value
	case "country":
		return "From " + value
	case "q":
		return "Found by “" + value + "”"
	}
	return value
}

// WaitingFor says how long a case has waited.
func WaitingFor(d time.Duration) string { return "Waiting " + Span(d) }

// PromisedBy is the promise in a case's head.
func PromisedBy(t time.Time) string { return "answer promised by " + Weekday(t) }

// PromisedFor is a promise whose time is over.
func PromisedFor(t time.Time) string { return "was promised for " + Weekday(t) }

// CheckedAgain says when checks were repeated with corrected details.
func CheckedAgain(t time.Time) string {
	return "Checked again on " + Moment(t) + ", after a detail was corrected: what the documents are compared with is the corrected value."
}

// LateBy says by how much a promise was missed.
func LateBy(d time.Duration) string { return Span(d) + " late" }

// DueIn says how much of a promised time is left.
func DueIn(d time.Duration) string { return "in " + Span(d) }

// HeldUntil says when a claim ends.
func HeldUntil(t time.Time) string { return "Yours until " + Clock(t) }

// HeldBy says who else holds a case.
func HeldBy(name string) string { return name + " holds this case" }

// ReleaseFor frees a case that a colleague holds.
func ReleaseFor(name string) string { return "Release it for " + name }

// Position is the place in a list: "3 of 37".
func Position(n, of int) string { return Number(n) + " of " + Number(of) }

// PickCase is the label of a row's tick box.
func PickCase(label, name string) string { return "Pick " + label + ", " + name }

// BulkDone tells what became of picked cases.
func BulkDone(what string, done, not int) string {
	text := Count(done, "case", "cases") + " " + bulkVerbs[what] + "."
	if not > 0 {
		text += " " + Count(not, "case", "cases") + " could not be: somebody else holds them, or they have moved on."
	}
	return text
}

var bulkVerbs = map[string]string{"claimed": "claimed", "released": "released"}

// DecisionDone says what a decision led to, at the top of the list.
func DecisionDone(label, what string) string { return label + ": " + orCode(decisionsDone, what) }

var decisionsDone = map[string]string{
	"approved":  "approved. The seller has been told.",
	"asked":     "the seller has been asked. The case comes back when they have answered.",
	"proposed":  "refusal proposed. A second person now looks at it; the seller hears nothing before that.",
	"refused":   "refused. The seller has been told, with the reason, the appeal and the date to reapply.",
	"returned":  "given back to waiting. The seller has heard nothing.",
	"connected": "noted that you know the seller. Somebody else decides it.",
	"released":  "free for somebody else.",
}

// BulkKnown reports whether a list may say that of several cases.
func BulkKnown(what string) bool { return bulkVerbs[what] != "" }

// DecisionKnown reports whether a list may say that.
func DecisionKnown(what string) bool { return decisionsDone[what] != "" }

func orCode(list map[string]string, code string) string {
	if s, ok := list[code]; ok {
		return s
	}
	return code
}

// DeskText says what a role will do here once its part is built.
func DeskText(role string) string { return orCode(deskTexts, role) }

var deskTexts = map[string]string{
	"administrator": "Sets up members, roles, policies and thresholds.",
	"lead":          "Looks at proposed refusals as the second person, and sees to it that nobody waits too long.",
	"reviewer":      "Decides cases.",
	"associate":     "Will verify sellers in a video call, and help people who cannot use the other roads.",
	"agent":         "Will help signed-in customers, and see only what a contact needs.",
	"security":      "Will see takeovers of staff sessions and accounts, and repair them.",
	"privacy":       "Will answer for consents, keeping times and requests of the people concerned.",
	"auditor":       "Reads the audit log and checks it.",
}

// CaseCSV is the header of the list of cases as a file.
func CaseCSV() []string {
	return []string{"Case", "Seller", "Kind", "Country", "Stands at", "Road", "Machine says", "Sent", "Promised by", "Decided", "Held by", "Appealed"}
}

// RoleName names a role of the people who work here.
func RoleName(role string) string { return orCode(roleNames, role) }

var roleNames = map[string]string{
	"administrator": "Administrator", "lead": "Lead", "reviewer": "Reviewer", "associate": "Associate",
	"agent": "Agent", "security": "Security officer", "privacy": "Privacy officer", "auditor": "Auditor",
}
