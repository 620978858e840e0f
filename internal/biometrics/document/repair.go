package document

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document/glyph"
)

// Pos is a character of the zone, both counted from 0.
type Pos struct{ Line, Column int }

// change replaces a character by another that the network also thought possible.
type change struct {
	at   Pos
	to   byte
	cost float64 // by how much less likely, in natural logarithms
}

// Bounds of a repair: how unlikely in all, how much likelier than the next.
const (
	dearest  = 5.0
	distinct = 1.2
	offers   = 16
)

// repair looks for the one or two least costly changes after which every check
// digit holds. It changes nothing when none or more than one does about as
// well: a doubtful repair would be an invention.
func (g *guess) repair(bs []beliefs) []Pos {
	if g.layout.parse(g.lines()).Verified() {
		return nil
	}
	cs := g.changes(bs)
	var best []change
	cost, second := math.Inf(1), math.Inf(1)
	try := func(set ...change) {
		sum := 0.0
		for _, c := range set {
			sum += c.cost
		}
		if sum >= second || sum > dearest || !g.with(set, func() bool { return g.layout.parse(g.lines()).Verified() }) {
			return
		}
		if sum < cost {
			best, cost, second = slices.Clone(set), sum, cost
		} else {
			second = sum
		}
	}
	for i, a := range cs {
		try(a)
		for _, b := range cs[:i] {
			if a.at != b.at {
				try(a, b)
			}
		}
	}
	if best == nil || second-cost < distinct {
		return nil
	}
	var out []Pos
	for _, c := range best {
		g.chars[c.at.Line][c.at.Column] = c.to
		g.share[c.at.Line][c.at.Column] = 1 - g.share[c.at.Line][c.at.Column]
		out = append(out, c.at)
	}
	return out
}

// with applies changes, asks, and takes them back.
func (g *guess) with(set []change, ask func() bool) bool {
	old := make([]byte, len(set))
	for i, c := range set {
		old[i] = g.chars[c.at.Line][c.at.Column]
		g.chars[c.at.Line][c.at.Column] = c.to
	}
	yes := ask()
	for i, c := range set {
		g.chars[c.at.Line][c.at.Column] = old[i]
	}
	return yes
}

// changes lists the cheapest alternatives at positions under a check digit.
func (g *guess) changes(bs []beliefs) []change {
	grammar := g.layout.grammar()
	var out []change
	for at := range g.layout.backed() {
		b := bs[at.Line].at[g.starts[at.Line]-bs[at.Line].first+at.Column]
		now, allowed := g.chars[at.Line][at.Column], grammar[at.Line][at.Column]
		top := b[strings.IndexByte(glyph.Alphabet, now)]
		for i := range len(allowed) {
			c := allowed[i]
			cost := math.Log(math.Max(top, 1e-9) / math.Max(b[strings.IndexByte(glyph.Alphabet, c)], 1e-9))
			if c != now && cost < dearest {
				out = append(out, change{at, c, cost})
			}
		}
	}
	slices.SortFunc(out, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.at.Line, b.at.Line), cmp.Compare(a.at.Column, b.at.Column), cmp.Compare(a.to, b.to))
	})
	return out[:min(len(out), offers)]
}
