package sitter

import (
	"fmt"
	"image"
	"image/draw"
	"math"
	"os"
	"path/filepath"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/puppet"
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

// Clear is how many of the portraits, from the first on, show every gesture so
// that the networks see it.
const Clear = 7

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

// From takes the person in a picture, if there is one who can play: a face at
// least 90 pixels wide, with room around it for hair and shoulders.
func From(img *image.RGBA, faces Finder) (Portrait, bool, error) {
	found, err := faces.Find(img)
	if err != nil || len(found) == 0 {
		return Portrait{}, false, err
	}
	box := found[0].Box
	r := around(box).Intersect(img.Bounds())
	if box.Width < 90 || float64(r.Dx()) < 1.35*box.Width || float64(r.Dy()) < 1.7*box.Width {
		return Portrait{}, false, nil
	}
	cut := crop(img, r)
	alone, err := faces.Find(cut)
	if err != nil || len(alone) == 0 {
		return Portrait{}, false, err
	}
	return Portrait{Image: cut, Face: alone[0]}, true, nil
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

// seam is how many pixels the portrait's sides take to become the room: a hard
// edge would be the edge of a sheet of paper.
const seam = 60

// Webcam puts the portrait into a room as a webcam sees it, so that the capture
// is another picture than the document's portrait. The room goes on as the
// portrait's sides do, out of focus.
func (p Portrait) Webcam() Portrait {
	scale := float64(frameSize.Y) / float64(p.Image.Bounds().Dy())
	w := int(float64(p.Image.Bounds().Dx()) * scale)
	small := picture.Resize(p.Image, w, frameSize.Y)
	left := (frameSize.X - w) / 2
	sides := [2][][3]float64{sideOf(small, 0), sideOf(small, w-sideWidth)}
	room := image.NewRGBA(image.Rectangle{Max: frameSize})
	for y := range frameSize.Y {
		for x := range frameSize.X {
			inside := min(x-left, left+w-1-x) // distance from the portrait's nearer side
			share := min(1, max(0, float64(inside)/seam))
			wall, o := sides[0][y], room.PixOffset(x, y)
			if x > frameSize.X/2 {
				wall = sides[1][y]
			}
			room.Pix[o+3] = 255
			for k := range 3 {
				v := (1 - share) * wall[k]
				if share > 0 {
					v += share * float64(small.Pix[small.PixOffset(x-left, y)+k])
				}
				room.Pix[o+k] = uint8(v + 0.5)
			}
		}
	}
	return Portrait{Image: room, Face: moved(p.Face, scale, float64(left)), Base: p.Base, Swing: p.Swing}
}

const sideWidth = 16

// sideOf gives for each row the mean colour of the columns from x on, smoothed
// over the neighbouring rows.
func sideOf(img *image.RGBA, x int) [][3]float64 {
	rows := make([][3]float64, img.Rect.Dy())
	for y := range rows {
		n := 0.0
		for row := max(0, y-25); row <= min(len(rows)-1, y+25); row += 5 {
			for column := x; column < x+sideWidth; column++ {
				o := img.PixOffset(column, row)
				for k := range 3 {
					rows[y][k] += float64(img.Pix[o+k])
				}
				n++
			}
		}
		for k := range 3 {
			rows[y][k] /= n
		}
	}
	return rows
}

// Fitter fits and measures the face mesh; mesh.Engine is one.
type Fitter interface {
	Fit(img *image.RGBA, f face.Face) (mesh.Mesh, error)
	Signals(img *image.RGBA, m mesh.Mesh) (mesh.Signals, error)
}

// Puppet is the person before a webcam, looking straight and ready to move.
func (p Portrait) Puppet(meshes Fitter) (*puppet.Puppet, error) {
	seat := p.Webcam()
	m, err := meshes.Fit(seat.Image, seat.Face)
	if err != nil {
		return nil, err
	}
	s, err := meshes.Signals(seat.Image, m)
	if err != nil {
		return nil, err
	}
	made := puppet.New(seat.Image, m)
	made.Straighten(s.Yaw, s.Pitch, s.Roll)
	return made, nil
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
