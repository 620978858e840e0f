package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/text"
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
	// Unit is what Documents counts: whole documents, or single lines of zones.
	Unit string `json:"unit"`
	// Cases are the pictures that were not read completely right. They hold what
	// stands on documents, so a report that outlives its pictures leaves them out.
	Cases []DocumentCase `json:"-"`
}

// DocumentCase is one picture that was not read completely right.
type DocumentCase struct {
	Image string   `json:"image"`
	Note  string   `json:"note"`
	Want  []string `json:"want"`
	Got   []string `json:"got"`
}

// ErrLabels says that a folder's labels.csv is missing or has other columns.
var ErrLabels = errors.New("lab: labels.csv with the columns image, format, line1, line2, line3, or image and text, is needed")

// Document reads every labelled picture of a folder. labels.csv names image,
// format and line1 to line3; format "none" is a picture without a zone and
// "not-transcribed" is left out. With image and text instead, each picture shows
// a single line.
func Document(ctx context.Context, dir string, c clock.Clock) (DocumentReport, error) {
	return DocumentFrom(ctx, filepath.Base(filepath.Clean(dir)), os.DirFS(dir), c)
}

// DocumentFrom is Document on any tree of files.
func DocumentFrom(ctx context.Context, name string, files fs.FS, c clock.Clock) (DocumentReport, error) {
	labels, err := documentLabels(files, "labels.csv")
	if err != nil {
		return DocumentReport{}, err
	}
	reader, err := document.NewReader()
	if err != nil {
		return DocumentReport{}, err
	}
	r := DocumentReport{Set: name, Unit: "document"}
	if len(labels) > 0 && labels[0].single {
		r.Unit = "line"
	}
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
		data, err := fs.ReadFile(files, l.image)
		if err != nil {
			return r, fmt.Errorf("lab: %w", err)
		}
		start := c.Now()
		reading, err := l.read(reader, data)
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

func (r *DocumentReport) without(l documentLabel, reading document.Reading, err error) {
	r.Without++
	if err == nil {
		r.FalseZones++
		r.Cases = append(r.Cases, DocumentCase{l.image, "has no zone, but one was read", nil, reading.Lines})
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
		r.Cases = append(r.Cases, DocumentCase{l.image, note, l.lines, reading.Lines})
	}
	return text.Distance(strings.Join(l.lines, "\n"), strings.Join(reading.Lines, "\n"))
}

// Print writes the report for people, with every picture that was not read right.
func (r DocumentReport) Print(out io.Writer) error {
	w := &strings.Builder{}
	n := float64(r.Documents)
	fmt.Fprintf(w, "%s: %d %s\n", r.Set, r.Documents, map[string]string{
		"document": "documents with a machine-readable zone", "line": "single lines of machine-readable zones"}[r.Unit])
	fmt.Fprintf(w, "  read completely right     %d of %d (%.1f %%)\n", int(r.Exact*n+0.5), r.Documents, 100*r.Exact)
	fmt.Fprintf(w, "  all check digits hold     %d of %d\n", int(r.ChecksOK*n+0.5), r.Documents)
	fmt.Fprintf(w, "  called sure               %d of %d, of these wrong: %d\n", int(r.Sure*n+0.5), r.Documents, r.FalseSure)
	fmt.Fprintf(w, "  character error rate      %.2f %%\n", 100*r.CharErrorRate)
	fmt.Fprintf(w, "  seconds a %-15s %.2f\n", r.Unit, r.Seconds)
	fmt.Fprintf(w, "  pictures without a zone   %d, a zone reported in %d\n", r.Without, r.FalseZones)
	if r.Unlabelled > 0 {
		fmt.Fprintf(w, "  left out, no label        %d\n", r.Unlabelled)
	}
	for _, c := range r.Cases {
		fmt.Fprintf(w, "\n%s: %s\n", c.Image, c.Note)
		for i := range max(len(c.Want), len(c.Got)) {
			for _, side := range []struct {
				name  string
				lines []string
			}{{"label", c.Want}, {"read ", c.Got}} {
				if i < len(side.lines) {
					fmt.Fprintf(w, "  %s %s\n", side.name, side.lines[i])
				}
			}
		}
	}
	_, err := io.WriteString(out, w.String())
	return err
}
