package paths

// Application is where a seller lands after signing in: their application as it
// stands, or the page that starts one.
func Application() string { return "/application" }

// Applications takes a new application.
func Applications() string { return "/applications" }

// ApplicationPage shows where one application stands.
func ApplicationPage(id string) string { return join("applications", id) }

// ApplicationDetails is the form about the person.
func ApplicationDetails(id string) string { return join("applications", id, "details") }

// ApplicationDraft takes the same form as it is typed.
func ApplicationDraft(id string) string { return join("applications", id, "details", "draft") }

// ApplicationRoad is the choice between the roads.
func ApplicationRoad(id string) string { return join("applications", id, "road") }

// ApplicationConsent is the notice about the face and the answer to it.
func ApplicationConsent(id string) string { return join("applications", id, "consent") }

// ApplicationWithdrawal takes a consent back.
func ApplicationWithdrawal(id string) string {
	return join("applications", id, "consent", "withdrawal")
}

// ApplicationDocument is the identity document: its kind, its sides, what was
// read from it.
func ApplicationDocument(id string) string { return join("applications", id, "document") }

// ApplicationSide is one side of the document.
func ApplicationSide(id, side string) string { return join("applications", id, "document", side) }

// ApplicationReading is what was read from the document.
func ApplicationReading(id string) string { return join("applications", id, "reading") }

// ApplicationEvidence is one picture of an application.
func ApplicationEvidence(id, evidence string) string {
	return join("applications", id, "evidence", evidence)
}

// ApplicationRemoval takes a picture out again.
func ApplicationRemoval(id, evidence string) string {
	return join("applications", id, "evidence", evidence, "removal")
}

// ApplicationFace is the guided capture.
func ApplicationFace(id string) string { return join("applications", id, "face") }

// ApplicationCaptures begins a capture.
func ApplicationCaptures(id string) string { return join("applications", id, "captures") }

// ApplicationSteps tells the next step of a running capture.
func ApplicationSteps(id, capture string) string {
	return join("applications", id, "captures", capture, "steps")
}

// ApplicationCapture takes the frames of one capture.
func ApplicationCapture(id, capture string) string {
	return join("applications", id, "captures", capture)
}

// ApplicationPaper is the second paper.
func ApplicationPaper(id string) string { return join("applications", id, "paper") }

// ApplicationCheck shows all answers before they are sent.
func ApplicationCheck(id string) string { return join("applications", id, "check") }

// ApplicationSubmission sends the application.
func ApplicationSubmission(id string) string { return join("applications", id, "submission") }

// ApplicationProgress is the stream of the machine checks' progress.
func ApplicationProgress(id string) string { return join("applications", id, "progress") }

// ApplicationCancellation asks whether to cancel, and does.
func ApplicationCancellation(id string) string { return join("applications", id, "cancellation") }

// ApplicationAppeal is the appeal against a refusal.
func ApplicationAppeal(id string) string { return join("applications", id, "appeal") }

// ApplicationSuccessor starts a new application after a refusal.
func ApplicationSuccessor(id string) string { return join("applications", id, "successor") }

// ApplicationHistory is everything that happened, with every look at the
// person's pictures.
func ApplicationHistory(id string) string { return join("applications", id, "history") }
