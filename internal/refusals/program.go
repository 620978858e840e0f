package refusals

import (
	"time"

	"truepenny/internal/privacy"
)

// Program is what the checks look at: the running program as data. Nothing in
// it is about a person.
type Program struct {
	Routes   []Route
	Commands []string // subcommands of the binary, "lab face" for one below another
	Roles    []string // that a member of staff may have
	Pages    []Page   // answers that the program really gave
	Schema   []Table  // of the main database, as it is
	Purposes []privacy.Purpose
	Networks []string // that the engine folder holds, by name
	Join     *Join    // nil: the attempt was not made
}

// Route is one row of the table of routes.
type Route struct {
	Method, Path, Name string
	Who                []string // "anyone", "seller", or roles of staff
	Camera             bool     // the page may open the camera
	Takes              bool     // it takes more than a form of text: pictures
}

// Visitors as whom pages are asked for.
const (
	AsNobody = "nobody"
	AsSeller = "seller"
	AsStaff  = "staff" // of every role
)

// Page is one answer to a GET request.
type Page struct {
	Path, As          string
	Status            int
	ContentPolicy     string
	PermissionsPolicy string
	Camera            bool     // as the table of routes has it
	Sources           []string // addresses that the page loads from or sends to
	Fields            []string // names of its form fields
}

// Table is one table of the database.
type Table struct {
	Name    string
	Columns []string
}

// Join is one attempt to open items of one purpose with the keys of another, and
// back.
type Join struct {
	Keys   int // tried
	Items  int // tried on
	Opened int // must be 0
	At     time.Time
}

// Seen says how much of the program a check looked at.
type Seen struct {
	Routes   int `json:"routes,omitempty"`
	Commands int `json:"commands,omitempty"`
	Pages    int `json:"pages,omitempty"`
	Fields   int `json:"fields,omitempty"`
	Tables   int `json:"tables,omitempty"`
	Columns  int `json:"columns,omitempty"`
	Purposes int `json:"purposes,omitempty"`
	Networks int `json:"networks,omitempty"`
	Joins    int `json:"joins,omitempty"` // attempts to join; how many keys there are would tell of people
}

// Finding is one thing in the program that breaks a refusal.
type Finding struct {
	Where string `json:"where"` // code: table, column, route, page, field, purpose, network, command, role, join, nothing
	What  string `json:"what"`  // its name, or why it breaks the refusal
}
