package specimen

import "math"

// chance gives the same numbers for the same seed on every machine and Go
// release (splitmix64): a specimen is a test vector. It is no source of secrets.
type chance struct{ state uint64 }

func newChance(seed uint64) *chance { return &chance{seed*0x9e3779b97f4a7c15 + 1} }

func (c *chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// unit is in [0,1).
func (c *chance) unit() float64 { return float64(c.next()>>11) / (1 << 53) }

// between is in [lo,hi).
func (c *chance) between(lo, hi float64) float64 { return lo + (hi-lo)*c.unit() }

// normal has mean 0 and deviation 1 (Box and Muller).
func (c *chance) normal() float64 {
	return math.Sqrt(-2*math.Log(1-c.unit())) * math.Cos(2*math.Pi*c.unit())
}
