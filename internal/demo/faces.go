package demo

import (
	"fmt"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"slices"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// Finder finds and judges faces; face.Engine is one.
type Finder interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Assess(img *image.RGBA) (face.Assessment, error)
}

// Portrait is one person's head and shoulders.
type Portrait struct {
	Image *image.RGBA
	Head  specimen.Head // where the head is in Image
}

// frameSize is the size of a capture's frames, that of a plain webcam.
var frameSize = image.Pt(640, 480)

// Portraits cuts head and shoulders of every usable face out of the
// photographs in dir (*.jpg), in the order of file name and place. A face is
// usable when nobody else stands in the cut and nothing is found wrong with it
// but a slight turn, which people at a party have.
func Portraits(dir string, faces Finder) ([]Portrait, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no photographs in %s: run `npm install`, or name the folder with -faces", dir)
	}
	slices.Sort(names)
	var out []Portrait
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		p, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		cut, err := portraitsIn(p.RGBA, faces)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		out = append(out, cut...)
	}
	return out, nil
}

func portraitsIn(img *image.RGBA, faces Finder) ([]Portrait, error) {
	found, err := faces.Find(img)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b face.Face) int { return int(a.Box.X - b.Box.X) })
	var out []Portrait
	for _, f := range found {
		cut := crop(img, around(f.Box).Intersect(img.Bounds()))
		a, err := faces.Assess(cut)
		if err != nil {
			return nil, err
		}
		if usable(a) {
			out = append(out, Portrait{Image: cut, Head: head(a.Faces[0].Box)})
		}
	}
	return out, nil
}

// usable keeps pictures that a person could have sent themselves.
func usable(a face.Assessment) bool {
	for _, f := range a.Findings {
		if f.Reason != face.Turned || f.Value > 1.15*f.Limit {
			return false
		}
	}
	return len(a.Faces) == 1
}

// around is head and shoulders around a face's box, four wide to five high as
// on a document.
func around(b face.Box) image.Rectangle {
	w := b.Width * 1.9
	h := w * 1.25
	x, y := b.X+b.Width/2, b.Y+b.Height*0.62
	return image.Rect(int(x-w/2), int(y-h/2), int(x+w/2), int(y+h/2))
}

func crop(img *image.RGBA, r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Bounds(), img, r.Min, draw.Src)
	return out
}

func head(b face.Box) specimen.Head {
	return specimen.Head{X: b.X + b.Width/2, Y: b.Y + b.Height*0.45, HalfWidth: b.Width * 0.58, HalfHeight: b.Height * 0.8}
}

// Webcam puts the portrait into a plain room as a webcam sees it, so that the
// capture is another picture than the document's portrait.
func (p Portrait) Webcam() Portrait {
	room := image.NewRGBA(image.Rectangle{Max: frameSize})
	for y := range frameSize.Y {
		shade := uint8(196 - 40*y/frameSize.Y)
		for x := range frameSize.X {
			i := room.PixOffset(x, y)
			room.Pix[i], room.Pix[i+1], room.Pix[i+2], room.Pix[i+3] = shade, shade, shade-8, 255
		}
	}
	scale := float64(frameSize.Y) / float64(p.Image.Bounds().Dy())
	w := int(float64(p.Image.Bounds().Dx()) * scale)
	small := picture.Resize(p.Image, w, frameSize.Y)
	left := (frameSize.X - w) / 2
	draw.Draw(room, image.Rect(left, 0, left+w, frameSize.Y), small, image.Point{}, draw.Src)
	h := p.Head
	return Portrait{Image: room, Head: specimen.Head{
		X: h.X*scale + float64(left), Y: h.Y * scale, HalfWidth: h.HalfWidth * scale, HalfHeight: h.HalfHeight * scale,
	}}
}
