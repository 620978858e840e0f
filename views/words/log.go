package words

import (
	"fmt"
	"time"
)

// Words of the log in public: what it is, who watches it, how to check it.
const (
	PublicLogTitle = "The log"
	PublicLogNav   = "The log"
	PublicLogLead  = "Everything that is done here with anybody's data is written into a log that cannot be changed quietly. This page shows its seal, so that anybody can notice if it were."
	PublicLogWhat  = "How it works"
	PublicLogHow   = "Each entry is sealed together with all entries before it. The seal of the newest one, a checkpoint, stands for the whole log: change, remove or swap one entry anywhere, and the seal is another one. Entries hold ids, codes and numbers, no names and no pictures, and are not shown here: you see those about you on your own pages, each with a proof to keep."
	PublicLogNow   = "The log now"
	LogChecked     = "Last check of all entries"
	LogBrokenTitle = "The last check of this log did not hold"
	LogBrokenLink  = "See what the check found"

	LogEntries    = "Entries"
	LogRoot       = "Seal of all entries (root)"
	LogKey        = "Key that signs it (verifier key)"
	LogKeyNote    = "Note it down. Whoever shows you a seal signed by another key shows you another log."
	LogSigned     = "Signed checkpoint"
	LogLatest     = "Newest published"
	LogNone       = "Nothing was done here yet, so there is nothing to seal."
	LogNotYet     = "none yet"
	LogWatch      = "Who watches it"
	LogWatchText  = "A witness is somebody outside who keeps the seals they have seen and signs each one that goes on from the one before. If the log were written anew, the witness would hold both seals and could show them."
	LogNoWitness  = "Nobody watches this log yet. Anybody may, see below."
	LogWitness    = "Witness"
	LogWitnessKey = "Key"
	LogSeen       = "Last signed"
	LogSeenSize   = "Entries then"
	LogHistory    = "Published checkpoints"
	LogHistoryOf  = "Published checkpoints, newest first"
	LogWhen       = "When"
	LogWhy        = "Why"
	LogBy         = "Signed by"
	LogFile       = "Checkpoint"
	LogSelf       = "Check it yourself"
	LogSelfProof  = "A proof that you downloaded, without asking us:"
	LogSelfWatch  = "Watch the log from your own machine. Make a key once, then look now and then; every look is compared with the one before:"
	LogSelfAsk    = "To have your signature shown here, send us the key that the first line prints."
	LogAddresses  = "For programs"
	LogAddrHead   = "newest checkpoint (C2SP tlog-checkpoint)"
	LogAddrSigned = "newest checkpoint that a witness has signed, with that signature (C2SP tlog-cosignature)"
	LogAddrGrown  = "proof that the log only grew from one number of entries to another (RFC 9162, 2.1.4)"
	LogAddrEntry  = "proof that an entry stands in the log, by the hash of its leaf (RFC 9162, 2.1.3)"
)

// LogVerifyCommand checks a proof that somebody downloaded.
func LogVerifyCommand(key string) string { return "truepenny verify proof FILE -key '" + key + "'" }

// LogWitnessCommands are what a witness types, the first line once.
func LogWitnessCommands(key, base string) []string {
	return []string{"truepenny witness new witness.key NAME", "truepenny witness -with witness.key -key '" + key + "' " + base}
}

// LogEnded says that a witness does not watch any more.
func LogEnded(at time.Time) string { return "until " + Date(at) }

// LogWhyPublished says why a checkpoint was published.
func LogWhyPublished(code string) string {
	return orCode(map[string]string{"daily": "every day", "asked": "asked for", "witnessed": "a witness signed it"}, code)
}

// Age is how long ago something was, roughly: "3 hours ago".
func Age(d time.Duration) string {
	ago := func(n int, one, many string) string { return Count(n, one, many) + " ago" }
	switch {
	case d < 2*time.Minute:
		return "just now"
	case d < 2*time.Hour:
		return ago(int(d/time.Minute), "minute", "minutes")
	case d < 48*time.Hour:
		return ago(int(d/time.Hour), "hour", "hours")
	}
	return ago(int(d/(24*time.Hour)), "day", "days")
}

// Words of the console: checks of the whole log, witnesses.
const (
	AuditProofLink  = "Download the proof of this entry"
	AuditProofText  = "A small file that shows, without this program, that the entry stands in the log: truepenny verify proof FILE."
	AuditFrom       = "From"
	AuditUntil      = "To"
	AuditAnyPurpose = "any purpose"

	ChecksTitle    = "Checks of the log"
	ChecksTable    = "Checks of the whole log, newest first"
	ChecksLead     = "A check reads every entry, computes the tree anew and compares it with the signed head and with every checkpoint that was published. One is made every day."
	ChecksStart    = "Check the log now"
	ChecksLast     = "Last check"
	ChecksAll      = "All checks"
	ChecksNone     = "The log has not been checked yet"
	ChecksNoneText = "The first check is made within a day, or now when you ask for it."
	ChecksWorking  = "The log is being checked"
	ChecksProgress = "Entries checked"
	ChecksWhen     = "Asked for"
	ChecksBy       = "By"
	ChecksResult   = "Result"
	ChecksDaily    = "every day"
	ChecksTrust    = "This check runs in the program whose log it is. Who does not trust the program checks the database from outside:"

	WitnessesTitle  = "Witnesses"
	WitnessesLead   = "People outside who watch the log: they sign checkpoints with a key of their own, get them by mail, or both. Their names, keys and signatures stand on the public page; their addresses do not."
	WitnessesTable  = "Witnesses of the log"
	WitnessesNone   = "Nobody watches the log yet"
	WitnessesNoText = "A log that nobody watches can be written anew by whoever holds the server and its key. One witness outside is enough to notice."
	WitnessAdd      = "Add a witness"
	WitnessName     = "Name"
	WitnessNameHelp = "Who they are, as the public page says it: an organisation, a newspaper, a works council."
	WitnessKey      = "Verifier key"
	WitnessKeyHelp  = "What truepenny witness new printed on their machine. Leave it empty for somebody who only gets mail."
	WitnessMail     = "Mail address"
	WitnessMailHelp = "Every published checkpoint is sent there. Leave it empty for somebody who fetches it."
	WitnessSave     = "Add the witness"
	WitnessState    = "State"
	WitnessActive   = "Watching"
	WitnessOver     = "Ended"
	WitnessStop     = "End"
	WitnessSince    = "Since"
	WitnessMailed   = "Gets mail"
	PublishNow      = "Publish a checkpoint now"
)

