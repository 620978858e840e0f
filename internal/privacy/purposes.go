package privacy

import "truepenny/internal/vault"

// The purposes for which personal items may be used. The list is closed: a new
// purpose is a change to this file, with its notice, reviewed like one.
const (
	PurposeDocuments vault.Purpose = "identity-documents"
	PurposeFace      vault.Purpose = "face-match"
	// PurposeLab is for the pictures of a lab set. The vault files them under the
	// set, which stands for everybody on them.
	PurposeLab vault.Purpose = "lab-measurement"
)

// Basis is the lawful basis of a purpose.
type Basis string

const (
	BasisContract Basis = "contract" // asked for by the person: being verified as a seller
	BasisConsent  Basis = "consent"  // freely given, refusable without loss
	BasisDeclared Basis = "declared" // as whoever brings the data says; this program was not there
)

// Purpose describes one purpose in codes; views/words turns them into sentences.
type Purpose struct {
	ID       vault.Purpose
	Uses     []string // what is used
	Why      string
	Basis    Basis
	Consent  bool     // nothing of it is collected without a given consent
	KeptDays int      // after the decision
	SeenBy   []string // roles
	Never    []string // what it is never used for
}

var purposes = []Purpose{
	{
		ID:       PurposeDocuments,
		Uses:     []string{"document-pictures", "document-fields", "second-paper"},
		Why:      "prove-identity",
		Basis:    BasisContract,
		KeptDays: 180,
		SeenBy:   []string{"reviewer", "lead"},
		Never:    []string{"advertising", "sale", "other-marketplaces", "training"},
	},
	{
		ID:       PurposeFace,
		Uses:     []string{"capture-frames", "document-portrait"},
		Why:      "compare-face-with-portrait",
		Basis:    BasisConsent,
		Consent:  true,
		KeptDays: 30,
		SeenBy:   []string{"reviewer", "lead"},
		Never:    []string{"advertising", "sale", "police-search", "emotion", "other-people", "training"},
	},
	{
		ID:       PurposeLab,
		Uses:     []string{"lab-pictures"},
		Why:      "measure-errors",
		Basis:    BasisDeclared,
		KeptDays: 730, // at most; each set names its day
		SeenBy:   []string{"administrator", "lead", "privacy"},
		Never:    []string{"advertising", "sale", "police-search", "emotion", "training", "applicants"},
	},
}

// Purposes lists all purposes.
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
