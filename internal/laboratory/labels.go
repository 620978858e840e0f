package laboratory

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Limits of a set that arrives by page or by command.
const (
	// MostZip is how large an upload may be; larger sets come by command.
	MostZip     = 64 << 20
	mostFile    = 40 << 20  // bytes of one picture or clip, unpacked
	mostInAll   = 600 << 20 // bytes unpacked
	mostFiles   = 5000
	mostLabels  = 16 << 20
	mostRatio   = 100 // unpacked to packed: labels shrink well, pictures hardly; beyond it a ZIP is a bomb
	mostEntries = 2 * mostFiles
)

const (
	manifestName = "manifest.csv"
	labelsName   = "labels.csv"
)

// The labels' columns that name a file and a person, in the order they are
// looked for.
var (
	fileColumns   = []string{"file", "image"}
	personColumns = []string{"subject", "person"}
)

// labels are the rows of a set with files and people under ids of ours, so that
// neither a report nor a progress page can name anybody.
type labels struct {
	kind    Kind
	name    string // manifest.csv or labels.csv
	rows    [][]string
	header  []string
	file    int // column
	files   []string
	people  int
	columns []string // group columns of a manifest
}

// lineError says what is wrong with a set, by reason id and line of its labels.
type lineError struct {
	reason string
	line   int
	err    error
}

func (e *lineError) Error() string {
	return fmt.Sprintf("%s, line %d: %v", e.reason, e.line, e.err)
}

func (e *lineError) Unwrap() error { return e.err }

func wrong(reason string, line int, format string, args ...any) error {
	return &lineError{reason, line, fmt.Errorf(format, args...)}
}

// readLabels reads the labels that a set holds and finds out from their columns
// what can be measured on it.
func readLabels(name string, raw []byte) (labels, error) {
	l := labels{name: name}
	if len(raw) > mostLabels {
		return l, wrong("lab.labels.large", 0, "%d bytes", len(raw))
	}
	r := csv.NewReader(bytes.NewReader(raw))
	all, err := r.ReadAll()
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		return l, wrong("lab.labels.csv", bad.Line, "%w", err)
	}
	if err != nil {
		return l, wrong("lab.labels.csv", 0, "%w", err)
	}
	if len(all) < 2 {
		return l, wrong("lab.labels.empty", 0, "%d rows", len(all))
	}
	if len(all)-1 > mostFiles {
		return l, wrong("lab.labels.many", 0, "%d rows", len(all)-1)
	}
	l.header, l.rows = all[0], all[1:]
	for i, h := range l.header {
		l.header[i] = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
	}
	if l.kind = kindOf(name, l.header); l.kind == "" {
		return l, wrong("lab.labels.columns", 1, "columns %s", strings.Join(l.header, ", "))
	}
	return l, l.check()
}

// kindOf tells by its columns what a set is for, "" for nothing we know.
func kindOf(name string, header []string) Kind {
	has := func(columns ...string) bool {
		return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(header, c) })
	}
	switch {
	case name == manifestName && has("file", "subject"):
		return Face
	case has("image", "format", "line1", "line2", "line3"), has("image", "text"):
		return Document
	case has("file", "person", "kind", "attack"):
		return Liveness
	case name == codesName && has("file", "text"):
		return Barcode
	}
	return ""
}

// check finds the files that the rows name. A file may stand in several rows of
// labels, but only once in a manifest.
func (l *labels) check() error {
	l.file = firstOf(l.header, fileColumns)
	seen := map[string]bool{}
	for i, row := range l.rows {
		name := row[l.file]
		if !plainName(name) {
			return wrong("lab.labels.name", i+2, "%q", name)
		}
		if seen[name] && l.kind == Face {
			return wrong("lab.labels.twice", i+2, "%q", name)
		}
		if !seen[name] {
			l.files = append(l.files, name)
		}
		seen[name] = true
	}
	return nil
}

// plainName reports whether a name stays inside the set: relative, no "..", no
// backslash, nothing that another system would read differently.
func plainName(name string) bool {
	return len(name) <= 300 && fs.ValidPath(name) && name != "." && name == path.Clean(name) &&
		!strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(path.Base(name), ".")
}

func firstOf(header, names []string) int {
	for _, name := range names {
		if i := slices.Index(header, name); i >= 0 {
			return i
		}
	}
	return -1
}

// endings are those that a file keeps under its id; any other might be part of
// a name.
var endings = []string{".jpg", ".jpeg", ".png", ".webp", ".pgm", ".tif", ".tiff", ".mp4", ".m4v", ".mkv", ".webm", ".mov", ".avi"}

// renamed writes the labels with the files under their ids and people under
// numbers. ids are in the order of l.files.
func (l *labels) renamed(ids []string) ([]byte, error) {
	byName := map[string]string{}
	for i, name := range l.files {
		byName[name] = ids[i]
		if ext := strings.ToLower(path.Ext(name)); slices.Contains(endings, ext) {
			byName[name] += ext
		}
	}
	person, numbers := firstOf(l.header, personColumns), map[string]string{}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(l.header); err != nil {
		return nil, err
	}
	for _, row := range l.rows {
		row[l.file] = byName[row[l.file]]
		if person >= 0 && row[person] != "" {
			if numbers[row[person]] == "" {
				numbers[row[person]] = "p" + strconv.Itoa(len(numbers)+1)
			}
			row[person] = numbers[row[person]]
		}
		if err := w.Write(row); err != nil {
			return nil, err
		}
	}
	l.people = len(numbers)
	if l.kind == Face {
		for _, h := range l.header {
			if !slices.Contains([]string{"file", "subject", "session"}, h) {
				l.columns = append(l.columns, h)
			}
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
