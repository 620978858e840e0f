package barcode

import (
	"cmp"
	"image"
	"iter"
	"math"
	"slices"

	"truepenny/internal/biometrics/document/barcode/pdf417"
	"truepenny/internal/biometrics/picture"
)

// Format names a symbology.
type Format string

const (
	PDF417 Format = "PDF417"
	QR     Format = "QR"
)

// Code is one bar code that was read: its error correction has proved it.
type Code struct {
	Format    Format
	Content   pdf417.Content
	Corners   picture.Quad // on the picture: top left of the code as it is read, then clockwise
	Corrected int          // code words that were repaired
}

// workSide is the longest side, in pixels, at which pictures are searched; a
// code of 20 columns across such a picture has modules of more than 3 pixels.
const workSide = 1600

// closeSide is the same for the last look, at codes far away.
const closeSide = 3200

// Read finds the PDF417 codes of a picture or, where there is none, its QR code.
// It returns none when there are none, and never one that its error correction
// has not proved.
func Read(img *image.RGBA) []Code {
	if img.Rect.Dx() < 20 || img.Rect.Dy() < 8 {
		return nil
	}
	var codes []Code
	for v := range views(img) {
		if codes = v.read(codes); whole(codes) {
			break
		}
	}
	if len(codes) > 0 {
		return codes
	}
	return readQR(img)
}

// view is a way to look at the picture.
type view struct {
	p     *plane
	scale float64 // pixels of the plane for one of the picture
	reach int     // of the surround that says what is dark
	gap   float64 // between scan lines
}

// views are tried in turn: small pictures enlarged, since bars of one pixel
// fall between the pixels, then with a nearer idea of what is dark; large ones
// at last closely.
func views(img *image.RGBA) iter.Seq[view] {
	return func(yield func(view) bool) {
		small := picture.Fit(img, workSide)
		p, scale := grey(small), float64(small.Rect.Dx())/float64(img.Rect.Dx())
		side := max(p.w, p.h)
		if k := min(4, 1500/side); k > 1 {
			big := p.enlarge(k)
			for _, reach := range []int{side * k / 10, side * k / 30} {
				if !yield(view{big, float64(k) * scale, reach, float64(k)}) {
					return
				}
			}
		}
		for _, reach := range []int{side / 10, side / 30} {
			if !yield(view{p, scale, reach, max(2, float64(side)/300)}) {
				return
			}
		}
		if scale < 0.9 {
			large := picture.Fit(img, closeSide)
			side := max(large.Rect.Dx(), large.Rect.Dy())
			yield(view{grey(large), float64(large.Rect.Dx()) / float64(img.Rect.Dx()), side / 30, float64(side) / 400})
		}
	}
}

// whole reports whether something was read and no part of it is missing.
func whole(codes []Code) bool {
	var parts []pdf417.Content
	for _, c := range codes {
		if c.Content.Macro != nil {
			parts = append(parts, c.Content)
		}
	}
	if len(parts) == 0 {
		return len(codes) > 0
	}
	_, err := pdf417.Join(parts)
	return err == nil
}

// read adds every PDF417 symbol of a view that is not known yet.
func (v view) read(known []Code) []Code {
	found := v.p.scan(v.p.surround(max(v.reach, 6)), v.gap)
	var all [2][]side
	for kind := range all {
		all[kind] = sides(end(kind), found[kind])
	}
	fresh := func(s side) bool {
		m := s.outer.at(0.5).add(s.inner.at(0.5), 1)
		at := picture.Point{X: (m.x/2+0.5)/v.scale - 0.5, Y: (m.y/2+0.5)/v.scale - 0.5}
		return !slices.ContainsFunc(known, func(c Code) bool { return inside(c.Corners, at) })
	}
	for _, pr := range pairs(all) {
		s, e := all[start][pr[0]], all[stop][pr[1]]
		if cols, row, ok := mates(s, e); ok && fresh(s) && fresh(e) {
			s, e = s.grown(v.p, row), e.grown(v.p, row)
			f, ok := paired(s, e, cols)
			if !ok {
				continue
			}
			if c, ok := v.symbol(f, func(cols int) (frame, bool) { return paired(s, e, cols) }); ok {
				known = append(known, c)
			}
		}
	}
	for kind := range all {
		for _, s := range all[kind] {
			if f, ok := alone(s.grown(v.p, s.right)); ok && fresh(s) {
				if c, ok := v.symbol(f, nil); ok {
					known = append(known, c)
				}
			}
		}
	}
	return known
}

// inside reports whether a place lies within corners that go clockwise.
func inside(q picture.Quad, p picture.Point) bool {
	for i, a := range q {
		b := q[(i+1)%4]
		if (b.X-a.X)*(p.Y-a.Y)-(b.Y-a.Y)*(p.X-a.X) < 0 {
			return false
		}
	}
	return true
}

