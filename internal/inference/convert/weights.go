package convert

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
)

const (
	weightsLimit  = 64 << 20 // bytes of one weights file
	manifestLimit = 1 << 20  // bytes of one weights manifest
	tensorLimit   = 16 << 20 // values of one tensor
)

// tensor is one named weight in the layout of TensorFlow: filters are
// height x width x in x out.
type tensor struct {
	dims   []int
	values []float32
}

type weights map[string]tensor

// group is one entry of a TensorFlow.js weights manifest.
type group struct {
	Paths   []string `json:"paths"`
	Weights []struct {
		Name         string `json:"name"`
		Shape        []int  `json:"shape"`
		Dtype        string `json:"dtype"`
		Quantization *struct {
			Dtype string  `json:"dtype"`
			Scale float64 `json:"scale"`
			Min   float64 `json:"min"`
		} `json:"quantization"`
	} `json:"weights"`
}

// parseWeights reads a TensorFlow.js weights manifest with its one binary
// file. Quantised bytes become float32(q*scale+min), computed in float64 as
// TensorFlow.js does.
func parseWeights(manifest, data []byte) (weights, error) {
	if len(manifest) > manifestLimit || len(data) > weightsLimit {
		return nil, fmt.Errorf("weights are larger than expected")
	}
	var groups []group
	if err := json.Unmarshal(manifest, &groups); err != nil {
		return nil, fmt.Errorf("weights manifest: %w", err)
	}
	if len(groups) != 1 {
		return nil, fmt.Errorf("weights manifest has %d groups, expected 1", len(groups))
	}
	result := weights{}
	for _, w := range groups[0].Weights {
		n, err := count(w.Shape)
		if err != nil {
			return nil, fmt.Errorf("weight %q: %w", w.Name, err)
		}
		if w.Dtype != "float32" {
			return nil, fmt.Errorf("weight %q has type %q, expected float32", w.Name, w.Dtype)
		}
		size := 4
		if q := w.Quantization; q != nil {
			if q.Dtype != "uint8" {
				return nil, fmt.Errorf("weight %q is quantised to %q, expected uint8", w.Name, q.Dtype)
			}
			size = 1
		}
		if n*size > len(data) {
			return nil, fmt.Errorf("weight %q: the file ends before it does", w.Name)
		}
		values := make([]float32, n)
		for i := range values {
			if w.Quantization != nil {
				values[i] = float32(float64(data[i])*w.Quantization.Scale + w.Quantization.Min)
				continue
			}
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
		}
		result[w.Name] = tensor{w.Shape, values}
		data = data[n*size:]
	}
	if len(data) != 0 {
		return nil, fmt.Errorf("%d bytes are left after the last weight", len(data))
	}
	return result, nil
}

func count(shape []int) (int, error) {
	n := 1
	for _, d := range shape {
		if d <= 0 || d > tensorLimit || n > tensorLimit/d {
			return 0, fmt.Errorf("shape %v is out of range", shape)
		}
		n *= d
	}
	return n, nil
}

// readWeights reads NAME-weights_manifest.json and NAME.bin from a folder.
func readWeights(dir, name string) (weights, error) {
	manifest, err := os.ReadFile(filepath.Join(dir, name+"-weights_manifest.json"))
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(dir, name+".bin"))
	if err != nil {
		return nil, err
	}
	w, err := parseWeights(manifest, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return w, nil
}

// take returns a weight and insists on its number of dimensions.
func (w weights) take(name string, rank int) (tensor, error) {
	t, ok := w[name]
	if !ok {
		return tensor{}, fmt.Errorf("weight %q is missing", name)
	}
	if len(t.dims) != rank {
		return tensor{}, fmt.Errorf("weight %q has shape %v, expected %d dimensions", name, t.dims, rank)
	}
	return t, nil
}

// outFirst turns a filter from height x width x in x out (TensorFlow) to
// out x in x height x width (ONNX).
func (t tensor) outFirst() tensor {
	h, w, in, out := t.dims[0], t.dims[1], t.dims[2], t.dims[3]
	r := tensor{[]int{out, in, h, w}, make([]float32, len(t.values))}
	for y := range h {
		for x := range w {
			for i := range in {
				for o := range out {
					r.values[((o*in+i)*h+y)*w+x] = t.values[((y*w+x)*in+i)*out+o]
				}
			}
		}
	}
	return r
}

// perChannel turns a depthwise filter from height x width x channels x 1 to
// channels x 1 x height x width.
func (t tensor) perChannel() tensor {
	swapped := tensor{[]int{t.dims[0], t.dims[1], t.dims[3], t.dims[2]}, t.values}
	return swapped.outFirst()
}
