package words

// Words of the privacy officer's desk.
const (
	PlacesPrivacy    = "Privacy"
	DeskPrivacyTitle = "Privacy desk"
	DeskPrivacyLead  = "What people asked for, what is held and until when, and what the public is told."

	DeskOpen         = "Open requests"
	DeskNextDue      = "Next answer due"
	DeskNothingDue   = "Nothing waits for an answer"
	DeskOverdue      = "Overdue deletions"
	DeskOverdueNone  = "As it must be"
	DeskOverdueSome  = "This must be 0"
	DeskHolds        = "Legal holds"
	DeskParity       = "Parity of the two roads"
	DeskParityText   = "Time to a decision and approvals, with and without the camera"
	DeskRegisters    = "Registers"
	DeskRegisterText = "Legal demands, processors, merchants, answers to the public"
	DeskConsents     = "Consents"
	DeskRetention    = "Retention"
	DeskRequests     = "Requests"
	DeskTemplates    = "Answers on file"
	DeskCorrections  = "Corrections"
)

// Words of the corrections that reviewers decide.
const (
	CorrectionsLead      = "People asked for these to be corrected. Compare with the evidence; the person has their answer with your decision."
	CorrectionsNone      = "Nothing waits to be corrected"
	CorrectionsNoneText  = "When somebody asks in their own room that a field of their application be corrected, it appears here, with the day by which they need an answer."
	CorrectionHeld       = "Stands there now"
	CorrectionProposed   = "Should stand there"
	CorrectionEvidence   = "Open the case with its evidence"
	CorrectionReason     = "Reason, or a word to the person"
	CorrectionReasonHelp = "Needed when you leave it as it is. It is sent to them."
	CorrectionAccept     = "Correct it"
	CorrectionRefuse     = "Leave it as it is"
)

// What the first page of the desk says of its places.
const (
	DeskRequestsText  = "Access, correction, deletion, objection, complaint: each with its clock and its answer"
	DeskTemplatesText = "Wordings that an answer begins as"
	DeskHoldsText     = "What may not be deleted for now, by whose order, confirmed by two people, until when"
	DeskRetentionText = "What is held for which purpose, until when, and what the daily job removed"
	DeskConsentsText  = "Who agreed to what, by purpose, notice and language"
	DeskDueSoon       = "Due within 5 days"
	DeskLate          = "Late answers"
	DeskActiveHolds   = "Holds in force"
	DeskNoHolds       = "Nothing is held"
)

// DeskWaiting says how many holds are proposed and not confirmed.
func DeskWaiting(n int) string {
	if n == 1 {
		return "1 waits for a second person"
	}
	return Number(n) + " wait for a second person"
}
