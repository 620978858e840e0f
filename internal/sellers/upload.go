package sellers

import (
	"context"
	"errors"
	"image"
	"slices"
	"strconv"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/errs"
	"truepenny/internal/ids"
	"truepenny/internal/pdf"
	"truepenny/internal/privacy"
)

const (
	keptSide    = 3200 // longest side of a kept document picture, in pixels: a zone of 44 characters then has 50 and more pixels for each
	keptQuality = 92   // JPEG quality of kept pictures
	jpegMIME    = "image/jpeg"
)

// DocumentUpload is one side of an identity document.
type DocumentUpload struct {
	Kind  DocumentKind
	Side  Side
	Bytes []byte // JPEG, PNG or WebP
	Key   string // idempotency key; the same upload sent again is kept once
}

// PaperUpload is a second paper, as a picture or a PDF file.
type PaperUpload struct {
	Kind  PaperKind
	Bytes []byte // JPEG, PNG, WebP or PDF
	Key   string
}

// AddDocument keeps one side of the identity document: decoded by content,
// upright, written anew without metadata, looked over, read and sealed. It
// replaces what stood for that side; another kind of document replaces all
// sides. Errors: TooLarge "picture.too-large", Unsupported "picture.format",
// Invalid "picture.corrupt", Conflict "application.road-missing".
func (s *Service) AddDocument(ctx context.Context, actor audit.Actor, id string, u DocumentUpload) (Evidence, error) {
	if !slices.Contains(u.Kind.Sides(), u.Side) {
		return Evidence{}, errs.New(errs.Invalid, "document.side")
	}
	add := addition{
		kind: EvidenceDocument, bytes: u.Bytes, key: u.Key,
		asked:    fingerprint("document", id, string(u.Kind), string(u.Side), u.Bytes),
		evidence: Evidence{Kind: EvidenceDocument, DocumentKind: u.Kind, Side: u.Side},
	}
	return s.add(ctx, actor, id, add)
}

// AddPaper keeps a second paper for the road on documents, or one that a person
// adds while their case waits; who decides on the case as it was before is told
// that it changed. An application holds a few at most: Conflict "paper.too-many".
// Of a PDF file the drawn pages and the words are kept, never the file; it may be
// Unsupported "paper.format" or "paper.pdf-missing", Invalid "paper.pdf-locked" or
// "paper.pdf-corrupt", TooLarge "paper.pdf-too-large".
func (s *Service) AddPaper(ctx context.Context, actor audit.Actor, id string, u PaperUpload) (Evidence, error) {
	if !slices.Contains(PaperKinds, u.Kind) {
		return Evidence{}, errs.New(errs.Invalid, "paper.kind")
	}
	add := addition{
		kind: EvidencePaper, bytes: u.Bytes, key: u.Key,
		asked:    fingerprint("paper", id, string(u.Kind), "", u.Bytes),
		evidence: Evidence{Kind: EvidencePaper, PaperKind: u.Kind},
	}
	return s.add(ctx, actor, id, add)
}

// addition is one upload on its way into an application.
type addition struct {
	kind     EvidenceKind
	bytes    []byte
	key      string
	asked    string // fingerprint of the request
	evidence Evidence
	img      *image.RGBA
	jpeg     []byte
	reading  *reading
	print    *paperPrint // of a PDF file: its pages and their words
	portrait bool        // whether a face may be looked for: on the face road only
	cut      *portrait   // the face that was found
}

func (s *Service) add(ctx context.Context, actor audit.Actor, id string, a addition) (Evidence, error) {
	app, err := s.own(ctx, actor, id)
	if err != nil {
		return Evidence{}, err
	}
	if !a.taken(app.State) {
		return Evidence{}, errs.New(errs.Conflict, reasonState)
	}
	if before, done, err := s.reply(ctx, app.AccountID, a.key, a.asked); err != nil {
		return Evidence{}, err
	} else if done {
		return s.readEvidence(ctx, app.ID, before)
	}
	if app.Road == NoRoad {
		return Evidence{}, errs.New(errs.Conflict, "application.road-missing")
	}
	if a.portrait, err = s.agreed(ctx, app); err != nil {
		return Evidence{}, err
	}
	if err := s.seated(ctx, func() error { return s.prepare(ctx, &a) }); err != nil {
		return Evidence{}, err
	}
	_, err = s.edit(ctx, actor, app, "application."+string(a.kind)+"-added", "", func(e *edit) error {
		return s.keepAddition(e, &a)
	})
	if errors.Is(err, errTwin) {
		return s.twin(ctx, app, a)
	}
	return a.evidence, err
}

// prepare does the slow work before the transaction.
func (s *Service) prepare(ctx context.Context, a *addition) error {
	err := s.decode(ctx, a)
	if err != nil {
		return err
	}
	if a.jpeg, err = picture.EncodeJPEG(a.img, keptQuality); err != nil {
		return err
	}
	if err := s.look(ctx, a); err != nil {
		return err
	}
	a.evidence.ID = ids.New("evi")
	a.evidence.Width, a.evidence.Height = a.img.Rect.Dx(), a.img.Rect.Dy()
	a.evidence.Bytes = len(a.jpeg)
	return nil
}

