package convert

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

const (
	weightsLimit  = 64 << 20 // bytes of one weights file
	manifestLimit = 1 << 20  // bytes of one weights manifest
	tensorLimit   = 16 << 20 // values of one tensor
	rankLimit     = 8        // dimensions of one tensor
)

// tensor is one named weight in the layout of TensorFlow: filters are
// height x width x in x out. It holds values or whole numbers, not both.
type tensor struct {
	dims   []int
	values []float32
	whole  []int64
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
	return readGroup(groups[0], data)
}

// readGroup reads the weights of a group, which follow each other in data.
func readGroup(g group, data []byte) (weights, error) {
	result := weights{}
	for _, w := range g.Weights {
		n, err := count(w.Shape)
		if err != nil {
			return nil, fmt.Errorf("weight %q: %w", w.Name, err)
		}
		kind := w.Dtype
		if w.Quantization != nil {
			kind += " as " + w.Quantization.Dtype
		}
		size, known := sizes[kind]
		if !known {
			return nil, fmt.Errorf("weight %q has type %q, expected float32 (also as uint8 or float16) or int32", w.Name, kind)
		}
		if n*size > len(data) {
			return nil, fmt.Errorf("weight %q: the file ends before it does", w.Name)
		}
		t := tensor{dims: w.Shape}
		if kind == "int32" {
			t.whole = make([]int64, n)
			for i := range t.whole {
				t.whole[i] = int64(int32(binary.LittleEndian.Uint32(data[4*i:])))
			}
		} else {
			t.values = make([]float32, n)
			for i := range t.values {
				switch size {
				case 1:
					t.values[i] = float32(float64(data[i])*w.Quantization.Scale + w.Quantization.Min)
				case 2:
					t.values[i] = half(binary.LittleEndian.Uint16(data[2*i:]))
				default:
					t.values[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
				}
			}
		}
		result[w.Name] = t
		data = data[n*size:]
	}
	if len(data) != 0 {
		return nil, fmt.Errorf("%d bytes are left after the last weight", len(data))
	}
	return result, nil
}

// sizes gives the bytes of one value of each kind of weight.
var sizes = map[string]int{"float32": 4, "float32 as uint8": 1, "float32 as float16": 2, "int32": 4}

// half reads an IEEE 754 binary16 number.
func half(bits uint16) float32 {
	sign, exponent, fraction := uint32(bits>>15)<<31, int(bits>>10&31), uint32(bits&1023)
	switch exponent {
	case 0: // zero and subnormal numbers: fraction * 2^-24
		return math.Float32frombits(math.Float32bits(float32(fraction)/(1<<24)) | sign)
	case 31: // infinity and no number
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | uint32(exponent+112)<<23 | fraction<<13)
}

func count(shape []int) (int, error) {
	n := 1
	if len(shape) > rankLimit {
		return 0, fmt.Errorf("shape %v has too many dimensions", shape)
	}
	for _, d := range shape {
		if d <= 0 || d > tensorLimit || n > tensorLimit/d {
			return 0, fmt.Errorf("shape %v is out of range", shape)
		}
		n *= d
	}
	return n, nil
}

// take returns a weight and insists on its number of dimensions.
func (w weights) take(name string, rank int) (tensor, error) {
	t, ok := w[name]
	if !ok {
		return tensor{}, fmt.Errorf("weight %q is missing", name)
	}
	if t.values == nil {
		return tensor{}, fmt.Errorf("weight %q holds whole numbers, expected float32", name)
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
	r := tensor{dims: []int{out, in, h, w}, values: make([]float32, len(t.values))}
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
	swapped := tensor{dims: []int{t.dims[0], t.dims[1], t.dims[3], t.dims[2]}, values: t.values}
	return swapped.outFirst()
}
