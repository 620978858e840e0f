package sellers

import (
	"image"
	"strings"
	"time"

	"truepenny/internal/biometrics/document/aamva"
	"truepenny/internal/biometrics/document/barcode"
	"truepenny/internal/biometrics/picture"
)

// Reason codes of the check of the bar code.
const (
	reasonNoBarcode    = "barcode.none"    // none found, or none that could be read
	reasonBarcodeKind  = "barcode.kind"    // this kind of document has none
	reasonBarcodeOther = "barcode.other"   // read, but it does not say who the holder is
	reasonBarcodeShort = "barcode.short"   // it lacks what every such code has
	reasonDiffers      = "barcode.differs" // from the form or the rest of the document
	reasonMoved        = "barcode.address" // only the address differs
)

// readElsewhere marks, before a field's name, a value that the bar code is held
// against and that was read elsewhere on the document.
const readElsewhere = "read-"

// checkBarcode reads the bar code on the back and holds it against the form and
// against what was read elsewhere on the document: who changes what is printed
// has to make a new code as well. What was read is right, since the code's own
// error correction proves it, but who made the code is not proved.
func (r *run) checkBarcode() (Check, error) {
	if r.app.DocumentKind == Passport {
		return Check{Outcome: NotRun, Reason: reasonBarcodeKind}, nil
	}
	var backs []Evidence
	for _, e := range r.evidence {
		if e.Kind == EvidenceDocument && e.Side == Back {
			backs = append(backs, e)
		}
	}
	imgs, err := r.pictures(backs)
	if err != nil {
		return Check{}, err
	}
	none := Check{Outcome: NotRun, Reason: reasonNoBarcode}
	for _, img := range imgs {
		card, box, found, err := readCard(img)
		switch {
		case found && err == nil:
			return r.compareCard(card, box), nil
		case found:
			none.Reason = reasonBarcodeOther
		}
	}
	return none, nil
}

// readCard finds the code that says who the holder is; found tells whether any
// code was read, err that it is of another kind.
func readCard(img *image.RGBA) (card aamva.Licence, box Box, found bool, err error) {
	for _, code := range barcode.Read(img) {
		found = true
		if card, err = aamva.Parse(code.Content.Text); err == nil {
			return card, boxOf(code.Corners).within(img.Rect), true, nil
		}
	}
	return card, box, found, err
}

func boxOf(q picture.Quad) Box {
	b := q.Bounds()
	return Box{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}
}

func (r *run) compareCard(card aamva.Licence, box Box) Check {
	c := Check{Outcome: Pass}
	add := func(what, code, other string, same bool, note string) {
		if code != "" && other != "" {
			c.Compared = append(c.Compared, Compared{What: what, Left: code, Right: other, Same: same, Note: note, Box: box})
		}
	}
	cut := len(card.Cut) > 0
	name := func(what FieldName, code, other string, elsewhere string) {
		same, note := compareName(other, code, cut)
		if !same && what == FieldGivenNames && fewerGiven(other, code) {
			note = nameFewer
		}
		add(elsewhere+string(what), code, other, same, note)
	}
	plain := func(what, code, other string) { add(what, code, other, letters(code) == letters(other), "") }
	born, expires := written(card.Born), written(card.Expires)

	name(FieldFamilyName, card.FamilyName, r.app.FamilyName, "")
	name(FieldGivenNames, card.GivenNames(), r.app.GivenNames, "")
	plain(string(FieldBirthDate), born, r.app.BirthDate)
	name(FieldFamilyName, card.FamilyName, r.fields[FieldFamilyName].Read, readElsewhere)
	name(FieldGivenNames, card.GivenNames(), r.fields[FieldGivenNames].Read, readElsewhere)
	plain(readElsewhere+string(FieldBirthDate), born, r.fields[FieldBirthDate].Read)
	plain(readElsewhere+string(FieldNumber), card.Number, r.fields[FieldNumber].Read)
	plain(readElsewhere+string(FieldExpiry), expires, r.fields[FieldExpiry].Read)
	c.judgeCard()

	before := len(c.Compared)
	plain("street", card.Address.Line1, r.app.Address.Line1)
	plain("postcode", card.Address.Postcode, r.app.Address.Postcode)
	plain("city", card.Address.City, r.app.Address.City)
	for _, p := range c.Compared[before:] {
		if !p.Same && c.Outcome == Pass {
			c.Outcome, c.Reason = Review, reasonMoved
		}
	}
	if c.Reason != reasonDiffers && (card.FamilyName == "" || born == "" || card.Number == "") {
		c.Outcome, c.Reason = Review, reasonBarcodeShort
	}
	if today := r.s.clock.Now().Format(dateFormat); expires != "" && expires < today {
		c.Outcome, c.Reason = Fail, reasonExpired
		c.Compared = append(c.Compared, Compared{What: string(FieldExpiry), Left: expires, Right: today, Box: box})
	}
	return c
}

// judgeCard sends what differs to a person.
func (c *Check) judgeCard() {
	for _, p := range c.Compared {
		if !p.Same {
			c.Outcome, c.Reason = Review, reasonDiffers
		}
	}
}

func written(d time.Time) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(dateFormat)
}

// letters is a value without what issuers write differently: capitals, accents,
// spaces and marks.
func letters(v string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 {
			return r
		}
		return -1
	}, fold(v))
}