// pairs lists start and stop patterns that may belong together, nearest first.
func pairs(all [2][]side) [][2]int {
	var out [][2]int
	distance := func(p [2]int) float64 {
		d := all[stop][p[1]].outer.at(0.5).sub(all[start][p[0]].outer.at(0.5))
		return math.Hypot(d.x, d.y)
	}
	for i, s := range all[start] {
		for j, e := range all[stop] {
			if _, _, ok := mates(s, e); ok {
				out = append(out, [2]int{i, j})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int {
		if distance(a) < distance(b) {
			return -1
		}
		return 1
	})
	return out
}

// symbol reads one symbol within a frame; again makes the frame anew when the
// row indicators count other columns.
func (v view) symbol(f frame, again func(cols int) (frame, bool)) (Code, bool) {
	shapes := f.shapes(v.p)
	if len(shapes) > 0 && again != nil && shapes[0].cols != f.cols {
		var ok bool
		if f, ok = again(shapes[0].cols); !ok {
			return Code{}, false
		}
		shapes = f.shapes(v.p)
	}
	p, scale := v.p, v.scale
	for f.module > 7 { // one sample a module should see most of it
		p, f, scale = p.half(), f.halved(), scale/2
	}
	for _, s := range shapes {
		f := f
		f.cols = s.cols
		if !f.sides[start] {
			f.left = -width(s.cols)
		}
		for _, sharp := range []float64{0.2, 0, 0.5} {
			g := grid{p, f, s, sharp}
			words, repaired, ok := resolve(g.cells(), s)
			if !ok {
				continue
			}
			if content, err := pdf417.Decode(words); err == nil {
				return Code{PDF417, content, f.corners(s, scale), repaired}, true
			}
		}
	}
	return Code{}, false
}

// resolve corrects the words that were read. Doubtful ones are erased, fewer
// and fewer: an erasure costs half of what an error costs. Then the likeliest
// errors are replaced by what was second best (Chase, 1972).
func resolve(cells []cell, s shape) (words []int, repaired int, ok bool) {
	n := len(cells)
	check := 2 << s.level
	if n > pdf417.Words-1 || check >= n {
		return nil, 0, false
	}
	for _, limit := range []float64{0.9, 0.7, 0.5, 0.3} {
		if words, repaired, ok = correct(cells, check, func(c cell) bool { return c.doubt > limit }); ok {
			return words, repaired, true
		}
	}
	worst := make([]int, n)
	for i := range worst {
		worst[i] = i
	}
	slices.SortFunc(worst, func(a, b int) int { return cmp.Compare(cells[b].doubt, cells[a].doubt) })
	worst = worst[:min(chased, n)]
	for set := 1; set < 1<<len(worst); set++ {
		tried := slices.Clone(cells)
		for k, i := range worst {
			if set>>k&1 == 1 {
				tried[i].word = tried[i].next
			}
		}
		if words, repaired, ok = correct(tried, check, func(cell) bool { return false }); ok {
			return words, repaired, true
		}
	}
	return nil, 0, false
}

// chased is how many of the most doubtful words are tried in two ways. All
// trials together make a wrong reading 64 times as likely, which the words that
// correction must leave over make up for.
const chased = 6

// correct proves the words, of which some are taken for unread.
func correct(cells []cell, check int, unread func(cell) bool) (words []int, repaired int, ok bool) {
	spare := 2
	if check <= 4 {
		spare = 1
	}
	var erased []int
	for i, c := range cells {
		words = append(words, c.word)
		if unread(c) {
			erased = append(erased, i)
		}
	}
	if len(erased) > check-spare {
		return nil, 0, false
	}
	repaired, ok = pdf417.Correct(words, check, spare, erased)
	return words, repaired, ok && words[0] <= len(words)-check
}

// halved is the frame on the plane of half the size.
func (f frame) halved() frame {
	// (x, y) moves to (x/2-1/4, y/2-1/4): rows 0 and 1 of the projection.
	for i := range 3 {
		f.to[i] = f.to[i]/2 - f.to[6+i]/4
		f.to[3+i] = f.to[3+i]/2 - f.to[6+i]/4
	}
	f.module /= 2
	return f
}

// corners gives the symbol's outline on the picture.
func (f frame) corners(s shape, scale float64) picture.Quad {
	l, r := f.left, f.left+width(s.cols)
	at := func(u float64, m rowMap, row float64) picture.Point {
		q := f.at(u, m.first+row*m.step)
		return picture.Point{X: (q.x+0.5)/scale - 0.5, Y: (q.y+0.5)/scale - 0.5}
	}
	low := float64(s.rows) - 0.5
	return picture.Quad{at(l, s.at[0], -0.5), at(r, s.at[1], -0.5), at(r, s.at[1], low), at(l, s.at[0], low)}
}
