package words

import (
	"strings"
	"time"
)

// Words of the requests at the privacy desk.
const (
	RequestListTitle  = "Requests"
	RequestTable      = "What people asked for"
	RequestFilters    = "Narrow the requests"
	RequestAnyKind    = "any kind"
	RequestAnyState   = "open and answered"
	RequestAnyMark    = "whenever due"
	RequestNumber     = "No."
	RequestKindCol    = "What"
	RequestCame       = "Came"
	RequestDue        = "Answer due"
	RequestIdentityIs = "Who asks"
	RequestStateCol   = "State"
	RequestNoun       = "request"
	RequestNouns      = "requests"
	RequestEnter      = "Enter a letter"
	RequestNone       = "No request matches this"
	RequestNoneText   = "What people ask in their own room appears here by itself; a letter, a mail or a call is entered by hand. The clock starts the day it came."

	LetterTitle        = "Enter a letter"
	LetterLead         = "A letter, a mail or a call: write down what was asked and where to answer, and nothing more. It is sealed; only privacy officers open it, and each look is logged."
	LetterKind         = "What is asked for"
	LetterWords        = "What was written"
	LetterWordsHelp    = "Word for word where it is short. Leave out what is not needed, such as a copy of a document that came along; send that back or destroy it."
	LetterContact      = "Mail address to answer to"
	LetterContactHelp  = "Leave it empty when there is only a postal address."
	LetterPostal       = "Postal address to answer to"
	LetterReceived     = "Day it came"
	LetterReceivedHelp = "The month begins on this day, not on the day it is entered. Empty: today."
	LetterValue        = "What should stand there instead"
	LetterValueHelp    = "Only for a correction."
	LetterPurpose      = "What is to be deleted or left unused"
	LetterEverything   = "Everything"
	LetterSave         = "Enter it"
	LetterAcknowledged = "Whoever wrote gets a note that it came, at the mail address you enter. It is the same for everybody, so that nobody learns who has an account."

	RequestFacts      = "What was asked"
	RequestRead       = "Read what was written"
	RequestReadText   = "It is sealed. Opening it is logged, and the person can see that you did."
	RequestReadAgain  = "Close it again"
	RequestWords      = "In their words"
	RequestNoWords    = "Nothing was added in words."
	RequestContact    = "Answer to"
	RequestChannelIs  = "How it came"
	RequestAbout      = "Application"
	RequestPurposeIs  = "For which purpose"
	RequestFieldIs    = "Field"
	RequestValueIs    = "Should read"
	RequestExtendedOn = "Given more time"
	RequestKeptUntil  = "Kept until"
	RequestAnsweredOn = "Answered"
	RequestTemplateIs = "Begun as"
	RequestHistory    = "History"

	IdentityTitle      = "Who asks?"
	IdentityLead       = "Ask for no more than is needed: no copy of a document, no date of birth, nothing that we do not hold already. One of these is enough."
	IdentityProved     = "We know who asks"
	IdentityFind       = "Find the account"
	IdentityFindText   = "By the mail address or the application number in the letter. The search is logged; nothing of it is told to whoever wrote."
	IdentityFindField  = "Mail address or application number"
	IdentityFindHelp   = "For example name@example.org or TP-2041"
	IdentityFindButton = "Look"
	IdentityNobody     = "There is no account and no application with this."
	IdentityNobodyText = "Nothing found? Answer with “Nothing we can tell”: it says the same to everybody whom we cannot recognise."
	IdentityFound      = "An account is linked to this request"
	IdentityMail       = "Mail a link"
	IdentityMailText   = "To the address on file. Opening it within 7 days is proof enough."
	IdentityPost       = "Post a code"
	IdentityPostText   = "A letter to the postal address on file with a code of 8 digits, good for 21 days."
	IdentityPostNone   = "There is no postal address on file."
	IdentityPrint      = "Open the letter for printing"
	IdentityCode       = "Code that they told us"
	IdentityCodeHelp   = "8 digits; spaces do not matter. After 5 wrong ones it is void."
	IdentityCodeCheck  = "Check the code"
	IdentityUnderWay   = "Under way until"

	ExtendTitle  = "More time"
	ExtendLead   = "Once, and only within the first month, where something is complex or there is a lot of it. The reason is sent to the person now."
	ExtendMonths = "How much longer"
	ExtendReason = "Why it takes longer"
	ExtendButton = "Give it more time and tell them"
	ExtendOne    = "One month"
	ExtendTwo    = "Two months"

	EraseTitle         = "Delete"
	EraseLead          = "Their keys are destroyed and the items removed, at once and for good. What the law makes us keep stays, with its date. The receipt can be checked by anybody."
	EraseButton        = "Delete now"
	EraseDone          = "Deleted"
	EraseReceipt       = "Open the receipt"
	RequestCopyTitle   = "Copy of everything"
	RequestCopyLead    = "One file with everything that is held. It is made in the background and waits in the person's own room; nobody else can open it."
	RequestCopyButton  = "Start the copy"
	RequestCopyStarted = "The copy was started."
	ReviewerTitle      = "A reviewer decides this"
	ReviewerLead       = "What stands in an application is corrected by a reviewer, who compares it with the evidence. The person has the answer with the decision."

	AnswerTitle         = "Answer"
	AnswerTemplateField = "Begin with"
	AnswerNoTemplate    = "An empty page"
	AnswerTake          = "Take this wording"
	AnswerOutcome       = "What the answer is"
	AnswerWords         = "Answer"
	AnswerWordsHelp     = "It is sent by mail and stands in their room. Fill in what is in [brackets]. The right to complain to an authority is added by itself."
	AnswerPreview       = "Preview"
	AnswerPreviewTitle  = "This is what they get"
	AnswerSend          = "Send the answer"
	AnswerBack          = "Change it"
	AnswerByPost        = "There is no mail address: print the answer and post it."
	AnswerSent          = "Their answer"
	AnswerRead          = "Read the answer"
	AnswerPrint         = "Print"

	TemplatesTitle   = "Answers on file"
	TemplatesLead    = "Wordings that an answer begins as. Every version is kept, with who changed it."
	TemplatesTable   = "Wordings of answers"
	TemplateFor      = "For"
	TemplateOutcome  = "Answer"
	TemplateVersion  = "Version"
	TemplateChanged  = "Changed"
	TemplateShipped  = "as it came"
	TemplateBody     = "Wording"
	TemplateBodyHelp = "What has to be filled in stands in [brackets]."
	TemplateSave     = "Save as a new version"
	TemplateAny      = "Any request"

	ConfirmTitle     = "Did you ask us this?"
	ConfirmLead      = "A letter reached our privacy officer that says it is from you:"
	ConfirmButton    = "Yes, that was me"
	ConfirmNot       = "It was not you? Close this page. Nothing happens then."
	ConfirmDoneTitle = "Thank you"
	ConfirmDoneLead  = "We know now that it was you. The answer comes by mail."
	ConfirmGoneTitle = "This link does not work any more"
	ConfirmGoneLead  = "A link works once and for a week, and a newer one replaces it. If you still want an answer, write to us again."
)

