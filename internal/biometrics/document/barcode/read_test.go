package barcode

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	maker "github.com/boombuler/barcode"
	"github.com/boombuler/barcode/pdf417"
	"github.com/boombuler/barcode/qr"

	"truepenny/internal/biometrics/picture"
)

// licence is long enough to need many rows; a made-up text.
const licence = "@\n\x1e\rANSI 636000100002DL00410100ZU01410010DLDAQU1234567\nDCSANYDER\nDACAMAIA\nDBB03141989\nDBA05052032\nDAG1 ANYDER QUAY\nDAIAMAROT\nDAJUT\nDAK10001\nDCGUSA\rZUZUASPECIMEN\r"

// printed draws a code with k pixels a module on a wide white page.
func printed(t testing.TB, code maker.Barcode, k int) *image.RGBA {
	t.Helper()
	b := code.Bounds()
	img := image.NewRGBA(image.Rect(0, 0, (b.Dx()+24)*k, (b.Dy()+24)*k))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	for y := range b.Dy() * k {
		for x := range b.Dx() * k {
			img.Set(x+12*k, y+12*k, code.At(x/k, y/k))
		}
	}
	return img
}

func symbol(t testing.TB, text string, level byte) maker.Barcode {
	t.Helper()
	c, err := pdf417.Encode(text, level)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// seen lays the page before a camera: turned by degrees and leaning back.
func seen(t testing.TB, img *image.RGBA, degrees, lean float64) *image.RGBA {
	t.Helper()
	w, h := float64(img.Rect.Dx()), float64(img.Rect.Dy())
	side := math.Hypot(w, h) * 1.1
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	var to picture.Quad
	for i, c := range picture.Box(0, 0, w, h) {
		x, y := c.X-w/2, c.Y-h/2
		x, y = x*cos-y*sin, x*sin+y*cos
		far := 1 + lean*(h/2-y)/side
		to[i] = picture.Point{X: x/far + side/2, Y: y/far + side/2}
	}
	back, err := picture.Project(to, picture.Box(0, 0, w, h))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(image.Rect(0, 0, int(side), int(side)))
	for y := range int(side) {
		for x := range int(side) {
			c := picture.Sample(img, back.Apply(picture.Point{X: float64(x) + 0.5, Y: float64(y) + 0.5}))
			out.SetRGBA(x, y, color.RGBA{c[0], c[1], c[2], 255})
		}
	}
	return out
}

func wantRead(t *testing.T, img *image.RGBA, want string) Code {
	t.Helper()
	codes := Read(img)
	if len(codes) != 1 || codes[0].Content.Text != want {
		t.Fatalf("read %d codes: %+v", len(codes), codes)
	}
	return codes[0]
}

func TestReadFindsACodeAtEveryAngle(t *testing.T) {
	page := printed(t, symbol(t, licence, 4), 4)
	for _, degrees := range []float64{0, 3, 17, 45, 88, 90, 133, 180, 224, 270, 301} {
		t.Run(fmt.Sprint(degrees), func(t *testing.T) { wantRead(t, seen(t, page, degrees, 0), licence) })
	}
}

func TestReadFindsACodeThatLeansBack(t *testing.T) {
	page := printed(t, symbol(t, licence, 4), 4)
	for _, lean := range []float64{-0.4, 0.25, 0.5} {
		wantRead(t, seen(t, page, 7, lean), licence)
	}
}

func TestReadFindsModulesOfOnePixel(t *testing.T) {
	wantRead(t, printed(t, symbol(t, licence, 3), 1), licence)
}

func TestAFarCodeInALargePictureIsRead(t *testing.T) {
	far := picture.Resize(printed(t, symbol(t, licence, 4), 4), 460, 190)
	img := image.NewRGBA(image.Rect(0, 0, 3000, 2000))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{120, 110, 100, 255}), image.Point{}, draw.Src)
	draw.Draw(img, far.Rect.Add(image.Pt(1700, 900)), far, image.Point{}, draw.Src)
	if got := wantRead(t, img, licence); !got.Corners.Bounds().In(image.Rect(1700, 900, 2160, 1090)) {
		t.Errorf("found at %v", got.Corners.Bounds())
	}
}

func TestCornersAreWhereTheCodeWasPrinted(t *testing.T) {
	code := symbol(t, licence, 3)
	got := wantRead(t, printed(t, code, 3), licence)
	want := picture.Box(36, 36, 3*float64(code.Bounds().Dx()), 3*float64(code.Bounds().Dy()))
	for i := range want {
		if math.Hypot(got.Corners[i].X-want[i].X, got.Corners[i].Y-want[i].Y) > 6 {
			t.Errorf("corner %d at %v, want %v", i, got.Corners[i], want[i])
		}
	}
}

