package words

// Words of the practice statement. Its headings follow what SP 800-63A-4,
// section 3.1, asks a practice statement to cover.
const (
	PracticeTitle    = "How we check who sellers are"
	PracticeLead     = "This is the practice statement of this marketplace. It is written by the program from the settings in force: when a setting changes, this page changes with it."
	PracticeContents = "Contents"
)

// Sections of the practice statement, in order.
var PracticeSections = []string{"service", "steps", "evidence", "checks", "biometrics", "decision", "errors", "fraud", "alternatives", "redress",
	"retention", "purposes", "again", "security", "end"}

var practiceTitles = map[string]string{
	"service": "What this service does, and what it does not claim", "steps": "The steps, and what is collected at each", "evidence": "Papers that are accepted",
	"checks": "What a computer checks", "biometrics": "Your face, if you choose that road", "decision": "Who decides, and how soon",
	"errors": "When something does not work", "fraud": "Against fraud", "alternatives": "Without a camera, without a computer's comparison",
	"redress": "If the answer is no", "retention": "How long things are kept", "purposes": "What each thing is used for", "again": "When you are asked again",
	"security": "How it is kept safe", "end": "When an account or the service ends",
}

// PracticeSection is the title of a section.
func PracticeSection(code string) string { return practiceTitles[code] }

var practiceLines = map[string][]string{
	"service": {
		"It finds out whether a person who wants to sell here is the person on their identity document. The result is yes, no, or a request for something more.",
		"It claims no assurance level of SP 800-63A-4: what a document says is not asked after at the authority that issued it. A marketplace that needs a level has to add that.",
		"It is open to sellers of every country. Those who are under age, or who act for somebody else, are for a person to judge.",
	},
	"steps": {
		"Your details: country, kind of seller, names, date of birth, address and, for a business, its name. They are needed to compare with your document.",
		"Your choice: with your face or with papers alone. Nothing of your face is collected before it, and nothing after a no.",
		"Your document: pictures of it, and what the computer reads from them. You can correct what was read.",
		"Your face, or a second paper, as you chose.",
		"Check and send. Nothing is looked at by people before you send it.",
	},
	"checks": {
		"Whether the machine-readable lines are complete and their check digits right (ICAO Doc 9303), whether the document is valid on the day, and whether name and date of birth are those you gave.",
		"Whether the bar code of a licence and the print beside the lines say the same, where there are such.",
		"Whether a second paper names you and your address, and how old it is.",
		"Each check comes to pass, for a person to look at, does not match, or was not run. None of them decides.",
	},
	"biometrics": {
		"The camera takes pictures while you follow prompts that nobody knew before. They are looked at for a living person before the camera, and compared with the portrait on your document.",
		"How often the machine errs is measured here, on labelled pictures, and published with intervals and for groups of people.",
	},
	"decision": {
		"A person decides, always. A refusal takes a second person. Each decision names its reason and stands in a log that cannot be changed unseen.",
	},
	"errors": {
		"A picture that cannot be read is said to be so at once, with what to do. Nothing is held against you because a picture did not work.",
		"An error of ours shows a reference to quote. What was saved stays saved.",
	},
	"fraud": {
		"A picture that was sent before, a film that was shown before, signs of a screen, a print or a camera that is none: each is pointed out to a person.",
		"Sources outside, such as registers of deaths or of stolen documents, are not connected. That is shown to those who decide as not connected, never as passed.",
	},
	"alternatives": {
		"Papers alone are a road of their own and count the same. What saying no costs in time and in outcome is counted every day, and published.",
		"Signing in needs no password: a passkey of your own device, or a link by mail.",
	},
	"redress": {
		"You are told the reason and what you can do. Other people than before look at an appeal.",
		"You can also object or complain to the privacy officer, and are answered within the time of the law.",
	},
	"again": {
		"A verification has no date on which it ends by itself. You are asked again when your name or your document changes, or when you apply again after a refusal.",
		"A new version of a notice that takes more than the one you agreed to is put to you anew; without a new yes nothing more is taken.",
	},
	"end": {
		"When you delete your data or your account, keys are destroyed first, then rows and pictures. What the law makes us keep is named beforehand, with its date. You get a receipt that can be checked without us.",
		"When this service ends, what is held is deleted in the same way, and the public log with its checkpoints stays, so that receipts can still be checked.",
	},
	"retention": {
		"The earliest of all clocks wins: ours, and those of the law where you live.",
	},
}

// PracticeLines are the standing sentences of a section.
func PracticeLines(code string) []string { return practiceLines[code] }

// practiceSetting says where a setting of the policy stands and how it reads.
type practiceSetting struct {
	section string
	say     func(value string) string
}

func sentence(section, before, after string) practiceSetting {
	return practiceSetting{section, func(v string) string { return before + v + after }}
}

// either reads a setting that is on or off.
func either(section, on, off string) practiceSetting {
	return practiceSetting{section, func(v string) string {
		if v == "yes" {
			return on
		}
		return off
	}}
}

