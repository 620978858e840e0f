package experiments

import (
	"slices"
	"time"
)

// Change is what a test may change: a closed list, and nothing in it refuses or
// lowers anything. Adding one needs code that has the effect.
type Change string

const (
	RoadOrder Change = "road-order" // which road stands first on the page of the roads
	Light     Change = "light"      // whether coloured screen light is offered at the camera
)

// Changes is the closed list.
var Changes = []Change{RoadOrder, Light}

// arms are the two arms of each change: the default first.
var arms = map[Change][2]string{
	RoadOrder: {"face-first", "documents-first"},
	Light:     {"light", "no-light"},
}

// Audience says for whom a test is.
type Audience string

const (
	Everyone Audience = "everyone" // every application that begins
	First    Audience = "first"    // people who apply for the first time
)

// Audiences is the closed list.
var Audiences = []Audience{Everyone, First}

// Arm is one way that the test compares, with its share of the people in per
// cent. The shares of a test's arms make 100.
type Arm struct {
	Code  string `json:"code"`
	Share int    `json:"share"`
}

// State says where a test stands.
type State string

const (
	Planned State = "planned" // waits for the second person, or for its day
	Running State = "running"
	Ended   State = "ended"
)

// States lists every state in the order of a test's life.
var States = []State{Planned, Running, Ended}

// byDate stands for who ended a test when nobody did before its date.
const byDate = "date"

// Longest is how long a test may run.
const Longest = 90 * 24 * time.Hour

// Experiment is one registered test.
type Experiment struct {
	ID           string
	Name         string
	Why          string
	Change       Change
	Arms         []Arm // the default first
	Audience     Audience
	StartAt      time.Time // of the first day, UTC
	EndAt        time.Time // it runs up to here
	RegisteredBy string    // staff id
	RegisteredAt time.Time
	ApprovedBy   string // "" while it waits for the second person
	ApprovedAt   time.Time
	EndedBy      string // staff id; "" while nobody has, or when its date did
	EndedAt      time.Time
	Result       string // in words
	ResultBy     string
	Figures      []ArmFigures // kept when the people in it are forgotten
	ForgottenAt  time.Time

	privacyFirst bool // whoever registered it was a privacy officer
}

// Approved reports whether two people stand behind it.
func (e Experiment) Approved() bool { return e.ApprovedBy != "" }

// ByPrivacyOfficer reports whether a privacy officer registered it; otherwise one
// has to approve it.
func (e Experiment) ByPrivacyOfficer() bool { return e.privacyFirst }

// State is where it stands at now: the date ends it without anybody's doing.
func (e Experiment) State(now time.Time) State {
	switch {
	case !e.EndedAt.IsZero() || !now.Before(e.EndAt):
		return Ended
	case e.Approved() && !now.Before(e.StartAt):
		return Running
	}
	return Planned
}

// Ran reports whether it ever ran, as far as now.
func (e Experiment) Ran(now time.Time) bool {
	until := e.EndAt
	if !e.EndedAt.IsZero() {
		until = e.EndedAt
	}
	return e.Approved() && e.StartAt.Before(until) && !now.Before(e.StartAt)
}

// draw picks an arm by a number from 0 to 99.
func (e Experiment) draw(percent int) string {
	for _, a := range e.Arms {
		if percent < a.Share {
			return a.Code
		}
		percent -= a.Share
	}
	return e.Arms[0].Code
}

// isDefault reports whether an arm changes nothing.
func (c Change) isDefault(arm string) bool { return arms[c][0] == arm }

// ArmsOf are the two arms of a change, the default first.
func ArmsOf(c Change) [2]string { return arms[c] }

// New is a test as it is registered. Days are UTC; EndDay is the last day on
// which it runs.
type New struct {
	Name, Why string
	Change    Change
	TestShare int // per cent of the people for whom the default does not hold
	Audience  Audience
	StartDay  time.Time
	EndDay    time.Time
}

// check names every field that is wrong.
func (n New) check(today time.Time) map[string]string {
	wrong := map[string]string{}
	words(wrong, "name", n.Name, 1, 100)
	words(wrong, "why", n.Why, 10, 1000)
	if !slices.Contains(Changes, n.Change) {
		wrong["change"] = "field.choice"
	}
	if n.TestShare < 5 || n.TestShare > 95 {
		wrong["share"] = "experiment.share"
	}
	if !slices.Contains(Audiences, n.Audience) {
		wrong["audience"] = "field.choice"
	}
	switch {
	case n.StartDay.IsZero():
		wrong["start"] = "date.invalid"
	case n.StartDay.Before(today):
		wrong["start"] = "experiment.past"
	}
	end := n.EndDay.AddDate(0, 0, 1)
	switch {
	case n.EndDay.IsZero():
		wrong["end"] = "date.invalid"
	case n.EndDay.Before(n.StartDay):
		wrong["end"] = "experiment.end-first"
	case end.Sub(n.StartDay) > Longest:
		wrong["end"] = "experiment.too-long"
	}
	return wrong
}
