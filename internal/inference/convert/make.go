package convert

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"truepenny/internal/inference"
)

// Version of the code that writes the networks. Raise it when the bytes of an
// .onnx file change, so that existing engine folders are made anew.
const Version = "4"

// The names under which the networks stand in an engine folder's manifest.
const (
	Descriptor = "face-api-recognition"
	Detector   = "face-api-tiny-detector"
	Landmarks  = "face-api-landmarks-68"
	Mesh       = "human-face-mesh"
	Iris       = "human-iris"
	BlazeFace  = "human-blazeface"
)

// source says from which files of an npm package a network is made: a
// description (JSON) and its weights.
type source struct {
	network              string // name in the manifest
	pkg                  string
	description, weights string // paths inside the package
	build                func(description, weights []byte) ([]byte, error)
}

var sources = []source{
	faceAPISource(Descriptor, "face_recognition_model", descriptorNetwork),
	faceAPISource(Detector, "tiny_face_detector_model", detectorNetwork),
	faceAPISource(Landmarks, "face_landmark_68_model", landmarksNetwork),
	humanSource(Mesh, "facemesh", meshNetwork),
	humanSource(Iris, "iris", irisNetwork),
	humanSource(BlazeFace, "blazeface", blazeNetwork),
}

const (
	faceAPI = "@vladmandic/face-api"
	human   = "@vladmandic/human"
	ortNode = "onnxruntime-node"
)

// faceAPISource is a network whose layers are written here, because face-api
// ships only weights.
func faceAPISource(network, file string, layers func(weights) ([]byte, error)) source {
	return source{network, faceAPI, "model/" + file + "-weights_manifest.json", "model/" + file + ".bin",
		func(description, data []byte) ([]byte, error) {
			w, err := parseWeights(description, data)
			if err != nil {
				return nil, err
			}
			return layers(w)
		}}
}

// humanSource is a network that Human ships with its graph.
func humanSource(network, file string, build func(description, data []byte) ([]byte, error)) source {
	return source{network, human, "models/" + file + ".json", "models/" + file + ".bin", build}
}

func (s source) make(from string) ([]byte, error) {
	description, err := os.ReadFile(filepath.Join(from, s.pkg, filepath.FromSlash(s.description)))
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(from, s.pkg, filepath.FromSlash(s.weights)))
	if err != nil {
		return nil, err
	}
	raw, err := s.build(description, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.network, err)
	}
	return raw, nil
}

// Make fills the engine folder `to` from the npm packages under `from`
// (a node_modules folder) for the platform (see inference.Platform). It writes
// nothing when the folder is up to date already, and reports whether it wrote.
// Every file is replaced by a rename and the manifest last, so that a folder
// with a manifest is complete.
func Make(from, to, platform string) (written bool, err error) {
	plan, err := planFolder(from, platform)
	if err != nil {
		return false, err
	}
	if current, err := inference.ReadManifest(to); err == nil && plan.upToDate(to, current) {
		return false, nil
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return false, err
	}
	m, err := plan.write(to)
	if err != nil {
		return false, err
	}
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return false, err
	}
	return true, writeFile(filepath.Join(to, inference.ManifestFile), append(raw, '\n'))
}

// write makes every file of the plan and returns the manifest that names them.
func (p plan) write(to string) (inference.Manifest, error) {
	m := p.manifest
	for i, s := range sources {
		raw, err := s.make(p.from)
		if err != nil {
			return m, err
		}
		m.Networks[i].SHA256 = sum(raw)
		if err := writeFile(filepath.Join(to, m.Networks[i].File), raw); err != nil {
			return m, err
		}
	}
	for source, entry := range p.copies {
		raw, err := os.ReadFile(source)
		if err != nil {
			return m, err
		}
		if err := writeFile(filepath.Join(to, entry), raw); err != nil {
			return m, err
		}
	}
	return m, writeFile(filepath.Join(to, noticeFile), []byte(notice))
}

// writeFile replaces a file in one step: a reader sees the old or the new one.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
