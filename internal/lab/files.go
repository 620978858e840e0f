package lab

import (
	"bytes"
	"fmt"
	"image"
	"io/fs"
	"path/filepath"
)

// ReadSetFrom reads a set from any tree of files, such as one that is opened
// picture by picture; ReadSet says what the manifest must look like.
func ReadSetFrom(name string, files fs.FS) (Set, error) {
	raw, err := fs.ReadFile(files, manifestName)
	if err != nil {
		return Set{}, err
	}
	s, err := parseManifest(bytes.NewReader(raw))
	if err != nil {
		return Set{}, fmt.Errorf("%s: %w", manifestName, err)
	}
	s.Name, s.Files = name, files
	return s, nil
}

// read returns the bytes of a picture of the set.
func (s Set) read(file string) ([]byte, error) {
	if s.Files == nil {
		return readPicture(filepath.Join(s.Dir, file))
	}
	return fs.ReadFile(s.Files, filepath.ToSlash(file))
}

// DecodePicture reads what a set may hold, so that one that is added can be
// checked before it is measured. The errors are those of picture.Decode.
func DecodePicture(raw []byte) (*image.RGBA, error) { return decode(raw) }

// DecodeScan is DecodePicture for sets of documents, which may hold TIFF too.
func DecodeScan(raw []byte) (*image.RGBA, error) { return scan(raw) }

// ProvenanceOf says what a report that does not say it itself was made with.
func ProvenanceOf(network, version string, o Options) Provenance {
	return provenance(network, version, o)
}
