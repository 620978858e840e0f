package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"slices"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/privacy"
)

// portrait is the person's picture on the document, as it is sealed for the face
// match when the document comes in with the consent: a comparison then opens
// nothing that belongs to the documents.
type portrait struct {
	Box   Box       // of the face, on the kept picture of the document
	Face  face.Face // within the cut-out
	JPEG  []byte    // the cut-out
	Ghost *ghost    // the document's second portrait, where it is large enough
}

// ghost is a second, smaller portrait on the document.
type ghost struct {
	Box      Box
	Distance float64 // from the portrait
}

// portraitQuality is the JPEG quality of a cut-out, higher than the document's.
const portraitQuality = 95

// noPortrait is the finding that a document shows no face.
const noPortrait = "document.no-portrait"

// cutPortrait cuts the first face out of a document with some room around it, and
// compares it with the second. nil without a face.
func (s *Service) cutPortrait(img *image.RGBA, faces []face.Face) (*portrait, error) {
	if len(faces) == 0 {
		return nil, nil
	}
	box := faceBox(faces[0].Box, img)
	room := max(box.W, box.H) / 2
	area := image.Rect(box.X-room, box.Y-room, box.X+box.W+room, box.Y+box.H+room).Intersect(img.Rect)
	p := &portrait{Box: box, Face: faces[0]}
	p.Face.Box.X -= float64(area.Min.X)
	p.Face.Box.Y -= float64(area.Min.Y)
	for i := range p.Face.Landmarks {
		p.Face.Landmarks[i].X -= float64(area.Min.X)
		p.Face.Landmarks[i].Y -= float64(area.Min.Y)
	}
	var err error
	if p.JPEG, err = picture.EncodeJPEG(picture.Crop(img, area), portraitQuality); err != nil {
		return nil, err
	}
	if len(faces) > 1 && faces[1].Box.Side() >= face.DefaultLimits.Portrait {
		p.Ghost, err = s.compareGhost(img, faces)
	}
	return p, err
}

// portraitFirst puts the face that lies where the document has its portrait before
// the others, which stay largest first. Where that is not known, or without a face
// there, the largest is the portrait.
func portraitFirst(faces []face.Face, place image.Rectangle) []face.Face {
	for i, f := range faces {
		middle := image.Pt(int(f.Box.X+f.Box.Width/2), int(f.Box.Y+f.Box.Height/2))
		if middle.In(place) {
			return slices.Concat(faces[i:i+1], faces[:i], faces[i+1:])
		}
	}
	return faces
}

// portraitPlace is where a document that was read has its portrait: where an
// administrator's layout says, else where this kind has it. Empty when not known.
func (s *Service) portraitPlace(ctx context.Context, got *document.Reading) (image.Rectangle, error) {
	if got == nil {
		return image.Rectangle{}, nil
	}
	layout, fits, err := s.layoutFor(ctx, *got)
	if err != nil {
		return image.Rectangle{}, err
	}
	for _, region := range layout.Regions {
		if fits && region.Part == printed.Portrait {
			return region.Place(got.Page()).Bounds(), nil
		}
	}
	place, _ := got.Portrait()
	return place, nil
}

func (s *Service) compareGhost(img *image.RGBA, faces []face.Face) (*ghost, error) {
	var described [2]face.Descriptor
	for i := range described {
		var err error
		if described[i], err = s.faces.Describe(img, faces[i]); err != nil {
			return nil, fmt.Errorf("describe portrait: %w", err)
		}
	}
	distance, err := face.Distance(described[0], described[1])
	if err != nil {
		return nil, fmt.Errorf("compare portraits: %w", err)
	}
	return &ghost{Box: faceBox(faces[1].Box, img), Distance: distance}, nil
}

// keepPortrait seals the cut-out when the consent still stands.
func (s *Service) keepPortrait(e *edit, a *addition) error {
	if a.cut == nil || e.app.Road != RoadFace {
		return nil
	}
	consent, _, err := s.consents.CurrentIn(e.tx, e.app.AccountID, privacy.PurposeFace)
	if err != nil || !consent.Counts() {
		return err
	}
	a.evidence.portrait, err = s.sealJSON(e, privacy.PurposeFace, portraitSlot(a.evidence.ID), a.cut)
	return err
}

// loadPortrait opens the sealed cut-out. Only where there is none, because the
// person agreed after the document was in, the document itself is opened. It
// returns the evidence of the front, false when there is none any more, and no
// portrait when it shows no face.
func (r *run) loadPortrait() (front Evidence, p *portrait, found bool, err error) {
	front, found = r.front()
	if !found || r.portrait != nil {
		return front, r.portrait, found, nil
	}
	switch {
	case front.portrait != "":
		r.portrait, err = r.openPortrait(front)
	case slices.Contains(front.Findings, noPortrait):
	default:
		r.portrait, err = r.cutFront(front)
	}
	return front, r.portrait, true, err
}

func (r *run) openPortrait(front Evidence) (*portrait, error) {
	opened, err := r.s.vault.OpenAll(r.ctx, analyst, []string{front.portrait}, privacy.PurposeFace, lookAnalysis)
	if err != nil {
		return nil, err
	}
	p := &portrait{}
	if err := json.Unmarshal(opened[0].Plain, p); err != nil {
		return nil, fmt.Errorf("portrait of %s: %w", front.ID, err)
	}
	return p, nil
}

func (r *run) cutFront(front Evidence) (*portrait, error) {
	images, err := r.pictures([]Evidence{front})
	if err != nil {
		return nil, err
	}
	faces, err := r.s.faces.Find(images[0])
	if err != nil {
		return nil, fmt.Errorf("find portrait: %w", err)
	}
	return r.s.cutPortrait(images[0], faces)
}

// describePortrait gives the descriptor to compare frames with. It lives in the
// run alone.
func (r *run) describePortrait(p *portrait) (face.Descriptor, error) {
	cut, err := picture.Decode(p.JPEG, picture.DefaultLimits)
	if err != nil {
		return face.Descriptor{}, fmt.Errorf("portrait: %w", err)
	}
	d, err := r.s.faces.Describe(cut.RGBA, p.Face)
	if err != nil {
		return face.Descriptor{}, fmt.Errorf("describe portrait: %w", err)
	}
	return d, nil
}
