package words

import (
	"strings"
	"time"
)

// Words of the pages on which a seller sends pictures: of a document, of their
// face, of a second paper.
const (
	DocumentTitle        = "Which document do you want to use?"
	DocumentKindLabel    = "Kind of document"
	DocumentLead         = "One of these, valid today. A photo taken with your phone is good enough."
	DocumentWhy          = "It is issued by an authority that has checked who you are."
	DocumentSides        = "Pictures of your document"
	DocumentMissing      = "Still needed"
	DocumentAdd          = "Add a picture"
	DocumentReplace      = "Take another picture"
	DocumentUseAnyway    = "Use this picture anyway"
	DocumentAnywayHelp   = "A person looks at it. If they cannot read it either, they ask you for another."
	DocumentOther        = "Use another kind of document"
	DocumentOtherKind    = "If you send another kind, the pictures that you have sent are replaced."
	DocumentTipsTitle    = "A picture that can be read"
	DocumentTipWhole     = "The whole page, with all four corners"
	DocumentTipLight     = "Daylight, no flash: nothing should shine"
	DocumentTipSharp     = "Every letter sharp; lay it flat and hold still"
	DocumentTipReal      = "The document itself, not a copy or a screen"
	DocumentLooksGood    = "Your picture is in. Can you read every letter? Then go on."
	DocumentContinue     = "Continue"
	DocumentSeen         = "Every time somebody opens this picture, you see it in the history of your application: their role, when and why."
	PictureRemove        = "Remove this picture"
	ReadingTitle         = "What we read from your document"
	ReadingLead          = "A computer read the lines of letters and arrows (<<<) on your document. Is anything wrong? Correct it here: nothing is held against you for it, but the person who decides sees both."
	ReadingSureNote      = "Read clearly"
	ReadingUnsureNote    = "Not sure: please look"
	ReadingNotRead       = "Could not be read"
	ReadingYours         = "Your correction"
	ReadingYoursHelp     = "Leave it empty if what we read is right."
	ReadingDateHelp      = "Year, month and day, such as 1987-03-27."
	ReadingMarked        = "Marked for the reviewer: you wrote “%s”."
	ReadingSave          = "Save and continue"
	ReadingFailed        = "We could not read the lines of letters and arrows (<<<) in this picture. You can take another, or go on: a person reads them then."
	ReadingMissingReader = "The part that reads documents is not installed here, so a person reads yours. There is nothing you need to do."
	ReadingNone          = "There is no picture with the lines of letters and arrows (<<<) yet."

	FaceTitle      = "Your face"
	FaceLead       = "We compare your face with the portrait in your document, once, to see that you are you."
	FaceOther      = "your papers do the same, and cost you nothing"
	FaceDoneTitle  = "The pictures of your face are in"
	FaceAccepted   = "Thank you. The pictures follow the prompts and are good enough to compare. A person decides."
	FaceAgainIf    = "You can take them again, until you send the application."
	FaceTakeAgain  = "Take the pictures again"
	FaceNotYet     = "That did not work yet"
	FaceNotYetTip  = "It happens to many people at the first try. This helps:"
	FacePauseTitle = "Let us take a break from the camera"
	FacePauseText  = "Some cameras and some lamps do not get along with this, and that says nothing about you. Papers do the same as the camera, and you can use them now."
	FacePauseOther = "Go on with papers"
	FaceNoEngine   = "The camera road is not available at the moment"
	FaceNoEngineDo = "The part that compares faces is not installed here. Papers do the same; what you entered is kept."
	FaceKeptPrefix = "These pictures, sealed, for "
	FaceKeptSuffix = " after the decision. You can delete them at any time by taking your agreement back."

	PaperTitle      = "A second paper"
	PaperLead       = "A picture or a PDF of a paper that shows your name and, if it can be, your address. A person compares it with your document."
	PaperKindLabel  = "What kind of paper is it?"
	PaperWhy        = "It shows that somebody else knows you by this name at this address."
	PaperFormats    = "A photo or a scan as JPEG, PNG or WebP, or a PDF file, up to %s. Of a PDF we keep the first three pages as pictures, and their words."
	PaperHide       = "You may cover account numbers, amounts and anything else that we do not need."
	PaperHave       = "Papers that you have sent"
	PaperAddMore    = "Add another paper"
	PaperAddWaiting = "Add a paper that helps"
	PaperEnough     = "These are as many papers as we can keep. Remove one to add another."
	PaperContinue   = "Continue"
)

// DocumentKindName names a kind of identity document.
func DocumentKindName(kind string) string {
	switch kind {
	case "passport":
		return "Passport"
	case "identity-card":
		return "Identity card"
	case "licence":
		return "Driving licence"
	}
	return kind
}

// DocumentKindHelp says what is needed of it.
func DocumentKindHelp(kind string) string {
	if kind == "passport" {
		return "One picture: the page with your portrait"
	}
	return "Two pictures: the front and the back"
}

