package convert

import (
	"fmt"
	"strconv"
)

// descriptorNetwork writes dlib's face recognition network (ResNet with 29
// convolutions) as face-api ships it. Input Nx3x150x150, RGB minus the mean,
// divided by 255; output Nx128, not normalised.
func descriptorNetwork(w weights) ([]byte, error) {
	b := &builder{graph: graph{name: "face_recognition"}, w: w}
	x := b.relu(b.scaled(Input, "conv32_down", 2, valid))
	x = b.pool("MaxPool", x, 3, 2, valid)
	side, channels := 35, 32
	for _, stage := range []struct {
		channels, plain int
		last            bool
	}{{32, 3, false}, {64, 3, false}, {128, 2, false}, {256, 2, true}} {
		name := "conv" + strconv.Itoa(stage.channels)
		if stage.channels != 32 {
			x, side = b.down(x, name+"_down", side, channels, stage.channels)
		}
		for i := 1; i <= stage.plain; i++ {
			x = b.residual(x, name+"_"+strconv.Itoa(i))
		}
		channels = stage.channels
		if stage.last {
			x, _ = b.down(x, name+"_down_out", side, channels, channels)
		}
	}
	x = b.op("GlobalAveragePool", []string{x})
	x = b.op("Flatten", []string{x}, intAttr("axis", 1))
	fc := b.take("fc", 2)
	x = b.op("MatMul", []string{x, b.weight(fc)})
	return b.model([]int{0, 3, 150, 150}, x, []int{0, 128}), b.err
}

// scaled is a convolution with the scale layer after it folded into its
// weights: (W*x + c)*s + t = (W*s)*x + (c*s + t).
func (b *builder) scaled(x, name string, stride int, pad padding) string {
	f := b.take(name+"/conv/filters", 4).outFirst()
	out := f.dims[0]
	c, s, t := b.take(name+"/conv/bias", 1), b.take(name+"/scale/weights", 1), b.take(name+"/scale/biases", 1)
	if b.err == nil && (len(c.values) != out || len(s.values) != out || len(t.values) != out) {
		b.err = fmt.Errorf("layer %q: bias and scale do not fit %d filters", name, out)
	}
	if b.err != nil {
		return x
	}
	bias := make([]float32, out)
	each := len(f.values) / out
	for o := range out {
		for i := range each {
			f.values[o*each+i] *= s.values[o]
		}
		bias[o] = float32(float64(c.values[o])*float64(s.values[o]) + float64(t.values[o]))
	}
	return b.op("Conv", []string{x, b.weight(f), b.floats([]int{out}, bias)},
		intsAttr("kernel_shape", f.dims[2], f.dims[3]), intsAttr("strides", stride, stride), pad.attr())
}

func (b *builder) residual(x, name string) string {
	y := b.relu(b.scaled(x, name+"/conv1", 1, same))
	y = b.scaled(y, name+"/conv2", 1, same)
	return b.relu(b.add(y, x))
}

// down halves the side. The shortcut is an average pool with zero channels
// appended; where pooling leaves one row and column more than the valid
// convolution, the convolution's result gets zeros at bottom and right.
func (b *builder) down(x, name string, side, channels, out int) (string, int) {
	y := b.relu(b.scaled(x, name+"/conv1", 2, valid))
	y = b.scaled(y, name+"/conv2", 1, same)
	pooled := b.pool("AveragePool", x, 2, 2, valid)
	convSide, poolSide := (side-3)/2+1, (side-2)/2+1
	if d := poolSide - convSide; d > 0 {
		y = b.op("Pad", []string{y, b.ints(0, 0, 0, 0, 0, 0, int64(d), int64(d))})
	}
	if out > channels {
		pooled = b.op("Pad", []string{pooled, b.ints(0, 0, 0, 0, 0, int64(out-channels), 0, 0)})
	}
	return b.relu(b.add(y, pooled)), poolSide
}
