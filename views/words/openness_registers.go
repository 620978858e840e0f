package words

// Words of the registers: legal demands, and who gets data.
const (
	DemandsTitle      = "Legal demands for data"
	DemandsLead       = "Police, courts and authorities can demand data. Every demand goes into this register. What stands here leads to nobody: days are told as months, and counts are rounded."
	DemandsNone       = "None has been received."
	DemandsGag        = "A demand that we are forbidden to speak of joins this list on the day after the order ends, and the people concerned are told then."
	DemandsRule       = "What is never given"
	DemandsRuleText   = "Nobody outside may search by face here: no page, command or interface takes a face and gives back people. A demand for such a search can never be granted: the register itself does not take that answer. That is checked every day."
	DemandsRuleLink   = "The check"
	DemandsReceived   = "Received"
	DemandsGiven      = "Data was given out for"
	DemandsRefused    = "Refused"
	DemandsSearches   = "To search by face"
	DemandsConcerned  = "People concerned"
	DemandsTable      = "Demands that may be spoken of"
	DemandsMonth      = "Month"
	DemandsFrom       = "From"
	DemandsAsked      = "Asked for"
	DemandsAnswer     = "Answer"
	DemandsTold       = "People concerned"
	DemandsOpen       = "open"
	DemandsConsole    = "Legal demands"
	DemandsEmpty      = "No demand has been received"
	DemandsEmptyText  = "Enter each one on the day it comes. The public page then counts it."
	DemandNew         = "Enter a demand"
	DemandNoun        = "demand"
	DemandNouns       = "demands"
	DemandNumberLabel = "No."
	DemandOn          = "Received on"
	DemandSender      = "From whom"
	DemandCountry     = "Country of the sender"
	DemandReference   = "The sender's file number"
	DemandRefHelp     = "Never a name. It ties this entry to the letter, which lies elsewhere."
	DemandScope       = "What was asked for"
	DemandPeople      = "How many people it concerns"
	DemandOutcome     = "How it was answered"
	DemandAnsweredOn  = "Answered on"
	DemandAnsweredHlp = "Leave empty while it is open."
	DemandTold        = "Have the people been told?"
	DemandGagged      = "Forbidden to tell until"
	DemandGaggedHelp  = "Only where an order forbids it. The demand is public from the day after."
	DemandNote        = "Note for those who work here"
	DemandNoteHelp    = "No names and no data of the people concerned."
	DemandSave        = "Save"
	DemandWaits       = "Data was given out. A second person has to confirm that this entry is right."
	DemandWaitsShort  = "Waits for a second person"
	DemandTellNow     = "Tell the people now"
	DemandConfirm     = "Confirm, as the second person"
	DemandConfirmed   = "Confirmed by a second person"
	DemandGagOver     = "The order has ended: tell the people concerned."
	DemandState       = "Standing"

	ProcessorsTitle  = "Who gets data, and where it can be used"
	ProcessorsLead   = "Everybody outside who handles data for this marketplace or runs places where something enrolled here can be used. Every change of an entry stays readable."
	ProcessorsNobody = "Nobody. The program runs on the operator's own machines, and nothing is sent to anybody else."
	MailRelayDoes    = "Passes on our mail"
	MailRelayGets    = "the address and the text of each mail; no mail holds a picture, a document or anything of a face"
	ProcessorsMail   = "Mail leaves through the server that the settings name. It sees the address and the text of each mail; no mail holds a picture, a document or anything of a face."
	ProcessorsCaught = "No mail leaves this installation."
	MerchantsTitle   = "Merchants and their places"
	MerchantsNone    = "None."
	PartyHandles     = "Those who handle data"
	PartyGets        = "Gets"
	PartyBound       = "Is bound by"
	PartySites       = "Places"
	PartySince       = "Since"
	PartyEnded       = "Ended"
	PartyHistory     = "Every state of this entry"

	PartiesConsole   = "Processors and merchants"
	PartiesEmpty     = "Nobody is entered"
	PartiesEmptyText = "Enter everybody outside who handles data or runs places. The public page shows it at once."
	PartyNew         = "Enter somebody"
	PartyNoun        = "entry"
	PartyNouns       = "entries"
	PartyKind        = "What it is"
	PartyName        = "Name of the firm"
	PartyDoes        = "What it does for you"
	PartyData        = "What data it gets"
	PartyCountry     = "Country it is in"
	PartyTerms       = "What binds it"
	PartyTermsHelp   = "Such as a data-processing agreement, with its date."
	PartySitesLabel  = "How many places it runs"
	PartySitesHelp   = "For merchants."
	PartyBegan       = "Since"
	PartyEndedLabel  = "Ended on"
	PartyEndedHelp   = "Leave empty while it goes on."
	PartyPublicNote  = "Everything on this form is public as soon as it is saved, with every earlier state."
	RegisterSaved    = "Saved."
	RegisterOK       = "Confirmed."
)

