package document

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document/glyph"
)

// belief is the probability of each class at one place.
type belief [glyph.Classes]float64

// beliefs are the places of one line, from index first on.
type beliefs struct {
	first int
	at    []belief
}

// look classifies every place of every line, each from a few spots a little
// apart, and takes the mean: what flickers is not to be trusted.
func (s *seer) look(z zone) []beliefs {
	out := make([]beliefs, len(z.rows))
	for l := range z.rows {
		first, last := z.span(l)
		out[l] = beliefs{first, make([]belief, last-first+1)}
		for i := first; i <= last; i++ {
			s.mean(z.place(l, i), &out[l].at[i-first])
		}
	}
	return out
}

// mean adds what the network sees from spots a little round a place.
func (s *seer) mean(at glyph.Place, b *belief) {
	const d = 0.055
	spots := [5][2]float64{{0, 0}, {-d, 0}, {d, 0}, {0, -d}, {0, d}}
	for _, spot := range spots {
		shifted := at
		shifted.X += spot[0]*at.UX + spot[1]*at.VX
		shifted.Y += spot[0]*at.UY + spot[1]*at.VY
		for c, p := range s.see(shifted) {
			b[c] += float64(p) / float64(len(spots))
		}
	}
}

// starts says which first characters a format can have.
var openings = map[Format]string{TD1: "ACIR", TD2: "ACIPR", TD3: "P", MRVA: "V", MRVB: "V", IDFRA: "I"}

// grammar lists what may stand at each position: the kinds of the layout, and
// at the start what tells the formats apart.
func (l *layout) grammar() [][]string {
	sets := map[kind]string{
		letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ<", digits: "0123456789<", either: glyph.Alphabet,
		checkAt: "0123456789<", sexAt: "MFX<",
	}
	kinds := l.kinds()
	out := make([][]string, l.lines)
	for i := range out {
		for _, k := range kinds[i] {
			out[i] = append(out[i], sets[k])
		}
	}
	out[0][0] = openings[l.format]
	out[0][2] = sets[letters][:26]
	if l.format == IDFRA {
		for i, c := range "IDFRA" {
			out[0][i] = string(c)
		}
	}
	return out
}

// best returns the likeliest allowed character and its share among the allowed
// ones; log is the logarithm of its plain probability.
func (b *belief) best(allowed string) (c byte, share, log float64) {
	top, sum := -1.0, 0.0
	for i := range len(allowed) {
		p := b[strings.IndexByte(glyph.Alphabet, allowed[i])]
		sum += p
		if p > top {
			top, c = p, allowed[i]
		}
	}
	return c, top / math.Max(sum, 1e-9), math.Log(math.Max(top, 1e-4))
}

// alike lists characters that OCR-B and its substitutes draw so much alike that
// only the format tells which is meant.
var alike = []string{"O0DQU", "I1LT", "B8", "S5", "Z2", "G6C", "A4"}

// against is how surely something is printed that the format does not allow and
// that cannot be mistaken for the character c: a K where it asks for C.
func (b *belief) against(c byte) float64 {
	most := 0.0
	for i := range len(glyph.Alphabet) {
		other := glyph.Alphabet[i]
		same := other == c || slices.ContainsFunc(alike, func(set string) bool {
			return strings.IndexByte(set, c) >= 0 && strings.IndexByte(set, other) >= 0
		})
		if !same {
			most = math.Max(most, b[i])
		}
	}
	return most
}

// guess is one way to read a zone.
type guess struct {
	layout *layout
	starts []int // index of the first character of each line
	score  float64
	chars  [][]byte
	share  [][]float64
	blanks int // places inside the zone where the network sees no character
}

// mostBlanks is how many characters of a zone may be worn away or hidden; with
// more, the lines do not belong where the guess puts them.
const mostBlanks = 2

// guesses fits every format with as many lines on the beliefs, best first.
func guesses(bs []beliefs) []guess {
	var out []guess
	for _, f := range formats {
		l := layouts[f]
		if l.lines != len(bs) {
			continue
		}
		g := guess{layout: l}
		grammar := l.grammar()
		fits := true
		for n := range bs {
			start, score, ok := bs[n].align(grammar[n])
			fits = fits && ok
			g.starts = append(g.starts, start)
			g.score += score / float64(l.width*l.lines)
		}
		if !fits {
			continue
		}
		for n := range bs {
			g.read(bs[n], n, grammar[n])
		}
		if g.blanks <= mostBlanks {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b guess) int { return cmp.Compare(b.score, a.score) })
	return out
}

// align finds where the line begins: characters inside must be allowed where
// they stand, and what is left over outside should be no character.
func (bs beliefs) align(grammar []string) (start int, score float64, ok bool) {
	width := len(grammar)
	score = math.Inf(-1)
	for s := 0; s+width <= len(bs.at); s++ {
		sum := 0.0
		for i := range bs.at {
			if i >= s && i < s+width {
				_, _, log := bs.at[i].best(grammar[i-s])
				sum += log
			} else {
				sum += math.Max(math.Log(math.Max(bs.at[i][glyph.None], 1e-9)), -2.5)
			}
		}
		if sum > score {
			start, score = s+bs.first, sum
		}
	}
	return start, score, !math.IsInf(score, -1)
}

func (g *guess) read(bs beliefs, n int, grammar []string) {
	chars, share := make([]byte, len(grammar)), make([]float64, len(grammar))
	for i := range grammar {
		b := &bs.at[g.starts[n]-bs.first+i]
		chars[i], share[i], _ = b.best(grammar[i])
		share[i] = math.Min(share[i], 1-b.against(chars[i]))
		if b[glyph.None] > 0.5 {
			g.blanks++
			share[i] *= 1 - b[glyph.None]
		}
	}
	g.chars, g.share = append(g.chars, chars), append(g.share, share)
}

func (g guess) lines() []string {
	out := make([]string, len(g.chars))
	for i := range out {
		out[i] = string(g.chars[i])
	}
	return out
}
