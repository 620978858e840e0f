package words

import "time"

// Words of the page that tells a seller where their application stands.
const (
	StatusDraft      = "Your application so far"
	StatusAnalysing  = "Your application is in"
	StatusWaiting    = "Your application waits for a person"
	StatusAsked      = "We need something more from you"
	StatusApproved   = "You are verified"
	StatusRefused    = "We could not verify you"
	StatusCancelled  = "You cancelled this application"
	StatusAppealing  = "Your appeal is in"
	StatusChecks     = "What the computer does"
	StatusFacts      = "At a glance"
	StatusYouCan     = "What you can do"
	StatusHistory    = "What has happened"
	StatusHistoryAll = "The whole history, with everyone who looked at your pictures"
	StatusWords      = "The person who decided wrote to you:"

	BadgeDraft     = "Not sent yet"
	BadgeAnalysing = "Being read"
	BadgeWaiting   = "Waits for a person"
	BadgeAsked     = "Waits for you"
	BadgeApproved  = "Verified"
	BadgeRefused   = "Refused"
	BadgeCancelled = "Cancelled"

	NextDraft        = "What you entered is saved. Go on where you left off, here or on another device."
	NextReady        = "Everything is there. Look through it once and send it."
	NextAnalysing    = "A computer reads and compares. You need not wait here: everything is saved, and we write to you by e-mail."
	NextAnalysingTwo = "After that a person decides. The computer alone never turns anybody down."
	NextWaiting      = "There is nothing you need to do. We write to you by e-mail as soon as it is decided, or if something is missing."
	NextWaitingTwo   = "If something else would help, you can add a paper below. Another mistake can wait: the person who decides can ask you for a better picture or other details, and then you can change them here."
	NextAsked        = "Please add what is listed below and send it again. Everything else that you sent stays as it is."
	NextApproved     = "You can sell now. There is nothing more to do."
	NextCancelled    = "Its pictures and what was read from them are deleted. You can start again at any time."
	NextEmptied      = "It was not sent for a long time, so its pictures and details were deleted, as we had told you."
	NextAppealing    = "People who took no part in the refusal look at everything again, with what you wrote."

	FactSent      = "Sent"
	FactDue       = "A person decides by"
	FactDecided   = "Decided"
	FactRoad      = "Your choice"
	FactKeptDoc   = "Pictures of documents"
	FactKeptFace  = "Pictures of your face"
	FactKeptUntil = "kept until "
	FactGone      = "deleted"

	GoOn      = "Go on"
	LookAndDo = "Look through it and send"

	LinkNew = "Start a new application"

	ItemDetailsAsk = "Your details"
	ItemFrontAsk   = "A new picture of the front of your document"
	ItemBackAsk    = "A new picture of the back of your document"
	ItemCaptureAsk = "New pictures of your face"
	ItemPaperAsk   = "A second paper"

	ResultApproved = "Approved by a person"
	ResultAsked    = "What the person who looks at it asks for"
	ResultRefused  = "Refused by two people"

	CancelLink  = "Cancel this application"
	CancelTitle = "Cancel this application?"
	CancelText  = "All its pictures, and what was read from them, are deleted at once and for good. Nobody can look at them any more, not even for this application."
	CancelAfter = "That it existed and was cancelled stays in the history. You can start a new one at any time."
	CancelDo    = "Yes, cancel and delete"
	CancelNot   = "No, keep it"

	AppealLink   = "Appeal against this"
	AppealTitle  = "Appeal"
	AppealLead   = "Tell us why you think the refusal is wrong. People who took no part in it look at everything again."
	AppealReason = "The reason given"
	AppealUntil  = "Possible until"
	AppealWho    = "Reviewers who did not take part in the refusal; a new refusal would again take two of them."
	AppealWords  = "What should they know?"
	AppealHelp   = "In your own words, at least 10 characters. There is one appeal for an application."
	AppealSend   = "Send the appeal"

	ReapplyDo = "Apply again"

	HistoryTitle   = "Everything that happened"
	HistoryLead    = "Each line comes from a log that cannot be changed unseen. Colleagues appear by their role."
	HistoryLooks   = "Who looked at your pictures, and why"
	HistoryNoLooks = "Nobody has looked yet."
	HistoryEvents  = "What was done"
)

