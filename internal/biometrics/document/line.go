package document

import (
	"image"
	"image/draw"
	"math"
	"slices"
	"strings"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/biometrics/picture"
)

// Line is one line of a machine-readable zone, read by itself.
type Line struct {
	Text string
	// Share of each character's probability among those that may stand there.
	Share []float64
	// Corrected lists columns where the network's second choice was taken because
	// only then the check digits within the line hold.
	Corrected []int
	// Format and Part say as which line of which format it was read; empty when
	// it fits none.
	Format Format
	Part   int
	// Checks are the check digits that lie, with all they cover, within the line.
	Checks []Check
	// Sure: the line fits a format, every check digit in it holds, nothing was
	// corrected, and every character was seen clearly.
	Sure bool
}

// lineHeight is the height, in pixels, to which a line's picture is brought.
const lineHeight = 40

// ReadLine reads a picture that shows one upright line of a zone and nothing
// else, whole or cut off at an end. Where its length and characters fit a line
// of a known format, that format's kinds of characters and the check digits
// that lie within the line help; else it is read as it stands. It returns
// ErrNoZone when there is no evenly spaced print.
func (r *Reader) ReadLine(img *image.RGBA) (Line, error) {
	work := linePlane(img)
	s := &seer{net: r.net, plane: work}
	best, top := Line{}, math.Inf(-1)
	try := func(bs []belief, penalty float64) {
		if len(bs) == 0 {
			return
		}
		l, score := fitLine(bs)
		if score += -leastMean*float64(len(l.Text)) - penalty; score > top {
			best, top = l, score
		}
	}
	for _, k := range [2]float64{0.35, 0.75} {
		marks := frame{}.marks(blobs(darkPrint(work, 2*lineHeight+1, k), work.W, work.H))
		for _, found := range rows(marks) {
			z, clear := s.focus(zone{rows: []row{found}, scale: 1, stretch: 1})
			if !z.over && clear >= 2*leastMean {
				try(inked(work, z, s.look(z)[0]), 0)
			}
		}
		try(s.read(strung(marks)), 0)
	}
	if best.Text == "" {
		return Line{}, ErrNoZone
	}
	return best, nil
}

