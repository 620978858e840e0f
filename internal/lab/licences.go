package lab

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"truepenny/internal/biometrics/document/aamva"
)

// LicencesReport counts the texts of driving licences in a folder and those
// that were parsed to name, birth date, number, expiry, address and jurisdiction.
type LicencesReport struct {
	Texts  int      `json:"texts"`
	Parsed int      `json:"parsed"`
	Failed []string `json:"failed"` // file and what is missing
}

// licences parses every .txt file of a folder that looks like the text of a
// licence's bar code; nil when there is none.
func licences(files fs.FS) (*LicencesReport, error) {
	r := &LicencesReport{Failed: []string{}}
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".txt" {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		if head := string(text[:min(len(text), 60)]); !strings.Contains(head, "ANSI ") && !strings.Contains(head, "AAMVA") {
			return nil
		}
		r.Texts++
		l, err := aamva.Parse(string(text))
		switch missing := l.Missing(); {
		case err != nil:
			r.Failed = append(r.Failed, filepath.Base(path)+": "+err.Error())
		case len(missing) > 0:
			r.Failed = append(r.Failed, filepath.Base(path)+": no "+strings.Join(missing, ", no "))
		default:
			r.Parsed++
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("lab: %w", err)
	}
	if r.Texts == 0 {
		return nil, nil
	}
	return r, nil
}

func (r *LicencesReport) print(w io.Writer) {
	if r == nil {
		return
	}
	fmt.Fprintf(w, "%d texts of driving licences, parsed with name, birth date, number, expiry, address and jurisdiction: %d\n", r.Texts, r.Parsed)
	for _, f := range r.Failed {
		fmt.Fprintf(w, "  %s\n", f)
	}
}
