package picture

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// lossyWebP is one red 1x1 WebP picture.
const lossyWebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"

// corners draws a 48x32 picture: red top left, green top right, blue bottom
// left, grey bottom right, in blocks big enough to survive JPEG.
func corners() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			c := color.RGBA{128, 128, 128, 255}
			switch {
			case x < 16 && y < 16:
				c = color.RGBA{220, 0, 0, 255}
			case x >= 32 && y < 16:
				c = color.RGBA{0, 220, 0, 255}
			case x < 16 && y >= 16:
				c = color.RGBA{0, 0, 220, 255}
			}
			img.Set(x, y, c)
		}
	}
	return img
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	b, err := EncodeJPEG(img, 95)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tiffBlock is the smallest TIFF block that carries an orientation.
func tiffBlock(order binary.ByteOrder, value int) []byte {
	b := make([]byte, 26)
	copy(b, "II")
	if order == binary.ByteOrder(binary.BigEndian) {
		copy(b, "MM")
	}
	order.PutUint16(b[2:], 42)
	order.PutUint32(b[4:], 8)
	order.PutUint16(b[8:], 1)
	order.PutUint16(b[10:], 0x0112)
	order.PutUint16(b[12:], 3)
	order.PutUint32(b[14:], 1)
	order.PutUint16(b[18:], uint16(value))
	return b
}

func jpegWithExif(t testing.TB, img image.Image, tiff []byte) []byte {
	plain := asJPEG(t, img)
	body := append([]byte("Exif\x00\x00"), tiff...)
	seg := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
	return bytes.Join([][]byte{plain[:2], seg, body, plain[2:]}, nil)
}

