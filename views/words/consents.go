package words

import "time"

// Words of the public page of purposes, and of a person's own answers.
const (
	PurposesTitle    = "What we may use, and what for"
	PurposesLead     = "This is the whole list. There is no “other”, no advertising and no training of machines on it, and the program has no place to put one: a new purpose is a change to the program, with a new text that you would be asked to agree to."
	PurposesLock     = "How it is held to"
	PurposesLockText = "Everything is sealed under a key of its own for each person and each purpose. What was given for one purpose cannot be opened for another: the keys do not fit, the attempt is written down, and you see it. Faces and palms never share a key."
	PurposesPasskey  = "Without your body"
	PurposesPass     = "For everything that looks at a face there is a road that does not, and it leads to the same end. To sign in you can use a passkey: your own device recognises you, by your finger, your face or its code, and nothing of your body leaves it. Or a link by e-mail does the same."
	PurposesOffered  = "What is in use"
	PurposesNotYet   = "What is not offered"
	PurposesNotText  = "These stand on the list so that you can see what they would be held to. Nothing can be collected for them: there is no page, no camera and no button for it."
	PurposesLink     = "What it is used for"

	PurposeRowUses    = "What is used"
	PurposeRowWhy     = "Why"
	PurposeRowBasis   = "On what it rests"
	PurposeRowKept    = "How long"
	PurposeRowSeen    = "Who sees it"
	PurposeRowNever   = "Never used for"
	PurposeRowInstead = "What you can do instead"
	PurposeRowNotice  = "What we tell you"
	PurposeNotOffered = "Not offered"

	NoticesLanguage = "Language"
	NoticesHash     = "Its fingerprint (SHA-256)"
	NoticesEarlier  = "Earlier texts"
	NoticesNew      = "What was new in the text after it"
	NoticesAsked    = "Whoever had agreed to it was asked again. What was collected under it stays under its promise."
	NoticesFor      = "All that is said of this purpose"

	ConsentNewTitle = "What is new since you agreed"
	ConsentNewText  = "You agreed to an earlier text. It has changed in a way that matters, so we ask you again; until you answer, nothing new is taken. Pictures that you sent under the earlier text stay under its promise."
	ConsentNewNo    = "If you say no now, those pictures are deleted too, and you go on with a second paper."

	ConsentsTitle    = "What you agreed to"
	ConsentsLead     = "Every answer that you gave, with its date and the exact text that you were shown. You can keep a record of each: it proves by itself what was asked and what you said."
	ConsentsNow      = "How it stands"
	ConsentsAll      = "Every answer"
	ConsentsEmpty    = "You have not been asked anything yet."
	ConsentsCSVLink  = "All answers as a table (CSV)"
	ConsentsJSONLink = "All answers with their texts (JSON)"
	ConsentsLink     = "What you agreed to, with records"
	ConsentRecordDo  = "Record"
	ConsentNotAsked  = "You have not been asked."
	ConsentAskAgain  = "The text has changed since. You are asked again before anything new is taken."
	ConsentSeeAnswer = "Read and answer"

	RecordTitle    = "Record of an answer"
	RecordRelease  = "You were told in writing what would be collected, why, and for how long, and gave this answer in writing, electronically, by pressing the button with these words. This sheet is the written release."
	RecordDeclined = "You were told in writing what would be collected, why, and for how long, and gave this answer by pressing the button with these words."
	RecordAnswer   = "Answer"
	RecordAt       = "When"
	RecordPurpose  = "Purpose"
	RecordModality = "What of you"
	RecordKept     = "How long it is kept"
	RecordVersion  = "Version of the text"
	RecordLanguage = "Language"
	RecordHash     = "SHA-256 of the text"
	RecordEntry    = "Entry in the log"
	RecordText     = "The text, word for word"
	RecordProof    = "How to check it"
	RecordProofDo  = "Your answer stands, with the SHA-256 of the text, in a log that nobody can change unseen. The proof is a file that anyone can check without us: “truepenny verify proof FILE”. The record holds the text, your answer and the same proof."
	RecordProofGet = "Download the proof alone"
	RecordFile     = "Download the record as a file"
	RecordPrint    = "To keep it on paper or as a PDF, print this page."

	WithdrawnText    = "The pictures of your face, your portrait cut from the document and everything worked out from them are deleted, and the key that sealed them is destroyed. Your account and everything else stay."
	WithdrawnReceipt = "The signed receipt"

	WithdrawnHeldTitle = "Your agreement is taken back."
	WithdrawnHeld      = "From now on nobody uses the pictures of your face. A legal hold keeps us from deleting them just now; they are deleted when it ends, and then there is a receipt. Your account and everything else stay."

	DisputeLink = "May we keep the pictures of your face longer, for a dispute?"
	DisputeKept = "The pictures of your face that are kept for a dispute"
)

// ConsentAnswer is one answer in a word or two.
func ConsentAnswer(answer string) string {
	switch answer {
	case "given":
		return ConsentGiven
	case "declined":
		return ConsentDeclined
	}
	return ConsentTaken
}

// ConsentStands says how things stand with one purpose.
func ConsentStands(answer string, at time.Time) string {
	return ConsentAnswer(answer) + " on " + Date(at) + "."
}

// LanguageName names a language of the notices.
func LanguageName(code string) string {
	if code == "en" {
		return "English"
	}
	return code
}

// ConsentsHeader names the columns of the table of answers.
func ConsentsHeader() []string {
	return []string{"record", "at", "purpose", "modality", "answer", "notice", "language", "sha256 of the text"}
}
