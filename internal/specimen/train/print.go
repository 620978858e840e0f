package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// sample is one cell with what it shows.
type sample struct {
	cell  [glyph.Width * glyph.Height]float32
	class int
}

const (
	chars     = 44
	fine      = 28.0 // pitch at which lines are drawn before they are worn
	margin    = 40.0
	halfPrint = 0.489 // middle of the capital height above the base line, in pitches
)

// printed is a worn line of print and where its characters stand.
type printed struct {
	grey  *glyph.Plane
	text  string
	pitch float64
	x, y  float64 // of the first character
}

// line prints random characters, wears them as paper, scanners and JPEG do,
// and returns the grey picture.
func line(f *specimen.Fonts, ch *specimen.Chance) (printed, error) {
	w, h := int(2*margin+chars*fine), 190
	ink := image.NewAlpha(image.Rect(0, 0, w, h))
	text, base := words(ch), 110.0
	draw := hand(f, ch, ink)
	draw(base, text)
	if spacing := ch.Between(1.9, 2.7) * fine; ch.Unit() < 0.7 {
		draw(base-spacing, words(ch))
		draw(base+spacing, words(ch))
	}
	page := wear(ch, ink)
	// Small pictures are the hard ones: they get the larger share.
	pitch := math.Exp(ch.Between(math.Log(6), math.Log(22)))
	scale := pitch / fine
	page = picture.Resize(page, int(float64(w)*scale+0.5), int(float64(h)*scale+0.5))
	grey, err := camera(ch, page, pitch)
	if err != nil {
		return printed{}, err
	}
	if pitch > 16 { // the reader shrinks, too
		small := glyph.CanonicalPitch / pitch * ch.Between(0.9, 1.1)
		grey = shrink(grey, small)
		pitch *= small
		scale *= small
	}
	p := printed{grey: grey, text: text, pitch: pitch, x: (margin + fine/2) * scale, y: (base - halfPrint*fine) * scale}
	return p, nil
}

// otherFaces is the share of lines in other faces than OCR-B: some offices
// print their zones in what they have.
const otherFaces = 0.22

// hand chooses how the lines of one zone are printed.
func hand(f *specimen.Fonts, ch *specimen.Chance, ink *image.Alpha) func(base float64, text string) {
	if ch.Unit() >= otherFaces {
		sharp := ch.Unit() < 0.35
		return func(base float64, text string) { f.OCR(ink, margin, base, fine, sharp, color.Opaque, text) }
	}
	typeface := int(ch.Between(0, specimen.Typefaces))
	height := 2 * halfPrint * fine * ch.Between(0.9, 1.15)
	return func(base float64, text string) {
		low := base - halfPrint*fine + height/2
		f.Typed(ink, margin, low, fine, height, typeface, color.Opaque, text)
	}
}

func words(ch *specimen.Chance) string {
	var b strings.Builder
	for b.Len() < chars {
		if ch.Unit() < 0.12 {
			b.WriteString(strings.Repeat("<", 1+int(ch.Between(0, 5))))
		} else {
			b.WriteByte(glyph.Alphabet[int(ch.Between(0, float64(len(glyph.Alphabet))))])
		}
	}
	return b.String()[:chars]
}

// wear makes the ink thicker, thinner, uneven, and lays it on paper.
func wear(ch *specimen.Chance, ink *image.Alpha) *image.RGBA {
	w, h := ink.Bounds().Dx(), ink.Bounds().Dy()
	soft := make([]float32, w*h)
	for i := range soft {
		soft[i] = float32(ink.Pix[i]) / 255
	}
	radius := int(ch.Between(1, 3.4))
	boxBlur(soft, w, h, radius)
	threshold, gain := float32(ch.Between(0.2, 0.68)), float32(ch.Between(1.5, 6))
	paper, black := ch.Between(120, 252), ch.Between(0, 95)
	if black > paper-70 {
		black = paper - 70
	}
	texture := pattern(ch, w, h)
	fade, blot := ch.Between(0, 0.35)*ch.Unit(), ch.Between(0.02, 0.25)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m := float64(min(1, max(0, (soft[y*w+x]-threshold)*gain+0.5)))
			m *= 1 - fade*(0.5+0.5*sine(float64(x)*blot+1.7*sine(float64(y)*blot*0.8)))
			ground := paper + texture(x, y)
			v := uint8(min(255, max(0, ground*(1-m)+black*m)))
			o := out.PixOffset(x, y)
			out.Pix[o], out.Pix[o+1], out.Pix[o+2], out.Pix[o+3] = v, v, v, 255
		}
	}
	return out
}

