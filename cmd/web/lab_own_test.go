package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/convert"
	"truepenny/internal/inference/enginetest"
)

// projection is a network that an operator might bring: it looks at a face in
// seven by seven squares of 16 pixels and gives eight numbers for each.
const projection = `{"format":"graph-model","modelTopology":{"node":[
 {"name":"face","op":"Placeholder","attr":{"shape":{"shape":{"dim":[{"size":"-1"},{"size":"112"},{"size":"112"},{"size":"3"}]}}}},
 {"name":"filters","op":"Const"},{"name":"shape","op":"Const"},
 {"name":"squares","op":"Conv2D","input":["face","filters"],"attr":{"padding":{"s":"VkFMSUQ="},"data_format":{"s":"TkhXQw=="},"strides":{"list":{"i":["1","16","16","1"]}}}},
 {"name":"numbers","op":"Reshape","input":["squares","shape"]}]},
 "weightsManifest":[{"paths":["own.bin"],"weights":[{"name":"filters","shape":[16,16,3,8],"dtype":"float32"},{"name":"shape","shape":[2],"dtype":"int32"}]}]}`

const ownDescription = `name = "squares"
version = "3"
file = "squares.onnx"
input = "input"
output = "output"
size = 112
colour = "rgb"
mean = [127.5, 127.5, 127.5]
scale = 0.0078125
dimension = 392
metric = "cosine"
alignment = "arcface"
accept = 0.25
review = 0.90
`

// ownNetwork writes the network with fixed weights.
func ownNetwork(t *testing.T) []byte {
	t.Helper()
	var weights []byte
	state := uint32(1)
	for range 16 * 16 * 3 * 8 {
		state = state*1664525 + 1013904223 // Numerical Recipes' generator
		weights, _ = binary.Append(weights, binary.LittleEndian, float32(int32(state))/(1<<31)/16)
	}
	weights, _ = binary.Append(weights, binary.LittleEndian, []int32{-1, 392})
	raw, err := convert.Graph([]byte(projection), weights, "numbers", []int{0, 392})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// ownEngine is an engine folder with an operator's network and its description.
func ownEngine(t *testing.T) string {
	t.Helper()
	source, dir := enginetest.Open(t).Dir(), t.TempDir()
	files, err := os.ReadDir(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		from, err := filepath.Abs(filepath.Join(source, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(from, filepath.Join(dir, f.Name())); err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string][]byte{"squares.onnx": ownNetwork(t), "descriptor.toml": []byte(ownDescription)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// photographs is a set of three people, each cut narrowly and widely.
func photographs(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", "sample5.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	manifest := "file,subject,session\n"
	for name, r := range map[string]image.Rectangle{"a": image.Rect(180, 720, 660, 1320), "b": image.Rect(1250, 250, 1800, 800), "c": image.Rect(950, 130, 1450, 600)} {
		for session, part := range map[string]image.Rectangle{"1": r, "2": r.Inset(-60)} {
			var file bytes.Buffer
			if err := png.Encode(&file, picture.Crop(p.RGBA, part)); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name+session+".png"), file.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			manifest += name + session + ".png," + name + "," + session + "\n"
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAnOperatorsNetworkRunsThroughTheSameReport(t *testing.T) {
	set := photographs(t)
	keys := map[string][]string{}
	var own struct {
		Network   string
		Version   string
		Threshold float64
		Source    string
		Genuine   int
		Impostor  int
		EER       float64
	}
	for _, engine := range []string{"", ownEngine(t)} {
		if engine == "" {
			engine = enginetest.Open(t).Dir()
		}
		t.Setenv("TRUEPENNY_ENGINE", engine)
		var out, complaint bytes.Buffer
		if code := run(t.Context(), []string{"lab", "face", set, "--json"}, &out, &complaint); code != 0 {
			t.Fatalf("exit code %d: %s", code, complaint.String())
		}
		var all map[string]json.RawMessage
		if err := json.Unmarshal(out.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		for key := range all {
			keys[key] = append(keys[key], engine)
		}
		if err := json.Unmarshal(out.Bytes(), &own); err != nil {
			t.Fatal(err)
		}
	}
	for key, engines := range keys {
		if len(engines) != 2 {
			t.Errorf("only one of the reports has %s", key)
		}
	}
	if !strings.Contains(own.Network+own.Version, "squares") || own.Threshold != 0.25 || own.Genuine != 3 || own.Impostor != 12 || own.EER < 0 || own.EER > 1 {
		t.Errorf("%+v", own)
	}
}

func TestAnOperatorsNetworkThatDoesNotFitIsRefusedWithItsName(t *testing.T) {
	dir := ownEngine(t)
	wrong := strings.Replace(ownDescription, "dimension = 392", "dimension = 512", 1)
	if err := os.WriteFile(filepath.Join(dir, "descriptor.toml"), []byte(wrong), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TRUEPENNY_ENGINE", dir)
	var out, complaint bytes.Buffer
	if code := run(t.Context(), []string{"lab", "face", photographs(t)}, &out, &complaint); code != 1 || !strings.Contains(complaint.String(), "squares") || !strings.Contains(complaint.String(), "512") {
		t.Errorf("exit code %d: %s", code, complaint.String())
	}
}
