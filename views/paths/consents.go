package paths

// Purposes lists everything for which something of a person may be used.
func Purposes() string { return "/purposes" }

// Consents is a person's answers, with a record of each.
func Consents() string { return "/consents" }

// ConsentRecord is the record of one answer, to be printed.
func ConsentRecord(id string) string { return join("consents", id) }

// ConsentFile is the same as a file that proves itself.
func ConsentFile(id string) string { return join("consents", id, "file") }

// ConsentsCSV is every answer as a table.
func ConsentsCSV() string { return "/consents.csv" }

// ConsentsJSON is every answer as JSON, with the texts.
func ConsentsJSON() string { return "/consents.json" }
