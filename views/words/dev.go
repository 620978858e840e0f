package words

// Words of the pages that only development has.
const (
	CaughtTitle    = "Caught mail"
	CaughtLead     = "In development no mail leaves this machine. What would have been sent stands here; the list looks again by itself."
	CaughtNone     = "No mail yet"
	CaughtNoneText = "Ask for a sign-in link, or decide a case: what the person would get comes here."
	CaughtWhen     = "When"
	CaughtTo       = "To"
	CaughtSubject  = "Subject"
	CaughtKind     = "About"
	KitTitle       = "Components"
)
