package barcode

import (
	"image"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"truepenny/internal/biometrics/document/barcode/pdf417"
	"truepenny/internal/biometrics/picture"
)

// mostCorners is how many marks that may be corners are looked at. The library
// tries all triples of them: of 3,000 for seconds, of as many as fit into a
// picture for minutes and more.
const mostCorners = 300

// readQR finds the QR code of a picture; one, since the library's search for
// several tries all triples of corners, and a picture can be full of them. It
// was written for input that it trusts: what makes it panic is read as no code.
func readQR(img *image.RGBA) (codes []Code) {
	defer func() {
		if recover() != nil {
			codes = nil
		}
	}()
	small := picture.Fit(img, workSide)
	scale := float64(small.Rect.Dx()) / float64(img.Rect.Dx())
	bitmap, err := gozxing.NewBinaryBitmapFromImage(small)
	if err != nil {
		return nil
	}
	corners := 0
	count := gozxing.ResultPointCallback(func(gozxing.ResultPoint) {
		if corners++; corners > mostCorners {
			panic("barcode: more corners than any QR code has")
		}
	})
	r, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_NEED_RESULT_POINT_CALLBACK: count})
	if err != nil {
		return nil
	}
	c := Code{Format: QR, Content: pdf417.Content{Bytes: []byte(r.GetText()), Text: r.GetText()}}
	if p := r.GetResultPoints(); len(p) >= 3 { // finder patterns: bottom left, top left, top right
		at := func(p gozxing.ResultPoint) picture.Point {
			return picture.Point{X: p.GetX() / scale, Y: p.GetY() / scale}
		}
		low, corner, right := at(p[0]), at(p[1]), at(p[2])
		c.Corners = picture.Quad{corner, right, {X: right.X + low.X - corner.X, Y: right.Y + low.Y - corner.Y}, low}
	}
	return []Code{c}
}
