package words

import (
	"fmt"
	"strings"
	"time"
)

// Letters of the privacy officer. They hold what the person needs to know and to
// quote; nothing that was found out about them stands in a mail.

const rightsFoot = "You can complain to the data protection authority where you live or work, and go to court, at any time and whatever we answer.\n"

// MailRightsReceived says that a request came and by when it is answered. It is
// the same whether the one who wrote has an account or not.
func MailRightsReceived(label, kind string, letter bool, due time.Time, room string) (subject, text string) {
	who := "You find it, and our answer, in your own room:\n\n" + room + "\n\n"
	if letter {
		who = "Before we tell anything about anybody, we make sure who asks. If we hold something about the person you write of, we write to the address that we have on file, and to no other. You need not send us a copy of a document, and please do not.\n\n"
	}
	return "We have your request " + label, fmt.Sprintf("Hello,\n\nwe have what you wrote to our privacy officer (%s: %s). A person answers by %s.\n\n%s%s",
		label, Within(DeskKind(kind)), Date(due), who, rightsFoot)
}

// MailRightsConfirm asks the address on file whether its holder asked.
func MailRightsConfirm(label, kind, link string, until time.Time) (subject, text string) {
	return "Did you ask us this? (" + label + ")", fmt.Sprintf("Hello,\n\na letter reached our privacy officer that says it is from you (%s: %s). If it is, please say so here:\n\n%s\n\n"+
		"The link works once, until %s. It asks for nothing else.\n\nIt was not you? Then do nothing: without this link nobody is told anything, and nothing is changed.\n",
		label, Within(DeskKind(kind)), link, Moment(until))
}

// MailRightsExtended says that an answer takes longer, and why.
func MailRightsExtended(label, reason string, due time.Time) (subject, text string) {
	return "Our answer takes longer (" + label + ")", fmt.Sprintf("Hello,\n\nwe need more time for your request %s. The law lets us take up to two months more where something is complex, and obliges us to tell you why:\n\n> %s\n\n"+
		"You have our answer by %s.\n\n%s", label, strings.ReplaceAll(reason, "\n", "\n> "), Date(due), rightsFoot)
}

// MailRightsAnswered is the answer.
func MailRightsAnswered(label, outcome, answer string) (subject, text string) {
	return "Our answer to your request " + label, RightsAnswerText(label, outcome, answer)
}

// RightsAnswerText is what an answer says, as its preview shows it.
func RightsAnswerText(label, outcome, answer string) string {
	return fmt.Sprintf("Hello,\n\nthis is our answer to your request %s: %s.\n\n%s\n\n%s", label, Within(DeskOutcome(outcome)), strings.TrimSpace(answer), rightsFoot)
}

// MailRightsReminder tells a privacy officer what is due; each line is a label
// with its day.
func MailRightsReminder(due, overdue []string, desk string) (subject, text string) {
	subject = Count(len(due), "request is", "requests are") + " due within five days"
	if len(overdue) > 0 {
		subject = Count(len(overdue), "request is", "requests are") + " overdue"
	}
	var b strings.Builder
	b.WriteString("Hello,\n\n")
	for _, part := range []struct {
		title string
		lines []string
	}{{"Overdue", overdue}, {"Due within five days", due}} {
		if len(part.lines) > 0 {
			b.WriteString(part.title + ":\n- " + strings.Join(part.lines, "\n- ") + "\n\n")
		}
	}
	return subject, b.String() + "They stand here:\n\n" + desk + "\n"
}

// RightsReminderLine is one request in a reminder.
func RightsReminderLine(label, kind string, due time.Time) string {
	return label + ", " + Within(DeskKind(kind)) + ", due " + Date(due)
}

// RightsCorrected is the answer to a rectification that a reviewer decided.
func RightsCorrected(accepted bool, reason string) string {
	if !accepted {
		return "A person compared what you asked us to correct with what we hold as proof, and left it as it is, for this reason:\n\n" + reason +
			"\n\nIf you think that this is wrong, write to us again: somebody else will look."
	}
	text := "We corrected it as you asked. What stood there before is not used any more."
	if reason != "" {
		text += "\n\n" + reason
	}
	return text
}

// RightsPosted is the letter that carries a code to the postal address on file.
func RightsPosted(label, kind string, until time.Time) []string {
	return []string{
		"A letter reached our privacy officer that says it is from you (" + label + ": " + Within(DeskKind(kind)) + ").",
		"If it is, tell us this code, by mail, letter or telephone, until " + Date(until) + ":",
		"It was not you? Then do nothing. Without the code nobody is told anything, and nothing is changed.",
		"We ask for nothing else: no copy of a document, no signature.",
	}
}

// RightsTemplate is a default wording of an answer.
type RightsTemplate struct{ Code, Kind, Outcome, Body string }

// RightsTemplates are the wordings that come with the program. Officers change
// them at the desk; every version is kept.
func RightsTemplates() []RightsTemplate {
	return []RightsTemplate{
		{"access.granted", "access", "granted", "You asked what we hold about you. Everything stands in your own room: each item, what it is for, until when it is kept, and everybody who looked at it, with the date and the reason.\n\nWe have also started one file with all of it. It is ready within a few minutes, waits for up to seven days under “My data”, and can be opened by nobody but you."},
		{"access.partly", "access", "partly", "You asked what we hold about you. It stands in your own room, with one exception: [what is left out, and which right of somebody else it would touch]."},
		{"rectification.granted", "rectification", "granted", "We corrected it as you asked."},
		{"rectification.refused", "rectification", "refused", "We left it as it is, because [reason]. With your next application you can state it anew."},
		{"erasure.granted", "erasure", "granted", "What you asked us to delete is deleted: the keys are destroyed, the items removed, and what was worked out from them too. Nobody can open your pictures again, not even in a backup. If an old backup ever has to be put back, what it still holds of you is deleted again before anybody works with it.\n\nThe receipt proves it and can be checked without us. You find its number in this answer: [number]."},
		{"erasure.partly", "erasure", "partly", "We deleted what we may. The law makes us keep [what] until [date]; it goes then by itself, and nobody uses it for anything else until then. The receipt proves what was deleted: [number]."},
		{"erasure.refused", "erasure", "refused", "We may not delete it yet, because [law or legal claim]. It goes on [date] by itself."},
		{"objection.granted", "objection", "granted", "We have stopped what you objected to: [what]. It stays so."},
		{"objection.refused", "objection", "refused", "We go on with [what], because [reason that weighs more than what you told us]."},
		{"complaint.granted", "complaint", "granted", "You were right: [what went wrong]. We are sorry. This is what we did so that it does not happen again: [what]."},
		{"complaint.refused", "complaint", "refused", "We looked into it: [what was looked at]. We found that [finding]."},
		{"any.nothing-held", "", "nothing-held", "With what you gave us we found nothing that we can tell you about. Everybody whom we cannot recognise as the person they write of gets this answer, whether or not we hold anything: otherwise a letter would be enough to learn who has an account here.\n\nIf you have an account, sign in: everything is in your own room. If you wrote under another name or address, write again with it; we will then write to the address that we have on file."},
		{"any.unfounded", "", "refused", "We do not act on this request, because [it was asked before and nothing has changed since; see our answer of …]."},
	}
}
