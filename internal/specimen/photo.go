package specimen

import (
	"image"
	"math"

	"truepenny/internal/biometrics/picture"
)

// Shot says how a page is photographed. The same shot of the same page gives
// the same pixels.
type Shot struct {
	Seed          uint64
	Width, Height int     // of the photograph; default 1600 x 1200
	Turns         int     // clockwise quarter turns of the page on the desk
	Degrees       float64 // the page lies askew by up to this much, either way
	Perspective   float64 // corners move by up to this share of the page's width
	Fill          float64 // share of the photograph's width or height the page takes; default 0.86
	Blur          float64 // radius in pixels of the photograph
	Noise         float64 // standard deviation in grey levels
	Light         float64 // 1 is daylight, 0.2 is dark; default 1
	Glare         float64 // strength of a lamp's reflection, 0 to 1
	Quality       int     // of the JPEG in between, 1 to 100; default 85
}

// Casual is a hand-held photograph on a desk of the kind people upload.
func Casual(seed uint64) Shot {
	return Shot{Seed: seed, Degrees: 4, Perspective: 0.02, Blur: 0.6, Noise: 4, Light: 0.9}
}

// Photograph lays the page on a desk and takes a picture of it.
func Photograph(page *image.RGBA, s Shot) (*image.RGBA, error) {
	s = s.defaults()
	ch := NewChance(s.Seed)
	page = picture.Rotate(page, s.Turns)
	corners := s.place(ch, page.Bounds().Dx(), page.Bounds().Dy())
	w, h := float64(page.Bounds().Dx()), float64(page.Bounds().Dy())
	toPage, err := picture.Project(corners, picture.Box(0, 0, w, h))
	if err != nil {
		return nil, err
	}
	out := desk(ch, s.Width, s.Height)
	light := s.lamp(ch)
	for y := range s.Height {
		for x := range s.Width {
			o := out.PixOffset(x, y)
			var sum [3]float64
			for _, d := range [4][2]float64{{.25, .25}, {.75, .25}, {.25, .75}, {.75, .75}} {
				c := [4]uint8{out.Pix[o], out.Pix[o+1], out.Pix[o+2]}
				at := toPage.Apply(picture.Point{X: float64(x) + d[0], Y: float64(y) + d[1]})
				if at.X >= 0 && at.X < w && at.Y >= 0 && at.Y < h {
					c = picture.Sample(page, at)
				}
				for k := range sum {
					sum[k] += float64(c[k]) / 4
				}
			}
			gain, shine := light(x, y)
			for k := range sum {
				out.Pix[o+k] = level(sum[k]*gain + shine)
			}
		}
	}
	blur(out, s.Blur)
	for i := range out.Pix {
		if i%4 != 3 {
			out.Pix[i] = level(float64(out.Pix[i]) + s.Noise*ch.Normal())
		}
	}
	return throughJPEG(out, s.Quality)
}

func (s Shot) defaults() Shot {
	if s.Width == 0 || s.Height == 0 {
		s.Width, s.Height = 1600, 1200
	}
	if s.Fill == 0 {
		s.Fill = 0.86
	}
	if s.Light == 0 {
		s.Light = 1
	}
	if s.Quality == 0 {
		s.Quality = 85
	}
	return s
}

// place puts the page's corners into the photograph.
func (s Shot) place(ch *Chance, w, h int) picture.Quad {
	scale := s.Fill * math.Min(float64(s.Width)/float64(w), float64(s.Height)/float64(h))
	angle := ch.Between(-s.Degrees, s.Degrees) * math.Pi / 180
	sin, cos := math.Sincos(angle)
	cx, cy := float64(s.Width)/2, float64(s.Height)/2
	q := picture.Box(-float64(w)/2, -float64(h)/2, float64(w), float64(h))
	shift := s.Perspective * float64(w) * scale
	for i, p := range q {
		q[i] = picture.Point{
			X: cx + scale*(p.X*cos-p.Y*sin) + ch.Between(-shift, shift),
			Y: cy + scale*(p.X*sin+p.Y*cos) + ch.Between(-shift, shift),
		}
	}
	return q
}

// desk is a brown, streaky table top.
func desk(ch *Chance, w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	a, b, c := ch.Between(0.02, 0.05), ch.Between(0.004, 0.009), ch.Between(0, 6)
	for y := range h {
		grain := 10*math.Sin(float64(y)*a+c) + 6*math.Sin(float64(y)*5.1*a)
		for x := range w {
			v := grain + 7*math.Sin(float64(x)*b+float64(y)*a*0.7+c)
			o := img.PixOffset(x, y)
			img.Pix[o], img.Pix[o+1], img.Pix[o+2], img.Pix[o+3] = level(112+v), level(82+0.8*v), level(58+0.6*v), 255
		}
	}
	return img
}

// lamp gives the brightness at a place (a slope across the picture) and what a
// reflection adds.
func (s Shot) lamp(ch *Chance) func(x, y int) (gain, shine float64) {
	dx, dy := ch.Between(-0.12, 0.12), ch.Between(-0.12, 0.12)
	gx, gy := ch.Between(0.3, 0.7)*float64(s.Width), ch.Between(0.35, 0.85)*float64(s.Height)
	radius := 0.13 * float64(s.Width)
	return func(x, y int) (float64, float64) {
		gain := s.Light * (1 + dx*(2*float64(x)/float64(s.Width)-1) + dy*(2*float64(y)/float64(s.Height)-1))
		d := math.Hypot(float64(x)-gx, float64(y)-gy) / radius
		return gain, s.Glare * 330 * math.Exp(-d*d)
	}
}

// blur is a box blur of the given radius, twice, on rows and columns; the
// fraction of the radius weighs the outermost pixels.
func blur(img *image.RGBA, radius float64) {
	if radius <= 0 {
		return
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	for range 2 {
		for y := range h {
			smooth(img.Pix[img.PixOffset(0, y):], w, 4, radius)
		}
		for x := range w {
			smooth(img.Pix[4*x:], h, img.Stride, radius)
		}
	}
}

// smooth blurs one run of n pixels that lie step bytes apart.
func smooth(pix []uint8, n, step int, radius float64) {
	whole := int(radius)
	part := radius - float64(whole)
	line := make([]float64, n)
	at := func(i int) float64 { return line[min(max(i, 0), n-1)] }
	for k := range 3 {
		for i := range line {
			line[i] = float64(pix[i*step+k])
		}
		for i := range line {
			sum := part * (at(i-whole-1) + at(i+whole+1))
			for d := -whole; d <= whole; d++ {
				sum += at(i + d)
			}
			pix[i*step+k] = level(sum / (2*radius + 1))
		}
	}
}

// throughJPEG leaves the traces that a camera's file has.
func throughJPEG(img *image.RGBA, quality int) (*image.RGBA, error) {
	data, err := picture.EncodeJPEG(img, quality)
	if err != nil {
		return nil, err
	}
	p, err := picture.Decode(data, picture.Limits{Bytes: len(data), Pixels: math.MaxInt32, Side: math.MaxInt32})
	if err != nil {
		return nil, err
	}
	return p.RGBA, nil
}

func level(v float64) uint8 { return uint8(math.Min(255, math.Max(0, v+0.5))) }
