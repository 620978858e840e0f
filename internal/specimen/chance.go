package specimen

import "math"

// Chance gives the same numbers for the same seed on every machine and Go
// release (splitmix64): a specimen is a test vector. It is no source of secrets.
type Chance struct{ state uint64 }

// NewChance starts the sequence of a seed.
func NewChance(seed uint64) *Chance { return &Chance{seed*0x9e3779b97f4a7c15 + 1} }

func (c *Chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Unit is in [0,1).
func (c *Chance) Unit() float64 { return float64(c.next()>>11) / (1 << 53) }

// Between is in [lo,hi).
func (c *Chance) Between(lo, hi float64) float64 { return lo + (hi-lo)*c.Unit() }

// Normal has mean 0 and deviation 1 (Box and Muller).
func (c *Chance) Normal() float64 {
	return math.Sqrt(-2*math.Log(1-c.Unit())) * math.Cos(2*math.Pi*c.Unit())
}
