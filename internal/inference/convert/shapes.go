package convert

import (
	"errors"
	"fmt"
	"slices"
)

func (t *translator) softmax(n node) (value, error) {
	x, err := t.arg(n, 0)
	if err == nil && x.rank == 4 {
		err = errors.New("expected fewer than four dimensions")
	}
	return value{t.op("Softmax", []string{x.name}, intAttr("axis", max(x.rank, 1)-1)), x.rank}, err
}

func (t *translator) maxPool(n node) (value, error) {
	x, err := t.image(n, 0)
	if err != nil {
		return value{}, err
	}
	h, w, err := n.sides("ksize")
	if err != nil {
		return value{}, err
	}
	attrs, err := n.windowed()
	return value{t.op("MaxPool", []string{x.name}, append(attrs, intsAttr("kernel_shape", h, w))...), 4}, err
}

// mean writes the mean over height and width.
func (t *translator) mean(n node) (value, error) {
	x, err := t.image(n, 0)
	if err != nil {
		return value{}, err
	}
	axes, err := t.whole(n, 1)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(axes.whole, []int64{1, 2}) {
		return value{}, fmt.Errorf("mean over the dimensions %v, expected 1 and 2", axes.whole)
	}
	x.name = t.op("GlobalAveragePool", []string{x.name})
	if n.Attr["keep_dims"].B {
		return x, nil
	}
	return value{t.op("Flatten", []string{x.name}, intAttr("axis", 1)), 2}, nil
}

// pad adds zeros before and after every dimension.
func (t *translator) pad(n node) (value, error) {
	x, err := t.image(n, 0)
	if err != nil {
		return value{}, err
	}
	widths, err := t.whole(n, 1)
	if err != nil {
		return value{}, err
	}
	if !slices.Equal(widths.dims, []int{4, 2}) {
		return value{}, fmt.Errorf("widths have the shape %v, expected 4 x 2", widths.dims)
	}
	pads := make([]int64, 8)
	for to, from := range [4]int{0, 3, 1, 2} {
		for end := range 2 {
			w := widths.whole[2*from+end]
			if w < 0 || w > 4096 {
				return value{}, fmt.Errorf("width %d is out of range", w)
			}
			pads[4*end+to] = w
		}
	}
	return value{t.op("Pad", []string{x.name, t.ints(pads...)}), 4}, nil
}

// reshape keeps the order of the values, which is TensorFlow's.
func (t *translator) reshape(n node) (value, error) {
	x, err := t.arg(n, 0)
	if err != nil {
		return value{}, err
	}
	shape, err := t.whole(n, 1)
	if err != nil {
		return value{}, err
	}
	if len(shape.dims) != 1 || len(shape.whole) > rankLimit {
		return value{}, fmt.Errorf("shape %v has too many dimensions", shape.whole)
	}
	for _, d := range shape.whole {
		if d == 0 || d < -1 || d > tensorLimit {
			return value{}, fmt.Errorf("shape %v is out of range", shape.whole)
		}
	}
	name := t.op("Reshape", []string{t.channelsLast(x).name, t.ints(shape.whole...)})
	return t.channelsFirst(value{name, len(shape.whole)}), nil
}

// pack puts results side by side along a new dimension.
func (t *translator) pack(n node) (value, error) {
	var names []string
	var rank int
	axis, err := n.Attr["axis"].I.Int64()
	if err != nil || len(n.Input) == 0 {
		return value{}, errors.New("expected inputs and a dimension")
	}
	for i := range n.Input {
		x, err := t.arg(n, i)
		if err != nil {
			return value{}, err
		}
		if i > 0 && x.rank != rank || x.rank >= rankLimit {
			return value{}, fmt.Errorf("inputs have %d and %d dimensions", rank, x.rank)
		}
		if rank = x.rank; axis < 0 || int(axis) > rank {
			return value{}, fmt.Errorf("dimension %d of %d", axis, rank+1)
		}
		names = append(names, t.op("Unsqueeze", []string{t.channelsLast(x).name, t.ints(axis)}))
	}
	return t.channelsFirst(value{t.op("Concat", names, intAttr("axis", int(axis))), rank + 1}), nil
}

// concat joins results along a dimension; the last input names it.
func (t *translator) concat(n node) (value, error) {
	last := len(n.Input) - 1
	if last < 1 {
		return value{}, errors.New("expected a result and a dimension")
	}
	along, err := t.whole(n, last)
	if err != nil {
		return value{}, err
	}
	var names []string
	var rank int
	for i := range last {
		x, err := t.arg(n, i)
		if err != nil {
			return value{}, err
		}
		if i > 0 && x.rank != rank {
			return value{}, fmt.Errorf("inputs have %d and %d dimensions", rank, x.rank)
		}
		rank = x.rank
		names = append(names, x.name)
	}
	axis := int(along.whole[0])
	if axis < 0 {
		axis += rank
	}
	if axis < 0 || axis >= rank {
		return value{}, fmt.Errorf("dimension %d of %d", along.whole[0], rank)
	}
	if rank == 4 {
		axis = [4]int{0, 2, 3, 1}[axis]
	}
	return value{t.op("Concat", names, intAttr("axis", axis)), rank}, nil
}
