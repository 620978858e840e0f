package convert

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"

	"truepenny/internal/inference"
)

// plan is what an engine folder shall hold: the manifest without the sums of
// the networks, which are known once they are written, and the files to copy.
type plan struct {
	from     string // node_modules
	manifest inference.Manifest
	copies   map[string]string // source path -> name in the engine folder
}

const noticeFile = "NOTICE.txt"

// notice says whose work lies in the folder; face-api's tutorial and Human's
// source name the origin of their weights.
const notice = `The networks face-api-* in this folder were converted from the weights in the
npm package @vladmandic/face-api (MIT licence, see LICENSE-face-api.txt). Its
tutorial says that the recognition weights were trained by Davis King for dlib,
the tiny detector and the landmark network by the author of face-api.js on
labelled pictures. The rights in that training data were not examined.

The networks human-* were converted from the npm package @vladmandic/human (MIT
licence, see LICENSE-human.txt), which names MediaPipe (Google, Apache License
2.0) as the origin of its face mesh, iris and face detection networks. The
rights in their training data were not examined.

The runtime library is ONNX Runtime (Microsoft, MIT licence) from the npm
package onnxruntime-node.
`

// libraries gives each platform's runtime library inside onnxruntime-node.
var libraries = map[string]string{
	"linux-amd64":  "linux/x64/libonnxruntime.so.1",
	"linux-arm64":  "linux/arm64/libonnxruntime.so.1",
	"darwin-amd64": "darwin/x64/libonnxruntime.1.dylib",
	"darwin-arm64": "darwin/arm64/libonnxruntime.1.dylib",
}

func planFolder(from, platform string) (plan, error) {
	p := plan{
		from:     from,
		manifest: inference.Manifest{Converter: Version},
		copies:   map[string]string{},
	}
	for _, s := range sources {
		version, err := packageVersion(from, s.pkg)
		if err != nil {
			return p, err
		}
		entry := inference.NetworkEntry{Name: s.network, Version: version}
		entry.File = s.network + ".onnx"
		for _, name := range []string{s.description, s.weights} {
			e, err := describe(from, path.Join(s.pkg, name))
			if err != nil {
				return p, err
			}
			entry.Sources = append(entry.Sources, e)
		}
		p.manifest.Networks = append(p.manifest.Networks, entry)
	}
	if err := p.addRuntime(from, platform); err != nil {
		return p, err
	}
	p.manifest.Licences = append(p.manifest.Licences, inference.FileEntry{File: noticeFile, SHA256: sum([]byte(notice))})
	if err := p.addCopy(from, path.Join(faceAPI, "LICENSE"), "LICENSE-face-api.txt"); err != nil {
		return p, err
	}
	return p, p.addCopy(from, path.Join(human, "LICENSE"), "LICENSE-human.txt")
}

func (p *plan) addRuntime(from, platform string) error {
	inside, ok := libraries[platform]
	if !ok {
		return fmt.Errorf("npm brings no runtime library for %s; put one into the engine folder by hand", platform)
	}
	version, err := packageVersion(from, ortNode)
	if err != nil {
		return err
	}
	e, err := describe(from, path.Join(ortNode, "bin/napi-v6", inside))
	if err != nil {
		return err
	}
	name := path.Base(inside)
	p.manifest.Runtime = inference.RuntimeEntry{
		FileEntry: inference.FileEntry{File: name, SHA256: e.SHA256},
		Version:   version, Platform: platform, Source: e,
	}
	p.copies[filepath.Join(from, filepath.FromSlash(e.File))] = name
	return nil
}

func (p *plan) addCopy(from, source, name string) error {
	e, err := describe(from, source)
	if err != nil {
		return err
	}
	p.manifest.Licences = append(p.manifest.Licences, inference.FileEntry{File: name, SHA256: e.SHA256})
	p.copies[filepath.Join(from, filepath.FromSlash(source))] = name
	return nil
}

// upToDate says whether the folder was made from the same sources by the same
// code, and still holds what was made.
func (p plan) upToDate(dir string, have inference.Manifest) bool {
	want := p.manifest
	if len(want.Networks) != len(have.Networks) {
		return false
	}
	files := append([]inference.FileEntry{have.Runtime.FileEntry}, have.Licences...)
	stripped := have
	stripped.Networks = nil
	for _, n := range have.Networks {
		files = append(files, n.FileEntry)
		n.SHA256 = ""
		stripped.Networks = append(stripped.Networks, n)
	}
	if !reflect.DeepEqual(want, stripped) {
		return false
	}
	for _, f := range files {
		if s, err := inference.SumFile(filepath.Join(dir, f.File)); err != nil || s != f.SHA256 {
			return false
		}
	}
	return true
}

// describe names a source by its path inside node_modules, never by its place
// on this machine.
func describe(from, name string) (inference.FileEntry, error) {
	s, err := inference.SumFile(filepath.Join(from, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return inference.FileEntry{}, fmt.Errorf("%s has no %s; bring the packages in with `npm install`", from, name)
	}
	return inference.FileEntry{File: name, SHA256: s}, err
}

func packageVersion(from, name string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(name), "package.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s has no package %s; bring the packages in with `npm install`", from, name)
	}
	if err != nil {
		return "", err
	}
	var p struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(raw, &p); err != nil || p.Version == "" {
		return "", fmt.Errorf("%s: package.json names no version", name)
	}
	return p.Version, nil
}
