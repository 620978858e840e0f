package specimen

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"

	"truepenny/internal/biometrics/picture"
)

var (
	ink    = color.RGBA{28, 30, 38, 255}
	faded  = color.RGBA{92, 98, 112, 255}
	red    = color.RGBA{176, 32, 40, 255}
	offset = color.RGBA{252, 252, 249, 255}
)

// page is a sheet being drawn.
type page struct {
	*image.RGBA
	fonts *Fonts
}

func newPage(f *Fonts, w, h int, paper color.Color) *page {
	p := &page{image.NewRGBA(image.Rect(0, 0, w, h)), f}
	draw.Draw(p.RGBA, p.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	return p
}

// guilloche covers r with families of fine interlaced waves in two tints.
func (p *page) guilloche(r image.Rectangle, a, b color.RGBA, seed uint64) {
	ch := NewChance(seed)
	for family := range 3 {
		tint := a
		if family == 1 {
			tint = b
		}
		amp, length := ch.Between(14, 34), ch.Between(150, 330)
		amp2, length2, phase := ch.Between(5, 12), ch.Between(40, 90), ch.Between(0, 6)
		for k := 0; ; k++ {
			base := float64(r.Min.Y) - 50 + 15*float64(k)
			if base > float64(r.Max.Y)+50 {
				break
			}
			p.curve(r, tint, func(x float64) float64 {
				return base + amp*math.Sin(x/length*2*math.Pi+phase+0.13*float64(k)) + amp2*math.Sin(x/length2*2*math.Pi-phase)
			})
		}
	}
}

// curve draws y(x) about 1.3 pixels thick, inside r.
func (p *page) curve(r image.Rectangle, c color.RGBA, y func(x float64) float64) {
	for x := r.Min.X; x < r.Max.X; x++ {
		at := y(float64(x))
		steep := math.Abs(y(float64(x)+0.5) - y(float64(x)-0.5))
		reach := 0.65 * math.Hypot(1, steep)
		for yy := int(at - reach - 1); yy <= int(at+reach+1); yy++ {
			if yy < r.Min.Y || yy >= r.Max.Y {
				continue
			}
			cover := math.Min(1, math.Max(0, reach+0.5-math.Abs(float64(yy)+0.5-at)))
			p.blend(x, yy, c, cover)
		}
	}
}

func (p *page) blend(x, y int, c color.RGBA, cover float64) {
	o := p.PixOffset(x, y)
	for k, v := range [3]uint8{c.R, c.G, c.B} {
		p.Pix[o+k] = uint8(float64(p.Pix[o+k])*(1-cover) + float64(v)*cover + 0.5)
	}
}

func (p *page) fill(r image.Rectangle, c color.Color) {
	draw.Draw(p.RGBA, r, image.NewUniform(c), image.Point{}, draw.Over)
}

// field prints a small label and, under it, the value.
func (p *page) field(x, y float64, label, value string) {
	p.fonts.text(p.RGBA, p.fonts.regular, 15, x, y, faded, label)
	p.fonts.text(p.RGBA, p.fonts.bold, 27, x, y+30, ink, value)
}

// portrait prints img, cut to the shape of r around its upper middle, with a
// thin frame.
func (p *page) portrait(img image.Image, r image.Rectangle) {
	src := picture.RGBA(img)
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	cw, chh := w, w*r.Dy()/r.Dx()
	if chh > h {
		cw, chh = h*r.Dx()/r.Dy(), h
	}
	x, y := (w-cw)/2, (h-chh)/4
	cut := picture.Resize(picture.Crop(src, image.Rect(x, y, x+cw, y+chh)), r.Dx(), r.Dy())
	p.fill(r.Inset(-2), faded)
	draw.Draw(p.RGBA, r, cut, image.Point{}, draw.Src)
}

// overprint writes SPECIMEN across r, see-through, rising from left to right.
func (p *page) overprint(r image.Rectangle, c color.RGBA, strength float64) {
	const size = 100
	w := int(p.fonts.width(p.fonts.bold, size, "SPECIMEN"))
	mask := image.NewAlpha(image.Rect(0, 0, w, size))
	p.fonts.text(mask, p.fonts.bold, size, 0, 0.86*size, color.Opaque, "SPECIMEN")
	angle := -0.6 * math.Atan2(float64(r.Dy()), float64(r.Dx()))
	scale := 0.86 * float64(r.Dx()) / float64(w)
	sin, cos := math.Sin(angle)/scale, math.Cos(angle)/scale
	mx, my := float64(r.Min.X+r.Max.X)/2, float64(r.Min.Y+r.Max.Y)/2
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			dx, dy := float64(x)-mx, float64(y)-my
			if a := mask.AlphaAt(int(dx*cos+dy*sin+float64(w)/2), int(-dx*sin+dy*cos+size/2)).A; a > 0 {
				p.blend(x, y, c, strength*float64(a)/255)
			}
		}
	}
}

// signature writes a name slanted and light, as by hand, within a width.
func (p *page) signature(x, y, width float64, name string) {
	size := 34.0
	if w := p.fonts.width(p.fonts.italic, size, name); w > width {
		size *= width / w
	}
	p.fonts.text(p.RGBA, p.fonts.italic, size, x, y, color.RGBA{30, 40, 110, 255}, name)
}

// zone prints the machine-readable lines on a white strip at the foot; pixels
// per millimetre come from the page's real width.
func (p *page) zone(lines []string, widthMM float64) {
	mm := float64(p.Bounds().Dx()) / widthMM
	pitch := 2.54 * mm
	spacing := 6.35 * mm
	if len(lines) == 3 {
		spacing = 5.6 * mm
	}
	h := spacing*float64(len(lines)-1) + 3.2*mm
	left := (float64(p.Bounds().Dx()) - pitch*float64(len(lines[0]))) / 2
	base := float64(p.Bounds().Dy()) - 5.5*mm
	p.fill(image.Rect(0, int(base-h-1.8*mm), p.Bounds().Dx(), p.Bounds().Dy()), offset)
	for i, line := range lines {
		p.fonts.OCR(p.RGBA, left, base-spacing*float64(len(lines)-1-i), pitch, false, ink, line)
	}
}

// paragraph prints lines with an equal step and returns the next base line.
func (p *page) paragraph(size, x, y, step float64, c color.Color, text string) float64 {
	for line := range strings.SplitSeq(text, "\n") {
		p.fonts.text(p.RGBA, p.fonts.regular, size, x, y, c, line)
		y += step
	}
	return y
}
