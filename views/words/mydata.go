package words

import (
	"fmt"
	"time"
)

// Words of the room where a person sees what is held about them, and does
// something about it.
const (
	MyDataNav   = "My data"
	MyDataTitle = "My data"
	MyDataLead  = "Everything that is held about you here, why, until when, and who has looked at it. Only you can see this page; the people who work here cannot."
	MyDataTabs  = "Parts of this room"

	MyDataTabHeld        = "What we hold"
	MyDataTabFields      = "Read and told"
	MyDataTabComparisons = "Comparisons"
	MyDataTabLooks       = "Who looked"
	MyDataTabCopy        = "A copy"
	MyDataTabRequests    = "Ask or object"
	MyDataTabDeletion    = "Delete"

	MyDataNothing     = "Nothing here yet"
	MyDataNothingText = "When you begin an application, its pictures appear here as you send them."
	MyDataPurposeWhy  = "Why"
	MyDataSince       = "Held since"
	MyDataUntil       = "Kept until"
	MyDataSeenBy      = "Who can see it"
	MyDataNever       = "Never used for"
	MyDataYourAnswer  = "Your answer"
	MyDataReadNotice  = "Read the notice, or change your answer"
	MyDataDeleteThis  = "Delete what is held for this"
	MyDataOtherNote   = "You find it in full in the copy of your data."
	MyDataLink        = "See what is held about you, and who looked"
	MyDataNoEnd       = "You delete it, or your account"
	MyDataOther       = "Also sealed"
	MyDataRest        = "Around your account"
	MyDataRestLead    = "What it takes to let you in and to write to you."
	MyDataOpened      = "Every picture that you open here is noted as your own look."
	MyDataEmptyFor    = "Nothing is held for this."
	MyDataShow        = "Show the picture"

	FilmTitle    = "The film of your face"
	FilmLead     = "These are all the pictures that were kept of it, at the pace at which they were taken. Between them nothing was kept."
	FilmPlay     = "Play the film"
	FilmAgain    = "Play again"
	FilmPause    = "Pause"
	FilmBack     = "One picture back"
	FilmForward  = "One picture on"
	FilmSeek     = "Picture"
	FilmNoScript = "Without JavaScript the film shows as one sheet:"
	FilmSheet    = "Open the sheet with all pictures"
	FilmFailed   = "The film could not be opened. It may have been deleted meanwhile; load the page again."
	FilmMotion   = "Your device asks for little motion: pictures change only when you press a button."
	FilmKeys     = "Keys: space plays and stops, arrows go one picture on or back."

	FieldsTitle     = "What you told us, and what was read"
	FieldsLead      = "Is something wrong? Say what should stand there. A person looks at it and answers within a month; nothing is held against you for it."
	FieldsTold      = "What you told us"
	FieldsRead      = "What a computer read from your document"
	FieldsNoneRead  = "Nothing was read from a document, or it has been deleted."
	FieldsNone      = "You have told us nothing yet"
	FieldsNoneText  = "What you write in an application stands here afterwards, and can be corrected."
	FieldsEdit      = "Change it in your application"
	FieldsEditNote  = "You have not sent this application yet: change it there yourself."
	FieldsCorrect   = "This is wrong"
	FieldsValue     = "What should stand there"
	FieldsWhy       = "How do you know, or what happened?"
	FieldsWhyHelp   = "A sentence is enough. A picture is not needed; if one is, the person who answers asks for it."
	FieldsSend      = "Ask for the correction"
	FieldsAsked     = "You asked for a correction"
	FieldsYourWords = "You wrote"

	ComparisonsTitle    = "Every comparison made with your data"
	ComparisonsLead     = "What a computer held against what, and what came of it in words. None of it decides: a person does. The figures behind it are for those who decide and are deleted with the pictures."
	ComparisonsNone     = "Nothing was compared yet"
	ComparisonsNoneText = "When you send an application, each comparison and its outcome stands here."
	ComparisonsWith     = "Held against"
	ComparisonsNever    = "Your face was not searched for among other people's: there is no such search here."

	LooksTitle     = "Who looked at your data"
	LooksLead      = "Each line comes from a log that cannot be changed unseen. People who work here appear by their role. An attempt that was refused stands here like any other."
	LooksFilter    = "Which lines"
	LooksOthers    = "Looks by others"
	LooksAllOfThem = "All looks, mine too"
	LooksWholeLog  = "Everything that was done"
	LooksNone      = "Nobody has looked yet"
	LooksNoneText  = "Every time somebody opens something of yours it stands here, before they see it."
	LooksTable     = "Looks at your data"
	LooksWhy       = "Why"
	LooksProofGet  = "Download the proof"
	LooksRefused   = "Refused: nothing was shown"
	LooksOlder     = "Older lines"
	LooksNewest    = "Newest lines"
	LooksCheck     = "How to check a proof yourself"
	LooksCheckText = "A proof shows that a line stands in the log as it was published, and that nobody can have taken it out or changed it since. It holds the line as it stands there, also the number under which the log knows who looked, which is no name. Check it on any computer, also without us, with the program whose source is open:"
	LooksCheckKey  = "The key that it is checked against is published here, and you may compare it with others who kept it:"
	LooksCommand   = "truepenny verify proof -key '%s' FILE"
	LooksHidden    = "Steps of work on the way to a decision, such as a proposal that a second person has yet to confirm, do not stand here; the decision does, and so does every look."
)

