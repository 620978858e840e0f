package words

import "time"

// Words of deleting, and of the receipt for it.
const (
	DeleteTitle       = "Delete"
	DeleteLead        = "You can delete what is held for one purpose, or everything with your account. It takes a few seconds and cannot be taken back: the keys are destroyed, so that pictures in our backups stay closed too. If a backup ever has to be put back, what else it holds of you is deleted again at once."
	DeleteOne         = "For one purpose"
	DeleteAll         = "Everything, and your account"
	DeleteAllText     = "Your applications, pictures, mails, passkeys and the account itself."
	DeleteLook        = "See what goes and what stays"
	DeleteAllTitle    = "Delete everything and close your account?"
	DeleteGoes        = "This goes, for good"
	DeleteStays       = "This stays, because the law says so"
	DeleteStaysNone   = "Nothing. The log keeps lines with ids and codes, without your name, so that it stays whole."
	DeleteNothing     = "There is nothing to delete for this."
	DeleteUndo        = "This cannot be undone, by you or by us."
	DeleteOpenCase    = "An application that is being decided is closed by this. You can apply again."
	DeleteDo          = "Delete it now"
	DeleteDoAll       = "Delete everything now"
	DeleteNot         = "No, go back"
	DeletePasskey     = "Because this cannot be undone, please show once more that it is you: sign in with your passkey. You come back to this page."
	DeletePasskeyGo   = "Sign in with the passkey"
	DeleteEarlier     = "What you deleted before"
	DeleteReceiptLink = "Receipt"
	DeleteUnder       = "Being deleted"
	DeleteHeld        = "A legal hold keeps part of it for now. The rest is deleted; what is held goes by itself when the hold ends."

	MyHoldName = "Held for a court, an authority or a claim"

	ReceiptTitle   = "It is deleted"
	ReceiptLead    = "This is the receipt. Keep the file: it proves what was deleted and when, and anybody can check it without us."
	ReceiptGet     = "Download the receipt"
	ReceiptWhat    = "What was deleted"
	ReceiptWhen    = "When"
	ReceiptKeys    = "Keys destroyed"
	ReceiptItems   = "Sealed items removed"
	ReceiptRows    = "Other entries removed"
	ReceiptStays   = "What stays, and until when"
	ReceiptLog     = "Its place in the log"
	ReceiptCheck   = "Check it yourself"
	ReceiptText    = "On any computer, also without a connection, with the program whose source is open:"
	ReceiptCommand = "truepenny verify receipt FILE"
	ReceiptGone    = "You are signed out, and your account is closed. This page stays at this address; note it, or keep the file."
)

// DeleteFor is the heading of deleting what is held for one purpose.
func DeleteFor(purpose string) string {
	if purpose == "" {
		return DeleteAllTitle
	}
	return "Delete: " + lowerFirst(PurposeName(purpose)) + "?"
}

// DeletedFor says what an erasure was about.
func DeletedFor(purpose string) string {
	if purpose == "" {
		return "Everything, and the account"
	}
	return PurposeName(purpose)
}

// StaysUntil says until when something stays, and by which law.
func StaysUntil(law string, until time.Time) string {
	return law + ". Until " + Date(until) + ", then it goes by itself."
}

// MyHoldUntil says until when a legal hold keeps something from being deleted.
func MyHoldUntil(until time.Time) string {
	return "A legal hold keeps this until " + Date(until) + " at the latest. What you ask to delete goes then by itself; nothing else uses it until then."
}

// SealedFor names sealed items by what they are for.
func SealedFor(purpose string) string { return "Sealed: " + lowerFirst(PurposeName(purpose)) }

// StaysName names what the law makes us keep.
func StaysName(what string) string {
	return orCode(map[string]string{"trader-details": "Who you were as a trader: name, address and the decision", "requests": "What you asked the privacy officer, and the answers"}, what)
}

// LawName names a law to somebody who never read it.
func LawName(code string) string {
	return orCode(map[string]string{
		"dsa-30-5":        "European law (Digital Services Act, article 30(5)) makes marketplaces keep who their traders were for six months after the end",
		"request-records": "The law makes us prove that requests were answered (GDPR, article 5(2); in California for 24 months, 11 CCR 7101)",
	}, code)
}

// ReceiptScope says what a receipt is about.
func ReceiptScope(scope string) string {
	switch scope {
	case "everything":
		return DeletedFor("")
	case "outlived":
		return "What had outlived its time"
	}
	return PurposeName(scope)
}

// ReceiptOccasion says why it was deleted.
func ReceiptOccasion(occasion string) string {
	if occasion == "asked" {
		return "Because its person asked for it."
	}
	return "Because its time was over."
}