var deskKinds = map[string]string{
	"access": "To see what is held", "rectification": "To have something corrected", "erasure": "To have something deleted",
	"objection": "To object to a use", "complaint": "To complain",
}

// DeskKind names what a request asks for.
func DeskKind(kind string) string { return orCode(deskKinds, kind) }

var deskArticles = map[string]string{
	"access": "GDPR, article 15", "rectification": "GDPR, article 16", "erasure": "GDPR, article 17",
	"objection": "GDPR, article 21", "complaint": "answered on the same clock",
}

// DeskKindHelp names the right it rests on.
func DeskKindHelp(kind string) string { return orCode(deskArticles, kind) }

// DeskOutcome names what an answer came to.
func DeskOutcome(outcome string) string {
	return orCode(map[string]string{"granted": "Done as asked", "partly": "Done in part", "refused": "Not done", "nothing-held": "Nothing we can tell"}, outcome)
}

// DeskOutcomeHelp says when an outcome fits.
func DeskOutcomeHelp(outcome string) string {
	return orCode(map[string]string{"granted": "Everything they asked for", "partly": "Say what not, and why", "refused": "Say why, and what they can do",
		"nothing-held": "Nobody found, or not recognised"}, outcome)
}

// DeskState names where a request stands.
func DeskState(state string) string {
	return orCode(map[string]string{"open": "Open", "answered": "Answered"}, state)
}

// DeskMark names how near the end of its clock a request is.
func DeskMark(mark string) string {
	return orCode(map[string]string{"due-soon": "due soon", "overdue": "overdue"}, mark)
}

// DeskChannel says how a request came.
func DeskChannel(channel string) string {
	return orCode(map[string]string{"account": "From their own room, signed in", "letter": "By letter, mail or telephone"}, channel)
}

// DeskWay says how it was made sure who asks.
func DeskWay(way string) string {
	return orCode(map[string]string{"": "Not known yet", "signed-in": "Signed in", "mail-link": "Link to the address on file", "letter-code": "Code by post to the address on file"}, way)
}

// DeskProved says how and when it was made sure who asks.
func DeskProved(way string, at time.Time) string { return DeskWay(way) + ", " + Moment(at) }

// RequestTitle is the heading of one request.
func RequestTitle(label, kind string) string { return label + " · " + DeskKind(kind) }

