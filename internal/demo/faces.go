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
	"truepenny/internal/specimen"
)

// Finder finds faces; face.Engine is one.
type Finder interface {
	Find(img *image.RGBA) ([]face.Face, error)
}

// Portrait is one person's head and shoulders.
type Portrait struct {
	Image *image.RGBA
	Head  specimen.Head // where the head is in Image
	Base  float64       // how far the head is drawn turned to look straight, degrees
	Swing float64       // how far from there for a prompt, degrees
}

// sitting is a face in one of the photographs that come with face-api: where
// its centre is and how it must be drawn turned so that the engine sees turns
// of 15 degrees to both sides. The values were found by trying.
type sitting struct {
	photograph  string
	x, y        float64
	base, swing float64
}

// sittings has those first whose turns are seen most clearly; the last ones do
// not turn clearly enough for a capture and serve as portraits on documents.
var sittings = []sitting{
	{"sample5.jpg", 1199, 365, 0, 26},
	{"sample3.jpg", 1160, 392, 10, 24},
	{"sample6.jpg", 1577, 457, -4, 24},
	{"sample3.jpg", 681, 503, -2, 26},
	{"sample6.jpg", 350, 660, -4, 26},
	{"sample2.jpg", 1540, 304, 10, 18},
	{"sample5.jpg", 472, 1048, 4, 18},
	{"sample4.jpg", 751, 216, 8, 20},
	{"sample6.jpg", 1250, 490, -10, 26},
	{"sample3.jpg", 1587, 471, -6, 22},
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
			return Portrait{Image: cut, Head: head(alone[0].Box), Base: s.base, Swing: s.swing}, nil
		}
	}
	return Portrait{}, fmt.Errorf("no face at %.0f, %.0f of %s: it is not the photograph of the package version in package.json", s.x, s.y, s.photograph)
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
	return Portrait{Image: room, Base: p.Base, Swing: p.Swing, Head: specimen.Head{
		X: h.X*scale + float64(left), Y: h.Y * scale, HalfWidth: h.HalfWidth * scale, HalfHeight: h.HalfHeight * scale,
	}}
}
