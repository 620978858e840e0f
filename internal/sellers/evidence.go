package sellers

import "time"

// DocumentKind is a kind of identity document.
type DocumentKind string

const (
	Passport     DocumentKind = "passport"
	IdentityCard DocumentKind = "identity-card"
	Licence      DocumentKind = "licence" // to drive
)

// DocumentKinds lists the kinds that are taken, in the order pages show them.
var DocumentKinds = []DocumentKind{Passport, IdentityCard, Licence}

// Sides returns the sides that are needed of a kind: a passport has one.
func (k DocumentKind) Sides() []Side {
	switch k {
	case Passport:
		return []Side{Front}
	case IdentityCard, Licence:
		return []Side{Front, Back}
	}
	return nil
}

// Side is a side of an identity document.
type Side string

const (
	Front Side = "front"
	Back  Side = "back"
)

// PaperKind is a kind of second paper, for the road on documents alone.
type PaperKind string

const (
	UtilityBill   PaperKind = "utility-bill"
	BankStatement PaperKind = "bank-statement"
	TaxLetter     PaperKind = "tax-letter"
	Registration  PaperKind = "registration" // of residence or of the business
)

// PaperKinds lists the second papers that are taken.
var PaperKinds = []PaperKind{UtilityBill, BankStatement, TaxLetter, Registration}

// EvidenceKind says what an item of evidence is.
type EvidenceKind string

const (
	EvidenceDocument EvidenceKind = "document" // one side of an identity document
	EvidencePaper    EvidenceKind = "paper"
	EvidenceFrame    EvidenceKind = "frame" // one frame of a face capture
)

// Evidence is one sealed picture in an application. Its pixels come only
// through OpenEvidence or ShowEvidence.
type Evidence struct {
	ID            string
	ApplicationID string
	Kind          EvidenceKind
	DocumentKind  DocumentKind // of a document
	Side          Side         // of a document
	PaperKind     PaperKind    // of a paper
	CaptureID     string       // of a frame
	OffsetMS      int          // of a frame: since the capture's start
	Round         int          // in which sending it was added; 0 before the first
	Width, Height int          // pixels of the kept picture
	Bytes         int          // of the kept JPEG
	Findings      []string     // quality reason codes, such as "document.blurred"; empty when nothing is to be said
	Reading       ReadingState // of a document: what became of reading its machine-readable zone
	At            time.Time
	KeepUntil     time.Time // zero while the decision is open

	item, reading, portrait string // vault items
	copyOf                  string // of a picture kept for a dispute: the one it is a copy of
}

// ReadingState says what became of reading a document.
type ReadingState string

const (
	ReadingNone    ReadingState = ""        // not asked of this picture
	ReadingSure    ReadingState = "sure"    // every check digit right and every glyph clear
	ReadingUnsure  ReadingState = "unsure"  // read, but something in it may be wrong
	ReadingFailed  ReadingState = "failed"  // no machine-readable zone could be read
	ReadingMissing ReadingState = "missing" // the reader is not installed
)

// Field names what is read from a document or said in the form.
type FieldName string

const (
	FieldFamilyName  FieldName = "family-name"
	FieldGivenNames  FieldName = "given-names"
	FieldBirthDate   FieldName = "birth-date" // "2006-01-02"
	FieldExpiry      FieldName = "expiry"     // "2006-01-02"
	FieldNumber      FieldName = "number"     // of the document
	FieldIssuer      FieldName = "issuer"     // ISO 3166-1 alpha-3, or a special code of ICAO 9303
	FieldNationality FieldName = "nationality"
	FieldSex         FieldName = "sex"
)

// FieldNames lists the fields in the order pages show them.
var FieldNames = []FieldName{FieldFamilyName, FieldGivenNames, FieldBirthDate, FieldNumber,
	FieldExpiry, FieldIssuer, FieldNationality, FieldSex}

// Field is one field of the document as it was read and, when the person
// corrected it, as they say it is.
type Field struct {
	Name       FieldName
	Read       string // what the machine read, "" when it could not
	Sure       bool   // the reader is sure of it
	Corrected  string // what the person says, "" when they let it stand
	EvidenceID string // the side it was read from
	Box        Box    // where on that side; zero when not known
}

// Value is what counts for comparisons: the correction, else what was read.
func (f Field) Value() string {
	if f.Corrected != "" {
		return f.Corrected
	}
	return f.Read
}

// Box is a rectangle in pixels of a kept picture.
type Box struct {
	X, Y, W, H int
}

// Opened is an item's content for the one who may see it.
type Opened struct {
	Plain []byte
	MIME  string
}
