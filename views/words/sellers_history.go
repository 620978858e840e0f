package words

import "strings"

// Happened is what a line of a history speaks of, in codes.
type Happened struct {
	Action  string
	By      string // "seller", "staff" or "system"
	Role    string
	Reason  string
	Purpose string
	Details map[string]string
	Times   int // how many equal ones in a row
}

var happened = map[string]string{
	"application.started":           "You started the application",
	"application.details-confirmed": "You confirmed your details",
	"application.document-added":    "You added a picture of your document",
	"application.paper-added":       "You added a second paper",
	"application.evidence-removed":  "You removed a picture",
	"application.consent-withdrawn": "The pictures of your face were deleted",
	"application.submitted":         "You sent the application",
	"application.resubmitted":       "You sent it again",
	"application.analysed":          "The computer finished reading and comparing",
	"application.rechecked":         "The computer compared your documents again with the corrected details",
	"application.corrected":         "A value was corrected, as you had asked",
	"application.cancelled":         "You cancelled the application; its pictures were deleted",
	"application.appealed":          "You appealed",
	"application.emptied":           "The application was emptied, because it was not sent for a long time",
	"application.erased":            "What was held about you was erased",
	"dispute.picture-kept":          "A picture of your face was sealed once more, to be there in a dispute",
	"dispute.withdrawn":             "The copies for a dispute were given up",
	"capture.started":               "You opened the camera step",
	"capture.accepted":              "The pictures of your face were accepted",
	"capture.failed":                "A camera try did not work; its pictures were not kept",
	"case.opened":                   "Your case was opened",
	"case.approved":                 "Your application was approved",
	"case.asked":                    "You were asked for something more",
	"case.refused":                  "Your application was refused, by two people",
	"vault.opened":                  "Your pictures or what was read from them were opened",
	"vault.refused":                 "Somebody tried to open something for a purpose it was not given for, and was kept out",
	"copy.asked":                    "You asked for a copy of your data",
	"copy.ready":                    "The copy of your data was ready",
	"copy.failed":                   "The copy of your data could not be made",
	"copy.replaced":                 "You asked for a new copy; the one before was deleted",
	"copy.removed":                  "You deleted the copy of your data",
	"copy.expired":                  "The copy of your data had waited long enough and was deleted",
	"copy.ended":                    "The key of a copy of your data was destroyed",
	"privacy.erasure-asked":         "You asked for something to be deleted",
	"privacy.erasure-held":          "What you asked to be deleted waits for a legal hold to end",
	"privacy.keys-destroyed":        "The keys of what was to be deleted were destroyed",
	"privacy.receipt-issued":        "The receipt of what was deleted was signed",
	"privacy.expired":               "What had reached its date was deleted",
	"vault.expired":                 "A picture reached its date and was deleted",
}

// HappenedText is a line of the history, for the person it is about.
func HappenedText(h Happened) string {
	switch h.Action {
	case "application.road-chosen":
		if h.Details["to"] == "face" {
			return "You chose the road with your face"
		}
		return "You chose the road with papers alone"
	case "application.field-corrected":
		return "You corrected what was read: " + strings.ToLower(FieldName(h.Details["field"]))
	case "consent.given":
		return "You agreed: " + lowerFirst(PurposeName(h.Purpose))
	case "consent.declined":
		return "You said no: " + lowerFirst(PurposeName(h.Purpose))
	case "consent.withdrawn":
		if h.By == "system" {
			return "Your agreement was taken back for you, because what it was for had been deleted: " + lowerFirst(PurposeName(h.Purpose))
		}
		return "You took your agreement back: " + lowerFirst(PurposeName(h.Purpose))
	case "vault.opened":
		return lookText(h)
	}
	if text := happened[h.Action]; text != "" {
		return text
	}
	return "Something was done (" + h.Action + ")"
}

// lookText says who looked at what: a line of its own for every look.
func lookText(h Happened) string {
	what := "your pictures and what was read from them"
	switch h.Purpose {
	case "face-match":
		what = "the pictures of your face"
	case "video-disputes":
		what = "the pictures of your face that are kept for a dispute"
	}
	switch h.By {
	case "seller":
		return "You looked at " + what
	case "staff":
		return RoleOutside(h.Role) + " looked at " + what
	}
	return "The computer read " + what
}

// HappenedNote says who, why and how often, where the line itself does not.
func HappenedNote(h Happened) string {
	var notes []string
	if h.By == "staff" && h.Action != "vault.opened" && h.Action != "case.refused" {
		notes = append(notes, strings.ToLower(RoleOutside(h.Role)[:1])+RoleOutside(h.Role)[1:])
	}
	if why := lookReasons[h.Reason]; why != "" {
		notes = append(notes, why)
	}
	if h.Times > 1 {
		notes = append(notes, Number(h.Times)+" times")
	}
	return strings.Join(notes, " · ")
}

// lookReasons is why something was opened.
var lookReasons = map[string]string{
	"own":         "on your own pages",
	"case.review": "to decide your case",
	"analysis":    "for the machine checks",
	"export":      "for the copy of your data that you asked for",
}
