package lab

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"image"
	"io/fs"
	"path/filepath"
	"slices"

	"golang.org/x/image/tiff"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
)

// documentLabel is what one picture of a set shows.
type documentLabel struct {
	image, format string
	lines         []string
	single        bool // the picture shows this one line and nothing else
}

func documentLabels(files fs.FS, name string) ([]documentLabel, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLabels, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLabels, err)
	}
	if len(rows) == 0 {
		return nil, ErrLabels
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	texts := []string{"line1", "line2", "line3"}
	_, single := column["text"]
	if single {
		texts = []string{"text"}
	}
	for _, name := range append([]string{"image"}, texts...) {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("%w: no column %q", ErrLabels, name)
		}
	}
	if _, ok := column["format"]; !ok && !single {
		return nil, fmt.Errorf("%w: no column %q", ErrLabels, "format")
	}
	var out []documentLabel
	for _, row := range rows[1:] {
		l := documentLabel{image: row[column["image"]], single: single}
		if !single {
			l.format = row[column["format"]]
		}
		if !filepath.IsLocal(l.image) {
			return nil, fmt.Errorf("%w: image %q lies outside the folder", ErrLabels, l.image)
		}
		for _, name := range texts {
			if text := row[column[name]]; text != "" {
				l.lines = append(l.lines, text)
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// read reads the picture as what it is labelled to be.
func (l documentLabel) read(r *document.Reader, data []byte) (document.Reading, error) {
	if !l.single {
		p, err := picture.Decode(data, picture.DefaultLimits)
		if err != nil {
			return document.Reading{}, err
		}
		return r.Read(p.RGBA)
	}
	img, err := scan(data)
	if err != nil {
		return document.Reading{}, err
	}
	line, err := r.ReadLine(img)
	if err != nil {
		return document.Reading{}, err
	}
	return document.Reading{Lines: []string{line.Text}, MRZ: document.MRZ{Checks: line.Checks}, Sure: line.Sure}, nil
}

// scan decodes a picture that may also be a TIFF, in which scanned lines are
// often kept. Nobody uploads these, so package picture does not know them.
func scan(data []byte) (*image.RGBA, error) {
	if len(data) < 4 || !slices.Contains([]string{"II*\x00", "MM\x00*"}, string(data[:4])) {
		p, err := picture.Decode(data, picture.DefaultLimits)
		if err != nil {
			return nil, err
		}
		return p.RGBA, nil
	}
	head, err := tiff.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", picture.ErrCorrupt, err)
	}
	if err := picture.DefaultLimits.Check(head.Width, head.Height); err != nil {
		return nil, err
	}
	img, err := tiff.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", picture.ErrCorrupt, err)
	}
	return picture.RGBA(img), nil
}