func TestDamageIsRepairedAndCounted(t *testing.T) {
	img := printed(t, symbol(t, licence, 5), 3)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	draw.Draw(img, image.Rect(w*2/5, h/3, w*3/5, h*3/5), image.NewUniform(color.RGBA{20, 20, 20, 255}), image.Point{}, draw.Src)
	if got := wantRead(t, img, licence); got.Corrected == 0 {
		t.Error("nothing was counted as corrected")
	}
}

func TestACodeWithoutOneOfItsEndsIsRead(t *testing.T) {
	img := printed(t, symbol(t, licence, 5), 3)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for name, hide := range map[string]image.Rectangle{"start": image.Rect(0, 0, (12+16)*3, h), "stop": image.Rect(w-(12+17)*3, 0, w, h)} {
		cut := image.NewRGBA(img.Rect)
		draw.Draw(cut, cut.Rect, img, image.Point{}, draw.Src)
		draw.Draw(cut, hide, image.White, image.Point{}, draw.Src)
		t.Run("without its "+name, func(t *testing.T) { wantRead(t, cut, licence) })
	}
}

func TestSeveralCodesOfAPictureAreRead(t *testing.T) {
	a, b := printed(t, symbol(t, "first "+licence, 3), 3), printed(t, symbol(t, "second "+licence, 3), 3)
	img := image.NewRGBA(image.Rect(0, 0, max(a.Rect.Dx(), b.Rect.Dx()), a.Rect.Dy()+b.Rect.Dy()))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(img, a.Rect, a, image.Point{}, draw.Src)
	draw.Draw(img, b.Rect.Add(image.Pt(0, a.Rect.Dy())), b, image.Point{}, draw.Src)
	texts := ""
	for _, c := range Read(img) {
		texts += c.Content.Text[:6]
	}
	if !strings.Contains(texts, "first ") || !strings.Contains(texts, "second") || len(texts) != 12 {
		t.Errorf("read %q", texts)
	}
}

func TestTooMuchDamageIsNotReadAtAll(t *testing.T) {
	img := printed(t, symbol(t, licence, 2), 3)
	w, h := img.Rect.Dx(), img.Rect.Dy()
	draw.Draw(img, image.Rect(w/4, h/6, w*3/4, h*5/6), image.Black, image.Point{}, draw.Src)
	if codes := Read(img); len(codes) != 0 {
		t.Errorf("read %+v", codes)
	}
}

func TestPicturesWithoutACodeHaveNone(t *testing.T) {
	stripes := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			stripes.SetRGBA(x, y, color.RGBA{uint8(x * 7 % 256), uint8(x * y % 256), uint8(y * 5 % 256), 255})
		}
	}
	for name, img := range map[string]*image.RGBA{
		"stripes": stripes, "nothing": image.NewRGBA(image.Rect(0, 0, 0, 0)),
		"one pixel": image.NewRGBA(image.Rect(0, 0, 1, 1)), "black": image.NewRGBA(image.Rect(0, 0, 300, 200)),
	} {
		if codes := Read(img); len(codes) != 0 {
			t.Errorf("%s: %+v", name, codes)
		}
	}
}

func TestAQRCodeIsRead(t *testing.T) {
	c, err := qr.Encode("https://truepenny.example/specimen", qr.M, qr.Unicode)
	if err != nil {
		t.Fatal(err)
	}
	got := wantRead(t, seen(t, printed(t, c, 6), 12, 0), "https://truepenny.example/specimen")
	if got.Format != QR || got.Corners.Bounds().Dx() < 50 {
		t.Errorf("%+v", got)
	}
}

func BenchmarkRead(b *testing.B) {
	img := printed(b, symbol(b, licence, 4), 4)
	for b.Loop() {
		if len(Read(img)) != 1 {
			b.Fatal("not read")
		}
	}
}

func FuzzRead(f *testing.F) {
	small := printed(f, symbol(f, "A", 0), 1)
	var seed []byte
	for i := 0; i < len(small.Pix); i += 4 {
		seed = append(seed, small.Pix[i])
	}
	f.Add(seed, small.Rect.Dx())
	f.Fuzz(func(t *testing.T, pixels []byte, w int) {
		if w < 1 || w > 200 || len(pixels) > 4000 {
			return
		}
		img := image.NewRGBA(image.Rect(0, 0, w, len(pixels)/w))
		for i := range w * (len(pixels) / w) {
			img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3] = pixels[i], pixels[i], pixels[i], 255
		}
		for _, c := range Read(img) {
			if len(c.Content.Bytes) > 2710 {
				t.Fatalf("%d bytes from one code", len(c.Content.Bytes))
			}
		}
	})
}
