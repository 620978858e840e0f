package convert

import (
	"errors"
	"fmt"
)

// operator writes one node. The known kinds are those of Human's networks of
// faces and hands, without the pre- and postprocessing that some carry.
func (t *translator) operator(n node) (value, error) {
	switch n.Op {
	case "Placeholder":
		return t.placeholder(n)
	case "Identity":
		return t.arg(n, 0)
	case "Conv2D", "_FusedConv2D":
		return t.convolution(n, false)
	case "DepthwiseConv2dNative", "FusedDepthwiseConv2dNative":
		return t.convolution(n, true)
	case "_FusedMatMul":
		return t.matrix(n)
	case "Add", "AddV2", "AddN":
		return t.pointwise(n, "Add")
	case "Mul":
		return t.pointwise(n, "Mul")
	case "Sub":
		return t.pointwise(n, "Sub")
	case "Minimum":
		return t.pointwise(n, "Min")
	case "Maximum":
		return t.pointwise(n, "Max")
	case "Relu", "Relu6", "Sigmoid", "Prelu":
		x, err := t.arg(n, 0)
		if err != nil {
			return value{}, err
		}
		return t.activation(n, n.Op, x, 1)
	case "Softmax":
		return t.softmax(n)
	case "MaxPool":
		return t.maxPool(n)
	case "Mean":
		return t.mean(n)
	case "Pad":
		return t.pad(n)
	case "Reshape":
		return t.reshape(n)
	case "Pack":
		return t.pack(n)
	case "ConcatV2":
		return t.concat(n)
	}
	return value{}, errors.New("this operator is not known")
}

// convolution writes a convolution with what is fused into it: a bias, then at
// most one activation.
func (t *translator) convolution(n node, depthwise bool) (value, error) {
	x, err := t.image(n, 0)
	if err != nil {
		return value{}, err
	}
	f, err := t.weight(n, 1, 4)
	if err != nil {
		return value{}, err
	}
	attrs, err := n.windowed()
	if err != nil {
		return value{}, err
	}
	if depthwise {
		if f.dims[3] != 1 {
			return value{}, fmt.Errorf("%d filters a channel, expected 1", f.dims[3])
		}
		f = f.perChannel()
		attrs = append(attrs, intAttr("group", f.dims[0]))
	} else {
		f = f.outFirst()
	}
	attrs = append(attrs, intsAttr("kernel_shape", f.dims[2], f.dims[3]))
	bias, rest, err := t.fused(n, f.dims[0])
	if err != nil {
		return value{}, err
	}
	inputs := []string{x.name, t.floats(f.dims, f.values)}
	if bias != "" {
		inputs = append(inputs, bias)
	}
	return t.activation(n, rest, value{t.op("Conv", inputs, attrs...), 4}, 3)
}

// fused reads what is fused into a node: the bias of `size` values (the third
// input), and the activation's kind ("" for none).
func (t *translator) fused(n node, size int) (bias, rest string, err error) {
	var kinds []string
	for _, s := range n.Attr["fused_ops"].List.S {
		kind, err := decodeText(s)
		if err != nil {
			return "", "", err
		}
		kinds = append(kinds, kind)
	}
	if len(kinds) == 0 {
		return "", "", nil
	}
	if kinds[0] != "BiasAdd" || len(kinds) > 2 {
		return "", "", fmt.Errorf("the fused operators %q are not known", kinds)
	}
	b, err := t.weight(n, 2, 1)
	if err != nil {
		return "", "", err
	}
	if b.dims[0] != size {
		return "", "", fmt.Errorf("bias has %d values, expected %d", b.dims[0], size)
	}
	if len(kinds) == 2 {
		rest = kinds[1]
	}
	return t.floats(b.dims, b.values), rest, nil
}

// activation writes an activation by its kind; slope is the input with a
// Prelu's slopes.
func (t *translator) activation(n node, kind string, x value, slope int) (value, error) {
	switch kind {
	case "":
		return x, nil
	case "Relu", "Sigmoid":
		return value{t.op(kind, []string{x.name}), x.rank}, nil
	case "Relu6":
		low, high := t.floats(nil, []float32{0}), t.floats(nil, []float32{6})
		return value{t.op("Clip", []string{x.name, low, high}), x.rank}, nil
	case "Prelu":
		return t.prelu(n, x, slope)
	}
	return value{}, fmt.Errorf("the activation %q is not known", kind)
}

// prelu writes slope*x + (1-slope)*Relu(x), each product as a convolution of
// one channel with itself. The runtime keeps its own order of values through
// convolutions but not through PRelu, and reordering before and after every
// PRelu took two thirds of the face mesh's time.
func (t *translator) prelu(n node, x value, slope int) (value, error) {
	name, err := n.input(slope)
	if err != nil {
		return value{}, err
	}
	s, ok := t.model.w[name]
	if !ok || x.rank != 4 || len(s.dims) == 0 || s.dims[len(s.dims)-1] != len(s.values) || len(s.values) == 0 {
		return value{}, fmt.Errorf("slopes %q are no constant with one value a channel", name)
	}
	rest := make([]float32, len(s.values))
	for i, v := range s.values {
		rest[i] = 1 - v
	}
	scaled := func(x string, by []float32) string {
		return t.op("Conv", []string{x, t.floats([]int{len(by), 1, 1, 1}, by)}, intAttr("group", len(by)), intsAttr("kernel_shape", 1, 1))
	}
	positive := t.op("Relu", []string{x.name})
	return value{t.op("Add", []string{scaled(x.name, s.values), scaled(positive, rest)}), 4}, nil
}

// matrix writes a product with a matrix of weights, its bias and activation.
func (t *translator) matrix(n node) (value, error) {
	x, err := t.arg(n, 0)
	if err != nil {
		return value{}, err
	}
	w, err := t.weight(n, 1, 2)
	if err != nil {
		return value{}, err
	}
	if x.rank != 2 || n.Attr["transpose_a"].B || n.Attr["transpose_b"].B {
		return value{}, errors.New("expected two matrices that are not transposed")
	}
	bias, rest, err := t.fused(n, w.dims[1])
	if err != nil {
		return value{}, err
	}
	if bias == "" {
		return value{}, errors.New("expected a bias")
	}
	return t.activation(n, rest, value{t.op("Gemm", []string{x.name, t.floats(w.dims, w.values), bias}), 2}, 3)
}

// pointwise writes an operator of two or more inputs, value by value. The
// first that is no constant says how many dimensions there are.
func (t *translator) pointwise(n node, kind string) (value, error) {
	rank := -1
	for i := range n.Input {
		if v, err := t.arg(n, i); err == nil {
			rank = v.rank
			break
		} else if deeper := (*nodeError)(nil); errors.As(err, &deeper) {
			return value{}, err
		}
	}
	if rank < 0 || len(n.Input) < 2 {
		return value{}, errors.New("expected two inputs of which one is a result")
	}
	sum, err := t.operand(n, 0, rank)
	if err != nil {
		return value{}, err
	}
	for i := 1; i < len(n.Input); i++ {
		next, err := t.operand(n, i, rank)
		if err != nil {
			return value{}, err
		}
		sum = t.op(kind, []string{sum, next})
	}
	return value{sum, rank}, nil
}
