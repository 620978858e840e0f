package document

import (
	"slices"
	"strings"
	"testing"

	"truepenny/internal/biometrics/document/glyph"
)

// believed makes beliefs in which every character of the lines is certain.
func believed(lines []string) []beliefs {
	out := make([]beliefs, len(lines))
	for n, line := range lines {
		out[n] = beliefs{first: -2, at: make([]belief, len(line)+4)}
		for i := range out[n].at {
			out[n].at[i][glyph.None] = 1
		}
		for i := range len(line) {
			b := belief{}
			b[strings.IndexByte(glyph.Alphabet, line[i])] = 1
			out[n].at[i+2] = b
		}
	}
	return out
}

// doubt makes the network see wrong, with right as its second choice.
func doubt(bs []beliefs, line, column int, wrong, right byte, share float64) {
	b := belief{}
	b[strings.IndexByte(glyph.Alphabet, wrong)] = share
	b[strings.IndexByte(glyph.Alphabet, right)] += 1 - share
	bs[line].at[column+2] = b
}

func TestCertainBeliefsGiveTheFormatAndTheLines(t *testing.T) {
	for f, lines := range examples {
		gs := guesses(believed(lines))
		if len(gs) == 0 || !slices.Equal(gs[0].lines(), lines) {
			t.Errorf("%s: %d guesses", f, len(gs))
			continue
		}
		if g := gs[0]; g.layout.format != f || g.repair(believed(lines)) != nil {
			t.Errorf("%s: read as %s, or repaired without need", f, g.layout.format)
		}
	}
}

func TestACheckDigitSettlesADoubtfulCharacterAndItIsMarked(t *testing.T) {
	bs := believed(examples[TD3])
	doubt(bs, 1, 14, '9', '4', 0.6) // birth date 740812
	g := guesses(bs)[0]
	if g.lines()[1] == examples[TD3][1] {
		t.Fatal("the doubt had no effect")
	}
	if got := g.repair(bs); !slices.Equal(got, []Pos{{1, 14}}) || !slices.Equal(g.lines(), examples[TD3]) {
		t.Errorf("corrected %v, lines %q", got, g.lines())
	}
	if g.share[1][14] > 0.5 {
		t.Errorf("a corrected character has confidence %.2f", g.share[1][14])
	}
	c := candidate{guess: g, zone: zone{rows: []row{flatRow(0), flatRow(60)}, scale: 1, stretch: 1}, scale: 1, corrected: []Pos{{1, 14}}}
	if r := c.reading(); r.Sure || !r.MRZ.Verified() {
		t.Errorf("a corrected reading: sure %v, verified %v", r.Sure, r.MRZ.Verified())
	}
}

func flatRow(v float64) row {
	return row{pitch: 20, height: 20, u: [3]float64{0, 20}, v: [3]float64{v}, last: 43}
}

func TestNothingIsInvented(t *testing.T) {
	// Two changes would do equally well: neither is made.
	even := believed(examples[TD3])
	doubt(even, 1, 0, 'B', 'L', 0.5001) // B and L both count 1 modulo 10 ...
	doubt(even, 1, 2, '5', '9', 0.6)
	even[1].at[2+4] = even[1].at[2+2] // ... and 0 has the same weight and the same doubt
	doubt(even, 1, 3, '6', '8', 0.6)
	g := guesses(even)[0]
	before := g.lines()
	if got := g.repair(even); got != nil && !g.layout.parse(g.lines()).Verified() {
		t.Errorf("corrected %v to something that does not verify", got)
	} else if got == nil && !slices.Equal(before, g.lines()) {
		t.Error("changed without saying so")
	}
	// The right character was never seen: nothing is put in its place.
	blind := believed(examples[TD3])
	doubt(blind, 1, 14, '9', '9', 1)
	g = guesses(blind)[0]
	if got := g.repair(blind); got != nil || g.lines()[1][14] != '9' {
		t.Errorf("invented %v: %q", got, g.lines()[1])
	}
}

func TestLinesThatDoNotBeginUnderEachOtherAreNoZone(t *testing.T) {
	z := zone{rows: []row{flatRow(0), flatRow(60)}, scale: 1, stretch: 1}
	if !z.flush([]int{3, 3}) || z.flush([]int{3, 5}) {
		t.Error("shifted lines pass, or straight ones do not")
	}
}
