package demo

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"os"
	"path/filepath"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
)

// Finder finds faces; face.Engine is one.
type Finder interface {
	Find(img *image.RGBA) ([]face.Face, error)
}

// Portrait is one person's head and shoulders.
type Portrait struct {
	Image *image.RGBA
	Face  face.Face // in Image
	Base  float64   // how far the head is drawn turned to look straight, degrees
	Swing float64   // how far from there for a prompt, degrees
}

// sitting is a face in one of the photographs that come with face-api: where
// its centre is and how it must be drawn turned so that the engine sees turns
// of 15 degrees to both sides. The values were found by trying.
type sitting struct {
	photograph  string
	x, y        float64
	base, swing float64
}

// sittings has those first whose turns are seen most clearly; the last ones
// look too far aside for a capture and serve as portraits on documents.
var sittings = []sitting{
	{"sample5.jpg", 1199, 365, 12, 21},
	{"sample3.jpg", 1160, 392, 9, 21},
	{"sample6.jpg", 350, 660, -9, 24},
	{"sample3.jpg", 681, 503, 12, 21},
	{"sample5.jpg", 472, 1048, -9, 24},
	{"sample6.jpg", 1250, 490, -12, 24},
	{"sample6.jpg", 1577, 457, 0, 24},
	{"sample4.jpg", 751, 216, 12, 24},
	{"sample3.jpg", 1587, 471, -6, 24},
}

// clear is how many of the sittings serve for captures.
const clear = 6

// frameSize is the size of a capture's frames, that of a plain webcam.
var frameSize = image.Pt(640, 480)

// Portraits cuts head and shoulders of the demo's people out of the photographs
// in dir, the folder "demo" of the npm package @vladmandic/face-api.
func Portraits(dir string, faces Finder) ([]Portrait, error) {
	photographs := map[string]*image.RGBA{}
	var out []Portrait
	for _, s := range sittings {
		if photographs[s.photograph] == nil {
			raw, err := os.ReadFile(filepath.Join(dir, s.photograph))
			if err != nil {
				return nil, fmt.Errorf("the demo's photographs come with npm: run `npm install`, or name their folder with -faces: %w", err)
			}
			p, err := picture.Decode(raw, picture.DefaultLimits)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.photograph, err)
			}
			photographs[s.photograph] = p.RGBA
		}
		portrait, err := s.cut(photographs[s.photograph], faces)
		if err != nil {
			return nil, err
		}
		out = append(out, portrait)
	}
	return out, nil
}

// cut takes the largest face of the cut around the sitting's place.
func (s sitting) cut(img *image.RGBA, faces Finder) (Portrait, error) {
	found, err := faces.Find(img)
	if err != nil {
		return Portrait{}, err
	}
	for _, f := range found {
		if math.Hypot(f.Box.X+f.Box.Width/2-s.x, f.Box.Y+f.Box.Height/2-s.y) > 40 {
			continue
		}
		cut := crop(img, around(f.Box).Intersect(img.Bounds()))
		alone, err := faces.Find(cut)
		if err != nil {
			return Portrait{}, err
		}
		if len(alone) > 0 {
			return Portrait{Image: cut, Face: alone[0], Base: s.base, Swing: s.swing}, nil
		}
	}
	return Portrait{}, fmt.Errorf("no face at %.0f, %.0f of %s: it is not the photograph of the package version in package.json", s.x, s.y, s.photograph)
}

// around is head and shoulders around a face's box, four wide to five high as
// on a document.
func around(b face.Box) image.Rectangle {
	w := b.Width * 1.6
	h := w * 1.25
	x, y := b.X+b.Width/2, b.Y+b.Height*0.52
	return image.Rect(int(x-w/2), int(y-h/2), int(x+w/2), int(y+h/2))
}

func crop(img *image.RGBA, r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	draw.Draw(out, out.Bounds(), img, r.Min, draw.Src)
	return out
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
	return Portrait{Image: room, Face: moved(p.Face, scale, float64(left)), Base: p.Base, Swing: p.Swing}
}

// moved is the face in the picture that was scaled and then shifted right.
func moved(f face.Face, scale, left float64) face.Face {
	f.Box.X, f.Box.Y = f.Box.X*scale+left, f.Box.Y*scale
	f.Box.Width, f.Box.Height = f.Box.Width*scale, f.Box.Height*scale
	for i, l := range f.Landmarks {
		f.Landmarks[i] = face.Point{X: l.X*scale + left, Y: l.Y * scale}
	}
	return f
}
