package words

import (
	"strings"
	"time"
	"unicode"
)

// Words of a case page.
const (
	CaseEvidence     = "Evidence"
	CaseNoEvidence   = "No pictures are kept"
	CaseNoEvidenceIs = "They were removed when their time was over, or the seller took them back. What the checks said stands below."
	CaseMachine      = "What the machine found"
	CaseMachineNote  = "None of this decides. You do."
	CaseNoChecks     = "The machine checks have not run yet. This page shows them as soon as they have."
	CaseRead         = "What was read from the document"
	CaseSeller       = "Seller"
	CaseLooks        = "Who looked"
	CaseLooksNote    = "The seller sees this list too."
	CaseNoLooks      = "Nobody has looked yet."
	CaseDecisions    = "Decisions so far"
	CasePrevious     = "Application before this one"
	CaseNext         = "Next case"
	CasePrev         = "Case before"
	CasePrint        = "Print sheet"
	CaseEarlier      = "From an earlier round"
	CaseFaceToFace   = "The faces side by side, cut out at one size"
	CaseOpenPicture  = "Open this picture alone"
	CaseRemoved      = "removed"

	SellerName      = "Name"
	SellerBusiness  = "Business"
	SellerKind      = "Kind"
	SellerCountry   = "Country"
	SellerBirth     = "Born"
	SellerAddress   = "Address"
	SellerRoad      = "Road"
	SellerSent      = "Sent"
	SellerRounds    = "Rounds"
	SellerPromised  = "Promised by"
	FieldSaid       = "The seller says"
	FieldRead       = "The machine read"
	FieldNotRead    = "Could not be read"
	FieldCorrected  = "Corrected by the seller"
	FieldNotSure    = "Not sure"
	FieldSure       = "Sure"
	MachineCompared = "What was compared"
	MachineDocument = "Document"
	MachineForm     = "Form"
	MachineBarcode  = "Bar code"
	MachinePaper    = "Second paper"
	MachinePrint    = "Printed"
	MachineZone     = "Zone"
	MachineBeside   = "Form or document"
	MachineNote     = "Remark"
	MachineLimit    = "Where the limit comes from"
	MachineDistance = "Distance"
	MachineWeight   = "Weight"
	MachineAccept   = "Taken as the same person"
	MachineFail     = "Said not to match"
	CaptureTook     = "Face capture"
	CaptureCamera   = "Camera"
	CaptureFrames   = "All pictures of this capture"
	PortraitPicture = "Portrait in the document"
	FramePicture    = "Face in the capture"
)

// EvidenceName says what a picture of a document shows: "Identity card, back".
func EvidenceName(kind, side string) string {
	if kind == "passport" || side == "" {
		return DocumentKindName(kind)
	}
	return DocumentKindName(kind) + ", " + side
}

// ReadingName says what became of reading a document's machine-readable zone.
func ReadingName(state string) string { return readingNames[state] }

var readingNames = map[string]string{
	"sure": "read, all check digits right", "unsure": "read, but not surely",
	"failed": "the machine could not read it", "missing": "no reader is installed",
}

// GestureName is a prompt of a capture in a list.
func GestureName(code string) string { return orCode(gestureNames, code) }

var gestureNames = map[string]string{"look-straight": "straight", "turn-left": "left", "turn-right": "right", "straight": "straight", "left": "left", "right": "right", "up": "up", "down": "down", "blink": "blink", "smile": "smile", "tilt": "tilt",
	"look-up": "look up", "closer": "closer", "hold-still": "hold still"}

// CaptureSummary is the line under a capture: "5.2 s, 5 pictures; prompts: left, straight".
func CaptureSummary(length time.Duration, frames int, prompts string) string {
	text := seconds(length) + ", " + Count(frames, "picture", "pictures")
	if prompts != "" {
		text += "; asked: " + prompts
	}
	return text
}

// FrameAt says when in a capture a frame was taken.
func FrameAt(offset time.Duration) string { return "At " + seconds(offset) }

func seconds(d time.Duration) string {
	tenths := d.Round(100*time.Millisecond) / (100 * time.Millisecond)
	return Number(int(tenths/10)) + "." + Number(int(tenths%10)) + " s"
}

// SealedUntil says how long a picture is kept.
func SealedUntil(t time.Time) string {
	if t.IsZero() {
		return "sealed; kept while the decision is open"
	}
	return "sealed until " + Date(t)
}

// AskedItems joins what was asked for.
func AskedItems(n int) string { return Count(n, "item", "items") + " asked for" }

// Times says how often equal looks were taken in a row.
func Times(n int) string {
	if n < 2 {
		return ""
	}
	return Number(n) + " times"
}

// AtMost and Above word a limit.
func AtMost(v string) string { return "at most " + v }
func Above(v string) string  { return "above " + v }

// ClosestFrame stands under the face that is closest to the portrait.
func ClosestFrame(of int, distance string) string {
	return "Closest of " + Count(of, "picture", "pictures") + ": distance " + distance
}

// ComparedAll lists values that agree.
func ComparedAll(values []string) string { return strings.Join(values, " · ") }

// ValidOn says what the last day of validity was held against.
func ValidOn(last, day string) string { return "Valid until " + last + ", checked on " + day + "." }

// Sentence begins with a capital, Within with a small letter.
func Sentence(s string) string { return first(s, unicode.ToUpper) }
func Within(s string) string   { return first(s, unicode.ToLower) }

func first(s string, change func(rune) rune) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = change(r[0])
	}
	return string(r)
}

// LookedAt says how much somebody opened in one sitting.
func LookedAt(items int) string {
	if items == 0 {
		return "opened the page"
	}
	return Count(items, "sealed item", "sealed items")
}

// DecidedOn is the head of a decided case.
func DecidedOn(t time.Time) string { return "Decided on " + Moment(t) }

// RoundNote says how often a case was sent.
func RoundNote(n int) string {
	if n < 2 {
		return ""
	}
	return "sent " + Number(n) + " times"
}

// DayOf writes a day that is kept as "2006-01-02"; anything else stays as it is.
func DayOf(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return Date(t)
}

// ShortMoment is the time today, the day and time before.
func ShortMoment(t, now time.Time) string {
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return Clock(t)
	}
	return t.Format("2 January, ") + Clock(t)
}

// StateText says why there is nothing to decide.
func StateText(state string) string { return orCode(stateTexts, state) }

var stateTexts = map[string]string{
	"analysing": "The machine checks run at the moment. The case comes to Waiting when they are done.",
	"asked":     "The seller was asked for something and has not answered yet.",
	"approved":  "It was approved.",
	"refused":   "It was refused. If the seller appeals, it comes back to somebody who took no part.",
	"cancelled": "The seller cancelled it.",
}
