package paths

// Desk is the first page of the privacy officer.
func Desk() string { return "/console/privacy" }

// DeskQuery narrows the list of requests.
type DeskQuery struct{ Kind, State, Mark string }

func (q DeskQuery) pairs() []string {
	return []string{"kind", q.Kind, "state", q.State, "mark", q.Mark}
}

// Requests is the list of what people asked for and takes a letter (POST);
// RequestsCSV is the same list as a file, RequestNew the form for a letter.
func Requests(q DeskQuery) string    { return With("/console/privacy/requests", q.pairs()...) }
func RequestsCSV(q DeskQuery) string { return With("/console/privacy/requests.csv", q.pairs()...) }
func RequestNew() string             { return "/console/privacy/requests/new" }

// Request is one request; what an officer does with it (POST) follows.
func Request(id string) string              { return join("console", "privacy", "requests", id) }
func RequestIdentity(id string) string      { return requestDo(id, "identity") }
func RequestIdentityCode(id string) string  { return requestDo(id, "identity-code") }
func RequestIdentityPrint(id string) string { return requestDo(id, "identity-letter") }
func RequestPerson(id string) string        { return requestDo(id, "person") }
func RequestExtension(id string) string     { return requestDo(id, "extension") }
func RequestErasure(id string) string       { return requestDo(id, "erasure") }
func RequestCopy(id string) string          { return requestDo(id, "copy") }
func RequestAnswer(id string) string        { return requestDo(id, "answer") }
func RequestPreview(id string) string       { return requestDo(id, "preview") }

func requestDo(id, what string) string { return join("console", "privacy", "requests", id, what) }

// AnswerTemplates are the templates of answers; AnswerTemplate is one of them.
func AnswerTemplates() string           { return "/console/privacy/templates" }
func AnswerTemplate(code string) string { return join("console", "privacy", "templates", code) }

// Confirmation is where the link leads that is mailed to who asked by letter.
func Confirmation(token string) string { return join("requests", "confirm", token) }

// Corrections are the rectifications that wait for a reviewer, Correction is
// one of them and takes the decision (POST).
func Corrections() string         { return "/console/corrections" }
func Correction(id string) string { return join("console", "corrections", id) }

// Holds are the legal holds; a new one is proposed there (POST).
func Holds() string { return "/console/privacy/holds" }
func HoldConfirmation(id string) string {
	return join("console", "privacy", "holds", id, "confirmation")
}
func HoldLifting(id string) string { return join("console", "privacy", "holds", id, "lifting") }

// Retention is what is held, until when, and what the daily job removed.
func Retention() string    { return "/console/privacy/retention" }
func RetentionCSV() string { return "/console/privacy/retention.csv" }

// DeskConsents counts answers to notices; its CSV; DeskPerson looks one person up.
func DeskConsents() string    { return "/console/privacy/consents" }
func DeskConsentsCSV() string { return "/console/privacy/consents.csv" }
func DeskPerson() string      { return "/console/privacy/consents/person" }