// DocumentSideName names a side of a document.
func DocumentSideName(kind, side string) string {
	switch {
	case kind == "passport":
		return "The page with your portrait"
	case side == "back":
		return "The back"
	}
	return "The front"
}

// DocumentSideTitle is the heading of the page for one side.
func DocumentSideTitle(kind, side string) string {
	switch kind {
	case "passport":
		return "The page of your passport with your portrait"
	case "identity-card":
		return "The " + side + " of your identity card"
	case "licence":
		return "The " + side + " of your driving licence"
	}
	return DocumentSideName(kind, side)
}

// PaperKindName names a kind of second paper.
func PaperKindName(kind string) string {
	switch kind {
	case "utility-bill":
		return "Utility bill"
	case "bank-statement":
		return "Bank statement"
	case "tax-letter":
		return "Tax letter"
	case "registration":
		return "Registration"
	}
	return kind
}

// PaperKindHelp says what counts as it.
func PaperKindHelp(kind string) string {
	switch kind {
	case "utility-bill":
		return "Electricity, water, gas, telephone or internet"
	case "bank-statement":
		return "From any bank; you may cover numbers and amounts"
	case "tax-letter":
		return "From the tax office, addressed to you"
	case "registration":
		return "Of where you live, or of your business"
	}
	return ""
}

// FieldName names a field of a document.
func FieldName(field string) string {
	switch field {
	case "family-name":
		return "Family name"
	case "given-names":
		return "Given names"
	case "birth-date":
		return "Date of birth"
	case "expiry":
		return "Valid until"
	case "number":
		return "Document number"
	case "issuer":
		return "Issued by"
	case "nationality":
		return "Nationality"
	case "sex":
		return "Sex"
	}
	return field
}

// Prompt is what a capture asks the person to do, from their own point of view.
func Prompt(gesture string) string {
	switch gesture {
	case "look-straight":
		return "Look straight at the camera"
	case "turn-left":
		return "Turn your head to the left and back"
	case "turn-right":
		return "Turn your head to the right and back"
	case "tilt":
		return "Tilt your head towards a shoulder"
	case "look-up":
		return "Lift your chin and look up"
	case "blink":
		return "Close both eyes for a moment"
	case "smile":
		return "A big smile, show your teeth"
	case "closer":
		return "Come closer, then go back"
	case "hold-still":
		return "Hold still and look at the screen"
	}
	return gesture
}

// TriesLeft tells how often the camera can be tried before the pause.
func TriesLeft(n int) string {
	if n == 1 {
		return "You can try once more before a break. Papers do the same at any time."
	}
	return "You can try " + Number(n) + " more times before a break. Papers do the same at any time."
}

// PausedUntil tells when the camera can be tried again.
func PausedUntil(t time.Time) string {
	return "If you would rather use the camera, you can try again from " + Moment(t) + "."
}

// FaceKept says what becomes of the pictures of a face.
func FaceKept(days int) string {
	return FaceKeptPrefix + Count(days, "day", "days") + FaceKeptSuffix
}

// DocumentsKept says what becomes of pictures of documents and papers.
func DocumentsKept(days int) string {
	return "The pictures, sealed, for " + Count(days, "day", "days") + " after the decision, so that an appeal can be heard. Then they are deleted."
}

// Megabytes writes a size limit: "15 MB".
func Megabytes(bytes int) string { return Number(bytes>>20) + " MB" }

// Pixels describes a kept picture: "1,600 by 1,200 pixels".
func Pixels(width, height int) string {
	return Number(width) + " by " + Number(height) + " pixels"
}

// PictureOf describes a picture that a person sent.
func PictureOf(name string) string { return "Your picture: " + name }

// PictureSent says when a picture was added and how large it is kept.
func PictureSent(at time.Time, width, height int) string {
	return "Added " + Moment(at) + ", " + Pixels(width, height)
}

// PictureLimits says which pictures are taken.
func PictureLimits(bytes int) string { return "JPEG, PNG or WebP, up to " + Megabytes(bytes) + "." }

// PaperLimits says which papers are taken.
func PaperLimits(bytes int) string { return strings.ReplaceAll(PaperFormats, "%s", Megabytes(bytes)) }

// ReadingSaid says why there is nothing to look through; "" when there is.
func ReadingSaid(state string) string {
	switch state {
	case "sure", "unsure":
		return ""
	case "failed":
		return ReadingFailed
	case "missing":
		return ReadingMissingReader
	}
	return ReadingNone
}

// CorrectionMarked tells that the reviewer sees what was read and what the
// person wrote.
func CorrectionMarked(value string) string { return strings.ReplaceAll(ReadingMarked, "%s", value) }

// CorrectedFrom says that a person corrected what was read.
func CorrectedFrom(read string) string {
	if read == "" {
		return "You wrote this; it could not be read."
	}
	return "You corrected this. The computer read “" + read + "”."
}
