package lab

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// ErrLivenessLabels says that a folder's labels.csv is missing or has other columns.
var ErrLivenessLabels = errors.New("lab: labels.csv with the columns file, person, kind, attack is needed")

// livenessLabel is what one video or picture of a set shows.
type livenessLabel struct {
	file, person string
	live         bool
	attack       string // sort of attack, "" for live
}

// isVideo tells a video by its name's ending; everything else is a picture.
func (l livenessLabel) isVideo() bool {
	return slices.Contains([]string{".mp4", ".webm", ".mov", ".mkv", ".avi", ".m4v"}, strings.ToLower(filepath.Ext(l.file)))
}

func livenessLabels(files fs.FS) ([]livenessLabel, error) {
	f, err := files.Open("labels.csv")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLivenessLabels, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("%w: %w", ErrLivenessLabels, err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, name := range []string{"file", "person", "kind", "attack"} {
		if _, ok := column[name]; !ok {
			return nil, fmt.Errorf("%w: no column %q", ErrLivenessLabels, name)
		}
	}
	var out []livenessLabel
	for _, row := range rows[1:] {
		l := livenessLabel{file: row[column["file"]], person: row[column["person"]], attack: row[column["attack"]]}
		switch kind := row[column["kind"]]; kind {
		case "live", "attack":
			l.live = kind == "live"
		default:
			return nil, fmt.Errorf("%w: %s is of kind %q, not live or attack", ErrLivenessLabels, l.file, kind)
		}
		if !filepath.IsLocal(l.file) {
			return nil, fmt.Errorf("%w: file %q lies outside the folder", ErrLivenessLabels, l.file)
		}
		if !l.live && l.attack == "" {
			l.attack = "unnamed"
		}
		out = append(out, l)
	}
	return out, nil
}
