package lab

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"truepenny/internal/biometrics/picture"
)

// loadPicture reads one picture of a folder.
func loadPicture(dir, file string) (*image.RGBA, error) {
	raw, err := readPicture(filepath.Join(dir, file))
	if err != nil {
		return nil, err
	}
	img, err := decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return img, nil
}

// readPicture reads a picture of a data set. One that is too large is cut
// short, so that decoding refuses it.
func readPicture(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > int64(picture.DefaultLimits.Bytes) {
		return nil, nil
	}
	return os.ReadFile(path)
}

// decode reads what applicants may upload, and grey PGM, in which older public
// sets come.
func decode(raw []byte) (*image.RGBA, error) {
	if bytes.HasPrefix(raw, []byte("P5")) {
		return decodePGM(raw)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		return nil, err
	}
	return p.RGBA, nil
}

// decodePGM reads a binary grey map of 8 bits (netpbm "P5").
func decodePGM(raw []byte) (*image.RGBA, error) {
	var size [3]int // width, height, largest value
	rest := raw[2:]
	for i := range size {
		rest = skipSpace(rest)
		n := 0
		for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' && n < 1<<20 {
			n, rest = n*10+int(rest[0]-'0'), rest[1:]
		}
		size[i] = n
	}
	w, h := size[0], size[1]
	if w < 1 || h < 1 || size[2] != 255 || w > picture.DefaultLimits.Side || h > picture.DefaultLimits.Side {
		return nil, fmt.Errorf("not a grey map of 8 bits: %w", picture.ErrFormat)
	}
	if len(rest) < 1+w*h {
		return nil, fmt.Errorf("grey map ends early: %w", picture.ErrCorrupt)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i, v := range rest[1 : 1+w*h] {
		img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2], img.Pix[4*i+3] = v, v, v, 255
	}
	return img, nil
}

// skipSpace skips white space and comments of a netpbm header.
func skipSpace(b []byte) []byte {
	for len(b) > 0 {
		switch b[0] {
		case ' ', '\t', '\r', '\n':
			b = b[1:]
		case '#':
			end := bytes.IndexByte(b, '\n')
			if end < 0 {
				return nil
			}
			b = b[end:]
		default:
			return b
		}
	}
	return b
}
