package barcode

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"time"
)

// corners is a picture full of the marks that stand in the corners of QR codes,
// of different sizes so that no three are taken at once: without a bound, all
// triples of 6,500 are tried.
func corners() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 1500, 1500))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y, i := 2, 0; y < 1460; y, i = y+36, i+1 {
		for x, k := 2, 0; x < 1460; x, k = x+36, k+1 {
			m := 1 + (i+k)%2
			for j, c := range []color.Color{color.Black, color.White, color.Black} {
				side := (7 - 2*j) * m
				draw.Draw(img, image.Rect(x+j*m, y+j*m, x+j*m+side, y+j*m+side), image.NewUniform(c), image.Point{}, draw.Src)
			}
		}
	}
	return img
}

func TestAPictureFullOfCornersOfQRCodesIsSoonDone(t *testing.T) {
	start := time.Now()
	if codes := readQR(corners()); len(codes) > 0 {
		t.Errorf("read %v", codes)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
}
