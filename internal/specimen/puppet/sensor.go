package puppet

import (
	"image"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// Sensor is a camera's noise: no two frames of a real camera are equal.
type Sensor struct {
	table []int16 // noise in 1/256 grey levels
	draw  *specimen.Chance
	seed  uint64
}

// NewSensor makes a sensor whose noise has this standard deviation in grey
// levels; webcams have 1.5 to 4. The same seed gives the same noise.
func NewSensor(seed uint64, deviation float64) *Sensor {
	s := &Sensor{table: make([]int16, 1<<16), draw: specimen.NewChance(seed), seed: seed}
	for i := range s.table {
		s.table[i] = int16(256 * deviation * s.draw.Normal())
	}
	return s
}

// At is the sensor at one of its frames, with noise of that frame's own: frames
// can then be exposed in any order, side by side.
func (s *Sensor) At(frame int) *Sensor {
	return &Sensor{table: s.table, draw: specimen.NewChance(s.seed ^ uint64(frame+1)<<32), seed: s.seed}
}

// Expose gives the picture with the noise of the next frame. It is not for
// concurrent use.
func (s *Sensor) Expose(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	row := 4 * img.Rect.Dx()
	for y := range img.Rect.Dy() {
		// Every row starts elsewhere in the table: the noise does not repeat.
		at := int(s.draw.Unit() * float64(len(s.table)))
		from, to := img.Pix[y*img.Stride:y*img.Stride+row], out.Pix[y*out.Stride:y*out.Stride+row]
		for i, v := range from {
			if i&3 == 3 {
				to[i] = 255
				continue
			}
			n := (int(v)<<8 + int(s.table[(at+i)&(1<<16-1)]) + 128) >> 8
			to[i] = uint8(min(max(n, 0), 255))
		}
	}
	return out
}

// JPEG is the frame as a page would send it, at quality 1 to 100.
func (s *Sensor) JPEG(img *image.RGBA, quality int) ([]byte, error) {
	return picture.EncodeJPEG(s.Expose(img), quality)
}
