package puppet

import (
	"image"
	"math"

	"truepenny/internal/specimen/warp"
)

// Contours of the eyes in the face mesh, from the outer to the inner corner.
var (
	rightUpper = [9]int{33, 246, 161, 160, 159, 158, 157, 173, 133}
	rightLower = [9]int{33, 7, 163, 144, 145, 153, 154, 155, 133}
	leftUpper  = [9]int{263, 466, 388, 387, 386, 385, 384, 398, 362}
	leftLower  = [9]int{263, 249, 390, 373, 374, 380, 381, 382, 362}
)

// eye is what a lid is painted with: squeezing the mesh alone leaves the eye
// visible, and a network does not see a blink.
type eye struct {
	upper, lower [9]int
	skin         [9][3]float64 // colour above each point of the upper contour
	lash         [3]float64
	width        float64
}

func (p *Puppet) lid(upper, lower [9]int) eye {
	e := eye{upper: upper, lower: lower}
	outer, inner := p.vertices[upper[0]], p.vertices[upper[8]]
	e.width = math.Hypot(outer.x-inner.x, outer.y-inner.y)
	for i := range upper {
		u := p.vertices[upper[i]]
		var sum [3]float64
		n := 0.0
		// Over the lashes, below the brow.
		for _, up := range []float64{0.16, 0.2, 0.24} {
			for _, aside := range []float64{-0.04, 0, 0.04} {
				var c [4]uint8
				warp.Sample(p.portrait, u.x+aside*e.width, u.y-up*e.width, c[:])
				for k := range sum {
					sum[k] += float64(c[k])
				}
				n++
			}
		}
		for k := range sum {
			e.skin[i][k] = 0.94 * sum[k] / n
		}
	}
	for k := range e.lash {
		e.lash[k] = 0.35 * e.skin[4][k]
	}
	return e
}

// close paints the lid down to the given share of the eye's height.
func (e eye) close(img *image.RGBA, seen []vertex, lids float64) {
	var top, edge [9]warp.Point
	for i := range e.upper {
		u, l := seen[e.upper[i]], seen[e.lower[i]]
		top[i] = warp.Point{X: u.x, Y: u.y - 0.05*e.width*lids}
		edge[i] = warp.Point{X: u.x + lids*(l.x-u.x), Y: u.y + lids*(l.y-u.y)}
	}
	lo, hi := edge[0], edge[0]
	for _, q := range append(top[:], edge[:]...) {
		lo, hi = warp.Point{X: math.Min(lo.X, q.X), Y: math.Min(lo.Y, q.Y)}, warp.Point{X: math.Max(hi.X, q.X), Y: math.Max(hi.Y, q.Y)}
	}
	thick := 0.035 * e.width
	area := image.Rect(int(lo.X-thick)-1, int(lo.Y-thick)-1, int(hi.X+thick)+2, int(hi.Y+thick)+2).Intersect(img.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			e.blend(img, x, y, top, edge, thick)
		}
	}
}

// blend paints one pixel from sixteen places inside it.
func (e eye) blend(img *image.RGBA, x, y int, top, edge [9]warp.Point, thick float64) {
	const side = 4
	o := img.PixOffset(x, y)
	var sum [3]float64
	for i := range side * side {
		at := warp.Point{X: float64(x) + (float64(i%side)+0.5)/side, Y: float64(y) + (float64(i/side)+0.5)/side}
		c := [3]float64{float64(img.Pix[o]), float64(img.Pix[o+1]), float64(img.Pix[o+2])}
		if skin, lash, in := e.at(at, top, edge, thick); in {
			c = skin
			if lash {
				c = e.lash
			}
		}
		for k := range sum {
			sum[k] += c[k] / (side * side)
		}
	}
	for k := range sum {
		img.Pix[o+k] = uint8(sum[k] + 0.5)
	}
}

// at tells what a place shows: lid, lashes, or neither.
func (e eye) at(p warp.Point, top, edge [9]warp.Point, thick float64) (skin [3]float64, lash, in bool) {
	for i := range 8 {
		a, b := edge[i], edge[i+1]
		if (p.X < a.X) == (p.X < b.X) {
			continue
		}
		t := (p.X - a.X) / (b.X - a.X)
		low := a.Y + t*(b.Y-a.Y)
		high := top[i].Y + t*(top[i+1].Y-top[i].Y)
		if p.Y > high && p.Y <= low+thick/2 {
			for k := range skin {
				skin[k] = e.skin[i][k] + t*(e.skin[i+1][k]-e.skin[i][k])
			}
			return skin, p.Y > low-thick/2, true
		}
	}
	return skin, false, false
}

// Opening is where an eye lies in the portrait.
type Opening struct{ X, Y, Width float64 }

// Eyes gives the right and the left eye.
func (p *Puppet) Eyes() [2]Opening {
	var out [2]Opening
	for i, e := range p.eyes {
		outer, inner := p.vertices[e.upper[0]], p.vertices[e.upper[8]]
		out[i] = Opening{(outer.x + inner.x) / 2, (outer.y + inner.y) / 2, e.width}
	}
	return out
}

// IO is the distance of the outer eye corners in the portrait, pixels.
func (p *Puppet) IO() float64 { return p.io }

// Size is that of the pictures that Draw gives.
func (p *Puppet) Size() image.Point { return p.portrait.Rect.Size() }