// AppealHint says until when an appeal is possible.
func AppealHint(until time.Time) string {
	return "If you think this is wrong, you can appeal until " + Moment(until) + ". Other people then look again."
}

// ReapplyHint says from when a new application is possible.
func ReapplyHint(from time.Time) string {
	return "You can apply again from " + Moment(from) + ". It costs nothing and starts afresh."
}

// ReapplyNow says that a new application is possible.
const ReapplyNow = "You can apply again now. What you told us about yourself is carried over; pictures are not."

// DecisionBy is by when a person decides.
func DecisionBy(t time.Time) string { return t.Format("Monday 2 January 2006, 15:04 MST") }

// DecisionLate is said when the promised time is over.
const DecisionLate = "This takes longer than we promised. We are sorry; it has not been forgotten, and it says nothing about you."

// AskedItem is what a seller was asked for.
func AskedItem(item string) string {
	switch item {
	case "details":
		return ItemDetailsAsk
	case "document-front":
		return ItemFrontAsk
	case "document-back":
		return ItemBackAsk
	case "capture":
		return ItemCaptureAsk
	case "paper":
		return ItemPaperAsk
	}
	return item
}

// RefusalReason is the reason of a refusal as it is told to the person.
func RefusalReason(code string) string {
	switch code {
	case "document.not-genuine":
		return "The people who decided do not take the document for genuine."
	case "document.expired":
		return "The document is not valid any more."
	case "document.unreadable":
		return "The document could not be read, also after asking for another picture."
	case "document.not-accepted":
		return "This kind of document is not taken here."
	case "face.different":
		return "The face and the portrait in the document do not belong to the same person, as the people who decided see it."
	case "details.different":
		return "What you wrote and what the document says differ."
	case "paper.not-accepted":
		return "The second paper is not taken here, or does not fit the document."
	case "age.below":
		return "Sellers have to be of age."
	case "other":
		return "Another reason; it is written below."
	}
	return code
}

// CheckStepName names a machine check for the person concerned.
func CheckStepName(kind string) string {
	switch kind {
	case "document-read":
		return "Read your document"
	case "document-expiry":
		return "See whether it is valid today"
	case "name":
		return "Compare the name with what you wrote"
	case "birth-date":
		return "Compare the date of birth with what you wrote"
	case "barcode":
		return "Read the bar code on the back"
	case "printed":
		return "Compare the print with the lines for machines"
	case "paper":
		return "Read your second paper"
	case "portrait":
		return "Find the portrait in your document"
	case "capture":
		return "Look at the pictures from your camera"
	case "face":
		return "Compare your face with the portrait"
	}
	return kind
}

// CheckStepNote says what became of a check, without any figure. Whatever a
// check came to, a person looks at it and decides.
func CheckStepNote(outcome string) string {
	switch outcome {
	case "pass":
		return "Done."
	case "review", "fail":
		return "Done. A person will look at this closely."
	case "not run":
		return "Left out; a person does this. It is not held against you."
	}
	return ""
}

// RoleOutside names a role to somebody outside.
func RoleOutside(role string) string {
	switch role {
	case "reviewer":
		return "A reviewer"
	case "lead":
		return "A lead reviewer"
	case "auditor":
		return "An auditor"
	case "administrator":
		return "An administrator"
	case "privacy":
		return "The privacy officer"
	case "security":
		return "A security officer"
	case "":
		return "Somebody who works here"
	}
	return "Somebody who works here (" + role + ")"
}

// SeePicture is the link to a picture that was sent.
func SeePicture(name string) string { return "See your picture: " + name }

// AskedKept says what becomes of an application that nobody answers.
func AskedKept(days int) string {
	return "If nothing comes for " + Count(days, "day", "days") + ", the application is closed and its pictures and details are deleted."
}