var practicePolicy = map[string]practiceSetting{
	"DecisionDays":   sentence("decision", "A person decides within ", " working days after you have sent it (Monday to Friday)."),
	"ClaimIdle":      sentence("decision", "A case that somebody has taken and not touched for ", " goes back to the others."),
	"ChallengeLife":  sentence("biometrics", "The prompts of one try can be followed for ", "; then new ones are drawn."),
	"FailedCaptures": sentence("errors", "After ", " tries before the camera that did not work, one after the other, there is a pause. The road with papers alone stays open all the time."),
	"CapturePause":   sentence("errors", "That pause lasts ", "."),
	"Frames":         sentence("biometrics", "One try takes at most ", " pictures."),
	"CaptureBytes":   sentence("biometrics", "All pictures of one try together are at most ", "."),
	"Light": either("biometrics", "The screen may show soft colours, whose light on your face is looked at. You can do without.",
		"The screen shows no coloured light."),
	"StrictCamera": either("fraud", "A sure sign of a camera that is none ends a try.", "A sign of a camera that is none is pointed out to a person."),
	"FaceKept":     sentence("retention", "Pictures of your face: ", " after the decision."),
	"DisputeKept":  sentence("retention", "Pictures of your face that you let us keep longer, for a dispute: ", " after the decision."),
	"DocumentsKept": sentence("retention", "Pictures of documents and papers: ",
		" after the decision."),
	"OpenKept":     sentence("retention", "While a case waits for its decision: at most ", "."),
	"DraftKept":    sentence("retention", "An application that you never send is emptied ", " after your last change."),
	"ReapplyAfter": sentence("redress", "After a refusal you can apply again after ", "."),
	"AppealWithin": sentence("redress", "You can appeal within ", "."),
	"Papers":       sentence("evidence", "At most ", " second papers."),
	"PaperPages":   sentence("evidence", "Of a PDF file, ", " pages are looked at."),
	"PaperAge":     sentence("evidence", "Whether a paper older than ", " months still counts is for a person to judge."),
	"UploadBytes":  sentence("evidence", "A picture or file may be up to ", "."),
	"ParityPoints": sentence("alternatives", "An alarm goes to those responsible when those who do without their face are approved less often by more than ", "."),
	"ParityDelay":  sentence("alternatives", "It also goes off when they wait longer by more than ", " of working time."),
	"ParityLeast":  sentence("alternatives", "Nothing is said of fewer than ", " decided cases on each road."),
	"ParityOver":   sentence("alternatives", "Applications of the last ", " are compared."),
}

// PracticeSetting says a setting of the policy with its value, and in which
// section; false when nobody has worded it.
func PracticeSetting(field, value string) (section, text string, worded bool) {
	p, worded := practicePolicy[field]
	if !worded {
		return "", "", false
	}
	return p.section, p.say(value), true
}

// Sentences on settings of the installation, which are said without their value
// where that is nobody's business.
const (
	PracticeAddress     = "It is reached at "
	PracticeTLS         = "Connections are encrypted; browsers are told to refuse others."
	PracticeLocal       = "This is a development installation that is reached on its own machine only."
	PracticeListen      = "It listens at one address, and contacts no outside host by itself but the mail server that the settings name."
	PracticeFolder      = "Files lie in one folder of the operator's machine, readable by the program alone."
	PracticeKeys        = "The keys of what is sealed lie in a database of their own, so that a copy of the main database opens nothing."
	PracticeMaster      = "Every key is wrapped by a master key that the operator keeps outside both databases."
	PracticeRotating    = "The master key is being changed at the moment: keys are wrapped anew while everything goes on."
	PracticeNotRotating = "The master key can be changed while everything goes on."
	PracticeEngine      = "The networks that look at pictures run on the operator's own machine; their files and versions are listed with their hashes."
	PracticeMailCaught  = "No mail leaves this installation; mails are shown on a page of the development site."
	PracticeLight       = "Coloured screen light is offered during a face capture."
	PracticeNoLight     = "No coloured screen light is offered during a face capture."
)

// PracticeMail names the mail server.
func PracticeMail(host string) string { return "Mail leaves through " + host + "." }

// PracticeAccepted says which papers are accepted.
func PracticeAccepted(kinds string) string { return "Accepted: " + Within(kinds) + "." }

// PracticePurpose is what a purpose is used for, on one line.
func PracticePurpose(uses, why, basis, seen, kept string) string {
	return uses + ". " + why + " " + basis + " Seen by " + Within(seen) + ". Kept " + Within(kept)
}

// PracticeNotOffered marks a purpose for which nothing is collected.
const PracticeNotOffered = "Not offered: nothing can be collected for it."

// Points writes a difference of shares: "5 percentage points".
func Points(share float64) string {
	return Count(int(share*100+0.5), "percentage point", "percentage points")
}