// pattern is the security print behind the line: slopes and waves.
func pattern(ch *specimen.Chance, w, h int) func(x, y int) float64 {
	slope, tilt := ch.Between(-35, 35), ch.Between(-25, 25)
	var strength [3]float64
	var kx, ky, bend [3]float64
	for i := range strength {
		if ch.Unit() < 0.6 {
			strength[i] = ch.Between(0, 22) * ch.Unit()
		}
		kx[i], ky[i], bend[i] = ch.Between(-0.35, 0.35), ch.Between(-0.35, 0.35), ch.Between(0, 4)
	}
	return func(x, y int) float64 {
		v := slope*float64(x)/float64(w) + tilt*float64(y)/float64(h)
		for i := range strength {
			if strength[i] > 0 {
				v += strength[i] * sine(kx[i]*float64(x)+ky[i]*float64(y)+bend[i]*sine(0.02*float64(x)))
			}
		}
		return v
	}
}

// camera blurs, sharpens, adds noise and compresses.
func camera(ch *specimen.Chance, page *image.RGBA, pitch float64) (*glyph.Plane, error) {
	p := glyph.Grey(page)
	if ch.Unit() < 0.75 {
		gauss(p, ch.Between(0, 0.11)*pitch)
	}
	if ch.Unit() < 0.3 {
		sharpen(p, ch.Between(0.3, 1.5))
	}
	noise := ch.Between(0, 9) * ch.Unit()
	img := image.NewGray(image.Rect(0, 0, p.W, p.H))
	for i, v := range p.Pix {
		img.Pix[i] = uint8(min(255, max(0, float64(v)+noise*ch.Normal())))
	}
	if ch.Unit() < 0.8 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: int(ch.Between(35, 96))}); err != nil {
			return nil, err
		}
		back, err := jpeg.Decode(&b)
		if err != nil {
			return nil, err
		}
		draw.Draw(img, img.Bounds(), back, image.Point{}, draw.Src)
	}
	for i, v := range img.Pix {
		p.Pix[i] = float32(v)
	}
	if ch.Unit() < 0.12 {
		binarise(p, ch.Between(0.35, 0.65))
	}
	return p, nil
}

// binarise makes a picture black and white, as copiers and old scanners do;
// share is where the limit lies between the darkest and the lightest.
func binarise(p *glyph.Plane, share float64) {
	low, high := slices.Min(p.Pix), slices.Max(p.Pix)
	limit := low + float32(share)*(high-low)
	for i, v := range p.Pix {
		p.Pix[i] = 0
		if v > limit {
			p.Pix[i] = 255
		}
	}
}

func shrink(p *glyph.Plane, f float64) *glyph.Plane {
	img := image.NewRGBA(image.Rect(0, 0, p.W, p.H))
	for i, v := range p.Pix {
		img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3] = uint8(v), uint8(v), uint8(v), 255
	}
	return glyph.Grey(picture.Resize(img, int(float64(p.W)*f+0.5), int(float64(p.H)*f+0.5)))
}

// cells cuts the line into samples, each a little off as the reader's grid is.
func (p printed) cells(ch *specimen.Chance, out []sample) []sample {
	for i := range p.text {
		var s sample
		s.class = strings.IndexByte(glyph.Alphabet, p.text[i])
		at := p.place(ch, float64(i)+ch.Between(-0.19, 0.19), ch.Between(-0.19, 0.19))
		if ch.Unit() < 0.12 {
			s.class = glyph.None
			switch kind := ch.Unit(); {
			case kind < 0.45: // between two characters
				at = p.place(ch, float64(i)+ch.Between(0.42, 0.58), ch.Between(-0.1, 0.1))
			case kind < 0.65: // half a line off
				at = p.place(ch, float64(i), math.Copysign(ch.Between(0.65, 1.1), ch.Between(-1, 1)))
			case kind < 0.75: // beside the line
				at = p.place(ch, -1.4-ch.Unit(), ch.Between(-0.2, 0.2))
			case strings.IndexByte("<1234567ABCDEFGJKLPQRTUVY", p.text[i]) >= 0: // upside down
				at.UX, at.UY, at.VX, at.VY = -at.UX, -at.UY, -at.VX, -at.VY
			default:
				at = p.place(ch, float64(i)+0.5, 0)
			}
		}
		glyph.Cut(p.grey, at, &s.cell)
		out = append(out, s)
	}
	return out
}

// place is character i, dy pitches below its middle, seen by a grid that is a
// little askew, too wide or too tall.
func (p printed) place(ch *specimen.Chance, i, dy float64) glyph.Place {
	a, shear := ch.Normal()*0.02, ch.Normal()*0.035
	u := p.pitch * ch.Between(0.95, 1.05)
	v := p.pitch * ch.Between(0.87, 1.15)
	return glyph.Place{X: p.x + i*p.pitch, Y: p.y + dy*p.pitch,
		UX: u * math.Cos(a), UY: u * math.Sin(a), VX: -v * math.Sin(a+shear), VY: v * math.Cos(a+shear)}
}
