package attack

import (
	"image"
	"math"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/warp"
)

// Bend is how a sheet of paper is held.
type Bend int

const (
	Flat       Bend = iota
	Upright         // bent about the vertical axis, as round a bottle
	Lying           // bent about the horizontal axis
	BentByTurn      // about the vertical axis, the more the further it is turned
)

// Sheet is a printed portrait held up to a camera, moved as its bearer is asked
// to move: a turn turns the sheet, coming closer brings it closer. It cannot
// blink or smile, unless it has holes for eyes.
type Sheet struct {
	// Print is what is printed: head and shoulders, of a person who may blink
	// behind the holes.
	Print *puppet.Puppet
	// Room is what stands behind the sheet, in the camera's size.
	Room *image.RGBA
	// Part of Print's picture that the sheet shows; the whole picture fills the
	// camera, so that no border is seen.
	Part image.Rectangle
	// IO is the distance of the outer eye corners in Print's picture, in pixels.
	IO   float64
	Bend Bend
	// Holes are cut for the eyes, and its bearer blinks behind them.
	Holes bool
}

// zeal is how much further a sheet is turned than a head would be: its face
// hardly seems to turn.
const zeal = 1.8

// curve is how strongly a sheet is bent, in radians per distance of the eyes.
const curve = 30 * math.Pi / 180

// Draw shows the sheet as its bearer answers to a pose.
func (s *Sheet) Draw(pose puppet.Pose) *image.RGBA {
	face := puppet.Pose{}
	if s.Holes {
		face.Lids = pose.Lids
	}
	paper := s.tone(s.Print.Draw(face))
	out := picture.RGBA(s.Room)
	for i := 3; i < len(out.Pix); i += 4 {
		out.Pix[i] = 31 // the room is hardly lit by the page
	}
	const cells = 14
	var at [cells + 1][cells + 1]warp.Point
	for j := range at {
		for i := range at[j] {
			at[j][i] = s.place(pose, float64(i)/cells, float64(j)/cells)
		}
	}
	from := func(i, j int) warp.Point {
		return warp.Point{X: float64(s.Part.Min.X) + float64(i)*float64(s.Part.Dx())/cells, Y: float64(s.Part.Min.Y) + float64(j)*float64(s.Part.Dy())/cells}
	}
	for j := range cells {
		for i := range cells {
			warp.Paint(out, paper, [3]warp.Point{at[j][i], at[j][i+1], at[j+1][i]}, [3]warp.Point{from(i, j), from(i+1, j), from(i, j+1)})
			warp.Paint(out, paper, [3]warp.Point{at[j+1][i+1], at[j][i+1], at[j+1][i]}, [3]warp.Point{from(i+1, j+1), from(i+1, j), from(i, j+1)})
		}
	}
	puppet.Shine(out, pose.Light)
	return warp.Shift(out, pose.X, pose.Y)
}

// place is where a point of the sheet is seen; u and v go over it from 0 to 1.
func (s *Sheet) place(pose puppet.Pose, u, v float64) warp.Point {
	x, y, z := (u-0.5)*float64(s.Part.Dx()), (v-0.5)*float64(s.Part.Dy()), 0.0
	bend := curve / s.IO
	switch s.Bend {
	case Flat:
	case BentByTurn:
		bend *= 1.6 * math.Min(1, math.Abs(pose.Yaw)/20)
		x, z = arc(x, bend)
	case Upright:
		x, z = arc(x, bend)
	case Lying:
		y, z = arc(y, bend)
	}
	yaw, pitch, roll := zeal*pose.Yaw*math.Pi/180, zeal*pose.Pitch*math.Pi/180, pose.Roll*math.Pi/180
	sy, cy := math.Sincos(yaw)
	sp, cp := math.Sincos(pitch)
	sr, cr := math.Sincos(roll)
	x, y = x*cr-y*sr, x*sr+y*cr
	y, z = y*cp+z*sp, -y*sp+z*cp
	x, z = x*cy-z*sy, x*sy+z*cy
	far := 8 * s.IO
	scale := far / (far/(1+pose.Closer) + z)
	middle := s.Part.Min.Add(s.Part.Max)
	return warp.Point{X: float64(middle.X)/2 + x*scale, Y: float64(middle.Y)/2 + y*scale}
}

// arc lays a length along a circle: the sheet's edges go away from the camera.
func arc(length, bend float64) (along, away float64) {
	if bend == 0 {
		return length, 0
	}
	angle := length * bend
	return math.Sin(angle) / bend, (1 - math.Cos(angle)) / bend
}

// tone gives the picture the contrast of a print, the edges of the holes and
// an alpha that lets light fall on all of it.
func (s *Sheet) tone(img *image.RGBA) *image.RGBA {
	for i := 0; i < len(img.Pix); i += 4 {
		for k := range 3 {
			img.Pix[i+k] = uint8(22 + 210*int(img.Pix[i+k])/255)
		}
		img.Pix[i+3] = 255
	}
	if s.Holes {
		for _, e := range s.Print.Eyes() {
			rim(img, e)
		}
	}
	return img
}

// rim darkens the edge of a hole: what lies behind it is in the shadow.
func rim(img *image.RGBA, e puppet.Opening) {
	rx, ry := 0.72*e.Width, 0.5*e.Width
	for y := int(e.Y - 1.3*ry); y <= int(e.Y+1.3*ry); y++ {
		for x := int(e.X - 1.3*rx); x <= int(e.X+1.3*rx); x++ {
			if !image.Pt(x, y).In(img.Rect) {
				continue
			}
			r := math.Hypot((float64(x)-e.X)/rx, (float64(y)-e.Y)/ry)
			dark := 0.82 // behind
			switch {
			case r > 1.08:
				continue
			case r > 0.95:
				dark = 0.5
			}
			o := img.PixOffset(x, y)
			for k := range 3 {
				img.Pix[o+k] = uint8(dark * float64(img.Pix[o+k]))
			}
		}
	}
}
