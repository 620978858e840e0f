package face

import (
	"image"
	"math"
)

// qualitySide is the side of the chip that light and sharpness are measured
// on, in pixels: the descriptor's own, so that they speak of what it will see.
const qualitySide = 150

// inner is the part of the chip between brows and lower lip.
var inner = image.Rect(35, 40, 113, 115)

// lightness is the inner face as grey values.
type lightness struct {
	mean, deviation float64
	detail          float64 // root mean square of the Laplacian
}

func luminance(chip planes) lightness {
	n := chip.side * chip.side
	grey := make([]float64, n)
	for i := range grey {
		grey[i] = 0.299*float64(chip.data[i]) + 0.587*float64(chip.data[n+i]) + 0.114*float64(chip.data[2*n+i])
	}
	var sum, squares, detail float64
	for y := inner.Min.Y; y < inner.Max.Y; y++ {
		for x := inner.Min.X; x < inner.Max.X; x++ {
			i := y*chip.side + x
			v := grey[i]
			d := 4*v - grey[i-1] - grey[i+1] - grey[i-chip.side] - grey[i+chip.side]
			sum += v
			squares += v * v
			detail += d * d
		}
	}
	count := float64(inner.Dx() * inner.Dy())
	m := sum / count
	return lightness{m, math.Sqrt(math.Max(0, squares/count-m*m)), math.Sqrt(detail / count)}
}

// pictureLight is the mean luminance of a whole picture, 0 to 255, from at most
// about 10,000 of its pixels.
func pictureLight(img *image.RGBA) float64 {
	b := img.Bounds()
	step := max(1, int(math.Sqrt(float64(b.Dx()*b.Dy())/10000)))
	var sum, n float64
	for y := b.Min.Y; y < b.Max.Y; y += step {
		for x := b.Min.X; x < b.Max.X; x += step {
			p := img.Pix[img.PixOffset(x, y):]
			sum += 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
			n++
		}
	}
	return sum / n
}

// sharpness is the Laplacian's root mean square over the standard deviation of
// the grey values (after the variance-of-Laplacian focus measure, Pech-Pacheco
// et al. 2000). Dividing by the contrast keeps it free of exposure and skin.
// Sharp photographs have 0.18 to 0.95, small sources at the lower end.
func (l lightness) sharpness() float64 {
	if l.deviation < 1 {
		return 0
	}
	return l.detail / l.deviation
}

// spread tells how far landmarks move when the face's box is shifted and
// scaled a little, as a share of the distance between the eyes. The network
// places what it sees at the same spot each time; what is covered it guesses,
// and the guess follows the box.
type spread struct{ eyes, mouth, jaw float64 }

// nudges are shifts and scalings of the box, in shares of its sides.
var nudges = []struct{ x, y, scale float64 }{
	{0.06, 0, 1}, {-0.06, 0, 1}, {0, 0.06, 1}, {0, -0.06, 1}, {0, 0, 1.12}, {0, 0, 0.9},
}

func (e *Engine) spread(img *image.RGBA, f Face) (spread, error) {
	var squares [68]float64
	for _, n := range nudges {
		w, h := f.Box.Width*n.scale, f.Box.Height*n.scale
		marks, err := e.landmarks(img, Box{
			X:     f.Box.X + f.Box.Width*(0.5+n.x) - w/2,
			Y:     f.Box.Y + f.Box.Height*(0.5+n.y) - h/2,
			Width: w, Height: h,
		})
		if err != nil {
			return spread{}, err
		}
		for i, p := range marks {
			d := distance(p, f.Landmarks[i])
			squares[i] += d * d
		}
	}
	eyes := distance(mean(f.Landmarks[36:42]...), mean(f.Landmarks[42:48]...))
	group := func(from, to int) float64 {
		var sum float64
		for _, s := range squares[from:to] {
			sum += s
		}
		return math.Sqrt(sum/float64((to-from)*len(nudges))) / eyes
	}
	return spread{eyes: group(36, 48), mouth: group(48, 68), jaw: group(0, 17)}, nil
}
