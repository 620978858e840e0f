package words

import "strings"

// MachineTitle names a machine check for staff.
func MachineTitle(kind string) string { return orCode(checkTitles, kind) }

var checkTitles = map[string]string{
	"document-read": "Machine-readable zone", "document-expiry": "Validity", "name": "Name", "birth-date": "Date of birth",
	"printed": "Print against zone", "barcode": "Bar code on the back", "paper": "Second paper", "portrait": "Portrait in the document", "capture": "Live capture", "face": "Face and portrait",
}

// CheckWord is the outcome of a check in the word that suits it; "" for the
// outcome's usual word.
func CheckWord(kind, outcome string) string { return checkWords[kind+" "+outcome] }

var checkWords = map[string]string{
	"document-read pass": "Read", "document-expiry pass": "Valid", "document-expiry fail": "Expired",
	"name pass": "Matches", "birth-date pass": "Matches", "barcode pass": "Matches", "printed pass": "Matches", "paper pass": "Matches", "portrait pass": "Found", "capture pass": "Prompts followed", "face pass": "Matches",
}

// CheckText says in a sentence what a check found.
func CheckText(kind, outcome, reason string) string {
	if s := testReasons[reason]; s != "" && kind == "capture" {
		return s
	}
	if s, ok := checkTexts[reason]; ok && reason != "" {
		return s
	}
	if s, ok := checkTexts[kind+" "+outcome]; ok {
		return s
	}
	if reason == "" {
		return OutcomeName(outcome) + "."
	}
	return Reason(reason)
}

// checkTexts holds one sentence for each thing a check can say: by its reason,
// or by kind and outcome where there is none.
var checkTexts = map[string]string{
	"document-read pass":   "Every line was read clearly, and all check digits add up.",
	"document-expiry pass": "The last day of validity has not passed.",
	"name pass":            "Form and machine-readable zone agree.",
	"birth-date pass":      "Form and machine-readable zone agree.",
	"barcode pass":         "The bar code says what the form and the rest of the document say.",
	"printed pass":         "What is printed on the document and its machine-readable zone say the same.",
	"paper pass":           "A second paper carries the name and address of the form and is recent. Print is easily changed: look at the paper itself.",
	"portrait pass":        "One face, large enough to compare.",
	"capture pass":         "The prompts were followed, in order and in time, by one person.",
	"face pass":            "The portrait and the faces in the capture are as close as two pictures of one person usually are.",

	"declined":       "The seller chose the road without a face.",
	"engine.missing": "The part that runs this check is not installed here.",
	"evidence.gone":  "The pictures that this check needs are not kept any more.",

	"document.unread":    "The machine could not read the machine-readable zone. Read it in the picture yourself.",
	"document.zoneless":  "This kind of document has no machine-readable zone. Read it in the picture yourself.",
	"document.unsure":    "Read, but not clearly enough to rely on. Compare it with the picture.",
	"document.digit":     "A check digit contradicts what it covers: a letter was misread, or the line was changed.",
	"document.corrected": "The seller says that it reads otherwise. Look at the marked field in the picture.",
	"document.no-expiry": "The machine-readable zone of this document carries no last day.",
	"document.expired":   "The last day of validity has passed.",

	"name.differs":       "The names differ.",
	"name.order":         "The same words, in another order or in each other's field.",
	"name.fewer":         "The form has only some of the given names. Many people use one of theirs.",
	"birth-date.differs": "The dates differ.",

	"barcode.kind":    "This kind of document carries no bar code with the holder's data.",
	"barcode.none":    "No bar code was found on the back, or it could not be read. Many countries print none.",
	"barcode.other":   "The bar code is none of those that say who the holder is.",
	"barcode.differs": "The bar code says something else than the form or the rest of the document. Read the print in the picture: who changes a document often forgets the bar code.",
	"barcode.address": "Only the address differs. People move; compare it with the second paper.",
	"barcode.short":   "The bar code lacks the name, the date of birth or the number that every such code has.",

	"printed.no-layout": "No layout says where this kind of document has its print.",
	"printed.unread":    "The print could not be read where the layout has it. Compare it with the zone yourself.",
	"printed.differs":   "The print was read otherwise than the machine-readable zone. Look at the framed places: it may be misread, or one of the two was changed.",

	"paper.none":    "No second paper was sent.",
	"paper.unread":  "No words could be read on the second paper. Read it yourself.",
	"paper.name":    "The name of the form was not found on the second paper, or the paper is sent to somebody else.",
	"paper.address": "Not all of the address in the form was found on the second paper. People move; the form may be newer.",
	"paper.future":  "The second paper carries a day that is yet to come.",
	"paper.old":     "The second paper is older than the policy asks for.",
	"paper.undated": "No day of issue was found on the second paper, or it is not clear which it is.",

	"portrait.missing":     "No face was found in the document. Compare the pictures yourself.",
	"portrait.small":       "The portrait's face is less than 50 pixels wide, too small for a reliable comparison. Compare the pictures yourself.",
	"portrait.ghost":       "The document shows two portraits that do not look like one person. Compare them yourself.",
	"face.unsure":          "The faces are neither close enough nor far enough apart to say. Compare them yourself.",
	"face.no-report":       "No report is attached to the network that compared the faces: every case needs a person. Compare them yourself.",
	"face.mismatch":        "The face does not match the portrait: they are as far apart as two people's usually are. Compare them yourself.",
	"face.no-usable-frame": "No picture of the capture was good enough to compare. Compare them yourself.",

	"capture.promise": "The pictures are not those that were promised while the prompts stood.",
	"capture.clock":   "The page's times cannot be.",

	"liveness.ok":             "The prompts were followed, in order and in time, by one person.",
	"liveness.too-few-frames": "Too few pictures arrived to judge the prompts.",
	"liveness.face-lost":      "The face left the picture for a while.",
	"liveness.several-faces":  "More than one face was in the picture.",
	"liveness.not-straight":   "The prompts were followed, but the person did not look straight at the start.",
	"liveness.no-turn-left":   "A turn to the left was asked for and not seen.",
	"liveness.no-turn-right":  "A turn to the right was asked for and not seen.",
	"liveness.wrong-order":    "The turns came in another order than the prompts.",
	"liveness.face-changed":   "The face changed on the way: perhaps two people.",
	"liveness.not-judged":     "The prompts were followed, but too much of the rest could not be judged. Look at the pictures yourself.",
	"liveness.frozen":         "The picture stood still, as a photograph would.",
}

