package barcode

import (
	"image"
	"math"
)

// plane is a grey picture; the middle of pixel (x, y) is at (x, y).
type plane struct {
	w, h int
	v    []float32
}

// point is a place on a plane.
type point struct{ x, y float64 }

func (p point) add(q point, by float64) point { return point{p.x + by*q.x, p.y + by*q.y} }
func (p point) sub(q point) point             { return point{p.x - q.x, p.y - q.y} }
func (p point) dot(q point) float64           { return p.x*q.x + p.y*q.y }
func (p point) unit() point                   { l := math.Hypot(p.x, p.y); return point{p.x / l, p.y / l} }

// grey weighs the colours as Rec. 601 does.
func grey(img *image.RGBA) *plane {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	p := &plane{w, h, make([]float32, w*h)}
	for y := range h {
		row := img.Pix[y*img.Stride:]
		for x := range w {
			p.v[y*w+x] = 0.299*float32(row[4*x]) + 0.587*float32(row[4*x+1]) + 0.114*float32(row[4*x+2])
		}
	}
	return p
}

// at reads between pixels; beyond the edge it repeats it.
func (p *plane) at(x, y float64) float64 {
	x, y = min(max(x, 0), float64(p.w-1)), min(max(y, 0), float64(p.h-1))
	ix, iy := min(int(x), max(p.w-2, 0)), min(int(y), max(p.h-2, 0))
	fx, fy := float32(x)-float32(ix), float32(y)-float32(iy)
	right, down := min(1, p.w-1-ix), p.w*min(1, p.h-1-iy)
	i := iy*p.w + ix
	top := p.v[i]*(1-fx) + p.v[i+right]*fx
	low := p.v[i+down]*(1-fx) + p.v[i+down+right]*fx
	return float64(top*(1-fy) + low*fy)
}

func (p *plane) holds(q point) bool {
	return q.x > -1 && q.y > -1 && q.x < float64(p.w) && q.y < float64(p.h)
}

// half averages blocks of two by two: place (x, y) moves to (x/2-1/4, y/2-1/4).
func (p *plane) half() *plane {
	o := &plane{p.w / 2, p.h / 2, make([]float32, p.w/2*(p.h/2))}
	for y := range o.h {
		for x := range o.w {
			i := 2*y*p.w + 2*x
			o.v[y*o.w+x] = (p.v[i] + p.v[i+1] + p.v[i+p.w] + p.v[i+p.w+1]) / 4
		}
	}
	return o
}

// enlarge interpolates k times as many pixels a side, with cubic curves (Keys,
// 1981), which keep more contrast in bars of one pixel than straight lines do.
func (p *plane) enlarge(k int) *plane {
	return p.wider(k).transposed().wider(k).transposed()
}

func (p *plane) wider(k int) *plane {
	o := &plane{p.w * k, p.h, make([]float32, p.w*k*p.h)}
	for j := range k {
		t := float32(j)/float32(k) + 0.5/float32(k) - 0.5 // place within the source pixel, from its middle
		first := -1
		if t < 0 {
			first, t = -2, t+1
		}
		c := keys(t)
		for y := range p.h {
			row := p.v[y*p.w : (y+1)*p.w]
			for x := range row {
				var v float32
				for i := range c {
					v += c[i] * row[min(max(x+first+i, 0), p.w-1)]
				}
				o.v[y*o.w+x*k+j] = v
			}
		}
	}
	return o
}

// keys gives the weights of the pixels at -1, 0, 1 and 2 for place t of 0 to 1.
func keys(t float32) [4]float32 {
	return [4]float32{
		((-0.5*t+1)*t - 0.5) * t, (1.5*t-2.5)*t*t + 1,
		((-1.5*t+2)*t + 0.5) * t, (0.5*t - 0.5) * t * t,
	}
}

func (p *plane) transposed() *plane {
	o := &plane{p.h, p.w, make([]float32, len(p.v))}
	for y := range p.h {
		for x := range p.w {
			o.v[x*p.h+y] = p.v[y*p.w+x]
		}
	}
	return o
}

// surround is the mean brightness around each place, kept for every step-th pixel.
type surround struct {
	step, w, h int
	v          []float32
}

// surround averages squares of 2*reach+1 pixels a side.
func (p *plane) surround(reach int) *surround {
	sum := make([]float64, (p.w+1)*(p.h+1))
	for y := range p.h {
		var row float64
		for x := range p.w {
			row += float64(p.v[y*p.w+x])
			sum[(y+1)*(p.w+1)+x+1] = sum[y*(p.w+1)+x+1] + row
		}
	}
	s := &surround{step: 4, w: p.w/4 + 1, h: p.h/4 + 1}
	s.v = make([]float32, s.w*s.h)
	for y := range s.h {
		y0, y1 := max(4*y-reach, 0), min(4*y+reach+1, p.h)
		for x := range s.w {
			x0, x1 := max(4*x-reach, 0), min(4*x+reach+1, p.w)
			a := sum[y1*(p.w+1)+x1] - sum[y0*(p.w+1)+x1] - sum[y1*(p.w+1)+x0] + sum[y0*(p.w+1)+x0]
			if n := (y1 - y0) * (x1 - x0); n > 0 {
				s.v[y*s.w+x] = float32(a / float64(n))
			}
		}
	}
	return s
}

func (s *surround) at(x, y float64) float64 {
	ix, iy := int(x+2)/s.step, int(y+2)/s.step
	return float64(s.v[min(max(iy, 0), s.h-1)*s.w+min(max(ix, 0), s.w-1)])
}