func pngChunk(kind string, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	b = append(append(b, kind...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngHeader(w, h uint32) []byte {
	body := binary.BigEndian.AppendUint32(nil, w)
	body = append(binary.BigEndian.AppendUint32(body, h), 8, 2, 0, 0, 0)
	return append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", body)...)
}

// where names the colour of the four corners: top left, top right, bottom left, bottom right.
func where(img *image.RGBA) string {
	b := img.Bounds()
	var s []byte
	for _, p := range []image.Point{{4, 4}, {b.Dx() - 5, 4}, {4, b.Dy() - 5}, {b.Dx() - 5, b.Dy() - 5}} {
		c := img.RGBAAt(p.X, p.Y)
		switch {
		case c.R > c.G+60 && c.R > c.B+60:
			s = append(s, 'r')
		case c.G > c.R+60:
			s = append(s, 'g')
		case c.B > c.R+60:
			s = append(s, 'b')
		default:
			s = append(s, '.')
		}
	}
	return string(s)
}

func TestDecodeTurnsEveryExifOrientationUpright(t *testing.T) {
	want := map[int]string{1: "rgb.", 2: "gr.b", 3: ".bgr", 4: "b.rg", 5: "rbg.", 6: "br.g", 7: ".gbr", 8: "g.rb"}
	for o, corner := range want {
		tiff := tiffBlock(binary.LittleEndian, o)
		motorola := tiffBlock(binary.BigEndian, o)
		plain := asPNG(t, corners())
		files := map[string][]byte{
			"jpeg":          jpegWithExif(t, corners(), tiff),
			"jpeg motorola": jpegWithExif(t, corners(), motorola),
			"png":           bytes.Join([][]byte{plain[:33], pngChunk("eXIf", motorola), plain[33:]}, nil),
		}
		for name, data := range files {
			p, err := Decode(data, DefaultLimits)
			if err != nil {
				t.Fatalf("%s orientation %d: %v", name, o, err)
			}
			if p.Orientation != o || where(p.RGBA) != corner {
				t.Errorf("%s orientation %d: read %d, corners %s, want %s", name, o, p.Orientation, where(p.RGBA), corner)
			}
		}
	}
}

func TestDecodeReadsEachFormatByContent(t *testing.T) {
	raw, err := base64.StdEncoding.DecodeString(lossyWebP)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"jpeg": asJPEG(t, corners()), "png": asPNG(t, corners()), "webp": raw} {
		p, err := Decode(data, DefaultLimits)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if p.Format != name || p.Orientation != 1 {
			t.Errorf("%s: format %q, orientation %d", name, p.Format, p.Orientation)
		}
	}
}

func TestDecodeMakesTransparentPartsWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	img.Set(1, 0, color.NRGBA{0, 0, 0, 128})
	p, err := Decode(asPNG(t, img), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if c := p.RGBA.RGBAAt(0, 0); c != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("transparent pixel is %v", c)
	}
	if c := p.RGBA.RGBAAt(1, 0); c.A != 255 || c.R < 120 || c.R > 135 {
		t.Errorf("half transparent black is %v", c)
	}
}

func TestDecodeRefuses(t *testing.T) {
	jpg, pic := asJPEG(t, corners()), asPNG(t, corners())
	var gifFile bytes.Buffer
	if err := gif.Encode(&gifFile, corners(), nil); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		data []byte
		lim  Limits
		want error
	}{
		"nothing":                         {nil, DefaultLimits, ErrFormat},
		"a gif":                           {gifFile.Bytes(), DefaultLimits, ErrFormat},
		"a web page":                      {[]byte("<!doctype html><script>1</script>"), DefaultLimits, ErrFormat},
		"svg":                             {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), DefaultLimits, ErrFormat},
		"a pdf":                           {[]byte("%PDF-1.7\n"), DefaultLimits, ErrFormat},
		"a web page in front of a jpeg":   {append([]byte("<html>"), jpg...), DefaultLimits, ErrFormat},
		"a zip in front of a png":         {append([]byte("PK\x03\x04"), pic...), DefaultLimits, ErrFormat},
		"only the start of a jpeg":        {jpg[:3], DefaultLimits, ErrCorrupt},
		"half a jpeg":                     {jpg[:len(jpg)/2], DefaultLimits, ErrCorrupt},
		"half a png":                      {pic[:len(pic)/2], DefaultLimits, ErrCorrupt},
		"a png signature and noise":       {append(append([]byte{}, pic[:8]...), "abcdefghijklmnopqrstuvwxyz"...), DefaultLimits, ErrCorrupt},
		"a webp header alone":             {[]byte("RIFF\x04\x00\x00\x00WEBP"), DefaultLimits, ErrCorrupt},
		"a png of no width":               {pngHeader(0, 10), DefaultLimits, ErrCorrupt},
		"a header of 50,000 x 50,000":     {pngHeader(50000, 50000), DefaultLimits, ErrTooLarge},
		"a header of 2 billion x 1":       {pngHeader(1<<31-1, 1), DefaultLimits, ErrTooLarge},
		"a header of 11,000 x 11,000":     {pngHeader(11000, 11000), DefaultLimits, ErrTooLarge},
		"one byte more than allowed":      {pic, Limits{Bytes: len(pic) - 1, Pixels: 1e6, Side: 1000}, ErrTooLarge},
		"one pixel more than allowed":     {pic, Limits{Bytes: 1e6, Pixels: 48*32 - 1, Side: 1000}, ErrTooLarge},
		"one pixel of side more":          {pic, Limits{Bytes: 1e6, Pixels: 1e6, Side: 47}, ErrTooLarge},
		"a jpeg larger than its own side": {jpg, Limits{Bytes: 1e6, Pixels: 1e6, Side: 47}, ErrTooLarge},
	}
	for name, c := range cases {
		if _, err := Decode(c.data, c.lim); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

func TestDecodeAcceptsExactlyTheLimits(t *testing.T) {
	pic := asPNG(t, corners())
	if _, err := Decode(pic, Limits{Bytes: len(pic), Pixels: 48 * 32, Side: 48}); err != nil {
		t.Error(err)
	}
}

func TestEncodeJPEGDropsEverythingButPixels(t *testing.T) {
	// A picture that is also an archive and carries a place in its EXIF.
	secret := "GPS 52.5163 13.3777"
	data := append(jpegWithExif(t, corners(), append(tiffBlock(binary.LittleEndian, 6), secret...)), "PK\x03\x04<script>"...)
	p, err := Decode(data, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	out := asJPEG(t, p.RGBA)
	for _, rest := range []string{secret, "Exif", "PK\x03\x04", "<script>"} {
		if bytes.Contains(out, []byte(rest)) {
			t.Errorf("%q survived", rest)
		}
	}
	again, err := jpeg.Decode(bytes.NewReader(out))
	if err != nil || where(RGBA(again)) != "br.g" {
		t.Errorf("written picture: %v, corners %s", err, where(RGBA(again)))
	}
}

func TestOrientationOfANonsenseBlockIsUpright(t *testing.T) {
	far := tiffBlock(binary.LittleEndian, 6)
	binary.LittleEndian.PutUint32(far[4:], 1<<32-1)
	for _, b := range [][]byte{nil, []byte("II"), []byte("XXXXXXXXXX"), far, tiffBlock(binary.BigEndian, 9), tiffBlock(binary.LittleEndian, 6)[:12]} {
		if o := orientation(b); o != 1 {
			t.Errorf("%q: orientation %d", b, o)
		}
	}
}

func FuzzDecode(f *testing.F) {
	raw, _ := base64.StdEncoding.DecodeString(lossyWebP)
	f.Add(raw)
	f.Add(asPNG(f, corners()))
	f.Add(jpegWithExif(f, corners(), tiffBlock(binary.BigEndian, 5)))
	f.Add(pngHeader(50000, 50000))
	lim := Limits{Bytes: 1 << 20, Pixels: 1 << 16, Side: 1 << 12}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data, lim)
		if err != nil {
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrCorrupt) {
				t.Fatalf("untyped error: %v", err)
			}
			return
		}
		b := p.RGBA.Bounds()
		if b.Min != (image.Point{}) || b.Dx()*b.Dy() > lim.Pixels || b.Empty() {
			t.Fatalf("bounds %v", b)
		}
	})
}
