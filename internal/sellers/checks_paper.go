package sellers

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/bill"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/biometrics/text"
	"truepenny/internal/ocr"
	"truepenny/internal/privacy"
)

// Reason codes of the check of second papers, the gravest first.
const (
	reasonPaperName    = "paper.name"    // the name of the form is not on it
	reasonPaperMoved   = "paper.address" // another address than the form's, or none
	reasonPaperFuture  = "paper.future"
	reasonPaperOld     = "paper.old"
	reasonPaperUndated = "paper.undated"
	reasonPaperUnread  = "paper.unread" // no words could be read
	reasonNoPaper      = "paper.none"
)

var paperReasons = []string{"", reasonPaperUndated, reasonPaperOld, reasonPaperFuture, reasonPaperMoved, reasonPaperName}

// What a line about a paper is about.
const (
	paperIssuer = "paper-issuer"
	paperDate   = "paper-date"
	paperName   = "paper-name"
)

// checkPaper reads the second papers and looks on them for the name and address
// of the form and for a day that is not long ago. The best of several papers
// counts. Print is easily changed, so a match says that the paper fits and not
// that it is genuine; what does not fit is for a person to look at.
func (r *run) checkPaper() (Check, error) {
	var papers []Evidence
	for _, e := range r.evidence {
		if e.Kind == EvidencePaper {
			papers = append(papers, e)
		}
	}
	if len(papers) == 0 {
		return Check{Outcome: NotRun, Reason: reasonNoPaper}, nil
	}
	c, worst := Check{Outcome: NotRun, Reason: reasonPaperUnread}, len(paperReasons)
	for _, e := range papers {
		pages, err := r.printOf(e)
		if errors.Is(err, errNoReader) {
			if worst == len(paperReasons) {
				c.Reason = reasonEngine
			}
			continue
		}
		if err != nil {
			return Check{}, err
		}
		reason, lines := r.judgePaper(e, pages)
		if reason == reasonPaperUnread {
			continue
		}
		c.Compared = append(c.Compared, lines...)
		if grave := slices.Index(paperReasons, reason); grave < worst {
			worst, c.Reason, c.Outcome = grave, reason, Review
		}
	}
	if worst == 0 {
		c.Outcome = Pass
	}
	return c, nil
}

var errNoReader = errors.New("sellers: no part to read print is installed")

// printOf are the words of a paper: those of the PDF file, else those that can be
// read in the picture.
func (r *run) printOf(e Evidence) ([]printedPage, error) {
	var kept paperPrint
	if e.reading != "" {
		plain, err := r.s.openJSON(r.ctx, analyst, r.app.AccountID, []string{e.reading}, privacy.PurposeDocuments, lookAnalysis)
		if err != nil {
			return nil, err
		}
		if body, ok := plain[e.reading]; ok {
			if err := json.Unmarshal(body, &kept); err != nil {
				return nil, fmt.Errorf("print of %s: %w", e.ID, err)
			}
		}
	}
	for _, p := range kept.Pages {
		if len(p.Page.Lines) > 0 {
			return kept.Pages, nil
		}
	}
	if r.s.print == nil {
		return nil, errNoReader
	}
	imgs, err := r.pictures([]Evidence{e})
	if err != nil {
		return nil, err
	}
	if len(kept.Pages) == 0 {
		kept.Pages = []printedPage{{At: Box{0, 0, imgs[0].Rect.Dx(), imgs[0].Rect.Dy()}}}
	}
	for i, p := range kept.Pages {
		part := picture.Crop(imgs[0], image.Rect(p.At.X, p.At.Y, p.At.X+p.At.W, p.At.Y+p.At.H))
		kept.Pages[i].Page, err = r.s.print.Read(r.ctx, part, ocr.Sheet)
		if errors.Is(err, ocr.ErrTooLarge) || errors.Is(err, ocr.ErrFailed) {
			continue // what cannot be read is read by a person
		}
		if err != nil {
			return nil, err
		}
	}
	return kept.Pages, nil
}

