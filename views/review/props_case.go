package review

import (
	"truepenny/views/kit"
	"truepenny/views/layout"
)

// CaseProps is one case as a reviewer or lead sees it.
type CaseProps struct {
	Frame        layout.ConsoleProps
	Head         kit.PageHeadProps
	State        kit.BadgeProps
	Machine      *kit.BadgeProps // the worst of the checks while the case is open
	Late         *kit.BadgeProps // the promise is missed
	Messages     []kit.Message
	Conflict     *Conflict
	Standing     *Notice // why nothing can be decided here, or that somebody else holds it
	Pictures     []kit.PictureProps
	Earlier      []Link // pictures of earlier rounds, opened one by one
	Checks       []Check
	Rechecked    string // that some were repeated, and when
	Read         []ReadField
	Decisions    []Decided
	History      []kit.Event
	Older        []kit.Event // the rest of it
	Appeal       string      // the seller's words
	Zone         []string    // lines of the machine-readable zone
	Held         string      // until when it is the visitor's
	Blocked      bool        // the visitor may not look at what is sealed
	Looks        []kit.Event
	Seller       []kit.SummaryRow
	Previous     *Link
	Decide       *Decide // nil when this person has nothing to decide here now
	Second       *Second
	Connect      *Connect
	Release      string // where to give it back; "" when it is not one's own
	ReleaseLabel string
	Claim        string // where to claim it; "" when one cannot
	Next         string // the next case of the list; "" at its end
	Queue        string // the list
	Printed      string // when and by whom, on paper only
}

// Link is a text that leads somewhere.
type Link struct {
	Text string
	Href string
	Note string
}

// Notice says one thing in a title and a sentence.
type Notice struct {
	Title string
	Text  string
	Tone  kit.Tone
}

// Conflict says what changed since the page that a decision was sent from.
type Conflict struct {
	Reason  string // more than that something changed; "" for no more
	Changes []kit.Event
	Words   string // what was typed, where no form can keep it
}

// Capture is a face capture: the chosen frame is a kit.Picture of the case, the
// others stand on one sheet of equal cells, so that one look opens them all.
type Capture struct {
	PictureID string // of the picture that a chosen frame replaces
	Text      string
	Sheet     string // address of the sheet
	Columns   int
	Rows      int
	Frames    []Frame
}

// Frame is one cell of the sheet.
type Frame struct {
	Href    string // the frame alone and large
	Alt     string
	Current bool
}

// Check is one automatic test in words.
type Check struct {
	ID      string
	Title   string
	Outcome kit.Outcome
	Word    string // "Matches", "Prompts followed"
	Text    string
	Aside   string    // muted, after it
	Heads   [2]string // of the two columns of Pairs
	Pairs   []Pair
	Faces   *Faces
	Limit   *Limit
	Tests   []Test // of a capture: what each was and was not able to rule out
	Closing string // after the tests
}

// Test is one test of a capture, with its figures behind a click.
type Test struct {
	Title   string
	Outcome kit.Outcome
	Word    string
	Text    string
	Figures []kit.SummaryRow
}

// Pair is two values held against each other, split where they differ.
type Pair struct {
	What        string
	Left, Right []Span
	Same        bool
	Note        string
}

// Span is a stretch of a value; Differs marks what the other value does not have.
type Span struct {
	Text    string
	Differs bool
}

// Faces is the portrait and the face of the closest frame, cut out of their
// pictures.
type Faces struct {
	Portrait *Crop
	Frame    *Crop
}

// Crop is a part of a picture: pixels of the picture itself.
type Crop struct {
	Src           string
	Width, Height int // of the whole picture
	X, Y, W, H    int
	Alt           string
	Caption       string
}

// Limit says where a limit comes from.
type Limit struct {
	Rows []kit.SummaryRow
	Text string
}

// ReadField is one field of the document: what was read, what the person says.
type ReadField struct {
	Name      string
	Read      string
	Sure      bool
	Corrected string
	Spans     []Span // of Corrected, against Read
}

// Decided is a decision that was taken before.
type Decided struct {
	Title  string
	By     string
	Reason string
	Words  string
	Items  []string
	Second string
	After  string // words of the second person
}

// Form is what a person typed, kept when the page comes back, and what is
// wrong with it.
type Form struct {
	Reason string
	Words  string
	Items  []string
	Errors kit.Errors
}

// Open names the form that stands in the page instead of in a dialog.
type Open string

const (
	OpenNone    Open = ""
	OpenApprove Open = "approve"
	OpenAsk     Open = "ask"
	OpenRefuse  Open = "refuse"
	OpenReturn  Open = "return"
)

// Decide is the first decision.
type Decide struct {
	Action   string
	Version  string
	Seen     string // number of the newest history line on the page
	Items    []kit.Choice
	Reasons  []kit.Option
	Pages    []Link // the forms as pages of their own
	Preview  string // where the preview is made
	Open     Open
	Form     Form
	Shown    Preview // of what is typed in the open form; empty before anything is
	Approval Preview
	Appealed bool // the one appeal was used: a refusal offers none
}

// Second is the second look at a proposed refusal.
type Second struct {
	Action  string
	Version string
	Seen    string
	By      string
	Reason  string
	Words   string
	Preview Preview
	Return  string // address of the form as a page of its own
	Open    Open
	Form    Form
}

// Preview is what the seller will read.
type Preview struct {
	Title string
	Lines []string
	Words string
	Items []string
}

// Connect is the form in which a reviewer says that they know the seller.
type Connect struct {
	Action string
	Number string // of the case, for the message that follows
}
