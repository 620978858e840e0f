package convert_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
	"truepenny/internal/inference/enginetest"
)

// graph is one of Human's networks: the side of its input, the range of its
// values, the nodes and ranks of the outputs, and the node that is fed instead
// of the model's own input, if any.
type graph struct {
	name      string
	side      int
	low, high float32
	outputs   []string
	ranks     []int
	input     string
}

// graphs are those whose operators are all known, handtrack without its pre-
// and postprocessing. Only the first three join the engine folder; the others
// show that the operators that they add are written right.
var graphs = []graph{
	{"facemesh", 192, 0, 1, []string{"Identity_2", "Identity_1", "Identity"}, []int{2, 2, 2}, ""},
	{"iris", 64, 0, 1, []string{"Identity"}, []int{4}, ""},
	{"blazeface", 256, -1, 1, []string{"Identity", "Identity_1", "Identity_2", "Identity_3"}, []int{3, 3, 3, 3}, ""},
	{"antispoof", 128, 0, 1, []string{"Identity"}, []int{2}, ""},
	{"liveness", 32, 0, 1, []string{"Identity"}, []int{2}, ""},
	{"handlandmark-lite", 224, 0, 1, []string{"Identity", "Identity_1", "Identity_2", "Identity_3"}, []int{2, 2, 2, 2}, ""},
	{"faceres", 224, 0, 255, []string{"global_pooling/Mean"}, []int{2}, ""},
	{"handtrack", 320, -1, 1, []string{"StatefulPartitionedCall/concat", "StatefulPartitionedCall/concat_1"}, []int{3, 3},
		"StatefulPartitionedCall/map/TensorArrayV2Stack/TensorListStack"},
}

type peerRequest struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Shape   []int    `json:"shape"`
	Outputs []string `json:"outputs"`
	Input   string   `json:"input,omitempty"`
}

type peerAnswer struct {
	Backend string
	Models  []struct {
		Outputs []struct {
			Shape  []int64
			Values []float32
		}
	}
}

// runPeer lets the package itself run its models under Node.
func runPeer(t *testing.T, models []peerRequest) peerAnswer {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		enginetest.Absent(t, "node is not there; it runs the packages that the networks are compared with")
	}
	raw, err := json.Marshal(map[string]any{"models": models})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, filepath.Join(enginetest.Root(t), "scripts", "golden", "graph.mjs"))
	var stderr bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(raw), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("Human's models under Node: %v\n%s", err, stderr.String())
	}
	var answer peerAnswer
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// face gives a face of a demo photograph as a network takes it.
func face(t *testing.T, side int, low, high float32) (planes, pixels []float32) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo", "sample5.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.Decode(raw, picture.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	img := picture.Resize(picture.Crop(p.RGBA, image.Rect(220, 800, 620, 1200)), side, side)
	planes, pixels = make([]float32, 3*side*side), make([]float32, 3*side*side)
	for y := range side {
		for x := range side {
			for c := range 3 {
				v := low + (high-low)*float32(img.Pix[img.PixOffset(x, y)+c])/255
				planes[(c*side+y)*side+x], pixels[(y*side+x)*3+c] = v, v
			}
		}
	}
	return planes, pixels
}

func TestGraphNetworksAgreeWithTheirPackageOnTheSamePixels(t *testing.T) {
	rt := enginetest.Open(t)
	dir := t.TempDir()
	var requests []peerRequest
	for _, g := range graphs {
		_, pixels := face(t, g.side, g.low, g.high)
		file := filepath.Join(dir, g.name+".f32")
		if err := os.WriteFile(file, bytesOf(t, pixels), 0o600); err != nil {
			t.Fatal(err)
		}
		requests = append(requests, peerRequest{g.name, file, []int{1, g.side, g.side, 3}, g.outputs, g.input})
	}
	peer := runPeer(t, requests)
	if peer.Backend != "wasm" {
		t.Fatalf("Human ran on %s", peer.Backend)
	}
	for i, g := range graphs {
		planes, _ := face(t, g.side, g.low, g.high)
		got := runOwn(t, rt, g, planes)
		for k, o := range g.outputs {
			want := peer.Models[i].Outputs[k]
			compare(t, fmt.Sprintf("%s %s", g.name, o), got[k], want.Shape, want.Values)
		}
	}
}

