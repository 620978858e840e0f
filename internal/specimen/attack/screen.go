package attack

import (
	"image"
	"math"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen/puppet"
	"truepenny/internal/specimen/warp"
)

// Screen is a device that plays a film to a camera.
type Screen struct {
	// Area is where the display is seen in the camera's picture; what lies
	// outside is its frame and then the room.
	Area image.Rectangle
	Room *image.RGBA
	// Grid is how many pixels of the display one pixel of the camera covers:
	// below about 0.8 the camera resolves the grid and stripes appear.
	Grid float64
	// Blur is the camera's defocus, pixels.
	Blur float64
	// Angle is how far the device is turned in the picture, degrees.
	Angle float64
	// Bezel is the width of the device's dark frame, pixels.
	Bezel float64
	// Gain and Black are the display's brightness and what it shows for black.
	Gain, Black float64
}

// The four sorts of screens that are measured. A camera in focus resolves the
// grid of a coarse tablet but not that of a phone.
func PhoneSharp(room *image.RGBA) Screen {
	return Screen{image.Rect(118, -60, 522, 540), room, 0.75, 0.3, 2, 14, 0.95, 0.015}
}
func PhoneSoft(room *image.RGBA) Screen {
	return Screen{image.Rect(118, -60, 522, 540), room, 1.9, 1.6, -2, 14, 0.95, 0.02}
}
func TabletSharp(room *image.RGBA) Screen {
	return Screen{image.Rect(-40, -30, 680, 510), room, 0.62, 0.3, 1.2, 20, 0.95, 0.015}
}
func TabletSoft(room *image.RGBA) Screen {
	return Screen{image.Rect(-40, -30, 680, 510), room, 0.9, 1.5, -1.2, 20, 0.95, 0.02}
}

// Show gives what the camera sees when the display shows a frame. X and Y of the
// pose are the hand's sway and Light is what the page sheds; a display reflects
// little of it and outshines it with its own.
func (s Screen) Show(frame *image.RGBA, pose puppet.Pose) *image.RGBA {
	w, h := s.Room.Rect.Dx(), s.Room.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(s.Angle * math.Pi / 180)
	cx, cy := float64(s.Area.Min.X+s.Area.Max.X)/2+pose.X, float64(s.Area.Min.Y+s.Area.Max.Y)/2+pose.Y
	halfW, halfH := float64(s.Area.Dx())/2, float64(s.Area.Dy())/2
	scale := math.Min(float64(frame.Rect.Dx())/float64(s.Area.Dx()), float64(frame.Rect.Dy())/float64(s.Area.Dy()))
	var c [4]uint8
	for y := range h {
		for x := range w {
			dx, dy := float64(x)+0.5-cx, float64(y)+0.5-cy
			u, v := dx*cos+dy*sin, -dx*sin+dy*cos
			o := 4*x + y*out.Stride
			p := out.Pix[o : o+4 : o+4]
			p[3] = 255
			switch {
			case math.Abs(u) < halfW && math.Abs(v) < halfH:
				warp.Sample(frame, float64(frame.Rect.Dx())/2+u*scale, float64(frame.Rect.Dy())/2+v*scale, c[:])
				row := share(v*s.Grid, s.Grid, 0.08, 0.92) / 0.84
				for k := range 3 {
					stripe := 3 * share(u*s.Grid, s.Grid, float64(k)/3, float64(k+1)/3)
					light := s.Gain*puppet.Linear(c[k])*stripe*row + s.Black + 0.008*pose.Light[k]
					p[k] = puppet.Encode(light)
				}
			case math.Abs(u) < halfW+s.Bezel && math.Abs(v) < halfH+s.Bezel:
				p[0], p[1], p[2] = 14, 14, 15
			default:
				copy(p[:3], s.Room.Pix[4*x+y*s.Room.Stride:])
			}
		}
	}
	return blurred(out, s.Blur)
}

// share is how much of a window of the given width around a place is covered by
// the part from lo to hi of every period of 1, relative to the width.
func share(at, width, lo, hi float64) float64 {
	covered := func(t float64) float64 { // from 0 to t
		whole := math.Floor(t)
		return whole*(hi-lo) + math.Min(math.Max(t-whole-lo, 0), hi-lo)
	}
	return (covered(at+width/2) - covered(at-width/2)) / width
}

// blurred spreads every pixel over its neighbours with the deviation given, in
// pixels: [a, 1-2a, a] along rows and columns has the variance 2a.
func blurred(img *image.RGBA, deviation float64) *image.RGBA {
	for left := deviation * deviation; left > 1e-9; left -= 0.5 {
		a := int(256 * math.Min(left, 0.5) / 2)
		img = spread(spread(img, a, 4, img.Rect.Dx(), img.Stride, img.Rect.Dy()), a, img.Stride, img.Rect.Dy(), 4, img.Rect.Dx())
	}
	return img
}

// spread blurs n pixels that lie step bytes apart, in each of the lines.
func spread(img *image.RGBA, a, step, n, line, lines int) *image.RGBA {
	out := picture.RGBA(img)
	for l := range lines {
		base := l * line
		for i := 1; i < n-1; i++ {
			o := base + i*step
			for k := range 3 {
				v := a*(int(img.Pix[o-step+k])+int(img.Pix[o+step+k])) + (256-2*a)*int(img.Pix[o+k])
				out.Pix[o+k] = uint8((v + 128) >> 8)
			}
		}
	}
	return out
}
