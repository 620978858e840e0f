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

// shine adds a screen's light where alpha says that it reaches, and makes the
// picture opaque again.
func shine(img *image.RGBA, light [3]float64) {
	dark := light == [3]float64{}
	for i := 0; i < len(img.Pix); i += 4 {
		if !dark {
			near := float64(img.Pix[i+3]) / 255
			for k, l := range light {
				v := linear[img.Pix[i+k]] * (1 + l*near)
				img.Pix[i+k] = encoded[int(4096*min(v, 1))]
			}
		}
		img.Pix[i+3] = 255
	}
}