// decode makes the picture that is kept.
func (s *Service) decode(ctx context.Context, a *addition) error {
	if a.kind == EvidencePaper && pdf.Is(a.bytes) {
		return s.drawPaper(ctx, a)
	}
	lim := picture.DefaultLimits
	lim.Bytes = s.Policy.UploadBytes
	p, err := picture.Decode(a.bytes, lim)
	if a.kind == EvidencePaper && errors.Is(err, picture.ErrFormat) {
		return errs.Wrap(errs.Unsupported, "paper.format", err)
	}
	if err != nil {
		return pictureError(err)
	}
	a.img = picture.Fit(p.RGBA, keptSide)
	return nil
}

func pictureError(err error) error {
	switch {
	case errors.Is(err, picture.ErrTooLarge):
		return errs.Wrap(errs.TooLarge, "picture.too-large", err)
	case errors.Is(err, picture.ErrFormat):
		return errs.Wrap(errs.Unsupported, "picture.format", err)
	}
	return errs.Wrap(errs.Invalid, "picture.corrupt", err)
}

// taken reports whether an application in this state takes the addition.
func (a addition) taken(state State) bool {
	return state.Editable() || (a.kind == EvidencePaper && state.TakesPapers())
}

func (s *Service) keepAddition(e *edit, a *addition) error {
	if !a.taken(e.app.State) {
		return errs.New(errs.Conflict, reasonState)
	}
	if err := claimKey(e, a.key); err != nil {
		return err
	}
	if err := s.makeRoom(e, a); err != nil {
		return err
	}
	a.evidence.ApplicationID, a.evidence.Round, a.evidence.At = e.app.ID, e.app.Round, e.now
	if e.app.State.Editable() {
		a.evidence.Round++ // it belongs to the sending to come
	}
	var err error
	if a.evidence.item, err = s.seal(e, privacy.PurposeDocuments, pictureSlot(a.evidence.ID), jpegMIME, a.jpeg); err != nil {
		return err
	}
	if a.reading != nil {
		if a.evidence.reading, err = s.sealJSON(e, privacy.PurposeDocuments, readingSlot(a.evidence.ID), a.reading); err != nil {
			return err
		}
	}
	if a.print != nil {
		if a.evidence.reading, err = s.sealJSON(e, privacy.PurposeDocuments, readingSlot(a.evidence.ID), a.print); err != nil {
			return err
		}
	}
	if err := s.keepPortrait(e, a); err != nil {
		return err
	}
	if a.kind == EvidenceDocument {
		e.app.DocumentKind = a.evidence.DocumentKind
	}
	e.details["evidence"], e.details["bytes"] = a.evidence.ID, strconv.Itoa(a.evidence.Bytes)
	a.evidence.KeepUntil = e.now.Add(s.Policy.DraftKept)
	if err := insertEvidence(e.tx, e.app.AccountID, a.evidence); err != nil {
		return err
	}
	return insertReply(e.tx, e.app.AccountID, a.key, a.asked, a.evidence.ID, e.now)
}

// makeRoom removes what the upload replaces, or refuses one paper too many.
func (s *Service) makeRoom(e *edit, a *addition) error {
	all, err := listEvidence(e.tx.DB(), e.app.ID)
	if err != nil {
		return err
	}
	var replaced []Evidence
	papers := 0
	for _, have := range all {
		switch {
		case have.Kind == EvidencePaper:
			papers++
		case a.kind == EvidenceDocument && have.Kind == EvidenceDocument &&
			(have.Side == a.evidence.Side || have.DocumentKind != a.evidence.DocumentKind):
			replaced = append(replaced, have)
		}
	}
	if a.kind == EvidencePaper && papers >= s.Policy.Papers {
		return errs.New(errs.Conflict, "paper.too-many")
	}
	return s.drop(e, replaced)
}

// drop removes evidence together with corrections of what was read from it.
func (s *Service) drop(e *edit, list []Evidence) error {
	for _, gone := range list {
		if gone.reading != "" && gone.Kind == EvidenceDocument {
			if err := s.removeCorrections(e.tx, e.app.ID); err != nil {
				return err
			}
		}
	}
	return s.removeEvidence(e.tx, list)
}

// RemoveEvidence takes a document side or paper back before it is sent.
func (s *Service) RemoveEvidence(ctx context.Context, actor audit.Actor, id, evidenceID string) error {
	app, err := s.ownEditable(ctx, actor, id)
	if err != nil {
		return err
	}
	_, err = s.edit(ctx, actor, app, "application.evidence-removed", "", func(e *edit) error {
		if err := e.editable(); err != nil {
			return err
		}
		item, err := oneEvidence(e.tx.DB(), e.app.ID, evidenceID)
		if err != nil {
			return err
		}
		if item.Kind == EvidenceFrame {
			return errs.New(errs.Invalid, "evidence.frame") // a capture is taken anew or withdrawn as a whole
		}
		e.details["evidence"] = item.ID
		return s.drop(e, []Evidence{item})
	})
	return err
}