// RequestDone is the sentence for something that was just done to a request.
func RequestDone(what string) string {
	return map[string]string{
		"entered": "The letter is entered. Now find out who asks.", "named": "The account is linked. Now make sure that it is really them who ask.",
		"mailed": "A link was mailed to the address on file.", "posted": "The letter with the code is ready to print.", "proved": "The code is right. We know who asks.",
		"extended": "It has more time, and the person was told why.", "erased": "It is deleted. Now answer.", "copied": "The copy was started. It appears in their room. Now answer.",
		"answered": "The answer was sent.", "saved": "Saved as a new version.", "corrected": "Corrected. The person has the answer.", "left": "Left as it is. The person has the reason.",
	}[what]
}

// RequestsCSV is the header of the list as a file. It holds no words of anybody.
func RequestsCSV() []string {
	return []string{"number", "kind", "channel", "state", "identity", "opened", "due", "extended", "answered", "outcome", "template", "mark"}
}

// TemplateTitle names a template.
func TemplateTitle(kind, outcome string) string {
	if kind == "" {
		return TemplateAny + ": " + Within(DeskOutcome(outcome))
	}
	return DeskKind(kind) + ": " + Within(DeskOutcome(outcome))
}

var deskReasons = map[string]string{
	"role.privacy":         "Only privacy officers may do this.",
	"request.unknown":      "There is no such request.",
	"request.own":          "A request is made by the person themselves, signed in, or entered by a privacy officer.",
	"request.many":         "You have many open requests with us already. We answer those first; you can add to one by writing to the privacy officer.",
	"request.contact":      "We need a mail address or a postal address to answer to.",
	"request.received":     "Please give a day that is past, and within the last twelve months. The clock runs from the day on which the letter came, also when it was found late.",
	"request.same-person":  "You decided about this field before, and the person asked again: somebody else has to look.",
	"request.answered":     "This request was answered already.",
	"request.changed":      "Somebody else changed this request in the meantime. Please look at it again before you answer.",
	"request.extended":     "This request was given more time once already. The law allows it once.",
	"request.too-late":     "The first month is over, so it cannot be given more time.",
	"request.identity":     "We do not know yet who asks. Until then only “Nothing we can tell” can be answered.",
	"request.somebody":     "We know who asks, so this answer does not fit.",
	"request.erase-first":  "Nothing was deleted yet. Delete first, then answer.",
	"request.erased":       "This was deleted already.",
	"request.reviewer":     "A reviewer decides about this one; the answer goes out with the decision.",
	"request.held":         "A legal hold keeps a part of it. What is not held is deleted; the rest goes by itself when the hold ends. Answer that it is done in part, and say until when.",
	"request.brackets":     "Something in [brackets] is still to be filled in.",
	"request.kind":         "This does not fit what was asked for.",
	"request.person-fixed": "It is settled whose request this is.",
	"request.code-gone":    "There is no code, or it is void or too old. Make a new letter.",
	"request.code-wrong":   "This is not the code.",
	"request.link-gone":    "This link does not work any more.",
	"request.part-missing": "A part of the program that this needs is not running.",
	"request.nobody":       "There is no account and no application with this.",
	"consents.number":      "Please give the number of an application, such as TP-2041.",
	"request.no-postal":    "There is no postal address on file.",
	"template.unknown":     "There is no such wording.",
	"template.changed":     "Somebody else saved a new version in the meantime. Yours is still below; compare before you save again.",
	"correction.unknown":   "There is no such field.",
	"correction.same":      "This is what stands there already.",
	"correction.emptied":   "The application was emptied; there is nothing left to correct.",
}

// TemplateFitting says which requests a wording is for.
func TemplateFitting(kind string) string {
	if kind == "" {
		return TemplateAny
	}
	return DeskKind(kind)
}

// TemplateChangedBy says who changed a wording and when.
func TemplateChangedBy(name string, at time.Time) string { return Moment(at) + ", " + name }

// DeskPurpose names what is to be deleted or left unused.
func DeskPurpose(purpose string) string {
	if purpose == "" {
		return LetterEverything
	}
	return PurposeName(purpose)
}

// DeskField names what is to be corrected.
func DeskField(field string) string {
	return orCode(map[string]string{
		"given_names": "Given names", "family_name": "Family name", "business_name": "Name of the business", "birth_date": "Date of birth",
		"line1": "Street and number", "line2": "Address, second line", "postcode": "Postcode", "city": "City", "region": "Region or state", "other": "Something else",
	}, field)
}

// DeskUnderWay says which way of recognising somebody is under way.
func DeskUnderWay(way string, until time.Time) string {
	return DeskWay(way) + ": " + Within(IdentityUnderWay) + " " + Date(until) + "."
}

// FillAnswer puts the number of the receipt where a wording leaves room for it.
func FillAnswer(body, receipt string) string {
	if receipt == "" {
		return body
	}
	return strings.ReplaceAll(body, "[number]", receipt)
}
