package document

import (
	"image"
	"math"

	"truepenny/internal/biometrics/picture"
)

// sheet is a document's size and where its portrait usually is, in
// millimetres from its top left corner (Doc 9303 parts 4 to 7). The portrait of a
// TD1 card is on its other side.
type sheet struct {
	w, h     float64
	portrait [4]float64 // left, top, right, bottom
}

var sheets = map[Format]sheet{
	TD1:   {85.6, 54, [4]float64{}},
	TD2:   {105, 74, [4]float64{2, 12, 38, 54}},
	TD3:   {125, 88, [4]float64{2, 12, 44, 66}},
	MRVA:  {120, 80, [4]float64{2, 12, 42, 58}},
	MRVB:  {105, 74, [4]float64{2, 12, 38, 54}},
	IDFRA: {105, 74, [4]float64{2, 12, 38, 54}},
}

// Millimetres: one character, its first one from the left edge, and the middle of the
// last line from the lower edge.
const (
	pitchMM = 2.54
	leftMM  = 7.2
	footMM  = 9.0
)

// Page estimates where the whole document lies from where its zone does. It is
// good to a few per cent on a picture taken from straight above.
func (r Reading) Page() picture.Quad {
	s := sheets[r.MRZ.Format]
	return picture.Quad{r.at(0, 0), r.at(s.w, 0), r.at(s.w, s.h), r.at(0, s.h)}
}

// Portrait is a generous hint where the portrait is, within the picture; ok is
// false when the side with the zone has none (TD1).
func (r Reading) Portrait() (hint image.Rectangle, ok bool) {
	p := sheets[r.MRZ.Format].portrait
	if p == [4]float64{} {
		return image.Rectangle{}, false
	}
	q := picture.Quad{r.at(p[0], p[1]), r.at(p[2], p[1]), r.at(p[2], p[3]), r.at(p[0], p[3])}
	return q.Bounds(), true
}

// at maps a place on the document, in millimetres, to the picture.
func (r Reading) at(x, y float64) picture.Point {
	l, b := layouts[r.MRZ.Format], r.Band
	length := (float64(l.width) + 0.4) * pitchMM // the band reaches 0.7 characters past the outer middles
	ux := (b[1].X - b[0].X + b[2].X - b[3].X) / 2 / length
	uy := (b[1].Y - b[0].Y + b[2].Y - b[3].Y) / 2 / length
	// The band is too thin to tell how the page narrows upwards, so: a right angle.
	dx, dy := x-(leftMM-0.7*pitchMM), y-(sheets[l.format].h-footMM+0.8*pitchMM)
	return picture.Point{X: b[3].X + dx*ux - dy*uy, Y: b[3].Y + dx*uy + dy*ux}
}

// askew is the angle between the print and the nearest side of the picture, in degrees.
func (r Reading) askew() float64 {
	a := math.Atan2(r.Band[1].Y-r.Band[0].Y, r.Band[1].X-r.Band[0].X) * 180 / math.Pi
	return math.Abs(a - 90*math.Round(a/90))
}
