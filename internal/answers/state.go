package answers

import (
	"encoding/json"
	"time"

	"truepenny/internal/coarse"
	"truepenny/internal/privacy"
)

// Questions, in the order they are answered. The first seven are those of the
// senators' letter of 2021 about a palm system; the others went unanswered when
// sellers' faces were filmed in 2019, or follow from both.
var Questions = []string{
	"expansion", "third-parties", "enrolled", "advertising", "pairing", "notices", "security",
	"why", "when", "regions", "videos", "matcher", "errors", "removal", "policies", "other-purposes", "police", "decline", "decides",
}

// Senators is how many of the questions are the senators'.
const Senators = 7

// Names of counted people; countries follow as CountCountry + code.
const (
	CountAgreed       = "agreed"       // have agreed to the face comparison
	CountApplications = "applications" // have applied
	CountDeclined     = "declined"     // said no and went without the camera
	CountCountry      = "country."
)

// State is what the answers are made of, as the program is now.
type State struct {
	Purposes   []privacy.Purpose
	Notices    []privacy.Notice
	Processors []Party
	Merchants  []Party
	Matcher    Matcher
	Refusals   map[string]bool // holds, by code; a refusal that was not checked yet is missing
	Demands    Demands
	Decline    map[string]string // by measure ("approval", "wait"): few, alike, costs; empty before the first comparison
	Security   Security
	Kept       Kept
	Since      time.Time // of the first application; zero before it

	counts  map[string]int
	figures map[string]Figure
}

// Party is somebody outside who gets data or runs sites.
type Party struct {
	Name    string `json:"name"`
	Does    string `json:"does"`
	Data    string `json:"data"`
	Country string `json:"country"`
	Sites   int    `json:"sites,omitempty"`
}

// Matcher is what compares faces.
type Matcher struct {
	Network, Version string
	Accept, Review   float64
	Report           string // name of the report behind the thresholds; "" for none
	ReportID         string // of a public report
	Confirmed        bool   // two people put them in force
	// What was counted at Accept: strangers taken for one person, and people not
	// taken for themselves.
	FalseMatch, FalseNonMatch Rate
}

// Rate is an error rate with its 95 % interval, 0 to 1.
type Rate struct {
	Set       string  `json:"set"`
	Errors    int     `json:"errors"`
	Of        int     `json:"of"`
	Low, High float64 `json:"-"`
}

// Demands is what is told of legal demands.
type Demands struct{ Received, Given, Searches int }

// Security is what protects what is held, from settings and checks.
type Security struct {
	Database  string // "sqlite" or "postgres"
	Keys      bool   // keys lie apart from the main database
	Encrypted bool   // pages are reached over TLS only
	Passkeys  bool   // staff sign in with passkeys only
}

// Kept is for how many days things are kept after the decision.
type Kept struct{ Face, Documents, DecisionDays int }

// Figure is a count of people as it is told: about Shown, or fewer than Shown. It
// stands still until a step of people have come or gone, so the count behind
// "about 40" lies less than a step below 40 or less than two above, and behind
// "fewer than 20" there are at most 18.
type Figure struct {
	Shown int
	Fewer bool
}

// MarshalJSON writes {"about": 40} or {"fewer_than": 20}.
func (f Figure) MarshalJSON() ([]byte, error) {
	if f.Fewer {
		return json.Marshal(map[string]int{"fewer_than": f.Shown})
	}
	return json.Marshal(map[string]int{"about": f.Shown})
}

// Figure is a counted name as it is told; "fewer than" when nobody was counted.
func (s State) Figure(name string) Figure {
	if f, known := s.figures[name]; known {
		return f
	}
	return figure(0)
}

// Countries are the two-letter codes from which enough people apply to be named.
func (s State) Countries() []string { return s.named() }

func figure(n int) Figure {
	shown, fewer := coarse.Count(n)
	if fewer { // a step may have come since
		shown += coarse.Few
	}
	return Figure{shown, fewer}
}

// Count notes how many people there are of a name.
func (s *State) Count(name string, n int) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[name] = n
}

// Said is one answer.
type Said struct {
	Question string
	Text     []string       // paragraphs
	Facts    map[string]any // the same for machines; encodes to JSON
}

// Answer is one answer with its history.
type Answer struct {
	Said
	Since  time.Time
	Before []Earlier // newest first
}

// Earlier is an answer that was given before.
type Earlier struct {
	Text         []string
	Facts        map[string]any
	Since, Until time.Time
}
