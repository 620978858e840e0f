package face

import (
	"errors"
	"fmt"
	"math"
)

// Descriptor is a face as numbers, with the network that made them. Numbers of
// different networks or versions mean nothing to each other.
type Descriptor struct {
	Network string    `json:"network"`
	Version string    `json:"version"`
	Values  []float32 `json:"values"`
}

// ErrNetworks says that two descriptors come from different networks.
var ErrNetworks = errors.New("face: descriptors of different networks cannot be compared")

// ErrValues says that a descriptor is damaged.
var ErrValues = errors.New("face: descriptor has no usable values")

// Distance is the Euclidean distance of two descriptors of one network: 0 for
// the same picture, larger the less alike. A network whose metric is the cosine
// gives descriptors of length 1, so their distance is sqrt(2-2cos), 0 to 2.
func Distance(a, b Descriptor) (float64, error) {
	if a.Network != b.Network || a.Version != b.Version || a.Network == "" {
		return 0, fmt.Errorf("%w: %s %s and %s %s", ErrNetworks, a.Network, a.Version, b.Network, b.Version)
	}
	if len(a.Values) == 0 || len(a.Values) != len(b.Values) {
		return 0, ErrValues
	}
	var sum float64
	for i, v := range a.Values {
		d := float64(v) - float64(b.Values[i])
		sum += d * d
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return 0, ErrValues
	}
	return math.Sqrt(sum), nil
}

// unit scales values to length 1; zeros stay zeros.
func unit(values []float32) []float32 {
	var sum float64
	for _, v := range values {
		sum += float64(v) * float64(v)
	}
	if sum == 0 {
		return values
	}
	f := 1 / math.Sqrt(sum)
	out := make([]float32, len(values))
	for i, v := range values {
		out[i] = float32(float64(v) * f)
	}
	return out
}
