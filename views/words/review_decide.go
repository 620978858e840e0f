package words

import "time"

// Words of the decision on a case: its forms, the second look, conflicts.
const (
	DecideBar         = "Decide this case"
	DecideApprove     = "Approve"
	DecideApproveHas  = "Approve this application"
	DecideApproveNow  = "Approve and tell the seller"
	DecideAsk         = "Ask again"
	DecideRefuse      = "Refuse"
	DecideRefuseMore  = "Refuse…"
	DecideAskMore     = "Ask again…"
	DecideConfirm     = "Confirm the refusal"
	DecideConfirmMore = "Confirm the refusal…"
	DecideConfirmNow  = "Refuse and tell the seller"
	DecideReturn      = "Give it back"
	DecideReturnIt    = "Give it back to waiting"
	DecideReturnMore  = "Give it back…"
	DecideTwoLong     = "The seller hears nothing until a second person has looked and agrees."
	DecideTwo         = "A refusal needs a second person."
	DecideAskTitle    = "Ask the seller for something again"
	DecideAskItems    = "What should they send again?"
	DecideWords       = "In your words, to the seller"
	DecideWordsHelp   = "They read this exactly as you write it. Say what is wrong and what would help; 10 to 2,000 characters."
	DecideRefuseHas   = "Propose a refusal"
	DecideReason      = "Reason"
	DecidePropose     = "Propose this refusal"
	DecideAskSend     = "Send the question"
	DecidePreview     = "What the seller will read"
	DecideShow        = "Show what the seller will read"
	DecideOnPage      = "Without a dialog:"
	DecideNoScript    = "These forms also have pages of their own:"
	SecondTitle       = "A colleague proposes to refuse"
	SecondText        = "Look at the evidence for yourself. If you agree, confirm; if not, give it back and say why."
	SecondReason      = "Reason given"
	SecondWords       = "Words for the seller"
	SecondWhyBack     = "Why you do not agree, for your colleagues"
	SecondWhyHelp     = "The seller does not read this. 10 to 2,000 characters."
	SecondBy          = "Proposed by"
	SecondOther       = "You proposed this refusal. Somebody else has to look at it now."

	CaseAppeal      = "The seller appeals, in their words"
	CaseZone        = "The machine-readable lines as they were read"
	CaseWhatRead    = "what was read"
	ByYou           = "you"
	BySeller        = "the seller"
	ByMachine       = "the machine"
	ConflictTitle   = "This case has changed since you opened it"
	ConflictText    = "Nothing was decided and nothing was overwritten. Your words are kept below: look at what is new, then decide again."
	ConflictWords   = "What you wrote, to copy:"
	ConflictNothing = "The history shows no further line; please compare the page with what you remember."
	ConnectedTitle  = "You may not decide this case"
	ConnectTitle    = "I know this seller"
	ConnectText     = "Nobody decides about somebody they are connected to: family, friends, business, a quarrel. Saying so costs you nothing, and nobody asks how; somebody else takes the case."
	ConnectSend     = "Hand the case over"
	HeldTitle       = "Somebody else holds this case"
	HeldText        = "You can look, not decide. It becomes free when they release it or leave it alone for a while."
	DecidedTitle    = "Nothing is to be decided here now"
	EarlierRefusal  = "refused before"
)

// ItemName names something a seller can be asked for again.
func ItemName(item string) string { return orCode(itemNames, item) }

var itemNames = map[string]string{
	"details": "Their details (name, address, date of birth)", "document-front": "The document, front",
	"document-back": "The document, back", "capture": "The face capture", "paper": "A second paper",
}

// RefusalName is a reason for a refusal, as staff choose it.
func RefusalName(code string) string { return orCode(refusalNames, code) }

var refusalNames = map[string]string{
	"document.not-genuine": "The document is not genuine", "document.expired": "The document has expired",
	"document.unreadable": "The document cannot be read, also after asking", "document.not-accepted": "This kind of document is not taken",
	"face.different": "The face is another person’s", "details.different": "The details do not match the document",
	"paper.not-accepted": "The second paper is not taken", "age.below": "The person is too young", "other": "Another reason, said in the words",
}

// DecisionName is a kind of decision in a history.
func DecisionName(kind, standing string) string {
	if s, ok := decisionNames[kind+" "+standing]; ok {
		return s
	}
	return orCode(decisionNames, kind)
}

var decisionNames = map[string]string{
	"approve": "Approved", "ask": "Asked the seller again",
	"refuse": "Refused", "refuse proposed": "Refusal proposed", "refuse final": "Refused",
	"refuse returned": "Refusal proposed, not confirmed", "refuse withdrawn": "Refusal proposed; the case moved on first",
	"refuse overruled": "Refused, then reopened by an appeal",
}

// DecideKind names a form of the decision in a link.
func DecideKind(kind string) string {
	return map[string]string{"approve": DecideApprove, "ask": DecideAsk, "refuse": DecideRefuse}[kind]
}

// SecondDone says what the second person did.
func SecondDone(standing, name string, at time.Time) string {
	if standing == "returned" {
		return "Given back by " + name + ", " + Moment(at)
	}
	return "Confirmed by " + name + ", " + Moment(at)
}
