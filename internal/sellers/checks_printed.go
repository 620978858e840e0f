package sellers

import (
	"errors"
	"fmt"
	"image"
	"strings"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/ocr"
)

// Reason codes of the check of print against zone.
const (
	reasonNoLayout     = "printed.no-layout"
	reasonPrintUnread  = "printed.unread"
	reasonPrintDiffers = "printed.differs"
)

// zoneFields are the parts of a layout that the zone has as well.
var zoneFields = map[printed.Part]FieldName{
	printed.FamilyName: FieldFamilyName, printed.GivenNames: FieldGivenNames, printed.BirthDate: FieldBirthDate,
	printed.Number: FieldNumber, printed.Expiry: FieldExpiry,
}

// checkPrinted holds the print of the document against its zone, where a layout
// says what stands where: who changes one often forgets the other. Print on a
// patterned ground is easily misread, so what differs is for a person to see.
func (r *run) checkPrinted() (Check, error) {
	switch {
	case r.best == nil:
		c, _ := r.unread()
		return Check{Outcome: NotRun, Reason: c.Reason}, nil
	case r.s.print == nil || r.s.documents == nil:
		return Check{Outcome: NotRun, Reason: reasonEngine}, nil
	}
	for _, e := range r.evidence {
		if e.ID != r.best.evidenceID {
			continue
		}
		imgs, err := r.pictures([]Evidence{e})
		if err != nil {
			return Check{}, err
		}
		got, err := r.s.documents.Read(imgs[0])
		if errors.Is(err, document.ErrNoZone) {
			return Check{Outcome: NotRun, Reason: reasonUnread}, nil
		}
		if err != nil {
			return Check{}, fmt.Errorf("read document: %w", err)
		}
		layout, fits, err := r.s.layoutFor(r.ctx, got)
		if err != nil {
			return Check{}, err
		}
		if !fits || got.Turns != 0 {
			return Check{Outcome: NotRun, Reason: reasonNoLayout}, nil
		}
		return r.comparePrint(e, imgs[0], layout, got)
	}
	return Check{Outcome: NotRun, Reason: reasonUnread}, nil
}

func (r *run) comparePrint(e Evidence, img *image.RGBA, layout printed.Layout, got document.Reading) (Check, error) {
	c := Check{Outcome: NotRun, Reason: reasonPrintUnread}
	page := got.Page()
	for _, region := range layout.Regions {
		zone := r.fields[zoneFields[region.Part]].Read
		if !region.Part.Text() || zone == "" {
			continue
		}
		said, err := r.readRegion(region, img, got)
		if err != nil {
			return Check{}, err
		}
		verdict := printed.Compare(region.Part, said, zone)
		if verdict == printed.Unread {
			continue
		}
		line := Compared{What: "print-" + string(region.Part), Left: said, Right: zone, Same: verdict != printed.Differs,
			Box: boxOf(region.Place(page)).within(img.Rect), Evidence: e.ID}
		switch {
		case verdict == printed.Differs:
			c.Outcome, c.Reason = Review, reasonPrintDiffers
		case c.Outcome == NotRun:
			c.Outcome, c.Reason = Pass, ""
		}
		if line.Same {
			line.Left = zone
		}
		c.Compared = append(c.Compared, line)
	}
	return c, nil
}

func (r *run) readRegion(region printed.Region, img *image.RGBA, got document.Reading) (string, error) {
	cut, err := region.Cut(img, got.Page())
	if err != nil {
		return "", nil // a region that the picture does not hold is not read
	}
	words, err := r.s.print.Read(r.ctx, cut, ocr.Block)
	if errors.Is(err, ocr.ErrTooLarge) || errors.Is(err, ocr.ErrFailed) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var lines []string
	for _, l := range words.Lines {
		lines = append(lines, l.Text())
	}
	return strings.Join(lines, " "), nil
}
