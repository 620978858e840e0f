package warp

import "math"

// Triangle holds three indices of points.
type Triangle [3]int

// circle is the circumcircle of a Triangle.
type circle struct{ x, y, r2 float64 }

// Triangulate gives the Delaunay triangles of the points (Bowyer 1981, Watson
// 1981). Points that coincide are left out of account.
func Triangulate(points []Point) []Triangle {
	all := append(append([]Point(nil), points...), Point{-1e5, -1e5}, Point{1e5, -1e5}, Point{0, 2e5})
	n := len(points)
	found := []Triangle{{n, n + 1, n + 2}}
	circles := []circle{around(all, found[0])}
	for i, p := range points {
		var hole []Triangle
		kept := 0
		for j, t := range found {
			if c := circles[j]; (p.X-c.x)*(p.X-c.x)+(p.Y-c.y)*(p.Y-c.y) < c.r2 {
				hole = append(hole, t)
				continue
			}
			found[kept], circles[kept] = found[j], circles[j]
			kept++
		}
		found, circles = found[:kept], circles[:kept]
		for _, e := range rim(hole) {
			t := Triangle{e[0], e[1], i}
			if math.Abs(area(all, t)) < 1e-9 {
				continue
			}
			found, circles = append(found, t), append(circles, around(all, t))
		}
	}
	inner := found[:0]
	for _, t := range found {
		if t[0] < n && t[1] < n && t[2] < n {
			inner = append(inner, t)
		}
	}
	return inner
}

// rim lists the edges that belong to one Triangle only.
func rim(hole []Triangle) [][2]int {
	count := map[[2]int]int{}
	var order [][2]int // a map's own order would make triangles differ from run to run
	for _, t := range hole {
		for k := range 3 {
			a, b := t[k], t[(k+1)%3]
			e := [2]int{min(a, b), max(a, b)}
			if count[e]++; count[e] == 1 {
				order = append(order, e)
			}
		}
	}
	var edges [][2]int
	for _, e := range order {
		if count[e] == 1 {
			edges = append(edges, e)
		}
	}
	return edges
}

// area is twice the signed area of a Triangle.
func area(p []Point, t Triangle) float64 {
	a, b, c := p[t[0]], p[t[1]], p[t[2]]
	return (b.X-a.X)*(c.Y-a.Y) - (c.X-a.X)*(b.Y-a.Y)
}

func around(p []Point, t Triangle) circle {
	a, b, c := p[t[0]], p[t[1]], p[t[2]]
	bx, by, cx, cy := b.X-a.X, b.Y-a.Y, c.X-a.X, c.Y-a.Y
	d := 2 * (bx*cy - by*cx)
	if math.Abs(d) < 1e-12 {
		return circle{r2: math.Inf(1)}
	}
	x := (cy*(bx*bx+by*by) - by*(cx*cx+cy*cy)) / d
	y := (bx*(cx*cx+cy*cy) - cx*(bx*bx+by*by)) / d
	return circle{a.X + x, a.Y + y, x*x + y*y}
}
