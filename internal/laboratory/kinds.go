package laboratory

// Kind is what a run measures. A set has the kind of what it is labelled for;
// a face set also serves for the search of one among many.
type Kind string

const (
	Face     Kind = "face"
	Identify Kind = "identify" // the Congress drill: probes searched in a gallery
	Liveness Kind = "liveness"
	Document Kind = "document"
	Barcode  Kind = "barcode"
)

// Kinds lists what can be measured, in the order pages show it.
var Kinds = []Kind{Face, Identify, Liveness, Document, Barcode}

// Needs is the kind of set that a run of this kind takes.
func (k Kind) Needs() Kind {
	if k == Identify {
		return Face
	}
	return k
}

// Measurable lists what can be measured on a set of a kind.
func (k Kind) Measurable() []Kind {
	var out []Kind
	for _, one := range Kinds {
		if one.Needs() == k {
			out = append(out, one)
		}
	}
	return out
}