// HoldingName names one kind of thing that is held: "Signed-in devices".
func HoldingName(code string) string { return orCode(holdingNames, code) }

var holdingNames = map[string]string{
	"account": "Your account: its mail address", "mail-links": "Links that sign you in, or change your address", "sessions": "Where you are signed in",
	"passkeys": "Your passkeys", "mails": "Mails that were sent to you", "applications": "Your applications: what you wrote, and the decisions",
	"consents": "What you agreed to and declined", "data-copy": "The copy that you asked for", "sealed-items": "Sealed items",
	"evidence-document": "Pictures of your identity document", "evidence-paper": "Pictures of your second paper", "evidence-frame": "Pictures of your face",
	"evidence-portrait": "Your portrait, cut out of the document", "evidence-copy": "Pictures of your face, kept longer for a dispute", "requests": "What you asked the privacy officer, and the answers",
	"erasures": "What was deleted, with receipts", "legal-holds": "A note that something must be kept for a while, for a court or a claim", "lab-pictures": "Pictures of a lab set",
	"capture-prints": "Rough sketches of light and dark of your film, from which nobody can be recognised", "experiments": "Tests that you are or were part of",
	"experiment-optout": "That you want to be in no test",
	"dispute-frames":    "Pictures of your face, kept longer for a dispute",
}

// BelongingName says what a sealed item is.
func BelongingName(what string) string { return orCode(belongingNames, what) }

var belongingNames = map[string]string{
	"document": "A picture of your document", "paper": "A second paper", "frame": "A picture of your face", "portrait": "Your portrait, cut out of the document",
	"reading": "What a computer read from a picture", "correction": "A correction that you made", "camera": "What your browser told about the camera",
	"verdict": "What was found in the film of your face", "signals": "How your head moved in the film, in numbers", "compared": "What was compared with what",
	"other": "A sealed item",
}

// PictureOfDocument names a picture: "Passport: the page with your portrait".
func PictureOfDocument(kind, side string) string {
	return DocumentKindName(kind) + ": " + lowerFirst(DocumentSideName(kind, side))
}

// KeptUntilDay says until when something is kept.
func KeptUntilDay(t time.Time) string { return Date(t) + ", then deleted" }

// HeldCount says how many of a kind are held.
func HeldCount(n int) string { return Count(n, "item", "items") }

// FilmOf says what a film is made of.
func FilmOf(pictures, millis int) string {
	return Count(pictures, "picture", "pictures") + " over " + Seconds(millis)
}

// Seconds writes milliseconds as seconds: "14.8 seconds".
func Seconds(millis int) string { return fmt.Sprintf("%.1f seconds", float64(millis)/1000) }

// FilmAlt describes a film to those who do not see it.
func FilmAlt(at time.Time) string { return "Pictures of your face, taken " + Moment(at) }

// FormFieldName names a field of what a person tells about themselves.
func FormFieldName(field string) string { return orCode(formFieldNames, field) }

var formFieldNames = map[string]string{
	"country": "Country that you sell from", "given_names": "Given names", "family_name": "Family name", "business_name": "Name of the business",
	"birth_date": "Date of birth", "line1": "Street and number", "line2": "Second line of the address", "postcode": "Postcode", "city": "City", "region": "Region",
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}

// myDataReasons are the sentences of what can go wrong here.
var myDataReasons = map[string]string{
	"copy.own":       "Only you can ask for a copy of your data.",
	"copy.unknown":   "There is no such copy, or it is not yours.",
	"copy.gone":      "This copy has been deleted. You can ask for a new one at any time.",
	"copy.not-ready": "This copy is still being made. We write to you when it is ready.",
	"copy.asked":     "A copy is being made already.",
	"mydata.passkey": "Deleting needs a fresh sign-in with your passkey. Nothing was deleted.",
}

// KeptAfterDecision says until when something of an open application is kept.
func KeptAfterDecision(days int) string {
	return Count(days, "day", "days") + " after the decision, then deleted"
}
