package puppet

import (
	"cmp"
	"image"
	"slices"

	"truepenny/internal/specimen/warp"
)

// Draw gives the portrait in a pose, in the portrait's size.
func (p *Puppet) Draw(pose Pose) *image.RGBA {
	seen := p.posed(pose.With(p.straight))
	out := image.NewRGBA(p.portrait.Rect)
	copy(out.Pix, p.portrait.Pix)
	for _, t := range p.backToFront(seen) {
		var to, from [3]warp.Point
		for k, i := range t {
			to[k], from[k] = warp.Point{X: seen[i].x, Y: seen[i].y}, warp.Point{X: p.vertices[i].x, Y: p.vertices[i].y}
		}
		warp.Paint(out, p.portrait, to, from)
	}
	if pose.Lids > 0 {
		for _, e := range p.eyes {
			e.close(out, seen, pose.Lids)
		}
	}
	Shine(out, pose.Light)
	return warp.Shift(out, pose.X, pose.Y)
}

// backToFront orders the triangles that have moved, farthest first.
func (p *Puppet) backToFront(seen []vertex) []warp.Triangle {
	depth := make([]float64, len(p.triangles))
	var order []int
	for i, t := range p.triangles {
		if p.still(t, seen) {
			continue
		}
		for _, v := range t {
			// The room lies behind everything that moves.
			depth[i] += seen[v].z + 1e4*(1-seen[v].weight)
		}
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(depth[b], depth[a]) })
	out := make([]warp.Triangle, len(order))
	for i, at := range order {
		out[i] = p.triangles[at]
	}
	return out
}

func (p *Puppet) still(t warp.Triangle, seen []vertex) bool {
	for _, i := range t {
		if seen[i].x != p.vertices[i].x || seen[i].y != p.vertices[i].y {
			return false
		}
	}
	return true
}
