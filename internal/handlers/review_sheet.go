package handlers

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"golang.org/x/image/draw"

	"truepenny/internal/sellers"
)

// The sheet that shows all frames of a capture: cells of one size, row by row.
const (
	sheetColumns = 6
	cellWidth    = 160 // pixels
	cellHeight   = 120
	sheetQuality = 80
)

func sheetRows(frames int) int { return (frames + sheetColumns - 1) / sheetColumns }

// frameSheet draws frames into the cells of one JPEG; each fills its cell, what
// stands over at the sides is cut.
func frameSheet(frames []sellers.Opened) ([]byte, error) {
	sheet := image.NewRGBA(image.Rect(0, 0, sheetColumns*cellWidth, max(sheetRows(len(frames)), 1)*cellHeight))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.Gray{Y: 0x80}), image.Point{}, draw.Src)
	for i, f := range frames {
		img, err := jpeg.Decode(bytes.NewReader(f.Plain))
		if err != nil {
			return nil, fmt.Errorf("frame %d: %w", i, err)
		}
		at := image.Pt(i%sheetColumns*cellWidth, i/sheetColumns*cellHeight)
		draw.ApproxBiLinear.Scale(sheet, image.Rect(0, 0, cellWidth, cellHeight).Add(at), img, filling(img.Bounds()), draw.Src, nil)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, sheet, &jpeg.Options{Quality: sheetQuality}); err != nil {
		return nil, fmt.Errorf("frame sheet: %w", err)
	}
	return out.Bytes(), nil
}

// filling is the largest part in the middle of a picture that has a cell's
// proportions.
func filling(b image.Rectangle) image.Rectangle {
	w, h := b.Dx(), b.Dy()
	if w*cellHeight > h*cellWidth {
		w = h * cellWidth / cellHeight
	} else {
		h = w * cellHeight / cellWidth
	}
	x, y := b.Min.X+(b.Dx()-w)/2, b.Min.Y+(b.Dy()-h)/2
	return image.Rect(x, y, x+w, y+h)
}
