package words

// Words of legal holds, retention and consents at the privacy desk.
const (
	HoldsLead     = "Something that a court, a legal claim or an authority needs is not deleted while it is held. Two people decide, with a reason and an end. Whoever asks for its deletion meanwhile is told that it is held, and until when."
	HoldsNone     = "Nothing is held"
	HoldsNoneText = "A hold is proposed below, and holds from the moment a second person confirms it until its end."
	HoldNew       = "Propose a hold"
	HoldWhose     = "Whose data"
	HoldWhoseHelp = "Number of an application, such as TP-2041, or the mail address of an account"
	HoldPurpose   = "For which purpose"
	HoldAll       = "Everything but what is measured of a body"
	HoldReason    = "Reason"
	HoldEnds      = "Until"
	HoldUntilHelp = "At most a year ahead; it can be proposed anew before it ends."
	HoldProposed  = "Proposed"
	HoldConfirmed = "Confirmed"
	HoldDo        = "What to do"
	HoldPropose   = "Propose it"
	HoldConfirm   = "Confirm"
	HoldLift      = "Lift it"
	HoldWaits     = "Waits for a second person"
	HoldActive    = "In force"
	HoldLifted    = "Lifted"
	HoldOver      = "Over"

	RetentionOverdue        = "Should be gone"
	RetentionOverdueText    = "This outlived its time by more than a day. Look why the daily job did not remove it."
	RetentionClocks         = "How long what is kept"
	RetentionEarliest       = "Where several clocks run, the earliest ends it: in Illinois three years after the last contact, in Texas one year after the purpose ended, and never later than promised."
	RetentionKept           = "Kept"
	RetentionItems          = "Sealed items"
	RetentionOldest         = "Oldest"
	RetentionNext           = "Next to go"
	RetentionErasures       = "Deletions"
	RetentionNoErasures     = "Nothing was deleted yet"
	RetentionNoErasuresText = "Every deletion stands here with its receipt: those that people asked for, and those at the end of their time."
	RetentionAt             = "When"
	RetentionWhat           = "What"
	RetentionWhy            = "Why"
	RetentionReceipt        = "Receipt"
	RetentionWhere          = "Where"
	RetentionSince          = "Since"
	RetentionCount          = "How many"
	RetentionLast           = "Daily job last done"
	RetentionNever          = "Not yet"
	RetentionRemoved        = "Removed by it"
	RetentionAsked          = "Asked for"
	RetentionExpired        = "At the end of its time"
	RetentionEnded          = "What had outlived its time"
	RetentionDone           = "Done"
	RetentionHeld           = "Waits for a legal hold to end"
	RetentionUnderWay       = "Under way"

	ConsentTableLead   = "Every answer that was ever given, and how many of them stand today. Nobody's name is in here."
	ConsentNone        = "Nobody has been asked yet"
	ConsentNoneText    = "When somebody answers a notice, their answer is counted here by purpose, version and language."
	ConsentVersionCol  = "Notice"
	ConsentLanguageCol = "Language"
	ConsentAnswerCol   = "Answer"
	ConsentAnswersCol  = "Given"
	ConsentStandCol    = "Stand today"
	ConsentLookTitle   = "One person's answers"
	ConsentLookLead    = "By the number of their application. The look is logged, and they see it in their room."
	ConsentLookField   = "Application"
	ConsentLookHelp    = "For example TP-2041"
	ConsentPersonNone  = "They have answered no notice."
)

// HoldReasonName names why something is held.
func HoldReasonName(code string) string {
	return orCode(map[string]string{"court-order": "Order of a court", "legal-claim": "Legal claim", "authority": "An authority asks for it"}, code)
}

// HoldReasonHelp says what a reason is good for.
func HoldReasonHelp(code string) string {
	return orCode(map[string]string{"court-order": "The only reason that holds what is measured of a body", "legal-claim": "Made, or about to be made",
		"authority": "One that may ask, in writing"}, code)
}

// HoldDone is the sentence for something that was just done to a hold.
func HoldDone(what string) string {
	return map[string]string{"proposed": "Proposed. It holds once a second person confirms it.", "confirmed": "Confirmed: it is held until its end.", "lifted": "Lifted. What has outlived its time goes now."}[what]
}

// HoldPurposeName names what is held.
func HoldPurposeName(purpose, reason string) string {
	switch {
	case purpose != "":
		return PurposeName(purpose)
	case reason == "court-order":
		return LetterEverything
	}
	return HoldAll
}

// ConsentAnswerName names an answer to a notice.
func ConsentAnswerName(answer string) string {
	return orCode(map[string]string{"given": "Agreed", "declined": "Said no", "withdrawn": "Took it back"}, answer)
}

// RetentionSum says what the daily job removed.
func RetentionSum(items, rows int) string {
	return Count(items, "sealed item", "sealed items") + ", " + Count(rows, "row", "rows")
}

// RetentionCSVHead is the header of the retention table as a file.
func RetentionCSVHead() []string {
	return []string{"purpose", "kept days", "clock", "offered", "items", "oldest", "next to go", "overdue"}
}

// ConsentsCSVHead is the header of the counted answers as a file.
func ConsentsCSVHead() []string {
	return []string{"purpose", "notice", "language", "answer", "given", "stand today"}
}