// judgePaper holds one paper against the form. The reason is the gravest thing
// that does not fit.
func (r *run) judgePaper(e Evidence, pages []printedPage) (string, []Compared) {
	words := make([]text.Page, len(pages))
	for i, p := range pages {
		words[i] = p.Page
	}
	paper := bill.Open(words)
	if paper.Empty() {
		return reasonPaperUnread, nil
	}
	facts := paper.Facts()
	var out []Compared
	add := func(what, right string, f bill.Fact, same bool, note string) {
		c := Compared{What: what, Left: strings.ReplaceAll(f.Value, "\n", ", "), Right: right, Same: same, Note: note, Evidence: e.ID}
		if f.Value != "" && f.Page < len(pages) {
			c.Box = pages[f.Page].place(f.Box)
		}
		out = append(out, c)
	}
	reasons := []string{""}
	name, fits, note := r.nameOn(paper, facts)
	add(paperName, r.app.GivenNames+" "+r.app.FamilyName, name, fits, note)
	if !fits {
		reasons = append(reasons, reasonPaperName)
	}
	for _, part := range []struct{ what, value string }{{"street", r.app.Address.Line1}, {"postcode", r.app.Address.Postcode}, {"city", r.app.Address.City}} {
		if part.value == "" {
			continue
		}
		f, found := paper.Locate(part.value)
		if !found {
			f = facts.Address
			reasons = append(reasons, reasonPaperMoved)
		}
		add(part.what, part.value, f, found, "")
	}
	reason, oldest := r.dayOf(facts.Date)
	add(paperDate, oldest, facts.Date, reason == "", "")
	if facts.Issuer.Value != "" {
		add(paperIssuer, "", facts.Issuer, true, "")
	}
	reasons = append(reasons, reason)
	gravest := ""
	for _, reason := range reasons {
		if slices.Index(paperReasons, reason) > slices.Index(paperReasons, gravest) {
			gravest = reason
		}
	}
	return gravest, out
}

// nameOn looks for the seller's name, or the business's. One that stands
// somewhere does not count when the paper is clearly sent to somebody else.
func (r *run) nameOn(paper bill.Paper, facts bill.Facts) (f bill.Fact, same bool, note string) {
	first, _, _ := strings.Cut(r.app.GivenNames, " ")
	for _, try := range []struct{ name, note string }{
		{r.app.GivenNames + " " + r.app.FamilyName, nameExact},
		{document.Transliterate(r.app.GivenNames + " " + r.app.FamilyName), nameTransliterated},
		{first + " " + r.app.FamilyName, nameFewer},
		{initial(first) + " " + r.app.FamilyName, nameFewer},
		{r.app.BusinessName, "business"},
	} {
		if strings.TrimSpace(try.name) == "" {
			continue
		}
		if f, found := paper.Locate(try.name); found {
			other := facts.Name.Sure >= 0.9 && facts.Name.Why == bill.ByLabel && !bill.Within(facts.Address.Value, try.name)
			if other {
				return facts.Name, false, ""
			}
			return f, true, try.note
		}
	}
	return facts.Name, false, ""
}

func initial(name string) string {
	for _, letter := range name {
		return string(letter)
	}
	return ""
}

// dayOf judges a paper's day against the policy and says which would be the
// oldest that passes.
func (r *run) dayOf(f bill.Fact) (reason, oldest string) {
	now := r.s.clock.Now()
	oldest = now.AddDate(0, -r.s.Policy.PaperAge, 0).Format(dateFormat)
	switch {
	case f.Value == "":
		return reasonPaperUndated, oldest
	case f.Value > now.AddDate(0, 0, 1).Format(dateFormat): // a day, for other time zones
		return reasonPaperFuture, oldest
	case f.Value < oldest:
		return reasonPaperOld, oldest
	case f.Sure < 0.5:
		return reasonPaperUndated, oldest
	}
	return "", oldest
}
