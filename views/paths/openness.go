package paths

// Answers are the public answers, AnswersJSON the same for machines.
func Answers() string     { return "/answers" }
func AnswersJSON() string { return "/answers.json" }

// Answer is one answer on that page.
func Answer(question string) string { return Answers() + "#" + question }

// Refusals is the register of what is refused, RefusalsJSON the same for
// machines, with the statement of who may search.
func Refusals() string     { return "/refusals" }
func RefusalsJSON() string { return "/refusals.json" }

// Refusal is one refusal on that page.
func Refusal(code string) string { return Refusals() + "#" + code }

// Demands are the legal demands, as everybody may know of them.
func Demands() string     { return "/demands" }
func DemandsJSON() string { return "/demands.json" }

// Processors is who gets data and where it can be used.
func Processors() string { return "/processors" }

// Practice is the practice statement.
func Practice() string { return "/practice" }

// DemandList is the register of demands in the console and takes a new one
// (POST); DemandNew is its form.
func DemandList() string { return "/console/registers/demands" }
func DemandNew() string  { return "/console/registers/demands/new" }
func DemandsCSV() string { return "/console/registers/demands.csv" }

// Demand is one demand and takes its change (POST); DemandConfirmation takes the
// second person's word (POST).
func Demand(id string) string { return join("console", "registers", "demands", id) }
func DemandConfirmation(id string) string {
	return join("console", "registers", "demands", id, "confirmation")
}

// PartyList is the register of processors and merchants in the console and takes
// a new one (POST); PartyNew is its form, Party one of them.
func PartyList() string      { return "/console/registers/parties" }
func PartyNew() string       { return "/console/registers/parties/new" }
func PartiesCSV() string     { return "/console/registers/parties.csv" }
func Party(id string) string { return join("console", "registers", "parties", id) }
