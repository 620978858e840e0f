package face

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// OwnFile describes an operator's own descriptor network; it lies beside the
// .onnx file.
const OwnFile = "descriptor.toml"

// readOwn reads the description of an operator's own network, if there is one.
func readOwn(dir string) (network, bool, error) {
	path := filepath.Join(dir, OwnFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return network{}, false, nil
	}
	if err != nil {
		return network{}, false, err
	}
	n, err := parseOwn(raw)
	if err != nil {
		return network{}, false, fmt.Errorf("%s: %w", path, err)
	}
	abs, err := filepath.Abs(filepath.Join(dir, n.file))
	n.file = abs
	return n, true, err
}

// parseOwn reads the description. Every setting must be there; an unknown one
// is refused, because a misspelt one would otherwise be silently ignored.
//
//	name = "arcface-r50"        # with version: who made a descriptor
//	version = "1"
//	file = "arcface-r50.onnx"   # beside this file
//	input = "data"              # names in the graph
//	output = "fc1"
//	size = 112                  # side of the square input, pixels
//	colour = "rgb"              # or "bgr"
//	mean = [127.5, 127.5, 127.5]  # subtracted from 0 to 255, in the order of colour
//	scale = 0.0078125           # multiplied afterwards
//	dimension = 512             # numbers in a descriptor
//	metric = "cosine"           # or "euclidean"
//	alignment = "arcface"       # or "dlib"
//	accept = 1.05               # distances, see Thresholds; from the report
//	review = 1.20
//	report = "lab report of 2026-11-01"
func parseOwn(raw []byte) (network, error) {
	s, err := parseSettings(raw)
	if err != nil {
		return network{}, err
	}
	n := network{
		name: s.text("name"), version: s.text("version"), file: s.text("file"),
		input: s.text("input"), output: s.text("output"),
		side: s.whole("size", 16, 1024), scale: float32(s.number("scale")),
		bgr:       s.choice("colour", "rgb", "bgr") == "bgr",
		dimension: s.whole("dimension", 8, 8192),
		unit:      s.choice("metric", "euclidean", "cosine") == "cosine",
		alignment: Alignment(s.choice("alignment", string(AlignDlib), string(AlignArcFace))),
		thresholds: Thresholds{
			Accept: s.number("accept"), Review: s.number("review"), Report: s.text("report"),
		},
	}
	for i, v := range s.numbers("mean", 3) {
		n.mean[i] = float32(v)
	}
	if err := s.finish(); err != nil {
		return network{}, err
	}
	switch {
	case n.file != filepath.Base(n.file) || !strings.HasSuffix(n.file, ".onnx"):
		return network{}, fmt.Errorf("file must be the plain name of an .onnx file beside %s", OwnFile)
	case n.scale == 0:
		return network{}, errors.New("scale must not be 0")
	case !(n.thresholds.Accept > 0 && n.thresholds.Accept <= n.thresholds.Review):
		return network{}, errors.New("accept must be above 0 and at most review")
	}
	return n, nil
}