// runOwn writes a graph model as ONNX and runs it.
func runOwn(t *testing.T, rt *inference.Runtime, g graph, planes []float32) []inference.Tensor {
	t.Helper()
	description, data := readModel(t, g.name)
	if g.input != "" {
		description = fedAt(t, description, g.input, g.side)
	}
	raw, err := convert.GraphNetwork(description, data, g.outputs, g.ranks)
	if err != nil {
		t.Fatalf("%s: %v", g.name, err)
	}
	file := filepath.Join(t.TempDir(), g.name+".onnx")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, o := range g.outputs {
		names = append(names, "out_"+o)
	}
	n, err := rt.Load(file, []string{convert.Input}, names)
	if err != nil {
		t.Fatalf("%s: %v", g.name, err)
	}
	got, err := n.Run(inference.Tensor{Shape: []int64{1, 3, int64(g.side), int64(g.side)}, Data: planes})
	if err != nil {
		t.Fatalf("%s: %v", g.name, err)
	}
	return got
}

// fedAt makes a node of a graph its input.
func fedAt(t *testing.T, description []byte, name string, side int) []byte {
	t.Helper()
	var model map[string]any
	if err := json.Unmarshal(description, &model); err != nil {
		t.Fatal(err)
	}
	var dim []any
	for _, d := range []int{1, side, side, 3} {
		dim = append(dim, map[string]any{"size": fmt.Sprint(d)})
	}
	nodes := model["modelTopology"].(map[string]any)["node"].([]any)
	for i, n := range nodes {
		if n.(map[string]any)["name"] == name {
			nodes[i] = map[string]any{"name": name, "op": "Placeholder", "attr": map[string]any{"shape": map[string]any{"shape": map[string]any{"dim": dim}}}}
		}
	}
	raw, err := json.Marshal(model)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// compare allows 1e-3 of the largest value.
func compare(t *testing.T, name string, got inference.Tensor, shape []int64, want []float32) {
	t.Helper()
	if fmt.Sprint(got.Shape) != fmt.Sprint(shape) || len(got.Data) != len(want) {
		t.Errorf("%s: shape %v, the package has %v", name, got.Shape, shape)
		return
	}
	var off, scale float64
	for i, v := range want {
		off = math.Max(off, math.Abs(float64(v-got.Data[i])))
		scale = math.Max(scale, math.Abs(float64(v)))
	}
	t.Logf("%s: largest difference %.1e of values up to %.4g", name, off, scale)
	if !(off <= 1e-3*scale) {
		t.Errorf("%s: differs by %.1e of values up to %.4g", name, off, scale)
	}
}

func readModel(t testing.TB, name string) (description, data []byte) {
	t.Helper()
	models := filepath.Join(enginetest.Packages(t), "@vladmandic", "human", "models")
	description, err := os.ReadFile(filepath.Join(models, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if data, err = os.ReadFile(filepath.Join(models, name+".bin")); err != nil {
		t.Fatal(err)
	}
	return description, data
}

func bytesOf(t *testing.T, values []float32) []byte {
	t.Helper()
	raw, err := binary.Append(nil, binary.LittleEndian, values)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAnOperatorThatIsNotKnownIsNamed(t *testing.T) {
	description, data := readModel(t, "handtrack")
	_, err := convert.GraphNetwork(description, data, []string{"Identity"}, []int{2})
	if err == nil || !strings.Contains(err.Error(), "operator is not known") || !strings.Contains(err.Error(), "node") {
		t.Errorf("%v", err)
	}
	description, data = readModel(t, "iris")
	changed := bytes.Replace(description, []byte(`"MaxPool"`), []byte(`"AvgPool"`), 1)
	if _, err := convert.GraphNetwork(changed, data, []string{"Identity"}, []int{4}); err == nil || !strings.Contains(err.Error(), "AvgPool") {
		t.Errorf("%v", err)
	}
}