// MachineSays is the worst of the checks in a case's head.
func MachineSays(outcome string) string { return "Machine: " + Within(OutcomeName(outcome)) }

// CheckAside is what a reviewer should bear in mind with a reason.
func CheckAside(reason string) string { return checkAsides[reason] }

var checkAsides = map[string]string{
	"declined":          "That is not a mark against them.",
	"engine.missing":    "That is not a mark against the seller.",
	"evidence.gone":     "That is not a mark against the seller.",
	"barcode.none":      "That is not a mark against the seller.",
	"printed.no-layout": "That is not a mark against the seller.",
	"paper.none":        "That is not a mark against the seller.",
	"paper.unread":      "That is not a mark against the seller.",
	"name.order":        "Often the custom of another country.",
}

// ComparedName names what a line of a comparison is about.
func ComparedName(what string) string {
	if s, ok := comparedNames[what]; ok {
		return s
	}
	if field, ok := strings.CutPrefix(what, "print-"); ok {
		return FieldName(field) + ", printed"
	}
	if field, ok := strings.CutPrefix(what, "read-"); ok {
		return FieldName(field) + ", read elsewhere on the document"
	}
	return FieldName(what)
}

// comparedNames are the check digits' own names (see package document).
var comparedNames = map[string]string{"street": "Street", "postcode": "Postcode", "city": "City", "paper-name": "Name", "paper-date": "Day of issue", "paper-issuer": "Issued by", "expiry-date": "Valid until", "optional": "Optional data", "composite": "Whole zone"}

// ComparedNote is the remark on a line of a comparison.
func ComparedNote(note string) string { return orCode(comparedNotes, note) }

var comparedNotes = map[string]string{
	"transliterated": "the same, spelled in the alphabet of the zone", "truncated": "the same, cut off where the zone ends",
	"order": "the same words in another order", "fewer": "some of the given names", "business": "the name of the business", "differs": "",
	"corrected": "", "check-digit": "its check digit does not add up",
}

// Finding is a finding about a picture, in a few words for staff.
func Finding(reason string) string { return orCode(findings, reason) }

var findings = map[string]string{
	"document.blurred": "not sharp", "document.dark": "dark", "document.bright": "bright", "document.glare": "glare",
	"document.small": "small", "document.too-small": "small", "document.cut": "an edge is cut off", "document.edge": "an edge is cut off",
	"document.turned": "at an angle", "document.none": "no document found", "document.no-zone": "no machine-readable lines found",
	"paper.more-pages":     "a PDF file with more pages than are kept",
	"document.no-portrait": "no portrait found", "document.unread": "not read", "document.check": "a check digit does not add up",
	"face.none": "no face", "face.several": "several faces", "face.too-small": "face small", "face.edge": "face cut off",
	"face.turned": "face turned", "face.dark": "dark", "face.bright": "bright", "face.blurred": "not sharp", "face.covered": "face covered",
}

// reviewReasons are the sentences of errors that reviewers meet.
var reviewReasons = map[string]string{
	"case.changed":       "This case has changed since you opened it. Nothing was decided.",
	"case.claimed":       "Somebody else holds this case. It becomes free when they release it or leave it alone for a while.",
	"case.connected":     "You are connected to this seller, so somebody else has to decide.",
	"case.took-part":     "You took part in the refusal before, so somebody else has to decide now.",
	"role.reviewer":      "Only reviewers and leads can do this.",
	"role.administrator": "Only administrators can do this.",
	"look.reason":        "A picture opens only with a reason.",
	"items.road":         "None of these belongs to the road that the seller chose.",
	"queue.picked":       "That is more than one list can hold. Please pick fewer.",
}
