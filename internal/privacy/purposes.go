package privacy

import "truepenny/internal/vault"

// The purposes for which personal items may be used. The list is closed: a new
// purpose is a change to this file, with its notice, reviewed like one. There is
// no "other", no advertising and no training among them.
const (
	PurposeDocuments vault.Purpose = "identity-documents"
	PurposeFace      vault.Purpose = "face-match"
	// PurposeDispute is for the pictures of a face that a person lets us keep
	// longer, so that they are there when a decision is disputed.
	PurposeDispute vault.Purpose = "video-disputes"
	// PurposeRights is for what people write to the privacy officer.
	PurposeRights vault.Purpose = "rights-requests"
	// PurposeCopy is for the copy of a person's own data while it waits for them.
	PurposeCopy vault.Purpose = "data-copy"
	// PurposeLab is for the pictures of a lab set. The vault files them under the
	// set, which stands for everybody on them.
	PurposeLab vault.Purpose = "lab-measurement"

	// These three are not offered: nothing can be collected for them.
	PurposeDuplicates vault.Purpose = "duplicate-search"
	PurposeGuard      vault.Purpose = "staff-guard"
	PurposePalm       vault.Purpose = "palm-payment"
)

// Basis is the lawful basis of a purpose.
type Basis string

const (
	BasisContract Basis = "contract"   // asked for by the person: being verified as a seller
	BasisConsent  Basis = "consent"    // freely given, refusable without loss
	BasisLaw      Basis = "obligation" // the law makes us: answering people about their data
	BasisDeclared Basis = "declared"   // as whoever brings the data says; this program was not there
)

// Modality is what of a person a purpose takes. A purpose has one: what takes
// two would be two purposes, with two answers and two keys.
type Modality string

const (
	ModalityDocument Modality = "document"
	ModalityFace     Modality = "face"
	ModalityPalm     Modality = "palm"
	ModalityTyping   Modality = "typing"
	ModalityWriting  Modality = "writing" // what a person writes or has written about them
)

// Biometric reports whether a body is measured: never without a consent.
func (m Modality) Biometric() bool {
	return m == ModalityFace || m == ModalityPalm || m == ModalityTyping
}

// The clocks from which the days of a purpose run.
const (
	ClockDecision = "decision" // the decision on the application
	ClockAnswer   = "answer"   // the answer to the request
	ClockReady    = "ready"    // the copy is ready to be fetched
	ClockSet      = "set"      // each set names its own day; the days are the most
	ClockSession  = "session"  // the end of the working session
	ClockLastUse  = "last-use" // the last time the person used it
)

// Purpose describes one purpose in codes; views/words turns them into sentences.
type Purpose struct {
	ID       vault.Purpose
	Offered  bool // nothing can be collected for a purpose that is not
	Modality Modality
	Uses     []string // what is used
	Why      string
	Basis    Basis
	Consent  bool     // nothing of it is collected without a given consent
	KeptDays int      // at most, from the clock on
	Clock    string   // from when the days run
	SeenBy   []string // roles; "self" is the person
	Never    []string // what it is never used for
	Instead  []string // roads to the same end without it; every biometric purpose has one
}

// bodily is what nothing of a body is ever used for.
var bodily = []string{"advertising", "sale", "police-search", "emotion", "training"}

// notBodily is what nothing else is ever used for.
var notBodily = []string{"advertising", "sale", "training"}

var purposes = []Purpose{
	{
		ID: PurposeDocuments, Offered: true, Modality: ModalityDocument,
		Uses:     []string{"document-pictures", "document-fields", "second-paper"},
		Why:      "prove-identity",
		Basis:    BasisContract,
		KeptDays: 180, Clock: ClockDecision,
		SeenBy: []string{"self", "reviewer", "lead"},
		Never:  never(notBodily, "other-marketplaces"),
	},
	{
		ID: PurposeFace, Offered: true, Modality: ModalityFace,
		Uses:     []string{"capture-frames", "document-portrait"},
		Why:      "compare-face-with-portrait",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 30, Clock: ClockDecision,
		SeenBy:  []string{"self", "reviewer", "lead"},
		Never:   never(bodily, "other-people"),
		Instead: []string{"documents-road"},
	},
	{
		ID: PurposeDispute, Offered: true, Modality: ModalityFace,
		Uses:     []string{"capture-frames"},
		Why:      "settle-dispute",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 180, Clock: ClockDecision,
		SeenBy:  []string{"self", "reviewer", "lead"},
		Never:   never(bodily, "other-people"),
		Instead: []string{"dispute-without"},
	},
	{
		ID: PurposeRights, Offered: true, Modality: ModalityWriting,
		Uses:     []string{"request-words", "request-answers"},
		Why:      "answer-requests",
		Basis:    BasisLaw,
		KeptDays: 730, Clock: ClockAnswer, // records of requests: 24 months, 11 CCR 7101
		SeenBy: []string{"self", "privacy", "reviewer", "lead"}, // reviewers see a correction, and nothing else
		Never:  never(notBodily, "decisions"),
	},
	{
		ID: PurposeCopy, Offered: true, Modality: ModalityWriting,
		Uses:     []string{"own-copy"},
		Why:      "hand-over-copy",
		Basis:    BasisLaw,
		KeptDays: 7, Clock: ClockReady,
		SeenBy: []string{"self"},
		Never:  never(notBodily, "decisions"),
	},
	{
		ID: PurposeLab, Offered: true, Modality: ModalityFace,
		Uses:     []string{"lab-pictures"},
		Why:      "measure-errors",
		Basis:    BasisDeclared,
		KeptDays: 730, Clock: ClockSet,
		SeenBy:  []string{"administrator", "lead", "privacy"},
		Never:   never(bodily, "applicants"),
		Instead: []string{"not-in-a-set"},
	},
	{
		ID: PurposeDuplicates, Modality: ModalityFace,
		Uses:     []string{"face-numbers"},
		Why:      "find-second-accounts",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 365, Clock: ClockDecision,
		SeenBy:  []string{"self", "reviewer", "lead"},
		Never:   never(bodily, "palm-joining", "refusal-by-machine"),
		Instead: []string{"documents-road"},
	},
	{
		ID: PurposeGuard, Modality: ModalityTyping,
		Uses:     []string{"typing-times"},
		Why:      "notice-takeover",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 30, Clock: ClockSession,
		SeenBy:  []string{"self"},
		Never:   never(bodily, "performance", "content"),
		Instead: []string{"passkey"},
	},
	{
		ID: PurposePalm, Modality: ModalityPalm,
		Uses:     []string{"palm-pictures", "payment-card"},
		Why:      "pay-by-palm",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 365, Clock: ClockLastUse,
		SeenBy:  []string{"self"},
		Never:   never(bodily, "face-joining"),
		Instead: []string{"passkey", "card"},
	},
}

func never(always []string, also ...string) []string {
	return append(append([]string(nil), always...), also...)
}

// Purposes lists all purposes, those that are not offered last.
func Purposes() []Purpose { return append([]Purpose(nil), purposes...) }

// PurposeOf finds a purpose; false when it is not on the list.
func PurposeOf(id vault.Purpose) (Purpose, bool) {
	for _, p := range purposes {
		if p.ID == id {
			return p, true
		}
	}
	return Purpose{}, false
}

// PurposeNamed finds the purpose with this name, as a form, an address or a row
// has it. It is the only way from text to a purpose: what is not on the list
// does not become one.
func PurposeNamed(name string) (vault.Purpose, bool) {
	for _, p := range purposes {
		if string(p.ID) == name {
			return p.ID, true
		}
	}
	return "", false
}
