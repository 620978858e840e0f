package lab

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const (
	manifestName  = "manifest.csv"
	manifestBytes = 16 << 20
	manifestRows  = 5000 // 12.5 million pairs
	fieldBytes    = 1024
)

// Sample is one labelled picture.
type Sample struct {
	File    string // path inside the folder
	Subject string // who is on it
	Session string // when it was taken; may be empty
	Groups  []string
}

// Set is a folder of labelled pictures. Groups names the manifest's further
// columns; a sample's Groups are its values in the same order.
type Set struct {
	Name    string
	Dir     string
	Files   fs.FS // where the pictures lie instead of Dir, when it is not nil
	Groups  []string
	Samples []Sample
}

// ReadSet reads DIR/manifest.csv: a header with the columns file and subject,
// perhaps session, and any further columns as groups.
func ReadSet(dir string) (Set, error) {
	path := filepath.Join(dir, manifestName)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return Set{}, fmt.Errorf("%s has no %s (columns: file, subject, session, groups)", dir, manifestName)
	}
	if err != nil {
		return Set{}, err
	}
	defer f.Close()
	s, err := parseManifest(f)
	if err != nil {
		return Set{}, fmt.Errorf("%s: %w", path, err)
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Set{}, err
	}
	s.Name, s.Dir = filepath.Base(abs), dir
	return s, nil
}

func parseManifest(r io.Reader) (Set, error) {
	limited := &io.LimitedReader{R: r, N: manifestBytes + 1}
	c := csv.NewReader(limited)
	header, err := c.Read()
	if err != nil {
		return Set{}, fmt.Errorf("no header: %w", err)
	}
	cols, groups, err := columns(header)
	if err != nil {
		return Set{}, err
	}
	s := Set{}
	for _, g := range groups {
		s.Groups = append(s.Groups, header[g])
	}
	seen := map[string]bool{}
	for {
		row, err := c.Read()
		if err == io.EOF {
			break
		}
		if limited.N <= 0 {
			return Set{}, fmt.Errorf("is larger than %d bytes", manifestBytes)
		}
		if err != nil {
			return Set{}, err
		}
		line, _ := c.FieldPos(0)
		if len(s.Samples) == manifestRows {
			return Set{}, fmt.Errorf("line %d: more than %d pictures", line, manifestRows)
		}
		sample, err := readRow(row, cols, groups)
		if err == nil && seen[sample.File] {
			err = fmt.Errorf("%s stands twice", sample.File)
		}
		if err != nil {
			return Set{}, fmt.Errorf("line %d: %w", line, err)
		}
		seen[sample.File] = true
		s.Samples = append(s.Samples, sample)
	}
	if len(s.Samples) == 0 {
		return Set{}, errors.New("has no pictures")
	}
	return s, nil
}

// columns finds file, subject and session (-1 when there is none) in the
// header; the rest are groups.
func columns(header []string) (cols [3]int, groups []int, err error) {
	for i, h := range header {
		header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
	}
	for i, name := range [3]string{"file", "subject", "session"} {
		cols[i] = slices.Index(header, name)
		if cols[i] < 0 && i < 2 {
			return cols, nil, fmt.Errorf("the header has no column %q", name)
		}
	}
	for i, h := range header {
		switch {
		case h == "":
			return cols, nil, fmt.Errorf("column %d has no name", i+1)
		case slices.Index(header, h) != i:
			return cols, nil, fmt.Errorf("column %q stands twice", h)
		case !slices.Contains(cols[:], i):
			groups = append(groups, i)
		}
	}
	return cols, groups, nil
}

func readRow(row []string, cols [3]int, groups []int) (Sample, error) {
	for _, field := range row {
		if len(field) > fieldBytes {
			return Sample{}, fmt.Errorf("a field is longer than %d bytes", fieldBytes)
		}
	}
	s := Sample{File: row[cols[0]], Subject: row[cols[1]]}
	if cols[2] >= 0 {
		s.Session = row[cols[2]]
	}
	for _, g := range groups {
		s.Groups = append(s.Groups, row[g])
	}
	if s.Subject == "" {
		return s, errors.New("no subject")
	}
	if !filepath.IsLocal(s.File) {
		return s, fmt.Errorf("%q is not a path inside the folder", s.File)
	}
	return s, nil
}
