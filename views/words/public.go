package words

// Words of the front page and of the page with the notices.
const (
	FrontTitle = "Show that you are who you say you are"
	FrontLead  = "This marketplace checks that its sellers are real people. It does so on its own machines: nothing about you is sent to anyone else, and a person decides."
	FrontStart = "Start"
	FrontGoOn  = "Go on with your application"
	FrontBack  = "Begun before? The same button takes you back to where you left off, on this device or another."

	FrontForTitle = "What it is for"
	FrontFor      = "Buyers want to know that there is a person with a real name behind a shop. You show it once. What you show is used for that and for nothing else."

	FrontStepsTitle    = "What you will do"
	FrontStepDetails   = "Your details: the country you sell from, your name, date of birth and address."
	FrontStepDocument  = "Your document: a picture of your passport, identity card or driving licence."
	FrontStepChoice    = "Your choice: with your face or with papers alone, as set out below."
	FrontStepProof     = "Your face before the camera, or a picture of a second paper."
	FrontStepSend      = "Check your answers and send them."
	FrontTimeTitle     = "How long it takes"
	FrontTimeSaved     = "Five short steps. You can stop at any point and go on later, also on another device: what you entered is saved as you go."
	FrontWithoutCamera = "You need no camera: pictures that you already have will do, and nothing on the way but the live camera itself needs JavaScript."

	FrontRoadsTitle = "Two roads, and they count the same"
	FrontRoadsLead  = "Both begin with your identity document, and on both a person decides. You choose on the way, and you can change your mind until you send."
	FrontRoadNotice = "Read the full notice"

	RoadFaceTitle      = "With your face"
	RoadFaceText       = "Your camera takes a few pictures for a few seconds while you follow prompts. A computer compares them with the portrait in your document, and a person decides."
	RoadFaceNeeds      = "You need a camera and a little light"
	RoadPapersTitle    = "With papers alone"
	RoadPapersText     = "You add a second paper, such as a utility bill, a bank statement or a tax letter. A person compares it with your document and decides. No camera looks at your face."
	RoadPapersNeeds    = "You need a picture of one more paper with your name"
	RoadPapersNoMarker = "Choosing it is not held against you"

	FrontKeptTitle     = "What is kept, and for how long"
	FrontKeptDocuments = "Pictures of your document and papers"
	FrontKeptFace      = "Pictures of your face, if you choose the camera"
	FrontKeptNumbers   = "The numbers that describe your face"
	FrontKeptNot       = "Not kept. They are worked out for one comparison and dropped."
	FrontKeptDraft     = "An application that you never send"

	FrontKeptShort    = "What we keep"
	FrontRefusedTitle = "If the answer is no"
	FrontDecidesTitle = "Who decides"
	FrontDecides      = "A person, always. A computer reads and compares, and can only point things out: it cannot turn anybody down."
	FrontDecidesTwo   = "A refusal takes two people. It names its reason and the day from which you can apply again."
	FrontDecidesLook  = "You see everyone who opened your pictures: their role, when and why."

	FrontNeverTitle = "What it is never used for"
	FrontNever      = "No advertising, no sale, no search for other people, no police search, no guessing of feelings, no training of machines."

	DemoSellers = "Sellers"
	DemoStaff   = "People who work here"
	DemoTitle   = "Look around as one of the demo people"
	DemoLead    = "This is a demo marketplace. One click signs you in as a made-up person; whatever you do there is seen by other visitors of this demo."

	NoticesTitle  = "What we tell you before we ask"
	NoticesLead   = "These are the exact texts, word for word. Your answer is kept together with the version that you were shown."
	NoticeVersion = "Version"
)

// FrontKeptAfterDecision says how long something is kept.
func FrontKeptAfterDecision(days int) string {
	return Count(days, "day", "days") + " after the decision, then deleted"
}

// FrontKeptDraftFor says when an unsent application is emptied.
func FrontKeptDraftFor(days int) string {
	return "Emptied " + Count(days, "day", "days") + " after your last change"
}

// RoadFaceTime says how long the camera step takes.
func RoadFaceTime(seconds int) string {
	return "About " + Count(seconds, "second", "seconds") + " before the camera"
}

// RoadKept says how long the pictures of a road are kept.
func RoadKept(days int) string {
	return "Pictures kept for " + Count(days, "day", "days") + " after the decision"
}

// FrontDecisionIn is the promise on the front page.
func FrontDecisionIn(workingDays int) string {
	return "After you send it, a person decides within " + Count(workingDays, "working day", "working days") + " (Monday to Friday). We write to you by e-mail."
}

// FrontAppeal says how long a refusal can be appealed.
func FrontAppeal(days int) string {
	return "If you think a refusal is wrong, you can appeal within " + Count(days, "day", "days") + " and other people look again."
}

// FrontKeptBrief says in one line what is kept and for how long.
func FrontKeptBrief(documents, face int) string {
	return "Pictures of documents for " + Count(documents, "day", "days") + " after the decision, pictures of a face for " +
		Count(face, "day", "days") + ", sealed; then they are deleted."
}
