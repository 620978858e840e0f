package picture

import (
	"image"
	"image/color"
	"testing"
)

func TestBlocksAverageTheirPixelsAndAreBlackOutside(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	for y := range 8 {
		for x := range 8 {
			img.SetRGBA(x, y, color.RGBA{uint8(20 * x), 100, uint8(255 * (y % 2)), 255})
		}
	}
	b := Average(img, Box(0, 0, 8, 8), 2)
	if r, g, blue := b.At(1, 1); r != 50 || g != 100 || blue != 127.5 {
		t.Errorf("the block of columns 2 and 3: %v %v %v", r, g, blue)
	}
	if r, _, _ := b.At(1.5, 1); r != 70 {
		t.Errorf("between two blocks: %v", r)
	}
	if r, g, blue := b.At(-1, 0); r != 0 || g != 0 || blue != 0 {
		t.Errorf("outside: %v %v %v", r, g, blue)
	}
}
