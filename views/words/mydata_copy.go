package words

import "time"

// Words of the copy of a person's data.
const (
	MyCopyTitle     = "A copy of everything"
	MyCopyLead      = "One ZIP file with all that is held about you: a page to read, the same as JSON for programs, and your pictures as they are."
	MyCopyAsk       = "Make me a copy"
	MyCopyAskAgain  = "Make a new copy"
	MyCopyReplaces  = "A new copy replaces this one, which is then deleted."
	MyCopyMaking    = "Your copy is being made"
	MyCopyMakingSub = "You may leave this page. We write to you when it is ready."
	MyCopyReady     = "Your copy is ready"
	MyCopyFetch     = "Download the copy"
	MyCopyRemove    = "Delete the copy now"
	MyCopyFailed    = "The copy could not be made"
	MyCopyFailedSub = "Something went wrong on our side. Nothing of yours is lost; please try again."
	MyCopySealed    = "While it waits it lies sealed under a key of its own. You need to be signed in to open it: the link in the mail alone is not enough."
	MyCopyKeep      = "Keep the file where nobody else can open it: it holds pictures of your documents and your face."
	MyCopyStep      = "Gather and seal"
	MyCopyQueued    = "Waits its turn"
	MyCopyInside    = "What is inside"
	MyCopyNot       = "Names of people who work here and the figures of the machine checks are not in it."
)

// MyCopySize says how large a copy is.
func MyCopySize(bytes int64) string {
	if bytes < 1<<20 {
		return Count(int(bytes+1023)>>10, "kilobyte", "kilobytes")
	}
	return Count(int(bytes>>20), "megabyte", "megabytes")
}

// MyCopyUntil says until when a copy waits.
func MyCopyUntil(t time.Time) string {
	return "It waits for you until " + Moment(t) + ", then it is deleted."
}

// MyCopyProgress says how far a copy is.
func MyCopyProgress(done, total int, bytes int64) string {
	return Number(done) + " of " + Count(total, "sealed item", "sealed items") + ", " + MyCopySize(bytes) + " sealed"
}

// MailCopyReady tells that a copy waits.
func MailCopyReady(link string, bytes int64, until time.Time) (subject, text string) {
	return "Your copy of your data is ready", "The copy of everything that is held about you is ready (" + MyCopySize(bytes) + ").\n\n" +
		"Sign in and download it here:\n" + link + "\n\n" +
		"It waits until " + Moment(until) + " and is deleted then. The link opens for nobody but you.\n\n" +
		"If you did not ask for it, sign in, look under \"Where you are signed in\" on your account page, end what you do not know, and delete the copy."
}
