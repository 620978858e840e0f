package printed

import (
	"errors"
	"image"
	"slices"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
)

// Part names what stands in a region.
type Part string

const (
	FamilyName Part = "family-name"
	GivenNames Part = "given-names"
	BirthDate  Part = "birth-date"
	Number     Part = "number"
	Expiry     Part = "expiry"
	Portrait   Part = "portrait"
	Ghost      Part = "ghost" // a second, smaller portrait
	Signature  Part = "signature"
)

// Parts lists them in the order pages show them.
var Parts = []Part{FamilyName, GivenNames, BirthDate, Number, Expiry, Portrait, Ghost, Signature}

// Text reports whether a part is print that is read, and not a picture.
func (p Part) Text() bool { return slices.Contains(Parts[:5], p) }

// Region is where a part stands, in shares of the page's width and height from
// its top left. Print has its region around the value, without the label.
type Region struct {
	Part       Part
	X, Y, W, H float64
}

// Layout is how the documents of one issuer are printed on the side that carries
// the zone.
type Layout struct {
	Format  document.Format
	Issuer  string // three letters as the zone has them; "" for any
	Regions []Region
}

// What can be wrong with a layout.
var (
	ErrRegion = errors.New("printed: a region lies outside the page, or is too small")
	ErrPart   = errors.New("printed: no such part, or one twice")
)

// smallest is the least width and height of a region.
const smallest = 0.01

// Check tells whether every region can be on a page.
func (l Layout) Check() error {
	seen := map[Part]bool{}
	for _, r := range l.Regions {
		if !slices.Contains(Parts, r.Part) || seen[r.Part] {
			return ErrPart
		}
		seen[r.Part] = true
		if !(r.X >= 0 && r.Y >= 0 && r.W >= smallest && r.H >= smallest && r.X+r.W <= 1.0001 && r.Y+r.H <= 1.0001) { // also when not a number
			return ErrRegion
		}
	}
	return nil
}

// Fits reports whether a document that was read is one of these.
func (l Layout) Fits(r document.Reading) bool {
	return l.Format == r.MRZ.Format && (l.Issuer == "" || l.Issuer == r.MRZ.IssuingState)
}

// Choose is the layout that fits best: that of the issuer before one for any.
func Choose(list []Layout, r document.Reading) (Layout, bool) {
	best, found := Layout{}, false
	for _, l := range list {
		if l.Fits(r) && (!found || best.Issuer == "" && l.Issuer != "") {
			best, found = l, true
		}
	}
	return best, found
}

// Place is where a region lies in the picture that was read.
func (r Region) Place(page picture.Quad) picture.Quad {
	return picture.Quad{inside(page, r.X, r.Y), inside(page, r.X+r.W, r.Y), inside(page, r.X+r.W, r.Y+r.H), inside(page, r.X, r.Y+r.H)}
}

// inside is the point at shares u, v of a page that lies flat before the camera.
func inside(q picture.Quad, u, v float64) picture.Point {
	mix := func(a, b, c, d float64) float64 { return (a*(1-u)+b*u)*(1-v) + (d*(1-u)+c*u)*v }
	return picture.Point{X: mix(q[0].X, q[1].X, q[2].X, q[3].X), Y: mix(q[0].Y, q[1].Y, q[2].Y, q[3].Y)}
}

const (
	lineHeight = 180 // pixels of a region of print that is cut out: letters are then about 50 high
	room       = 0.6 // of a region's height, above and below: the page is only known to a few per cent
)

// Cut lays a region of print flat, enlarged for reading.
func (r Region) Cut(img *image.RGBA, page picture.Quad) (*image.RGBA, error) {
	m := room * r.H
	wide := Region{r.Part, r.X - m/2, r.Y - m, r.W + m, r.H + 2*m}
	q := wide.Place(page)
	b := q.Bounds()
	if b.Dy() < 1 || b.Dx() < 1 {
		return nil, ErrRegion
	}
	width := min(max(lineHeight*b.Dx()/b.Dy(), lineHeight), 4000)
	return picture.Rectify(img, q, width, lineHeight)
}
