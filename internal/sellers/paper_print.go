package sellers

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"

	"truepenny/internal/biometrics/text"
	"truepenny/internal/errs"
	"truepenny/internal/pdf"
)

const (
	pageSide = 1900 // longer side of a drawn page, in pixels: A4 at 160 dots an inch
	pageGap  = 24   // between the pages of one picture, in pixels
)

// paperPrint is what is sealed of a PDF file beside the picture of its pages.
type paperPrint struct {
	Pages []printedPage
}

// printedPage is where a page lies in the kept picture, and its words.
type printedPage struct {
	At   Box
	Page text.Page
}

// drawPaper makes one picture of a PDF file's first pages, one under the other,
// and takes its words. The file itself is not kept and never handed out: it may
// hold scripts, links and what was covered on it.
func (s *Service) drawPaper(ctx context.Context, a *addition) error {
	if s.pdfs == nil {
		return errs.New(errs.Unsupported, "paper.pdf-missing")
	}
	if len(a.bytes) > s.Policy.UploadBytes {
		return errs.New(errs.TooLarge, "paper.pdf-too-large")
	}
	pages, err := s.pdfs.Read(ctx, a.bytes)
	if err == nil && len(pages) == 0 {
		err = pdf.ErrCorrupt
	}
	if err != nil {
		return pdfError(err)
	}
	if len(pages) > s.Policy.PaperPages {
		pages = pages[:s.Policy.PaperPages]
		a.evidence.Findings = append(a.evidence.Findings, "paper.more-pages")
	}
	var drawn []*image.RGBA
	for i := range pages {
		img, err := s.pdfs.Draw(ctx, a.bytes, i+1, pageSide)
		if err != nil {
			return pdfError(err)
		}
		drawn = append(drawn, img)
	}
	a.print = &paperPrint{}
	a.img = a.print.stack(pages, drawn)
	return nil
}

// stack lays the drawn pages under each other on grey and notes where each lies.
func (p *paperPrint) stack(pages []text.Page, drawn []*image.RGBA) *image.RGBA {
	width, height := 0, pageGap*(len(drawn)-1)
	for _, img := range drawn {
		width, height = max(width, img.Rect.Dx()), height+img.Rect.Dy()
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(out, out.Rect, image.NewUniform(color.Gray{Y: 0x80}), image.Point{}, draw.Src)
	y := 0
	for i, img := range drawn {
		at := img.Rect.Add(image.Pt((width-img.Rect.Dx())/2, y))
		draw.Draw(out, at, img, image.Point{}, draw.Src)
		p.Pages = append(p.Pages, printedPage{Box{at.Min.X, at.Min.Y, at.Dx(), at.Dy()}, pages[i]})
		y = at.Max.Y + pageGap
	}
	return out
}

func pdfError(err error) error {
	switch {
	case errors.Is(err, pdf.ErrLocked):
		return errs.Wrap(errs.Invalid, "paper.pdf-locked", err)
	case errors.Is(err, pdf.ErrTooLarge):
		return errs.Wrap(errs.TooLarge, "paper.pdf-too-large", err)
	case errors.Is(err, pdf.ErrMissing):
		return errs.Wrap(errs.Unsupported, "paper.pdf-missing", err)
	case errors.Is(err, pdf.ErrFormat), errors.Is(err, pdf.ErrCorrupt):
		return errs.Wrap(errs.Invalid, "paper.pdf-corrupt", err)
	}
	return err
}

// place is a place on the page in pixels of the kept picture, with a little room
// around it so that a frame covers no letter.
func (p printedPage) place(b text.Box) Box {
	w, h := float64(p.At.W), float64(p.At.H)
	room := int(w / 200)
	framed := Box{p.At.X + int(b.X*w) - room, p.At.Y + int(b.Y*h) - room, int(b.W*w) + 2*room, int(b.H*h) + 2*room}
	return framed.within(image.Rect(p.At.X, p.At.Y, p.At.X+p.At.W, p.At.Y+p.At.H))
}