// linePlane brings a line to a known height and gives it a border of paper.
func linePlane(img *image.RGBA) *glyph.Plane {
	b := img.Bounds()
	w := max(1, int(float64(b.Dx())*lineHeight/float64(b.Dy())+0.5))
	small := picture.Resize(img, w, lineHeight)
	framed := image.NewRGBA(image.Rect(0, 0, w+lineHeight, 2*lineHeight))
	draw.Draw(framed, framed.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(framed, small.Bounds().Add(image.Pt(lineHeight/2, lineHeight/2)), small, small.Bounds().Min, draw.Src)
	return glyph.Grey(framed)
}

// leastInk is how much print a character has at least, against the middle of
// the line's characters.
const leastInk = 0.3

// inked is the run of places that begins and ends with print.
func inked(p *glyph.Plane, z zone, bs beliefs) []belief {
	dark := make([]float64, len(bs.at))
	for i := range dark {
		dark[i] = glyph.Ink(p, z.place(0, bs.first+i))
	}
	sorted := slices.Sorted(slices.Values(dark))
	least := leastInk * sorted[len(sorted)/2]
	first, last := 0, len(dark)-1
	for first < last && dark[first] < least {
		first++
	}
	for last > first && dark[last] < least {
		last--
	}
	return bs.at[first : last+1]
}

// strung makes a place of every piece of print that is as tall as a character,
// for lines whose characters do not stand evenly.
func strung(ms []mark) []glyph.Place {
	heights := make([]float64, 0, len(ms))
	for _, m := range ms {
		heights = append(heights, m.h)
	}
	if len(ms) < 10 {
		return nil
	}
	slices.Sort(heights)
	height := heights[len(heights)*3/4]
	var line []mark
	for _, m := range ms {
		if m.h < 0.45*height || m.h > 1.5*height {
			continue
		}
		if n := len(line); n > 0 && m.u-line[n-1].u < 0.35*height { // a piece of the same character
			line[n-1] = joined(line[n-1], m)
			continue
		}
		line = append(line, m)
	}
	if len(line) < 10 {
		return nil
	}
	var is, vs []float64
	for _, m := range line {
		is, vs = append(is, m.u), append(vs, m.v)
	}
	v := leastSquares(is, vs, 1)
	var out []glyph.Place
	for i, m := range line {
		var steps []float64
		for j := max(1, i-3); j < min(len(line), i+5); j++ {
			steps = append(steps, line[j].u-line[j-1].u)
		}
		slices.Sort(steps)
		pitch := steps[len(steps)/2]
		if i > 0 {
			for gap := m.u - line[i-1].u; gap > 1.6*pitch; gap -= pitch {
				return nil // something is missing here: not strung
			}
		}
		out = append(out, glyph.Place{X: m.u, Y: poly(v, m.u), UX: pitch, VY: height / tallest})
	}
	return out
}

func joined(a, b mark) mark {
	x0, x1 := math.Min(a.u-a.w/2, b.u-b.w/2), math.Max(a.u+a.w/2, b.u+b.w/2)
	y0, y1 := math.Min(a.v-a.h/2, b.v-b.h/2), math.Max(a.v+a.h/2, b.v+b.h/2)
	return mark{(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0}
}

// part is a line of a format, or a piece of one that begins at column from.
type part struct {
	layout  *layout
	line    int
	from    int
	grammar []string
}

// unlikely is what it costs, in natural logarithms, to hold a line for a piece
// cut off at one end, and to hold it for no line of any format.
const (
	cutOff   = 2.0
	formless = 5.0
)

// fitLine reads a line as the part of a format that fits it best, or freely.
func fitLine(bs []belief) (Line, float64) {
	best := freely(bs)
	top := part{}.score(bs, best) - formless
	for _, p := range parts(len(bs)) {
		l := p.read(bs)
		l.Corrected = p.repair(bs, &l)
		if score := p.score(bs, l); score > top {
			best, top = p.finish(l), score
		}
	}
	return best, top
}

// finish says what the line is and how sure that is.
func (p part) finish(l Line) Line {
	l.Format, l.Part, l.Checks = p.layout.format, p.line, p.checks(l.Text)
	backed := map[int]bool{}
	l.Sure = len(l.Corrected) == 0 && len(l.Text) == p.layout.width
	for _, c := range l.Checks {
		l.Sure = l.Sure && (c.Outcome == OK || c.Outcome == NotPrinted && !c.Required)
	}
	for at := range p.layout.backed() {
		if at.Line == p.line && len(l.Checks) > 0 {
			backed[at.Column-p.from] = true
		}
	}
	for i, share := range l.Share {
		l.Sure = l.Sure && (share >= aloneShare || share >= backedShare && backed[i])
	}
	return l
}

// switched is what it costs a free line to go from letters to digits or back:
// O and 0, I and 1 are told apart by their company.
const switched = 2.5

// freely reads a line of no known format: the likeliest row of letters, digits
// and fillers that does not change between letters and digits too often.
func freely(bs []belief) Line {
	const alphas, numerals = 1, 0
	sets := [2]string{glyph.Alphabet[:10] + "<", glyph.Alphabet[10:]}
	type step struct{ from, c byte }
	back := make([][2]step, len(bs))
	var cost [2]float64
	for i := range bs {
		var next [2]float64
		for _, kind := range [2]byte{numerals, alphas} {
			c, _, log := bs[i].best(sets[kind])
			stay, change := cost[kind], cost[1-kind]-switched
			if c == '<' {
				change = math.Inf(-1) // a filler belongs to neither
			}
			from := kind
			if change > stay {
				stay, from = change, 1-kind
			}
			next[kind], back[i][kind] = stay+log, step{from, c}
		}
		cost = next
	}
	kind := byte(numerals)
	if cost[alphas] > cost[numerals] {
		kind = alphas
	}
	text, share := make([]byte, len(bs)), make([]float64, len(bs))
	for i := len(bs) - 1; i >= 0; i-- {
		text[i] = back[i][kind].c
		share[i] = bs[i][strings.IndexByte(glyph.Alphabet, text[i])]
		kind = back[i][kind].from
	}
	return Line{Text: string(text), Share: share}
}

// parts lists what a line of n characters can be.
func parts(n int) []part {
	var out []part
	for _, f := range formats {
		l := layouts[f]
		for i, grammar := range l.grammar() {
			for from := 0; from+n <= l.width && l.width-n <= mostCut; from++ {
				if from == 0 || from+n == l.width {
					out = append(out, part{l, i, from, grammar[from : from+n]})
				}
			}
		}
	}
	return out
}

// read classifies places one by one.
func (s *seer) read(places []glyph.Place) []belief {
	out := make([]belief, len(places))
	for i, at := range places {
		s.mean(at, &out[i])
	}
	return out
}

// mostCut is how many characters may be missing at one end of a line.
const mostCut = 3

func (p part) read(bs []belief) Line {
	var l Line
	text := make([]byte, len(bs))
	for i := range bs {
		c, share, _ := bs[i].best(p.grammar[i])
		text[i] = c
		l.Share = append(l.Share, math.Min(share, 1-bs[i].against(c)))
	}
	l.Text = string(text)
	return l
}

// score is the logarithm of how likely the line is this part: what the network
// saw, and a check digit that holds by chance once in ten times.
func (p part) score(bs []belief, l Line) float64 {
	sum := 0.0
	for i := range bs {
		sum += math.Log(math.Max(bs[i][strings.IndexByte(glyph.Alphabet, l.Text[i])], 1e-4))
	}
	if p.layout == nil {
		return sum
	}
	if len(bs) < p.layout.width {
		sum -= cutOff
	}
	holds, all := held(p.checks(l.Text))
	return sum + math.Log(10)*float64(holds) - 2*math.Log(10)*float64(all-holds)
}

// checks judges the check digits that lie, with all they cover, inside the part.
func (p part) checks(text string) []Check {
	var out []Check
	for _, r := range p.layout.rules {
		covered, inside := "", true
		for _, s := range append([]span{r.at}, r.over...) {
			if inside = inside && s.line == p.line && s.from >= p.from && s.to <= p.from+len(text); inside {
				covered += text[s.from-p.from : s.to-p.from]
			}
		}
		if inside {
			out = append(out, judge(r, covered[1:], covered[0], r.at))
		}
	}
	return out
}

// held counts the check digits that hold, and those that ought to.
func held(checks []Check) (holds, all int) {
	for _, c := range checks {
		if c.Outcome == OK {
			holds++
		}
		if c.Outcome != NotPrinted || c.Required {
			all++
		}
	}
	return holds, all
}

// nearly is how much less likely, in natural logarithms, the network's second
// choice may be to be taken: on worn lines it was right up to 1 and wrong beyond 2.5.
const nearly = 2.0

// repair takes the network's second choice at one place where that alone makes
// all check digits of the part hold and no other place does about as well.
func (p part) repair(bs []belief, l *Line) []int {
	holds, all := held(p.checks(l.Text))
	if all == 0 || holds == all {
		return nil
	}
	at, with, cost, second := -1, byte(0), math.Inf(1), math.Inf(1)
	for i := range bs {
		top := bs[i][strings.IndexByte(glyph.Alphabet, l.Text[i])]
		for k := range len(p.grammar[i]) {
			c := p.grammar[i][k]
			d := math.Log(math.Max(top, 1e-9) / math.Max(bs[i][strings.IndexByte(glyph.Alphabet, c)], 1e-9))
			if c == l.Text[i] || d > nearly || d >= second {
				continue
			}
			if n, of := held(p.checks(l.Text[:i] + string(c) + l.Text[i+1:])); n != of {
				continue
			}
			if d < cost {
				at, with, cost, second = i, c, d, cost
			} else {
				second = d
			}
		}
	}
	if at < 0 || second-cost < distinct {
		return nil
	}
	l.Text = l.Text[:at] + string(with) + l.Text[at+1:]
	l.Share[at] = 1 - l.Share[at]
	return []int{at}
}
