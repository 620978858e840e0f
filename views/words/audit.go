package words

import (
	"maps"
	"slices"
	"time"
)

// Words of the audit log.
const (
	AuditTitle      = "Audit log"
	AuditTable      = "Entries of the audit log"
	AuditFilters    = "Narrow the log"
	AuditAction     = "What was done"
	AuditAnyAction  = "anything done"
	AuditBefore     = "Show"
	AuditActor      = "By (id)"
	AuditSubject    = "To (such as application:app_…)"
	AuditPerson     = "About (account id)"
	AuditNumber     = "No."
	AuditWhen       = "When"
	AuditWhat       = "What"
	AuditWho        = "Who"
	AuditTo         = "To what"
	AuditAbout      = "About whom"
	AuditWhy        = "Why"
	AuditDetails    = "Details"
	AuditNoun       = "entry"
	AuditNouns      = "entries"
	AuditNewest     = "Newest"
	AuditOlder      = "Older"
	AuditCheck      = "Check this log yourself"
	AuditCheckText  = "Every entry is a leaf of a Merkle tree (RFC 6962) whose head is signed. One changed, missing or swapped entry gives another head. The check needs the database file and the key below, and trusts nothing else:"
	AuditCommand    = "truepenny verify audit"
	AuditKey        = "Verifier key"
	AuditKeyText    = "Keep a copy of it elsewhere: who could change the database could also change the key it holds."
	AuditNone       = "No entry matches this"
	AuditNoneText   = "The log begins with the first thing that was done here. Take a filter away to see more."
	AuditEntryTitle = "Entry"
	AuditRole       = "In the role"
	AuditPurpose    = "Purpose"
	AuditReason     = "Reason"
	AuditCode       = "Code"
	AuditEarlier    = "Entry before"
	AuditLater      = "Entry after"
	AuditNobody     = "nobody"
	AuditSystem     = "the program"
	AuditSeller     = "seller"
	AuditStaff      = "staff"
)

// AuditActorKind names what sort of actor acted.
func AuditActorKind(kind string) string {
	switch kind {
	case "seller":
		return AuditSeller
	case "staff":
		return AuditStaff
	case "system":
		return AuditSystem
	}
	return AuditNobody
}

// AuditEntryNumber names one entry: "Entry 2,041".
func AuditEntryNumber(n int64) string { return AuditEntryTitle + " " + Number(int(n)) }

// Exactly is a moment to the second: "21 November 2026, 20:25:07 UTC".
func Exactly(t time.Time) string { return t.Format("2 January 2006, 15:04:05 MST") }

// LogAction says what an entry of the log stands for; a code that nobody has
// worded stays as it is.
func LogAction(code string) string { return orCode(logActions, code) }

// LogActions lists the codes that have words, for the filter of the log.
func LogActions() []string { return sortedCodes(logActions) }

// CaseLine is an entry in the history of a case.
func CaseLine(action string, details map[string]string) string {
	switch action {
	case "application.road-chosen":
		return "Road chosen: " + RoadName(details["to"])
	case "application.field-corrected":
		return "Corrected what was read: " + FieldName(details["field"])
	case "vault.opened":
		if details["count"] != "" && details["count"] != "1" {
			return "Opened " + details["count"] + " sealed items"
		}
		return "Opened a sealed item"
	}
	return LogAction(action)
}

