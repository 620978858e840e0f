package words

import "strings"

// Words for the purposes for which something of a person may be used. Every code
// of internal/privacy/purposes.go has its words here; a test there fails when
// one is missing.

var purposeNames = map[string]string{
	"identity-documents": "Your identity document and papers",
	"face-match":         "Your face, compared once",
	"video-disputes":     "Your face pictures, kept longer for a dispute",
	"rights-requests":    "What you write to the privacy officer",
	"data-copy":          "The copy of your data, while it waits for you",
	"lab-measurement":    "Pictures that the machine's errors are measured on",
	"duplicate-search":   "Looking for second accounts by face",
	"staff-guard":        "How staff type, to notice when somebody else sits down",
	"palm-payment":       "Paying with your palm",
}

// PurposeName is what a purpose is called on every page.
func PurposeName(purpose string) string { return orCode(purposeNames, purpose) }

var purposeUses = map[string]string{
	"document-pictures": "pictures of your identity document",
	"document-fields":   "what is printed on it",
	"second-paper":      "a second paper, if you choose to do without the camera",
	"capture-frames":    "the pictures of your face that your camera took",
	"document-portrait": "your portrait on your identity document",
	"request-words":     "what you ask or object to, in your words",
	"request-answers":   "what we answer",
	"own-copy":          "everything that we hold about you, in one file",
	"lab-pictures":      "labelled pictures of people who agreed to it, of public research sets, or of nobody",
	"face-numbers":      "numbers worked out from a face",
	"typing-times":      "the times between keys, never which keys",
	"palm-pictures":     "pictures of one or both palms",
	"payment-card":      "a reference to a card that the payment company keeps",
}

// PurposeUses says what is used.
func PurposeUses(codes []string) string { return upperFirst(listed(purposeUses, codes, "and")) }

var purposeWhys = map[string]string{
	"prove-identity":             "To see that you are who you say you are, before you sell here.",
	"compare-face-with-portrait": "To see that you are the person on your document. It happens once.",
	"settle-dispute":             "So that the pictures are there when you appeal, or when somebody says that it was not you before the camera.",
	"answer-requests":            "To answer you within the time that the law gives us, and to be able to show that we did.",
	"hand-over-copy":             "To hand you your data when you ask for it.",
	"measure-errors":             "To know how often the machine errs, and whether it errs more often for some people than for others.",
	"find-second-accounts":       "To notice that one person opens several shops under different names.",
	"notice-takeover":            "To notice that somebody else has sat down at a signed-in desk.",
	"pay-by-palm":                "To pay at a till without a card or a phone in the hand.",
}

// PurposeWhy says what a purpose is for.
func PurposeWhy(code string) string { return orCode(purposeWhys, code) }

var purposeBases = map[string]string{
	"contract":   "You ask us to verify you as a seller, and this is needed for it.",
	"consent":    "Your consent, given freely: you can say no, lose nothing by it, and take a yes back at any time.",
	"obligation": "The law gives you this right, and obliges us to serve it.",
	"declared":   "What whoever brings the pictures states with every set: consent, or the licence of a public research set.",
}

// PurposeBasis says what a purpose rests on in law.
func PurposeBasis(code string) string { return orCode(purposeBases, code) }

var purposeModalities = map[string]string{
	"document": "Documents", "face": "Your face", "palm": "Your palm", "typing": "The rhythm of typing", "writing": "Writing",
}

// PurposeModality says what of a person is taken.
func PurposeModality(code string) string { return orCode(purposeModalities, code) }

var purposeClocks = map[string]string{
	"decision": "after the decision on your application",
	"answer":   "after the answer",
	"ready":    "after it is ready for you",
	"set":      "at most, as each set names its own day",
	"session":  "after the working session",
	"last-use": "after you last used it",
}

// PurposeClock says from when the days of a purpose run.
func PurposeClock(clock string) string { return orCode(purposeClocks, clock) }

// PurposeKept says how long something is kept, and from when the days run.
func PurposeKept(days int, clock string) string {
	text := Count(days, "day", "days") + " " + PurposeClock(clock) + ", then deleted."
	if clock == "decision" || clock == "last-use" {
		text += " Where the law where you live ends it sooner, it ends sooner."
	}
	return text
}

var purposeSeers = map[string]string{
	"self":          "you",
	"reviewer":      "the people who decide on applications",
	"lead":          "those who lead them",
	"privacy":       "the privacy officer",
	"administrator": "the administrators",
}

// PurposeSeenBy says who can see it.
func PurposeSeenBy(roles []string) string { return upperFirst(listed(purposeSeers, roles, "and")) }

var purposeInsteads = map[string]string{
	"documents-road":  "You can be verified with papers alone: your identity document and one more paper. It counts the same.",
	"dispute-without": "You say no, and the pictures are deleted 30 days after the decision. You can appeal just as well.",
	"not-in-a-set":    "Pictures that you send us to be verified are never part of a set.",
	"passkey":         "A passkey does the same: your own device recognises you, and nothing of your body leaves it.",
	"card":            "A card does the same at the same till.",
}

// PurposeInstead says what a person can do instead.
func PurposeInstead(code string) string { return orCode(purposeInsteads, code) }

var neverUses = map[string]string{
	"advertising":        "advertising",
	"sale":               "sale",
	"police-search":      "police searches",
	"emotion":            "guessing feelings",
	"other-people":       "finding other people",
	"training":           "training machines",
	"other-marketplaces": "other marketplaces",
	"decisions":          "deciding on your application",
	"applicants":         "deciding on anybody's application",
	"palm-joining":       "joining faces with palms",
	"face-joining":       "joining palms with faces",
	"refusal-by-machine": "turning anybody down by machine",
	"performance":        "judging anybody's work",
	"content":            "reading what is typed",
}

// NeverUsedFor lists what something is never used for.
func NeverUsedFor(codes []string) string { return upperFirst(listed(neverUses, codes, "or")) }

// listed joins the words of codes into one list.
func listed(list map[string]string, codes []string, last string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = orCode(list, code)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	end := len(names) - 1
	return strings.Join(names[:end], ", ") + " " + last + " " + names[end]
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
