package words

import "time"

// Words of the copy of a person's data.
const (
	CopyTitle     = "A copy of everything"
	CopyLead      = "One ZIP file with all that is held about you: a page to read, the same as JSON for programs, and your pictures as they are."
	CopyAsk       = "Make me a copy"
	CopyAskAgain  = "Make a new copy"
	CopyReplaces  = "A new copy replaces this one, which is then deleted."
	CopyMaking    = "Your copy is being made"
	CopyMakingSub = "You may leave this page. We write to you when it is ready."
	CopyReady     = "Your copy is ready"
	CopyFetch     = "Download the copy"
	CopyRemove    = "Delete the copy now"
	CopyFailed    = "The copy could not be made"
	CopyFailedSub = "Something went wrong on our side. Nothing of yours is lost; please try again."
	CopySealed    = "While it waits it lies sealed under a key of its own. You need to be signed in to open it: the link in the mail alone is not enough."
	CopyKeep      = "Keep the file where nobody else can open it: it holds pictures of your documents and your face."
	CopyStep      = "Gather and seal"
	CopyQueued    = "Waits its turn"
	CopyInside    = "What is inside"
	CopyNot       = "Names of people who work here and the figures of the machine checks are not in it."
)

// CopySize says how large a copy is.
func CopySize(bytes int64) string {
	if bytes < 1<<20 {
		return Count(int(bytes+1023)>>10, "kilobyte", "kilobytes")
	}
	return Count(int(bytes>>20), "megabyte", "megabytes")
}

// CopyUntil says until when a copy waits.
func CopyUntil(t time.Time) string {
	return "It waits for you until " + Moment(t) + ", then it is deleted."
}

// CopyProgress says how far a copy is.
func CopyProgress(done, total int, bytes int64) string {
	return Number(done) + " of " + Count(total, "sealed item", "sealed items") + ", " + CopySize(bytes) + " sealed"
}

// MailCopyReady tells that a copy waits.
func MailCopyReady(link string, bytes int64, until time.Time) (subject, text string) {
	return "Your copy of your data is ready", "The copy of everything that is held about you is ready (" + CopySize(bytes) + ").\n\n" +
		"Sign in and download it here:\n" + link + "\n\n" +
		"It waits until " + Moment(until) + " and is deleted then. The link opens for nobody but you.\n\n" +
		"If you did not ask for it, sign in, look under \"Where you are signed in\" on your account page, end what you do not know, and delete the copy."
}