// CheckResult says how a check ended.
func CheckResult(state, fault string, bad int64, entries int64) string {
	switch state {
	case "holds":
		return "Holds: " + Count(int(entries), AuditNoun, AuditNouns)
	case "failed":
		return "The check could not be made. Please try again."
	case "waiting":
		return "Not ended yet"
	}
	return "Does NOT hold: " + CheckFault(fault, bad)
}

// CheckFault says what is wrong with a log; bad is the number of the first wrong
// entry.
func CheckFault(fault string, bad int64) string {
	entry := "entry " + Number(int(bad))
	switch fault {
	case "missing":
		return entry + " is not where its number says."
	case "changed":
		return entry + " is not what was written."
	case "stored":
		return "the stored tree does not fit the entries at " + entry + "."
	case "unsigned":
		return "the head of the log is not signed by our key."
	case "cut":
		return "the end is missing from " + entry + " on."
	case "appended":
		return entry + " and what follows was never signed."
	case "rewrote":
		return "the log was written anew."
	case "forked":
		return "the log does not go on from a checkpoint that was published."
	}
	return fault
}

// ChecksReached says how far a check has come.
func ChecksReached(done, total int64) string {
	return fmt.Sprintf("%s of %s entries", Number(int(done)), Number(int(total)))
}

// WitnessDone says what was just done on the page of witnesses.
func WitnessDone(code string) string {
	return map[string]string{
		"added": "The witness was added.", "ended": "The witness was ended, and the address deleted.",
		"published": "A checkpoint was published.",
	}[code]
}

// MailCheckpoint is the mail that brings a checkpoint to a witness.
func MailCheckpoint(base string, size int64, checkpoint string) (string, string) {
	return fmt.Sprintf("Checkpoint of the audit log: %s entries", Number(int(size))),
		"This is the signed head of the audit log of " + base + ".\n\n" + checkpoint +
			"\nKeep this mail. If the log were written anew, it would show it.\n" +
			"To compare it with what the site shows, save it to a file and run:\n\n" +
			"  truepenny witness -with witness.key -checkpoint FILE " + base + "\n\n" +
			"What this is: " + base + "/log\n"
}

// MailLogCheck is the mail to administrators and auditors when a check of the log
// came out differently than the one before.
func MailLogCheck(link string, holds bool, fault string, bad int64) (subject, text string) {
	if holds {
		return "The audit log holds again", "The last check of the audit log found it whole; the one before had not.\n\nThe check: " + link +
			"\n\nThis mail comes once for each change."
	}
	return "The audit log does not hold", "A check of the whole audit log found that it is not what was written: " + CheckFault(fault, bad) +
		"\n\nThe check: " + link +
		"\n\nChange nothing in the database. Keep a copy of it, and compare it from outside with a checkpoint that a witness holds: truepenny verify log." +
		"\nThe public page of the log says that the last check did not hold.\n\nThis mail comes once for each change."
}

// LogLastCheck says on the public page how the last check came out.
func LogLastCheck(holds bool, at time.Time) string {
	if holds {
		return "Held, " + Moment(at)
	}
	return "Did NOT hold, " + Moment(at)
}

// LogBrokenText says in public what it means that the log does not hold.
func LogBrokenText(at time.Time, fault string, bad int64) string {
	return "On " + Moment(at) + " a check of the whole log found that it is not what was written: " + CheckFault(fault, bad) + " Those who watch over it here were told. Proofs and checkpoints of before show what it was."
}

// logReasons are those of the log in public.
var logReasons = map[string]string{
	"audit.entry-missing":  "The log has no such entry.",
	"audit.sizes":          "The log proves this for whole numbers only, from 1 to its size, the smaller one first.",
	"log.hash":             "This is no hash: 64 hexadecimal digits, or the same in base64.",
	"log.empty":            "Nothing was done here yet, so there is nothing to publish.",
	"log.unreadable":       "This is no checkpoint that this log signed.",
	"log.cosignature-time": "The time in the cosignature lies in the future. Please check the clock of the witness.",
	"log.witness-unknown":  "None of the signatures is that of a witness that is registered here.",
	"log.witness-known":    "A witness with this key is there already.",
	"log.witness-key":      "This is no key of a witness. It begins with a name and two plus signs, as truepenny witness new prints it.",
	"log.witness-nothing":  "Give a key, a mail address, or both.",
	"log.witness-ended":    "This witness was ended already.",
	"log.fork":             "This checkpoint bears our signature, but is no state of this log. That must not be: keep it. The attempt was noted.",
}
