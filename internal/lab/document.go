package lab

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
)

// DocumentReport says how well machine-readable zones are read on a set of
// labelled pictures. Shares are of 1.
type DocumentReport struct {
	Set           string  `json:"set"`
	Documents     int     `json:"documents"`
	Exact         float64 `json:"exact"`           // share read completely right
	ChecksOK      float64 `json:"checks_ok"`       // share where every required check digit holds
	FalseSure     int     `json:"false_sure"`      // readings called sure that differ from the label anywhere
	Sure          float64 `json:"sure"`            // share of readings called sure
	CharErrorRate float64 `json:"char_error_rate"` // edit distance per character of the labels
	Seconds       float64 `json:"s_per_document"`
	// Pictures without a zone, and in how many of them one was reported.
	Without    int `json:"without_zone"`
	FalseZones int `json:"false_zones"`
	Unlabelled int `json:"unlabelled"` // not transcribed: read and timed by nobody
	cases      []documentCase
}

// documentCase is one picture that was not read completely right.
type documentCase struct {
	image, note string
	want, got   []string
}

// ErrLabels says that a folder's labels.csv is missing or has other columns.
var ErrLabels = errors.New("lab: labels.csv with the columns image, format, line1, line2, line3 is needed")

// Document reads every labelled picture of a folder. labels.csv names image,
// format and line1 to line3; format "none" is a picture without a zone and
// "not-transcribed" is left out.
func Document(ctx context.Context, dir string, c clock.Clock) (DocumentReport, error) {
	labels, err := documentLabels(filepath.Join(dir, "labels.csv"))
	if err != nil {
		return DocumentReport{}, err
	}
	reader, err := document.NewReader()
	if err != nil {
		return DocumentReport{}, err
	}
	r := DocumentReport{Set: filepath.Base(filepath.Clean(dir))}
	var edits, chars int
	var spent time.Duration
	for _, l := range labels {
		if err := ctx.Err(); err != nil {
			return r, err
		}
		if l.format == "not-transcribed" {
			r.Unlabelled++
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, l.image))
		if err != nil {
			return r, fmt.Errorf("lab: %w", err)
		}
		start := c.Now()
		reading, err := readZone(reader, data)
		took := c.Now().Sub(start)
		if err != nil && !errors.Is(err, document.ErrNoZone) {
			return r, fmt.Errorf("lab: %s: %w", l.image, err)
		}
		if l.format == "none" {
			r.without(l, reading, err)
			continue
		}
		spent += took
		edits += r.judge(l, reading)
		chars += len(strings.Join(l.lines, ""))
	}
	if r.Documents > 0 {
		n := float64(r.Documents)
		r.Exact, r.ChecksOK, r.Sure = r.Exact/n, r.ChecksOK/n, r.Sure/n
		r.CharErrorRate, r.Seconds = float64(edits)/float64(chars), spent.Seconds()/n
	}
	return r, nil
}

func readZone(reader *document.Reader, data []byte) (document.Reading, error) {
	p, err := picture.Decode(data, picture.DefaultLimits)
	if err != nil {
		return document.Reading{}, err
	}
	return reader.Read(p.RGBA)
}

func (r *DocumentReport) without(l documentLabel, reading document.Reading, err error) {
	r.Without++
	if err == nil {
		r.FalseZones++
		r.cases = append(r.cases, documentCase{l.image, "has no zone, but one was read", nil, reading.Lines})
	}
	if err == nil && reading.Sure {
		r.FalseSure++
	}
}

// judge counts one document and returns its edit distance.
func (r *DocumentReport) judge(l documentLabel, reading document.Reading) int {
	r.Documents++
	exact := slices.Equal(l.lines, reading.Lines)
	if exact {
		r.Exact++
	}
	if reading.MRZ.Verified() {
		r.ChecksOK++
	}
	if reading.Sure {
		r.Sure++
		if !exact {
			r.FalseSure++
		}
	}
	if !exact {
		note := fmt.Sprintf("read as %s, check digits hold: %v, sure: %v", reading.MRZ.Format, reading.MRZ.Verified(), reading.Sure)
		if len(reading.Lines) == 0 {
			note = "no zone found"
		}
		r.cases = append(r.cases, documentCase{l.image, note, l.lines, reading.Lines})
	}
	return distance(strings.Join(l.lines, "\n"), strings.Join(reading.Lines, "\n"))
}

// distance is the least number of insertions, deletions and substitutions
// (Levenshtein, 1966).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			next := diagonal
			if a[i] != b[j] {
				next++
			}
			diagonal = row[j+1]
			row[j+1] = min(next, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// Print writes the report for people, with every picture that was not read right.
func (r DocumentReport) Print(out io.Writer) error {
	w := &strings.Builder{}
	n := float64(r.Documents)
	fmt.Fprintf(w, "%s: %d documents with a machine-readable zone\n", r.Set, r.Documents)
	fmt.Fprintf(w, "  read completely right     %d of %d (%.1f %%)\n", int(r.Exact*n+0.5), r.Documents, 100*r.Exact)
	fmt.Fprintf(w, "  all check digits hold     %d of %d\n", int(r.ChecksOK*n+0.5), r.Documents)
	fmt.Fprintf(w, "  called sure               %d of %d, of these wrong: %d\n", int(r.Sure*n+0.5), r.Documents, r.FalseSure)
	fmt.Fprintf(w, "  character error rate      %.2f %%\n", 100*r.CharErrorRate)
	fmt.Fprintf(w, "  seconds a document        %.2f\n", r.Seconds)
	fmt.Fprintf(w, "  pictures without a zone   %d, a zone reported in %d\n", r.Without, r.FalseZones)
	if r.Unlabelled > 0 {
		fmt.Fprintf(w, "  left out, no label        %d\n", r.Unlabelled)
	}
	for _, c := range r.cases {
		fmt.Fprintf(w, "\n%s: %s\n", c.image, c.note)
		for i := range max(len(c.want), len(c.got)) {
			for _, side := range []struct {
				name  string
				lines []string
			}{{"label", c.want}, {"read ", c.got}} {
				if i < len(side.lines) {
					fmt.Fprintf(w, "  %s %s\n", side.name, side.lines[i])
				}
			}
		}
	}
	_, err := io.WriteString(out, w.String())
	return err
}

type documentLabel struct {
	image, format string
	lines         []string
}

func documentLabels(name string) ([]documentLabel, error) {
	f, err := os.Open(name)
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
	for _, name := range []string{"image", "format", "line1", "line2", "line3"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("%w: no column %q", ErrLabels, name)
		}
	}
	var out []documentLabel
	for _, row := range rows[1:] {
		l := documentLabel{image: row[column["image"]], format: row[column["format"]]}
		if !filepath.IsLocal(l.image) {
			return nil, fmt.Errorf("%w: image %q lies outside the folder", ErrLabels, l.image)
		}
		for _, name := range []string{"line1", "line2", "line3"} {
			if text := row[column[name]]; text != "" {
				l.lines = append(l.lines, text)
			}
		}
		out = append(out, l)
	}
	return out, nil
}
