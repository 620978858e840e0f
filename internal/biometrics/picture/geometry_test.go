package picture

import (
	"image"
	"image/color"
	"testing"
)

func TestResizeKeepsTheMeanWhenShrinking(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 30, 20))
	for y := range 20 {
		for x := range 30 { // one-pixel chequers: sampling would give black or white
			v := uint8(255 * ((x + y) % 2))
			img.Set(x, y, color.RGBA{v, v, v, 255})
		}
	}
	small := Resize(img, 7, 5)
	for y := range 5 {
		for x := range 7 {
			if v := small.RGBAAt(x, y).R; v < 112 || v > 143 {
				t.Errorf("pixel %d,%d is %d, want about 127", x, y, v)
			}
		}
	}
}

func TestResizeByWholeNumbersAveragesBlocks(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 4, 2))
	for i, v := range []uint8{0, 100, 10, 30, 50, 50, 20, 20} {
		img.Set(i%4, i/4, color.RGBA{v, v, v, 255})
	}
	small := Resize(img, 2, 1)
	if a, b := small.RGBAAt(0, 0).R, small.RGBAAt(1, 0).R; a != 50 || b != 20 {
		t.Errorf("got %d and %d, want 50 and 20", a, b)
	}
}

func TestResizeGivesTheAskedSize(t *testing.T) {
	for _, s := range []image.Point{{1, 1}, {48, 32}, {96, 64}, {10, 100}, {100, 10}, {0, -3}} {
		got := Resize(corners(), s.X, s.Y).Bounds().Size()
		if want := (image.Point{max(s.X, 1), max(s.Y, 1)}); got != want {
			t.Errorf("asked %v, got %v", s, got)
		}
	}
	if c := Resize(corners(), 96, 64); where(c) != "rgb." {
		t.Errorf("enlarged corners %s", where(c))
	}
}

func TestRotateByQuarterTurns(t *testing.T) {
	for turns, want := range map[int]string{0: "rgb.", 1: "br.g", 2: ".bgr", 3: "g.rb", 4: "rgb.", -1: "g.rb", 7: "g.rb"} {
		if got := where(Rotate(corners(), turns)); got != want {
			t.Errorf("%d turns: corners %s, want %s", turns, got, want)
		}
	}
}

func TestCropStaysInsideThePicture(t *testing.T) {
	got := Crop(corners(), image.Rect(40, 24, 100, 100)).Bounds()
	if got != image.Rect(0, 0, 8, 8) {
		t.Errorf("bounds %v", got)
	}
	if b := Crop(corners(), image.Rect(100, 100, 200, 200)).Bounds(); !b.Empty() {
		t.Errorf("outside: %v", b)
	}
	// A crop of a sub-picture counts from the same origin as the sub-picture.
	sub := corners().SubImage(image.Rect(32, 0, 48, 16)).(*image.RGBA)
	if c := Crop(sub, image.Rect(32, 0, 40, 8)).RGBAAt(0, 0); c.G != 220 {
		t.Errorf("sub-picture pixel %v", c)
	}
	if c := Rotate(sub, 1).RGBAAt(15, 0); c.G != 220 {
		t.Errorf("rotated sub-picture pixel %v", c)
	}
}

func TestFitNeverEnlarges(t *testing.T) {
	if b := Fit(corners(), 24).Bounds(); b != image.Rect(0, 0, 24, 16) {
		t.Errorf("shrunk to %v", b)
	}
	if b := Fit(corners(), 1000).Bounds(); b != image.Rect(0, 0, 48, 32) {
		t.Errorf("enlarged to %v", b)
	}
}

func TestRectifyLaysATiltedSheetFlat(t *testing.T) {
	sheet, photo := corners(), image.NewRGBA(image.Rect(0, 0, 200, 150))
	quad := Quad{{30, 20}, {170, 40}, {160, 130}, {20, 110}}
	p, err := Project(quad, Box(0, 0, 48, 32))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 150 {
		for x := range 200 {
			if at := p.Apply(Point{float64(x) + 0.5, float64(y) + 0.5}); at.X > 0 && at.X < 48 && at.Y > 0 && at.Y < 32 {
				c := Sample(sheet, at)
				copy(photo.Pix[photo.PixOffset(x, y):], c[:])
			}
		}
	}
	flat, err := Rectify(photo, quad, 48, 32)
	if err != nil {
		t.Fatal(err)
	}
	if where(flat) != "rgb." {
		t.Errorf("corners %s", where(flat))
	}
	if quad.Bounds() != image.Rect(20, 20, 170, 130) {
		t.Errorf("bounds %v", quad.Bounds())
	}
}

func TestRectifyRefusesCornersOnOneLine(t *testing.T) {
	if _, err := Rectify(corners(), Quad{{0, 0}, {10, 0}, {20, 0}, {30, 0}}, 10, 10); err == nil {
		t.Error("a line was taken for a sheet")
	}
}
