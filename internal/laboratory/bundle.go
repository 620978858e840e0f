package laboratory

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// bundle is a set as it arrived: a folder, or a ZIP whose one folder may be
// wrapped in another.
type bundle struct {
	files fs.FS
	name  string // of the labels
	raw   []byte
}

// openZip reads the table of a ZIP and refuses what no set needs: paths that
// lead out, too many or too large files, bombs.
func openZip(raw []byte) (bundle, error) {
	if len(raw) > MostZip {
		return bundle{}, wrong("lab.zip.large", 0, "%d bytes", len(raw))
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return bundle{}, wrong("lab.zip.unreadable", 0, "%w", err)
	}
	if len(z.File) > mostEntries {
		return bundle{}, wrong("lab.zip.many", 0, "%d entries", len(z.File))
	}
	var total uint64
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, "/")
		if !fs.ValidPath(name) || strings.ContainsAny(name, "\\:\x00") {
			return bundle{}, wrong("lab.zip.path", 0, "entry %q", f.Name)
		}
		if f.UncompressedSize64 > mostFile && path.Base(name) != manifestName && path.Base(name) != labelsName {
			return bundle{}, wrong("lab.zip.file", 0, "entry of %d bytes", f.UncompressedSize64)
		}
		total += f.UncompressedSize64
		if total > mostInAll || f.UncompressedSize64 > mostRatio*(f.CompressedSize64+1024) {
			return bundle{}, wrong("lab.zip.bomb", 0, "%d bytes unpacked", total)
		}
	}
	return openFolder(z)
}

// openFolder finds the labels at the top, or in the only folder there.
func openFolder(files fs.FS) (bundle, error) {
	for range 2 {
		for _, name := range []string{manifestName, labelsName} {
			raw, err := readFile(files, name, mostLabels)
			if err == nil {
				return bundle{files, name, raw}, nil
			}
			if !errors.Is(err, fs.ErrNotExist) {
				return bundle{}, wrong("lab.zip.unreadable", 0, "%w", err)
			}
		}
		only, found := onlyFolder(files)
		if !found {
			break
		}
		sub, err := fs.Sub(files, only)
		if err != nil {
			return bundle{}, wrong("lab.zip.unreadable", 0, "%w", err)
		}
		files = sub
	}
	raw, found, err := codes(files)
	if err != nil || found {
		return bundle{files, codesName, raw}, err
	}
	return bundle{}, wrong("lab.labels.missing", 0, "neither %s nor %s", manifestName, labelsName)
}

func onlyFolder(files fs.FS) (string, bool) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return "", false
	}
	name := ""
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || e.Name() == "__MACOSX" || !e.IsDir() {
			continue
		}
		if name != "" {
			return "", false
		}
		name = e.Name()
	}
	return name, name != ""
}

// readFile reads a file whatever its table says of its length, up to a limit.
func readFile(files fs.FS, name string, most int64) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(raw)) > most {
		return nil, errTooLarge
	}
	return raw, nil
}

var errTooLarge = errors.New("laboratory: a file is larger than its limit")
