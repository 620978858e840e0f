package inference

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ManifestFile is the manifest's name in an engine folder.
const ManifestFile = "manifest.json"

// manifestLimit bounds what is read as a manifest, in bytes.
const manifestLimit = 1 << 20

// Manifest says what an engine folder holds and from what it was made, each
// file with its SHA-256 in hexadecimal.
type Manifest struct {
	Converter string         `json:"converter"` // version of the code that wrote the networks
	Runtime   RuntimeEntry   `json:"runtime"`
	Networks  []NetworkEntry `json:"networks"`
	Licences  []FileEntry    `json:"licences"`
}

// RuntimeEntry is the runtime library of one platform.
type RuntimeEntry struct {
	FileEntry
	Version  string    `json:"version"`
	Platform string    `json:"platform"`
	Source   FileEntry `json:"source"`
}

// NetworkEntry is one converted network. Name and version travel with every
// descriptor the network makes.
type NetworkEntry struct {
	FileEntry
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Sources []FileEntry `json:"sources"`
}

// FileEntry is a file and its SHA-256.
type FileEntry struct {
	File   string `json:"file"`
	SHA256 string `json:"sha256"`
}

// Network finds a network by name.
func (m Manifest) Network(name string) (NetworkEntry, bool) {
	for _, n := range m.Networks {
		if n.Name == name {
			return n, true
		}
	}
	return NetworkEntry{}, false
}

// ReadManifest reads and checks the manifest of an engine folder.
func ReadManifest(dir string) (Manifest, error) {
	f, err := os.Open(filepath.Join(dir, ManifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, missing(dir, ManifestFile)
	}
	if err != nil {
		return Manifest{}, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, manifestLimit+1))
	if err != nil {
		return Manifest{}, err
	}
	m, err := ParseManifest(raw)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s: %w; make it anew with `task engine`", filepath.Join(dir, ManifestFile), err)
	}
	return m, nil
}

// ParseManifest reads a manifest from JSON. File names must be plain names, so
// that a manifest cannot point outside its folder.
func ParseManifest(raw []byte) (Manifest, error) {
	var m Manifest
	if len(raw) > manifestLimit {
		return m, fmt.Errorf("manifest is larger than %d bytes", manifestLimit)
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return Manifest{}, fmt.Errorf("manifest is not valid JSON: %w", err)
	}
	files := []FileEntry{m.Runtime.FileEntry}
	for _, n := range m.Networks {
		if n.Name == "" || n.Version == "" {
			return Manifest{}, errors.New("manifest has a network without name or version")
		}
		files = append(files, n.FileEntry)
	}
	for _, f := range append(files, m.Licences...) {
		if f.File == "" || f.File != filepath.Base(f.File) || f.File == "." || f.File == ".." {
			return Manifest{}, fmt.Errorf("manifest has the file name %q, which is not a plain name", f.File)
		}
		if b, err := hex.DecodeString(f.SHA256); err != nil || len(b) != sha256.Size {
			return Manifest{}, fmt.Errorf("manifest has no SHA-256 for %s", f.File)
		}
	}
	return m, nil
}

// SumFile gives the SHA-256 of a file in hexadecimal.
func SumFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
