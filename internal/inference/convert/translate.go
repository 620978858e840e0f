package convert

import (
	"errors"
	"fmt"
)

// value is a result inside the graph. Results of four dimensions lie channels
// first here (as ONNX wants them) and channels last in TensorFlow; all others
// lie alike.
type value struct {
	name string
	rank int
}

// translator writes the part of a TensorFlow.js graph that its outputs need.
type translator struct {
	graph
	model topology
	input port
	made  map[string]value
	open  map[string]bool // nodes whose inputs are being made
}

// result names an output of a graph model: the node that gives it, and the
// name and dimensions that it has in the .onnx file.
type result struct {
	node string
	port
}

// Graph writes a TensorFlow.js graph model as ONNX: its description (JSON), its
// weights (one binary file), and the node whose result becomes Output with its
// dimensions (0 for any). Input is Nx3xHxW; a result of four dimensions comes in
// TensorFlow's order, channels last. An error names the node that cannot be
// written.
func Graph(description, weights []byte, node string, dims []int) ([]byte, error) {
	return graphNetwork("graph", result{node, port{Output, dims}})(description, weights)
}

// graphNetwork gives a function that writes a graph model with these outputs.
func graphNetwork(name string, results ...result) func(description, data []byte) ([]byte, error) {
	return func(description, data []byte) ([]byte, error) {
		model, err := parseTopology(description, data)
		if err != nil {
			return nil, err
		}
		t := &translator{graph: graph{name: name}, model: model, made: map[string]value{}, open: map[string]bool{}}
		var outputs []port
		for _, r := range results {
			v, err := t.value(r.node)
			if err != nil {
				return nil, err
			}
			t.node("Identity", []string{t.channelsLast(v).name}, r.name, nil)
			outputs = append(outputs, r.port)
		}
		if t.input.name == "" {
			return nil, errors.New("the outputs do not depend on an input")
		}
		return t.finish(t.input, outputs...), nil
	}
}

// value makes a node and, before it, what it needs.
func (t *translator) value(name string) (value, error) {
	if v, ok := t.made[name]; ok {
		return v, nil
	}
	n, ok := t.model.nodes[name]
	if !ok {
		return value{}, fmt.Errorf("node %q is missing", name)
	}
	if t.open[name] {
		return value{}, fmt.Errorf("node %q depends on itself", name)
	}
	t.open[name] = true
	v, err := t.operator(n)
	if err == nil && len(t.weights) > networkLimit {
		err = errors.New("the network becomes larger than expected: constants are used too often")
	}
	if err != nil {
		var deeper *nodeError
		if !errors.As(err, &deeper) {
			err = &nodeError{n.Name, n.Op, err}
		}
		return value{}, err
	}
	t.made[name] = v
	return v, nil
}

// nodeError names the node where a translation ended, not all that wait for it.
type nodeError struct {
	name, op string
	err      error
}

func (e *nodeError) Error() string { return fmt.Sprintf("node %q (%s): %v", e.name, e.op, e.err) }

func (e *nodeError) Unwrap() error { return e.err }

// placeholder makes the network's input.
func (t *translator) placeholder(n node) (value, error) {
	dims := n.Attr["shape"].Shape.Dim
	if len(dims) != 4 || t.input.name != "" {
		return value{}, errors.New("expected one input of four dimensions")
	}
	var d [4]int
	for i, dim := range dims {
		size, err := dim.Size.Int64()
		if err != nil || size < -1 || size > 4096 {
			return value{}, fmt.Errorf("dimension %q is out of range", dim.Size)
		}
		d[i] = int(max(size, 0))
	}
	t.input = port{Input, []int{d[0], d[3], d[1], d[2]}}
	return value{Input, 4}, nil
}

// arg makes the i-th input, which must not be a constant.
func (t *translator) arg(n node, i int) (value, error) {
	name, err := n.input(i)
	if err != nil {
		return value{}, err
	}
	if t.model.nodes[name].Op == "Const" {
		return value{}, fmt.Errorf("input %q is a constant, expected a result", name)
	}
	return t.value(name)
}

// image makes the i-th input, which must have four dimensions.
func (t *translator) image(n node, i int) (value, error) {
	v, err := t.arg(n, i)
	if err == nil && v.rank != 4 {
		err = fmt.Errorf("input %d has %d dimensions, expected 4", i, v.rank)
	}
	return v, err
}

// weight gives the i-th input, which must be a constant of float32.
func (t *translator) weight(n node, i, rank int) (tensor, error) {
	name, err := n.input(i)
	if err != nil {
		return tensor{}, err
	}
	return t.model.w.take(name, rank)
}

// whole gives the i-th input, which must be a constant of whole numbers.
func (t *translator) whole(n node, i int) (tensor, error) {
	name, err := n.input(i)
	if err != nil {
		return tensor{}, err
	}
	w, ok := t.model.w[name]
	if !ok || w.whole == nil {
		return tensor{}, fmt.Errorf("input %q is no constant of whole numbers", name)
	}
	return w, nil
}

// operand makes the i-th input of an operator that works value by value beside
// one of `rank` dimensions; here it may be a constant.
func (t *translator) operand(n node, i, rank int) (string, error) {
	name, err := n.input(i)
	if err != nil {
		return "", err
	}
	if t.model.nodes[name].Op != "Const" {
		v, err := t.value(name)
		if err == nil && v.rank != rank {
			err = fmt.Errorf("inputs have %d and %d dimensions", rank, v.rank)
		}
		return v.name, err
	}
	w, ok := t.model.w[name]
	if !ok || w.values == nil || len(w.dims) > rank {
		return "", fmt.Errorf("constant %q does not fit", name)
	}
	if rank == 4 {
		w = w.spread()
	}
	return t.floats(w.dims, w.values), nil
}

// spread gives a constant of up to four dimensions channels first, so that it
// meets the same values of a picture there.
func (t tensor) spread() tensor {
	d := [4]int{1, 1, 1, 1}
	copy(d[4-len(t.dims):], t.dims)
	r := tensor{dims: []int{d[0], d[3], d[1], d[2]}, values: make([]float32, len(t.values))}
	for i, v := range t.values {
		c, yx := i%d[3], i/d[3]
		plane := d[1] * d[2]
		r.values[(yx/plane*d[3]+c)*plane+yx%plane] = v
	}
	return r
}

// channelsLast gives a value in TensorFlow's order.
func (t *translator) channelsLast(v value) value {
	if v.rank != 4 {
		return v
	}
	return value{t.op("Transpose", []string{v.name}, intsAttr("perm", 0, 2, 3, 1)), 4}
}

// channelsFirst takes a value in TensorFlow's order.
func (t *translator) channelsFirst(v value) value {
	if v.rank != 4 {
		return v
	}
	return value{t.op("Transpose", []string{v.name}, intsAttr("perm", 0, 3, 1, 2)), 4}
}
