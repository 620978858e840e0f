package camera

import (
	"fmt"
	"image"
)

// y4m is a film of one picture in YUV4MPEG2, planes of BT.601 in the range of a
// video (16 to 235), colour at half size: what Chromium's fake camera reads.
func y4m(img *image.RGBA) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := fmt.Appendf(make([]byte, 0, w*h*3/2+80), "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\nFRAME\n", w, h, rate)
	at := len(out)
	out = out[:at+w*h*3/2]
	luma, cb, cr := out[at:at+w*h], out[at+w*h:at+w*h*5/4], out[at+w*h*5/4:]
	for y := 0; y < h; y += 2 {
		for x := 0; x < w; x += 2 {
			var r, g, b int
			for i := range 4 {
				px, py := x+i%2, y+i/2
				p := img.Pix[py*img.Stride+4*px:]
				pr, pg, pb := int(p[0]), int(p[1]), int(p[2])
				luma[py*w+px] = uint8((66*pr+129*pg+25*pb+128)>>8 + 16)
				r, g, b = r+pr, g+pg, b+pb
			}
			i := y/2*(w/2) + x/2
			cb[i] = uint8((-38*r-74*g+112*b+512)>>10 + 128)
			cr[i] = uint8((112*r-94*g-18*b+512)>>10 + 128)
		}
	}
	return out
}
