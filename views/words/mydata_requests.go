package words

import "time"

// Words of asking the privacy officer, and of answering notices.
const (
	RequestsTitle       = "Ask, object or complain"
	RequestsLead        = "You write to the privacy officer. The law gives us one month to answer; the day stands beside each request."
	RequestsMine        = "What you asked"
	RequestsNone        = "You have asked for nothing yet."
	RequestsNew         = "Write to the privacy officer"
	RequestsKind        = "What is it about?"
	RequestsPurpose     = "What is to be deleted?"
	RequestsPurposeHelp = "Only where you ask for a deletion."
	RequestsWords       = "In your words"
	RequestsWordsHelp   = "What happened, or what you do not want any more. No document is needed: you are signed in."
	RequestsSend        = "Send"
	RequestsSent        = "It is in. The privacy officer answers by the day that stands beside it."
	RequestsAnswer      = "The answer"
	RequestsAskedOn     = "Asked on"
	RequestsAnsweredOn  = "Answered on"
	RequestsField       = "About"
	RequestsLonger      = "More time"
	RequestsDue         = "Answer due by"
	RequestsExtended    = "The officer took longer, as the law allows for what is complex. The reason was mailed to you too:"
	RequestsAuthority   = "You can also complain to the data protection authority where you live, at any time and whatever we answer."

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
	"access": "To see what is held", "rectification": "To correct something", "erasure": "To delete something",
	"objection": "To object to a use of my data", "complaint": "To complain",
}

// MyRequestKindHelp says what comes of choosing it.
func MyRequestKindHelp(kind string) string {
	switch kind {
	case "objection":
		return "You do not want your data used in some way, or not for now. We stop, or say why the law lets us go on."
	case "complaint":
		return "Something went wrong with your data or with how you were treated."
	case "erasure":
		return "If you cannot do it yourself under “Delete”, for example because a passkey is lost."
	case "access":
		return "The pages here show everything. Write if something is missing or not clear."
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
	return MyConsentWord(answer) + " on " + Moment(at) + "."
}

// MyConsentWord is an answer in words.
func MyConsentWord(answer string) string {
	return orCode(map[string]string{"given": MyConsentGiven, "declined": MyConsentDeclined, "withdrawn": MyConsentWithdrawn}, answer)
}

// WrongReading is what a person says about something that a machine read.
func WrongReading(field, said string) string {
	return "What was read from my document is wrong: " + FieldName(field) + ".\n" + said
}

// AskedFor is what a person wrote, with the value that should stand there.
func AskedFor(value, said string) string {
	if value == "" {
		return said
	}
	return FieldsValue + ": " + value + "\n" + said
}

// CorrectionAsked says that a correction is under way.
func CorrectionAsked(due time.Time) string {
	return FieldsAsked + ". You have the answer by " + Date(due) + "."
}

// CorrectionAnswered says what became of a correction.
func CorrectionAnswered(outcome string, at time.Time) string {
	return MyRequestStanding("answered", outcome, "") + " (" + Date(at) + ")."
}
