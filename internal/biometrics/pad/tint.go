package pad

import (
	"image"
	"math"
	"time"

	"truepenny/internal/biometrics/mesh"
)

// Tint is the colour of the light on a face in one frame: the means of
// log(R)-log(G) and log(B)-log(G) in linear light.
type Tint struct {
	Face    [2]float64 `json:"face"`    // over the skin
	Ground  [2]float64 `json:"ground"`  // over the background
	Bare    bool       `json:"bare"`    // too little background was seen: Ground is empty
	Bright  float64    `json:"bright"`  // mean linear green of the skin, 0 to 1
	Clipped float64    `json:"clipped"` // share of skin too bright or dark to have a colour
	Pixels  int        `json:"pixels"`  // of skin that counted; 0: nothing was measured
}

// TintAt is a tint with its time since the light part began.
type TintAt struct {
	At   time.Duration `json:"at"`
	Tint Tint          `json:"tint"`
}

// Pixel values between which rounding does no harm to the logarithm and nothing is clipped.
const (
	leastValue = 10
	mostValue  = 250
)

// logs are the logarithms of linear light.
var logs = func() (t [256]float64) {
	for v := range t {
		t[v] = math.Log(math.Max(linear[v], linear[1]))
	}
	return t
}()

// MeasureTint measures skin (the outline at 0.85 without eyes and mouth) and
// background (above the chin, beyond 1.9 outlines).
func MeasureTint(img *image.RGBA, m mesh.Mesh) Tint {
	if !usable(&m) {
		return Tint{Bare: true}
	}
	marks := skin(&m, zero(img), 0.85)
	step := max(1, marks.area.Dx()/110) // ten thousand pixels are plenty
	var face sum
	for y := marks.area.Min.Y; y < marks.area.Max.Y; y += step {
		row := marks.in[(y-marks.area.Min.Y)*marks.area.Dx():]
		for x := marks.area.Min.X; x < marks.area.Max.X; x += step {
			if row[x-marks.area.Min.X] {
				face.add(img.Pix[y*img.Stride+4*x:])
			}
		}
	}
	t := Tint{Bare: true, Pixels: face.n, Face: face.tone()}
	if seen := face.n + face.clipped; seen > 0 {
		t.Clipped = float64(face.clipped) / float64(seen)
	}
	if face.n > 0 {
		t.Bright = face.green / float64(face.n)
	}
	var ground sum
	samples := groundOf(img, &m, &ground)
	if ground.n >= 300 && ground.n*4 >= samples {
		t.Bare, t.Ground = false, ground.tone()
	}
	return t
}

// groundOf adds up the background; it gives the number of all its samples.
func groundOf(img *image.RGBA, m *mesh.Mesh, s *sum) int {
	b := zero(img)
	wide := ringOf(m, ovalRing).scaled(1.9)
	head := newMask(wide.box().Intersect(b))
	head.fill(wide, true)
	low := min(b.Max.Y, int(math.Max(m.Points[chin].Y, 0)))
	step := max(2, b.Dx()/160)
	samples := 0
	for y := 0; y < low; y += step {
		for x := 0; x < b.Max.X; x += step {
			if !head.at(x, y) {
				samples++
				s.add(img.Pix[y*img.Stride+4*x:])
			}
		}
	}
	return samples
}

// sum adds up pixels.
type sum struct {
	n, clipped int
	red, blue  float64
	green      float64
}

func (s *sum) add(p []uint8) {
	r, g, b := p[0], p[1], p[2]
	if min(r, g, b) < leastValue || max(r, g, b) > mostValue {
		s.clipped++
		return
	}
	s.n++
	s.red += logs[r] - logs[g]
	s.blue += logs[b] - logs[g]
	s.green += linear[g]
}

func (s *sum) tone() tone {
	if s.n == 0 {
		return tone{}
	}
	return tone{s.red / float64(s.n), s.blue / float64(s.n)}
}
