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
