package glyph

import (
	"image"
	"math"
)

// A cell is Width x Height values around one character; it spans reachX
// pitches across and reachY pitches down, so its neighbours show at the edges.
const (
	Width  = 20
	Height = 24
	reachX = 1.40
	reachY = 1.68
	// CanonicalPitch is the pitch, in pixels, at which one pixel of the picture
	// is about one value of a cell; pictures with a wider pitch are to be shrunk first.
	CanonicalPitch = Width / reachX
)

// Plane is a grey picture.
type Plane struct {
	W, H int
	Pix  []float32 // 0 black to 255 white, row by row
}

// Grey turns a picture into its luminance (ITU-R BT.601).
func Grey(img *image.RGBA) *Plane {
	b := img.Bounds()
	p := &Plane{W: b.Dx(), H: b.Dy(), Pix: make([]float32, b.Dx()*b.Dy())}
	for y := range p.H {
		row := img.Pix[img.PixOffset(b.Min.X, b.Min.Y+y):]
		out := p.Pix[y*p.W : (y+1)*p.W]
		for x := range out {
			out[x] = 0.299*float32(row[4*x]) + 0.587*float32(row[4*x+1]) + 0.114*float32(row[4*x+2])
		}
	}
	return p
}

// at reads between pixel centres; outside, the border repeats.
func (p *Plane) at(x, y float64) float32 {
	x = math.Min(math.Max(x-0.5, 0), float64(p.W-1))
	y = math.Min(math.Max(y-0.5, 0), float64(p.H-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, p.W-1), min(y0+1, p.H-1)
	fx, fy := float32(x-float64(x0)), float32(y-float64(y0))
	a, b := p.Pix[y0*p.W+x0], p.Pix[y0*p.W+x1]
	c, d := p.Pix[y1*p.W+x0], p.Pix[y1*p.W+x1]
	top, low := a+(b-a)*fx, c+(d-c)*fx
	return top + (low-top)*fy
}

// Place is where a character stands in a picture.
type Place struct {
	X, Y float64 // middle of the capital height
	// (UX,UY) leads to the next character; (VX,VY) is as long and leads down,
	// stretched when the print is taller than OCR-B should be.
	UX, UY, VX, VY float64
}

// Cut fills cell with what stands at a place, brought to mean 0 and deviation
// 1. It returns the deviation in grey levels: near 0 there is no print.
func Cut(p *Plane, at Place, cell *[Width * Height]float32) float64 {
	var sum, squares float64
	i := 0
	for j := range Height {
		b := (float64(j) + 0.5 - Height/2.0) / Height * reachY
		for k := range Width {
			a := (float64(k) + 0.5 - Width/2.0) / Width * reachX
			v := p.at(at.X+a*at.UX+b*at.VX, at.Y+a*at.UY+b*at.VY)
			cell[i] = v
			sum += float64(v)
			squares += float64(v) * float64(v)
			i++
		}
	}
	mean := sum / (Width * Height)
	deviation := math.Sqrt(math.Max(0, squares/(Width*Height)-mean*mean))
	scale := float32(1 / math.Max(deviation, 5)) // do not turn paper into noise
	for i := range cell {
		cell[i] = (cell[i] - float32(mean)) * scale
	}
	return deviation
}

// Ink is how much darker than white it is, on average in grey levels, in the
// middle of a place: the neighbours do not count.
func Ink(p *Plane, at Place) float64 {
	const steps = 7
	sum := 0.0
	for j := range steps {
		b := (float64(j)/(steps-1) - 0.5) * 1.2
		for k := range steps {
			a := (float64(k)/(steps-1) - 0.5) * 0.6
			sum += 255 - float64(p.at(at.X+a*at.UX+b*at.VX, at.Y+a*at.UY+b*at.VY))
		}
	}
	return sum / (steps * steps)
}
