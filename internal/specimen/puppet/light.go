package puppet

import (
	"image"
	"math"
)

// behind is the share of a screen's light on the face that reaches the room.
const behind = 0.12

// noteReach writes into the portrait's alpha how much of a screen's light falls
// on a pixel: all on head and shoulders, little on the room.
func (p *Puppet) noteReach() {
	w, h := p.portrait.Rect.Dx(), p.portrait.Rect.Dy()
	nose := p.vertices[bridge]
	for y := range h {
		for x := range w {
			dx, dy := (float64(x)-nose.x)/p.io, (float64(y)-nose.y)/p.io
			head := math.Hypot(dx/1.15, (dy-0.35)/1.6)
			body := 2.0
			if dy > 1.5 {
				body = math.Abs(dx) / (0.9 + 1.2*smooth((dy-1.5)/1.2))
			}
			near := 1 - smooth((math.Min(head, body)-0.9)/0.3)
			p.portrait.Pix[y*p.portrait.Stride+4*x+3] = uint8(255*(behind+(1-behind)*near) + 0.5)
		}
	}
}

// Glow is the light that a screen of one colour adds, for Pose.Light: strength
// is what white adds as a share of the light in the room. A laptop in a lit
// room has 0.05 to 0.15, a phone at a window 0.02.
func Glow(strength float64, colour [3]uint8) [3]float64 {
	var light [3]float64
	for k, v := range colour {
		light[k] = strength * linear[v]
	}
	return light
}

var linear, encoded = curves()

// curves are the sRGB transfer function and its inverse (IEC 61966-2-1), the
// latter in steps of 1/4096.
func curves() (to [256]float64, from [4097]uint8) {
	for i := range to {
		v := float64(i) / 255
		if v <= 0.04045 {
			to[i] = v / 12.92
		} else {
			to[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	for i := range from {
		v := float64(i) / 4096
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		from[i] = uint8(255*v + 0.5)
	}
	return to, from
}

// levels is how finely shine tells how much light reaches a pixel.
const levels = 32

// Shine adds a screen's light where alpha says that it reaches, and makes the
// picture opaque again.
func Shine(img *image.RGBA, light [3]float64) {
	if light == [3]float64{} {
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 255
		}
		return
	}
	var lit [levels][3][256]uint8
	for level := range lit {
		near := (float64(level) + 0.5) / levels
		for k, l := range light {
			for v := range 256 {
				lit[level][k][v] = encoded[int(4096*min(linear[v]*(1+l*near), 1))]
			}
		}
	}
	for i := 0; i+3 < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4 : i+4]
		t := &lit[p[3]/(256/levels)]
		p[0], p[1], p[2], p[3] = t[0][p[0]], t[1][p[1]], t[2][p[2]], 255
	}
}

// Linear is the light that a pixel value stands for, 0 to 1.
func Linear(v uint8) float64 { return linear[v] }

// Encode is the pixel value of an amount of light.
func Encode(light float64) uint8 { return encoded[int(4096*min(max(light, 0), 1))] }
