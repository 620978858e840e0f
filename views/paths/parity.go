package paths

// ParityQuery is the period that is compared, in days back from now.
type ParityQuery struct{ Days string }

// Parity compares people who declined the camera with the others, for the
// people who work here; ParityCSV is the same as a file.
func Parity(q ParityQuery) string    { return With("/console/privacy/parity", "days", q.Days) }
func ParityCSV(q ParityQuery) string { return With("/console/privacy/parity.csv", "days", q.Days) }

// PublicParity is what everybody may read of it; PublicParityJSON the same for
// programs.
func PublicParity() string     { return "/parity" }
func PublicParityJSON() string { return "/parity.json" }

// Experiments is the register of tests and takes a new one (POST);
// ExperimentNew is its form, ExperimentsCSV the register as a file.
func Experiments() string    { return "/console/privacy/experiments" }
func ExperimentNew() string  { return "/console/privacy/experiments/new" }
func ExperimentsCSV() string { return "/console/privacy/experiments.csv" }

// Experiment is one test; the others are what is done with it (POST).
func Experiment(id string) string { return join("console", "privacy", "experiments", id) }
func ExperimentApproval(id string) string {
	return join("console", "privacy", "experiments", id, "approval")
}
func ExperimentEnd(id string) string { return join("console", "privacy", "experiments", id, "end") }
func ExperimentResult(id string) string {
	return join("console", "privacy", "experiments", id, "result")
}

// PublicExperiments is what everybody may read of the tests.
func PublicExperiments() string { return "/experiments" }

// ExperimentLeaving takes the person out of a test (POST).
func ExperimentLeaving(id string) string { return join("experiments", id, "leaving") }