var logActions = map[string]string{
	"layout.saved": "Layout of print saved", "layout.removed": "Layout of print removed",
	"account.address-asked": "Change of address asked for", "account.address-changed": "Address changed",
	"account.link-sent": "Sign-in link sent", "account.links-expired": "Sign-in links deleted after their time", "account.opened": "Account opened", "account.signed-in": "Signed in by link",

	"application.started": "Application started", "application.details-saved": "Details saved", "application.details-confirmed": "Details confirmed",
	"application.road-chosen": "Road chosen", "application.document-added": "Picture of the document added", "application.paper-added": "Second paper added",
	"application.evidence-removed": "Picture removed", "application.field-corrected": "Corrected what was read",
	"application.consent-withdrawn": "Agreement to the face comparison taken back; pictures deleted", "application.submitted": "Sent",
	"application.resubmitted": "Sent again", "application.analysed": "Machine checks finished", "application.rechecked": "Checked again after a correction", "application.cancelled": "Cancelled",
	"application.appealed": "Appealed", "application.emptied": "Emptied after its time", "application.erased": "Erased", "application.expired": "Deleted at its date",
	"check.recorded": "Machine check finished",

	"consent.given": "Agreed to a purpose", "consent.declined": "Said no to a purpose", "consent.withdrawn": "Took the agreement to a purpose back",
	"dispute.picture-kept": "Picture of a face sealed once more, for a dispute", "dispute.withdrawn": "Pictures for a dispute given up",
	"sellers.erased":  "Erased what an agreement had allowed",
	"capture.started": "Camera step opened", "capture.step-told": "Next prompt told, pictures promised", "capture.accepted": "Face captured", "capture.failed": "Camera try did not work; nothing kept",

	"case.opened": "Opened the case", "case.claimed": "Claimed", "case.released": "Released", "case.approved": "Approved",
	"case.asked": "Asked the seller again", "case.refusal-proposed": "Proposed a refusal", "case.refusal-returned": "Gave a proposed refusal back",
	"case.refused": "Refused, as the second person", "case.connection-declared": "Said that they know the seller",
	"queue.export-started": "Export of the list begun", "queue.exported": "List exported", "audit.export-started": "Export of the log begun",
	"audit.exported": "Log exported",

	"vault.opened": "Sealed item opened", "vault.refused": "Opening refused", "vault.expired": "Sealed item deleted at its date", "vault.rewrapped": "Keys wrapped anew",
	"vault.rewrapping": "Wrapping of keys anew begun", "vault.joined": "Key store joined to the database", "vault.swept": "Items removed that nobody can open any more",
	"sellers.keys-forgotten": "Used-up upload keys deleted", "staff.exported": "List of members exported",
	"vault.key-destroyed": "Key destroyed", "vault.removed": "Sealed item deleted",

	"passkey.registered": "Passkey added", "passkey.removed": "Passkey removed", "passkey.renamed": "Passkey renamed", "passkey.used": "Signed in with a passkey",
	"passkey.refused": "Passkey refused", "passkey.copied": "Passkey looked copied",
	"staff.invited": "Member invited", "staff.invited-again": "Invitation sent again", "staff.introduced": "First administrator introduced", "staff.joined": "Member joined",
	"staff.enrolled": "Passkey of a member added", "staff.roles-changed": "Roles changed", "staff.disabled": "Access shut", "staff.enabled": "Access given back",
	"staff.recovered": "Came back with a recovery code", "staff.code-used": "Recovery code used", "staff.code-refused": "Recovery code refused", "staff.codes-renewed": "Recovery codes renewed",

	"mail.sent": "Mail sent", "mail.failed": "Mail could not be sent", "mail.expired": "Mail deleted after its time",
	"lab.set-added": "Lab set added", "lab.set-reading": "Reading of a lab set begun", "lab.files-sealed": "Pictures of a lab set sealed", "lab.set-ready": "Lab set ready",
	"lab.set-refused": "Lab set could not be taken", "lab.set-ended": "Pictures of a lab set deleted", "lab.set-expired": "Pictures of a lab set deleted at their date",
	"lab.run-asked": "Measurement asked for", "lab.run-started": "Measurement begun", "lab.run-resumed": "Measurement taken up again", "lab.run-kept": "Measurement so far sealed",
	"lab.run-finished": "Measurement finished", "lab.run-failed": "Measurement could not be made", "lab.run-cancelled": "Measurement cancelled", "lab.run-rescued": "Measurement put back in line",
	"lab.report-published": "Report made public", "lab.report-withdrawn": "Report no longer public", "lab.threshold-proposed": "Threshold proposed",
	"lab.threshold-confirmed": "Threshold put in force, by the second person", "lab.threshold-returned": "Proposed threshold given back",
	"lab.exception-signed": "Exception for a worse group signed", "lab.weeks-counted": "Live face checks counted by week", "lab.exported": "List of the lab exported",

	"copy.asked": "Copy of their data asked for", "copy.replaced": "Copy replaced by a new one", "copy.removed": "Copy deleted by its person", "copy.expired": "Copy deleted after its time",
	"copy.begun": "Making of a copy begun", "copy.part-sealed": "Part of a copy sealed", "copy.ready": "Copy ready", "copy.failed": "Copy could not be made", "copy.ended": "Key of a copy destroyed",

	"request.opened": "Request to the privacy officer", "request.read": "Read what was written to the privacy officer", "request.person-looked-up": "Looked for the account of who wrote a letter",
	"request.person-named": "Linked a letter to an account", "request.identity-asked": "Asked who wrote a letter", "request.identity-proved": "Made sure who asks",
	"request.identity-refused": "Wrong code told", "request.extended": "Request given more time", "request.erasure-started": "Deletion for a request begun", "request.erased": "Deleted what a request asked for", "request.erased-late": "Deletion for a request ended after a legal hold",
	"request.copy-started": "Copy of everything started for a request", "request.answered": "Request answered", "request.reminded": "Privacy officers reminded of what is due",
	"request.proofs-expired": "Unused links and codes deleted", "requests.exported": "List of requests exported", "template.saved": "Wording of an answer saved",
	"privacy.erasure-asked": "Deletion asked for", "privacy.erasure-due": "Deletion due by its date", "privacy.erasure-held": "Deletion waits for a legal hold",
	"privacy.keys-destroyed": "Keys destroyed", "privacy.erased": "Deleted, with a receipt", "privacy.expired": "Deleted at its date, with a receipt",
	"privacy.receipt-issued": "Receipt signed", "privacy.hold-proposed": "Legal hold proposed", "privacy.hold-confirmed": "Legal hold confirmed, by the second person",
	"privacy.hold-lifted":   "Legal hold lifted",
	"consents.looked-up":    "Looked up a person's answers to notices",
	"application.corrected": "Corrected on the person's request",

	"refusals.checked": "Checks of what is refused run", "refusals.failing": "A refusal does not hold any more", "refusals.holding": "A refusal holds again",
	"answers.compared": "Public answers compared with those before", "registers.demand-saved": "Legal demand entered or changed",
	"registers.demand-confirmed": "Answer to a legal demand confirmed, by the second person", "registers.party-saved": "Entry of a processor or merchant saved",
	"registers.exported": "Register exported",

	"parity.compared": "Roads compared", "parity.alarm": "Alarm: declining the camera costs more than it may", "parity.alarm-over": "Alarm about declining is over",
	"experiment.registered": "Test registered", "experiment.approved": "Test approved, by the second person", "experiment.ended": "Test ended",
	"experiment.concluded": "Result of a test written down", "experiment.assigned": "Put into an arm of a test", "experiment.left": "Left a test", "experiment.forgotten": "People in a test forgotten",

	"log.published": "Checkpoint published", "log.cosigned": "Checkpoint signed by a witness", "log.fork-shown": "A witness showed a checkpoint that is not of this log",
	"log.witness-added": "Witness added", "log.witness-ended": "Witness ended",
	"audit.check-asked": "Check of the log asked for", "audit.checked": "Log checked",

	"demo.begun": "Demo marketplace begun", "demo.seeded": "Demo marketplace filled", "demo.entered": "Demo person entered",
}

func sortedCodes(list map[string]string) []string { return slices.Sorted(maps.Keys(list)) }

// AuditCSV is the header of the log as a file.
func AuditCSV() []string {
	return []string{"index", "at", "actor kind", "actor", "role", "action", "subject", "person", "purpose", "reason", "details"}
}
