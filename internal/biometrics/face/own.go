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

// parseOwn reads the description. Every setting must be there, but for the
// report: without one the network may be used, and every case then needs a
// person. An unknown setting is refused, because a misspelt one would otherwise
// be silently ignored.
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
//	accept = 1.05               # distances, see Thresholds
//	review = 1.20
//
//	# what was measured at accept, see Report; all of it or nothing
//	report = "lab report of 2026-11-01"      # where it can be read
//	report_strangers = "our-selfies"         # the set with the most false matches
//	report_false_matches = [10, 19000]       # errors, pairs of two people
//	report_same = "our-passports"            # the set with the most false non-matches
//	report_false_non_matches = [33, 900]     # errors, pairs of one person
//	report_worst_group = "too few to say"    # or a group, such as "over 60", and with it
//	report_worst_group_false_matches = [4, 900]
func parseOwn(raw []byte) (network, error) {
	s, err := parseSettings(raw)
	if err != nil {
		return network{}, err
	}
	n := network{
		name: s.text("name"), version: s.text("version"), file: s.text("file"),
		input: s.text("input"), output: s.text("output"),
		side: s.whole("size", 16, 1024), scale: float32(s.number("scale")),
		bgr:        s.choice("colour", "rgb", "bgr") == "bgr",
		dimension:  s.whole("dimension", 8, 8192),
		unit:       s.choice("metric", "euclidean", "cosine") == "cosine",
		alignment:  Alignment(s.choice("alignment", string(AlignDlib), string(AlignArcFace))),
		thresholds: Thresholds{Accept: s.number("accept"), Review: s.number("review"), Report: readReport(s)},
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

// readReport reads the settings that begin with report; none is no report.
func readReport(s *settings) Report {
	if !s.any("report") {
		return Report{}
	}
	r := Report{
		Name:            s.text("report"),
		FalseMatches:    s.tally(s.text("report_strangers"), "report_false_matches"),
		FalseNonMatches: s.tally(s.text("report_same"), "report_false_non_matches"),
	}
	if group := s.text("report_worst_group"); group != TooFew {
		r.WorstGroup = Group{Name: group, FalseMatches: s.tally("", "report_worst_group_false_matches")}
	}
	return r
}
