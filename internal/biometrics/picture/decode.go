package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// The ways a decode is refused; every error of Decode wraps one of them.
var (
	ErrFormat   = errors.New("picture: not a JPEG, PNG or WebP picture")
	ErrTooLarge = errors.New("picture: too large")
	ErrCorrupt  = errors.New("picture: damaged or incomplete")
)

// Limits bounds what Decode accepts. Pixels and Side are checked against the
// header before any pixel memory is taken.
type Limits struct {
	Bytes  int // length of the file
	Pixels int // width times height
	Side   int // longer side, in pixels
}

// DefaultLimits lets every phone camera of today through.
var DefaultLimits = Limits{Bytes: 15 << 20, Pixels: 40e6, Side: 12000}

// Picture is a decoded upload, upright.
type Picture struct {
	RGBA        *image.RGBA // opaque, origin (0,0), orientation already applied
	Format      string      // "jpeg", "png" or "webp"
	Orientation int         // EXIF value the file carried, 1 to 8; 1 when it carried none
}

type format struct {
	name   string
	config func([]byte) (image.Config, error)
	decode func([]byte) (image.Image, error)
	exif   func([]byte) []byte
}

var (
	jpegFormat = format{"jpeg",
		func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) }, jpegExif}
	pngFormat = format{"png",
		func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) }, pngExif}
	webpFormat = format{"webp",
		func(b []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(b)) },
		func(b []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(b)) }, webpExif}
)

// Decode reads a JPEG, PNG or WebP file. The format is taken from the content
// alone; a name or a declared type plays no part. Transparent parts become
// white. The errors are ErrFormat, ErrTooLarge and ErrCorrupt.
func Decode(data []byte, lim Limits) (*Picture, error) {
	if len(data) > lim.Bytes {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, len(data), lim.Bytes)
	}
	f, ok := sniff(data)
	if !ok {
		return nil, ErrFormat
	}
	cfg, err := f.config(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %s header: %w", ErrCorrupt, f.name, err)
	}
	if err := lim.Check(cfg.Width, cfg.Height); err != nil {
		return nil, err
	}
	img, err := f.decode(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, f.name, err)
	}
	// A decoder that disagrees with its own header must not slip past the limits.
	if err := lim.Check(img.Bounds().Dx(), img.Bounds().Dy()); err != nil {
		return nil, err
	}
	o := orientation(f.exif(data))
	return &Picture{RGBA: orient(RGBA(img), o), Format: f.name, Orientation: o}, nil
}

// Check says whether a picture of this size, as its header gives it, may be decoded.
func (lim Limits) Check(w, h int) error {
	if w <= 0 || h <= 0 {
		return fmt.Errorf("%w: %d x %d pixels", ErrCorrupt, w, h)
	}
	if w > lim.Side || h > lim.Side || w > lim.Pixels/h {
		return fmt.Errorf("%w: %d x %d pixels, at most %d a side and %d in all", ErrTooLarge, w, h, lim.Side, lim.Pixels)
	}
	return nil
}

func sniff(b []byte) (format, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return jpegFormat, true
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return pngFormat, true
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return webpFormat, true
	}
	return format{}, false
}

// RGBA copies any image onto white, origin (0,0).
func RGBA(img image.Image) *image.RGBA {
	b := img.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		draw.Draw(dst, dst.Bounds(), img, b.Min, draw.Src)
		return dst
	}
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), img, b.Min, draw.Over)
	return dst
}

// EncodeJPEG writes the pixels and nothing else: no EXIF, no comment, no
// thumbnail, nothing that an upload carried beside its pixels. Quality is 1 to 100.
func EncodeJPEG(img image.Image, quality int) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("picture: write jpeg: %w", err)
	}
	return out.Bytes(), nil
}
