package sellers

import (
	"slices"
	"time"
)

// Reason codes of checks on the document.
const (
	reasonUnread    = "document.unread"    // no machine-readable zone could be read
	reasonNoZone    = "document.zoneless"  // this kind of document has none
	reasonUnsure    = "document.unsure"    // read, but not clearly enough to rely on
	reasonDigit     = "document.digit"     // a check digit contradicts what it covers
	reasonCorrected = "document.corrected" // the person says it reads otherwise
	reasonNoExpiry  = "document.no-expiry" // the zone of this document carries none
	reasonExpired   = "document.expired"
)

// unread says why nothing can be compared with the document; ok is true when
// something can.
func (r *run) unread() (c Check, ok bool) {
	switch {
	case r.best != nil:
		return Check{}, true
	case r.app.DocumentKind == Licence:
		return Check{Outcome: NotRun, Reason: reasonNoZone}, false
	case slices.ContainsFunc(r.evidence, func(e Evidence) bool { return e.Reading == ReadingMissing }):
		return Check{Outcome: NotRun, Reason: reasonEngine}, false
	}
	return Check{Outcome: NotRun, Reason: reasonUnread}, false
}

// checkRead judges the reading itself.
func (r *run) checkRead() Check {
	if c, ok := r.unread(); !ok {
		if c.Reason == reasonUnread {
			c.Outcome = Review // it should have been readable
		}
		return c
	}
	c := Check{Outcome: Pass}
	for _, name := range FieldNames {
		if f := r.fields[name]; f.Corrected != "" {
			c.Outcome, c.Reason = Review, reasonCorrected
			c.Compared = append(c.Compared, Compared{What: string(name), Left: f.Read, Right: f.Corrected, Note: "corrected", Box: f.Box})
		}
	}
	for _, digit := range r.best.Refuted {
		c.Outcome, c.Reason = Review, reasonDigit
		c.Compared = append(c.Compared, Compared{What: digit, Note: "check-digit"})
	}
	if c.Outcome == Pass && r.best.State != ReadingSure {
		c.Outcome, c.Reason = Review, reasonUnsure
	}
	return c
}

// checkExpiry holds the last day of validity against today. A document is valid
// through that day.
func (r *run) checkExpiry() Check {
	if c, ok := r.unread(); !ok {
		return c
	}
	f, found := r.fields[FieldExpiry]
	if !found || f.Read == "" {
		return Check{Outcome: NotRun, Reason: reasonNoExpiry}
	}
	today := r.s.clock.Now().Format(dateFormat)
	last, err := time.Parse(dateFormat, f.Read)
	if err != nil {
		return Check{Outcome: NotRun, Reason: reasonUnread}
	}
	valid := last.Format(dateFormat) >= today
	c := Check{Outcome: Pass, Compared: []Compared{{What: string(FieldExpiry), Left: f.Read, Right: today, Same: valid, Box: f.Box}}}
	switch {
	case !valid && f.Sure:
		c.Outcome, c.Reason = Fail, reasonExpired
	case !valid:
		c.Outcome, c.Reason = Review, reasonExpired
	case f.Corrected != "":
		c.Outcome, c.Reason = Review, reasonCorrected
	}
	return c
}

// checkName holds the names of the form against those that were read, not
// against a correction: what a person says of themselves proves nothing.
func (r *run) checkName() Check {
	if c, ok := r.unread(); !ok {
		return c
	}
	family, given := r.fields[FieldFamilyName], r.fields[FieldGivenNames]
	c := Check{Outcome: Pass, Compared: []Compared{
		r.comparedName(FieldFamilyName, family, r.app.FamilyName),
		r.comparedName(FieldGivenNames, given, r.app.GivenNames),
	}}
	for i := range c.Compared {
		part := &c.Compared[i]
		if !part.Same && part.What == string(FieldGivenNames) && fewerGiven(r.app.GivenNames, given.Read) {
			part.Note = nameFewer
		}
		switch {
		case !part.Same:
			c.Outcome, c.Reason = Review, "name."+worseNote(c.Reason, part.Note)
		case part.Note == nameOrder && c.Outcome == Pass:
			c.Outcome, c.Reason = Review, "name."+nameOrder
		}
	}
	if c.Outcome == Review && swapped(r.app.Details, family.Read, given.Read) {
		c.Reason = "name." + nameOrder
	}
	return c
}

// worseNote keeps "differs" when one part differs and another only lacks names.
func worseNote(reason, next string) string {
	if reason == "name."+nameDiffers {
		return nameDiffers
	}
	return next
}

func (r *run) comparedName(what FieldName, f Field, form string) Compared {
	c := Compared{What: string(what), Left: f.Read, Right: form, Box: f.Box}
	if f.Read == "" && form == "" {
		c.Same = true
		return c
	}
	c.Same, c.Note = compareName(form, f.Read, r.best.FullNames)
	return c
}

// swapped reports whether family and given names stand in each other's place.
func swapped(d Details, family, given string) bool {
	a, _ := compareName(d.FamilyName, given, false)
	b, _ := compareName(d.GivenNames, family, false)
	return a && b
}

// checkBirth holds the date of birth of the form against the one that was read.
func (r *run) checkBirth() Check {
	if c, ok := r.unread(); !ok {
		return c
	}
	f, found := r.fields[FieldBirthDate]
	if !found || f.Read == "" {
		return Check{Outcome: NotRun, Reason: reasonUnread}
	}
	same := f.Read == r.app.BirthDate
	c := Check{Outcome: Pass, Compared: []Compared{{What: string(FieldBirthDate), Left: f.Read, Right: r.app.BirthDate, Same: same, Box: f.Box}}}
	if !same {
		c.Outcome, c.Reason = Review, "birth-date.differs"
	}
	return c
}
