package bill

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"truepenny/internal/biometrics/text"
)

// segment is a run of words without a wide gap: a label, a value, a line of an
// address. Its measures are in the page's own units.
type segment struct {
	page       int
	words      []text.Word
	x, y, w, h float64
	plain      string // folded: small letters without accents, single spaces
	at         []int  // where each word begins in plain
	said       string // as printed
}

// paper is all segments in reading order, and the blocks they form.
type paper struct {
	segments []*segment
	pages    []text.Page
	blocks   [][]*segment
	over     map[*segment]*segment // what above has found
	slope    float64               // of the page that is being split
}

// tilt is how much lines fall from left to right, as a photograph's do: the middle
// of all lines that are long enough to tell. A page from a file has none.
func tilt(p text.Page) float64 {
	var slopes []float64
	for _, l := range p.Lines {
		if len(l.Words) < 2 {
			continue
		}
		a, b := l.Words[0].Box, l.Words[len(l.Words)-1].Box
		run := (b.X + b.W/2 - a.X - a.W/2) * p.Width
		if run < p.Width/12 {
			continue
		}
		slopes = append(slopes, (b.Y+b.H/2-a.Y-a.H/2)*p.Height/run)
	}
	if len(slopes) < 3 {
		return 0
	}
	slices.Sort(slopes)
	return max(-0.15, min(0.15, slopes[len(slopes)/2]))
}

func newPaper(pages []text.Page) *paper {
	d := &paper{pages: pages, over: map[*segment]*segment{}}
	words := 0
	for n, p := range pages {
		d.slope = tilt(p)
		for _, l := range p.Lines {
			if words += len(l.Words); words > most {
				break
			}
			d.split(n, p, l)
		}
	}
	slices.SortStableFunc(d.segments, func(a, b *segment) int {
		return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x))
	})
	d.group()
	return d
}

// split cuts a line where a gap is wider than letters are high: a label and a
// number at the other side of the page are two things.
func (d *paper) split(n int, p text.Page, l text.Line) {
	words := slices.DeleteFunc(slices.Clone(l.Words), func(w text.Word) bool {
		return w.Text == "" || !(w.Box.H > 0) || !(w.Box.W > 0)
	})
	from := 0
	for i := 1; i <= len(words); i++ {
		if i < len(words) {
			gap := (words[i].Box.X - words[i-1].Box.X - words[i-1].Box.W) * p.Width
			if gap < 1.3*max(words[i].Box.H, words[i-1].Box.H)*p.Height && gap > -p.Width/10 {
				continue
			}
		}
		d.segments = append(d.segments, newSegment(n, p, words[from:i], d.slope))
		from = i
	}
}

func newSegment(n int, p text.Page, words []text.Word, slope float64) *segment {
	b := text.Line{Words: words}.Box()
	s := &segment{page: n, words: words, x: b.X * p.Width, y: b.Y * p.Height, w: b.W * p.Width, h: height(words) * p.Height}
	s.said = text.Line{Words: words}.Text()
	if first := words[0].Box; slope != 0 { // as if the page lay straight
		s.y = (first.Y+first.H/2)*p.Height - slope*(first.X+first.W/2)*p.Width - s.h/2
		s.x += slope * s.y
	}
	for i, w := range words {
		if i > 0 {
			s.plain += " "
		}
		s.at = append(s.at, len(s.plain))
		s.plain += fold(w.Text)
	}
	return s
}

// height is the middle one of the words': a comma that stands alone is low.
func height(words []text.Word) float64 {
	all := make([]float64, len(words))
	for i, w := range words {
		all[i] = w.Box.H
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// box is the place of the words that plain[from:to] covers.
func (s *segment) box(from, to int) text.Box {
	var b text.Box
	for i, w := range s.words {
		end := len(s.plain)
		if i+1 < len(s.at) {
			end = s.at[i+1]
		}
		if s.at[i] < to && end > from {
			b = b.Join(w.Box)
		}
	}
	return b
}

// text is what is printed where plain[from:to] stands, by whole words.
func (s *segment) text(from, to int) string {
	var out []string
	for i, w := range s.words {
		end := len(s.plain)
		if i+1 < len(s.at) {
			end = s.at[i+1] - 1
		}
		if s.at[i] < to && end > from {
			out = append(out, w.Text)
		}
	}
	return strings.Join(out, " ")
}

func (s *segment) fact(from, to int) Fact {
	return Fact{Text: s.text(from, to), Page: s.page, Box: s.box(from, to)}
}

func (s *segment) middle() float64 { return s.y + s.h/2 }

// besides reports whether o stands on the same row.
func (s *segment) besides(o *segment) bool {
	return s.page == o.page && s != o && abs(s.middle()-o.middle()) < 0.6*max(s.h, o.h)
}

// left is the nearest segment before s on its row.
func (d *paper) left(s *segment) *segment {
	var best *segment
	for _, o := range d.segments {
		if s.besides(o) && o.x+o.w/2 < s.x && (best == nil || o.x > best.x) {
			best = o
		}
	}
	return best
}

// right are the segments after s on its row, from the left.
func (d *paper) right(s *segment) []*segment {
	var out []*segment
	for _, o := range d.segments {
		if s.besides(o) && o.x > s.x+s.w/2 {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *segment) int { return cmp.Compare(a.x, b.x) })
	return out
}

// above is the nearest segment over s, at most three lines away, that overlaps
// its column.
func (d *paper) above(s *segment) *segment {
	if found, ok := d.over[s]; ok {
		return found
	}
	var best *segment
	for _, o := range d.segments {
		gap := s.middle() - o.middle()
		if o.page == s.page && gap > 0.6*s.h && gap < 3*max(s.h, o.h) && o.x < s.x+s.w && s.x < o.x+o.w && (best == nil || o.y > best.y) {
			best = o
		}
	}
	d.over[s] = best
	return best
}

// group joins segments that stand under each other with the same left edge.
func (d *paper) group() {
	var open [][]*segment
	for _, s := range d.segments {
		found := false
		for i, b := range open {
			last := b[len(b)-1]
			step := s.middle() - last.middle()
			if last.page == s.page && abs(last.x-s.x) < 1.2*s.h && step > 0.5*s.h && step < 2.1*max(s.h, last.h) && s.h < 1.6*last.h && last.h < 1.6*s.h {
				open[i], found = append(b, s), true
				break
			}
		}
		if !found {
			open = append(open, []*segment{s})
		}
	}
	d.blocks = open
}

// fold makes small letters without accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case r == '−' || r == '–' || r == '—' || r == '‐' || r == '‑':
			return '-'
		case r == '’' || r == '‘' || r == '`':
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.ReplaceAll(s, "ß", "ss")))
}

// bare keeps letters and digits, with single spaces between.
func bare(folded string) string {
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

func abs(v float64) float64 { return max(v, -v) }
