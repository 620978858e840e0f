package words

import "time"

// Words of asking the privacy officer, and of answering notices.
const (
	RequestsTitle     = "Ask, object or complain"
	RequestsLead      = "You write to the privacy officer. The law gives us one month to answer; the day stands beside each request."
	RequestsMine      = "What you asked"
	RequestsNone      = "You have asked for nothing yet."
	RequestsNew       = "Write to the privacy officer"
	RequestsKind      = "What is it about?"
	RequestsWords     = "In your words"
	RequestsWordsHelp = "What happened, or what you do not want any more. No document is needed: you are signed in."
	RequestsSend      = "Send"
	RequestsSent      = "It is in. The privacy officer answers by the day that stands beside it."
	RequestsAnswer    = "The answer"
	RequestsDue       = "Answer due by"
	RequestsExtended  = "The officer took longer, as the law allows for what is complex; the reason was mailed to you."
	RequestsAuthority = "You can also complain to the data protection authority where you live, at any time and whatever we answer."

	MyConsentNow       = "As things stand"
	MyConsentNever     = "You were not asked yet."
	MyConsentAgree     = "Yes, I agree"
	MyConsentDecline   = "No, I do not agree"
	MyConsentTakeBack  = "Take my agreement back"
	MyConsentBackTip   = "It takes effect at once, also on checks that are running. Your account and your application stay."
	MyConsentAnswers   = "Your answers so far"
	MyConsentGiven     = "You agreed"
	MyConsentDeclined  = "You said no"
	MyConsentWithdrawn = "You took your agreement back"
	MyConsentSaved     = "Your answer is kept."
	MyConsentElsewhere = "You are asked about this in your application, before the camera."
	MyConsentVersion   = "Version of the notice"
)

// MyRequestKind names what a request asks for.
func MyRequestKind(kind string) string { return orCode(myRequestKinds, kind) }

var myRequestKinds = map[string]string{
	"access": "To see what is held", "rectification": "To correct something", "erasure": "To delete something", "restriction": "Not to use something for now",
	"objection": "To object to a use of my data", "complaint": "To complain",
}

// MyRequestKindHelp says what comes of choosing it.
func MyRequestKindHelp(kind string) string {
	switch kind {
	case "objection":
		return "You do not want your data used in some way. We stop, or say why the law lets us go on."
	case "complaint":
		return "Something went wrong with your data or with how you were treated."
	case "restriction":
		return "For example while it is being checked whether something is right."
	}
	return ""
}

// RequestStanding says where a request stands.
func MyRequestStanding(state, outcome, mark string) string {
	switch {
	case state == "answered":
		return orCode(map[string]string{"granted": "Done as you asked", "partly": "Done in part", "refused": "Not done; the reason is in the answer", "nothing-held": "Nothing was found"}, outcome)
	case mark == "overdue":
		return "Late. We are sorry; the officer has been reminded."
	}
	return "With the privacy officer"
}

// MyConsentStands is a person's latest answer with its day.
func MyConsentStands(answer string, at time.Time) string {
	return orCode(map[string]string{"given": MyConsentGiven, "declined": MyConsentDeclined, "withdrawn": MyConsentWithdrawn}, answer) + " on " + Moment(at) + "."
}
