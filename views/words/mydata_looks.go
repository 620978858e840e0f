package words

import "strings"

// LookLine is a look at a person's data, in codes, for the person.
type LookLine struct {
	Action  string
	By      string // "seller", "staff", "system", "nobody"
	Actor   string // of "system": which part of the program
	Role    string
	Purpose string
	Reason  string
	Table   string
	Column  string
	Count   string
	Details map[string]string
}

// LookBy says who looked.
func LookBy(l LookLine) string {
	switch l.By {
	case "seller":
		return "You"
	case "staff":
		return RoleOutside(l.Role)
	case "system":
		return orElse(systemParts[l.Actor], "The computer, by itself")
	}
	return "Somebody who was not signed in"
}

var systemParts = map[string]string{
	"analysis": "The computer, for the machine checks", "copies": "The computer, for your copy", "retention": "The computer, at the end of its time", "mail": "The computer, by mail",
	"demo": "The demo, when it was set up",
}

// LookAt says what was looked at, or done.
func LookAt(l LookLine) string {
	switch l.Action {
	case "vault.opened", "vault.refused":
		what := lookedAt(l)
		if l.Count != "" && l.Count != "1" {
			return what + " (" + l.Count + ")"
		}
		return what
	case "case.opened":
		return "Your case, with what you wrote and what was read"
	}
	return HappenedText(Happened{Action: l.Action, By: l.By, Role: l.Role, Reason: l.Reason, Purpose: l.Purpose, Details: l.Details})
}

func lookedAt(l LookLine) string {
	if s := lookedAtPlaces[l.Table+"."+l.Column]; s != "" {
		if l.Table == "sellers_evidence" && l.Column == "item" && l.Purpose == "face-match" {
			return "Pictures of your face"
		}
		return s
	}
	return PurposeName(l.Purpose)
}

var lookedAtPlaces = map[string]string{
	"sellers_evidence.item": "Pictures of your documents", "sellers_evidence.reading_item": "What was read from your pictures",
	"sellers_evidence.portrait_item": "Your portrait, cut out of the document", "sellers_corrections.item": "Your corrections",
	"sellers_captures.camera_item": "What your browser told about the camera", "sellers_captures.verdict_item": "What was found in the film of your face",
	"sellers_captures.signals_item": "How your head moved in the film", "sellers_checks.item": "What was compared with what", "copies_parts.item": "The copy of your data",
}

// LookFor says why.
func LookFor(l LookLine) string {
	if why := lookReasons[l.Reason]; why != "" {
		return upperFirst(why)
	}
	if l.Reason != "" {
		return l.Reason
	}
	return ""
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

// LooksCSV is the header of the looks as a file.
func LooksCSV() []string {
	return []string{"number", "at", "who", "what", "why", "purpose", "refused", "code"}
}

// ProofCommand is how a proof is checked.
func ProofCommand(verifier string) string { return strings.ReplaceAll(LooksCommand, "%s", verifier) }
