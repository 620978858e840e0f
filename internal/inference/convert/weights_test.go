package convert

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const twoWeights = `[{"paths":["x.bin"],"weights":[
 {"name":"a","shape":[1,1,1,2],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1}},
 {"name":"b","shape":[1],"dtype":"float32"}]}]`

func TestWeightsAreDequantisedAndReadInTheirOrder(t *testing.T) {
	w, err := parseWeights([]byte(twoWeights), []byte{0, 255, 0, 0, 128, 63})
	if err != nil {
		t.Fatal(err)
	}
	if a := w["a"].values; a[0] != -1 || a[1] != 126.5 {
		t.Errorf("a %v", a)
	}
	if b := w["b"].values; b[0] != 1 {
		t.Errorf("b %v", b)
	}
}

func TestWeightsThatDoNotFitAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		manifest string
		data     int
	}{
		"too short":       {twoWeights, 5},
		"too long":        {twoWeights, 7},
		"no JSON":         {"x", 6},
		"two groups":      {"[{},{}]", 0},
		"another type":    {strings.ReplaceAll(twoWeights, `"float32"`, `"string"`), 6},
		"packed integers": {strings.Replace(twoWeights, `"float32"`, `"int32"`, 1), 6},
		"another packing": {strings.ReplaceAll(twoWeights, `"uint8"`, `"uint16"`), 6},
		"a negative side": {strings.ReplaceAll(twoWeights, `[1]`, `[-1]`), 6},
		"a huge shape":    {strings.ReplaceAll(twoWeights, `[1]`, `[65536,65536,65536,65536]`), 6},
	} {
		if _, err := parseWeights([]byte(c.manifest), make([]byte, c.data)); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestANetworkWithoutAWeightIsRefusedByItsName(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "node_modules", faceAPI, "model")
	manifest, err := os.ReadFile(filepath.Join(dir, "face_recognition_model-weights_manifest.json"))
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
		t.Skip("the npm packages are not there; bring them in with `npm install`")
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "face_recognition_model.bin"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := parseWeights(manifest, data)
	if err != nil {
		t.Fatal(err)
	}
	delete(w, "conv128_1/conv2/scale/biases")
	if _, err := descriptorNetwork(w); err == nil || !strings.Contains(err.Error(), "conv128_1/conv2/scale/biases") {
		t.Errorf("%v", err)
	}
	for name, build := range map[string]func(weights) ([]byte, error){"detector": detectorNetwork, "landmarks": landmarksNetwork, "descriptor": descriptorNetwork} {
		if _, err := build(weights{}); err == nil {
			t.Errorf("%s was made of nothing", name)
		}
	}
}

func TestFiltersAreTurnedToOutputFirst(t *testing.T) {
	f := tensor{dims: []int{1, 2, 2, 3}, values: make([]float32, 12)}
	for i := range f.values {
		f.values[i] = float32(i)
	}
	got := f.outFirst()
	// value at (y 0, x 1, in 0, out 2) stood at ((0*2+1)*2+0)*3+2 = 8.
	if at := ((2*2+0)*1+0)*2 + 1; got.values[at] != 8 {
		t.Errorf("%v", got.values)
	}
	depth := tensor{dims: []int{1, 1, 3, 1}, values: []float32{5, 6, 7}}.perChannel()
	if depth.dims[0] != 3 || depth.dims[1] != 1 || depth.values[2] != 7 {
		t.Errorf("%+v", depth)
	}
}

func FuzzParseWeights(f *testing.F) {
	f.Add([]byte(twoWeights), []byte{0, 255, 0, 0, 128, 63})
	f.Add([]byte(`[{"weights":[]}]`), []byte{})
	f.Fuzz(func(t *testing.T, manifest, data []byte) {
		w, err := parseWeights(manifest, data)
		if err != nil {
			return
		}
		for name, tensor := range w {
			n, err := count(tensor.dims)
			if err != nil || n != len(tensor.values)+len(tensor.whole) {
				t.Errorf("%s: shape %v, %d values", name, tensor.dims, len(tensor.values)+len(tensor.whole))
			}
		}
	})
}