var opennessReasons = map[string]string{
	"register.changed":       "Somebody else has saved this entry meanwhile. Please open it again and look at what has changed.",
	"register.four-eyes":     "The second person has to be somebody who neither entered this demand nor changed it last.",
	"register.confirmed":     "There is nothing to confirm here: no data was given out, or it is confirmed already.",
	"demand.answered-before": "The answer cannot come before the demand.",
	"demand.no-search":       "A demand to search by face can only be refused: there is nothing here that could do such a search.",
	"party.ended-before":     "The end cannot come before the beginning.",
}

var demandSenders = map[string]string{
	"police": "Police", "prosecutor": "A prosecutor", "court": "A court", "intelligence": "An intelligence service", "tax": "A tax authority",
	"regulator": "A regulator", "civil-party": "A party to a civil case", "other": "Somebody else",
}

var demandScopes = map[string]string{
	"account": "An account and its details", "documents": "Pictures of documents", "face-pictures": "Pictures of a face",
	"everything": "Everything about one person", "many-people": "Data about many people", "face-search": "A search by face",
}

var demandOutcomes = map[string]string{
	"open": "Not answered yet", "refused": "Refused", "nothing-held": "Nothing was held", "partly": "Given in part", "given": "Given",
}

var demandTellings = map[string]string{
	"not-yet": "Not told yet", "told": "Told", "gagged": "Forbidden to tell, until a day", "nobody": "Nobody to tell",
}

var partyKinds = map[string]string{"processor": "Handles data for us", "merchant": "Runs places (a merchant)"}

// DemandSenderName, DemandScopeName, DemandOutcomeName and DemandToldName say
// the values of a demand; PartyKindName what somebody outside is.
func DemandSenderName(code string) string  { return orCode(demandSenders, code) }
func DemandScopeName(code string) string   { return orCode(demandScopes, code) }
func DemandOutcomeName(code string) string { return orCode(demandOutcomes, code) }
func DemandToldName(code string) string    { return orCode(demandTellings, code) }
func PartyKindName(code string) string     { return orCode(partyKinds, code) }

// DemandTitle names a demand.
func DemandTitle(n int64) string { return "Demand " + Number(int(n)) }

// RegisterDone says what was just done.
func RegisterDone(code string) string {
	switch code {
	case "saved":
		return RegisterSaved
	case "confirmed":
		return RegisterOK
	}
	return ""
}

// DemandsCSV and PartiesCSV are the headers of the registers as files.
func DemandsCSV() []string {
	return []string{"number", "received", "from", "country", "reference", "asked for", "people", "answer", "answered", "told", "gagged until", "note",
		"entered by", "entered at", "changed by", "changed at", "confirmed by", "confirmed at"}
}

// PartiesCSV is the header of the other register.
func PartiesCSV() []string {
	return []string{"kind", "name", "does", "data", "country", "bound by", "places", "since", "ended", "changed by", "changed at"}
}

// MailRelay is the entry of the mail server that the settings name.
func MailRelay(host string) string { return "Mail server " + host }
