package convert

import "fmt"

// builder writes one network from its weights and keeps the first error, so
// that a network's description stays readable.
type builder struct {
	graph
	w   weights
	err error
}

func (b *builder) take(name string, rank int) tensor {
	t, err := b.w.take(name, rank)
	if err != nil && b.err == nil {
		b.err = err
	}
	if err != nil {
		return tensor{dims: make([]int, rank)}
	}
	return t
}

func (b *builder) weight(t tensor) string { return b.floats(t.dims, t.values) }

// vector adds a bias, checking that it fits the layer before it.
func (b *builder) vector(name string, size int) string {
	t := b.take(name, 1)
	if b.err == nil && t.dims[0] != size {
		b.err = fmt.Errorf("weight %q has %d values, expected %d", name, t.dims[0], size)
	}
	return b.weight(t)
}

// padding of a convolution or pooling: TensorFlow's "valid" pads nothing,
// "same" pads the odd pixel after the picture, explicit ones every side alike.
type padding int

const (
	valid padding = 0
	same  padding = -1
)

func (p padding) attr() attr {
	if p == same {
		return stringAttr("auto_pad", "SAME_UPPER")
	}
	return intsAttr("pads", int(p), int(p), int(p), int(p))
}

// conv is a convolution with bias.
func (b *builder) conv(x, filters, bias string, stride int, pad padding) string {
	f := b.take(filters, 4).outFirst()
	return b.op("Conv", []string{x, b.weight(f), b.vector(bias, f.dims[0])},
		intsAttr("kernel_shape", f.dims[2], f.dims[3]), intsAttr("strides", stride, stride), pad.attr())
}

// separable is a depthwise convolution followed by a 1x1 convolution with bias.
func (b *builder) separable(x, name string, stride int, pad padding) string {
	d := b.take(name+"/depthwise_filter", 4).perChannel()
	x = b.op("Conv", []string{x, b.weight(d)}, intAttr("group", d.dims[0]),
		intsAttr("kernel_shape", d.dims[2], d.dims[3]), intsAttr("strides", stride, stride), pad.attr())
	return b.conv(x, name+"/pointwise_filter", name+"/bias", 1, valid)
}

func (b *builder) pool(kind, x string, size, stride int, pad padding) string {
	return b.op(kind, []string{x}, intsAttr("kernel_shape", size, size), intsAttr("strides", stride, stride), pad.attr())
}

func (b *builder) relu(x string) string { return b.op("Relu", []string{x}) }

func (b *builder) add(x, y string) string { return b.op("Add", []string{x, y}) }
