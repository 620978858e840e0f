package words

// ComparisonName names a machine check for the person whose data it was.
func ComparisonName(kind string) string { return CheckStepName(kind) }

// ComparisonWith says what was held against what.
func ComparisonWith(kind string) string { return orCode(comparedWith, kind) }

var comparedWith = map[string]string{
	"document-read":   "The lines of letters and arrows on your document, against their own check digits",
	"document-expiry": "The last day of validity on your document, against the day you sent it",
	"name":            "The name on your document, against the name you wrote",
	"birth-date":      "The date of birth on your document, against the one you wrote",
	"barcode":         "The bar code on the back of your document, against what you wrote and the rest of the document",
	"printed":         "What is printed on your document, against its lines of letters and arrows",
	"paper":           "Your second paper, against the name and address you wrote, and its day against today",
	"portrait":        "Your document: whether it shows one portrait that is large enough",
	"capture":         "The pictures from your camera, against the prompts that you were given",
	"face":            "Your face in the pictures from your camera, against the portrait on your document",
}

// ComparisonOutcome is the outcome in a word or two.
func ComparisonOutcome(outcome string) string {
	return orCode(map[string]string{"pass": "Fits", "review": "A person looks", "fail": "Does not fit; a person decides", "not run": "Left out"}, outcome)
}

// ComparisonText says in a sentence what came of it.
func ComparisonText(kind, outcome, reason string) string {
	if s := comparisonReasons[reason]; s != "" && reason != "" {
		return s
	}
	if s := comparisonReasons[kind+" "+outcome]; s != "" {
		return s
	}
	switch outcome {
	case "pass":
		return "It fits."
	case "not run":
		return "It was left out; a person does this. It is not held against you."
	}
	if kind == "capture" {
		return "Something in the pictures did not follow the prompts, or could not be judged. A person looks at them."
	}
	return "The computer was not sure, or saw a difference. A person looks at it and decides."
}

var comparisonReasons = map[string]string{
	"document-read pass":   "Every line was read clearly.",
	"document-expiry pass": "It was valid.",
	"capture pass":         "The prompts were followed, in order and in time.",
	"face pass":            "They are as close as two pictures of one person usually are.",
	"portrait pass":        "One portrait, large enough to compare.",

	"declined":       "You chose the road without a camera, so no face was compared. It is not held against you.",
	"engine.missing": "The part that does this is not installed here. A person does it.",
	"evidence.gone":  "The pictures had been deleted by then.",

	"document.unread":    "The lines could not be read. A person reads them in the picture.",
	"document.zoneless":  "This kind of document has no such lines. A person reads it.",
	"document.unsure":    "They were read, but not clearly enough to rely on. A person compares them with the picture.",
	"document.digit":     "A check digit did not add up: a letter was misread, or the line differs. A person looks.",
	"document.corrected": "You said that it reads otherwise. A person looks at the place.",
	"document.no-expiry": "This document carries no last day.",
	"document.expired":   "The last day had passed.",

	"name.differs":       "The names differ.",
	"name.order":         "The same words, in another order.",
	"name.fewer":         "You wrote only some of the given names, as many people do.",
	"birth-date.differs": "The dates differ.",

	"barcode.kind":    "This kind of document has no such bar code.",
	"barcode.none":    "No bar code was found, or it could not be read. Many countries print none.",
	"barcode.other":   "The bar code does not say who the holder is.",
	"barcode.differs": "The bar code says something else.",
	"barcode.address": "Only the address differs. People move.",

	"paper.none":    "There was no second paper.",
	"paper.unread":  "No words could be read on it. A person reads it.",
	"paper.name":    "Your name was not found on it.",
	"paper.address": "Not all of your address was found on it.",
	"paper.old":     "It is older than we ask for.",
	"paper.undated": "No day was found on it.",

	"portrait.missing": "No portrait was found. A person compares.",
	"portrait.small":   "The portrait is too small for a reliable comparison. A person compares.",

	"face.unsure":          "Neither close enough nor far enough apart to say. A person compares.",
	"face.no-report":       "Nobody has measured yet how often this comparison errs here, so it may not say anything. A person compares.",
	"face.mismatch":        "They are as far apart as two people's faces usually are. A person compares and decides.",
	"face.no-usable-frame": "No picture was good enough to compare. A person compares.",
}

// ComparedLabel is the heading of the comparisons of one sending.
func ComparedLabel(application string, round int) string {
	if round <= 1 {
		return application
	}
	return application + ", sent again (" + Number(round) + ")"
}
