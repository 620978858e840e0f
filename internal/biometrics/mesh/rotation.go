package mesh

import "math"

// matrix is a rotation: rows of three.
type matrix [3][3]float64

func (m matrix) apply(p Point) Point {
	return Point{
		m[0][0]*p.X + m[0][1]*p.Y + m[0][2]*p.Z,
		m[1][0]*p.X + m[1][1]*p.Y + m[1][2]*p.Z,
		m[2][0]*p.X + m[2][1]*p.Y + m[2][2]*p.Z,
	}
}

// back is the inverse rotation.
func (m matrix) back() matrix {
	var t matrix
	for r := range 3 {
		for c := range 3 {
			t[r][c] = m[c][r]
		}
	}
	return t
}

// angles splits a rotation of the head into yaw, pitch and roll in degrees,
// signs as in Signals: the head nods, then turns, then leans.
func (m matrix) angles() (yaw, pitch, roll float64) {
	const degree = 180 / math.Pi
	yaw = math.Asin(math.Max(-1, math.Min(1, m[2][0]))) * degree
	pitch = math.Atan2(-m[2][1], m[2][2]) * degree
	roll = math.Atan2(m[1][0], m[0][0]) * degree
	return yaw, pitch, roll
}

// similarity maps points by turning, scaling and shifting.
type similarity struct {
	turn  matrix
	scale float64
	from  Point // comes to lie on to
	to    Point
}

// undo maps back.
func (s similarity) undo(p Point) Point {
	q := s.turn.back().apply(Point{p.X - s.to.X, p.Y - s.to.Y, p.Z - s.to.Z})
	return Point{q.X/s.scale + s.from.X, q.Y/s.scale + s.from.Y, q.Z/s.scale + s.from.Z}
}

// fit gives the similarity that maps from to to with the least squared error
// (Horn 1987, by unit quaternions). Points that coincide give no scale.
func fit(from, to []Point) (similarity, bool) {
	mf, mt := middle(from), middle(to)
	var c matrix // sum of to * from'
	var size, other float64
	for i := range from {
		a := [3]float64{from[i].X - mf.X, from[i].Y - mf.Y, from[i].Z - mf.Z}
		b := [3]float64{to[i].X - mt.X, to[i].Y - mt.Y, to[i].Z - mt.Z}
		for r := range 3 {
			for k := range 3 {
				c[r][k] += b[r] * a[k]
			}
			size += a[r] * a[r]
			other += b[r] * b[r]
		}
	}
	if !(size > 0 && other > 0) || math.IsInf(size, 0) || math.IsInf(other, 0) {
		return similarity{}, false
	}
	s := similarity{turn: rotationOf(c), from: mf, to: mt}
	for r := range 3 {
		for k := range 3 {
			s.scale += s.turn[r][k] * c[r][k] / size
		}
	}
	return s, s.scale > 0
}

func middle(points []Point) Point {
	var m Point
	for _, p := range points {
		m.X, m.Y, m.Z = m.X+p.X, m.Y+p.Y, m.Z+p.Z
	}
	n := float64(len(points))
	return Point{m.X / n, m.Y / n, m.Z / n}
}

// rotationOf gives the rotation nearest to a sum of outer products: the
// quaternion of the largest eigenvalue of Horn's matrix.
func rotationOf(c matrix) matrix {
	q := largest([4][4]float64{
		{c[0][0] + c[1][1] + c[2][2], c[2][1] - c[1][2], c[0][2] - c[2][0], c[1][0] - c[0][1]},
		{c[2][1] - c[1][2], c[0][0] - c[1][1] - c[2][2], c[0][1] + c[1][0], c[0][2] + c[2][0]},
		{c[0][2] - c[2][0], c[0][1] + c[1][0], c[1][1] - c[0][0] - c[2][2], c[1][2] + c[2][1]},
		{c[1][0] - c[0][1], c[0][2] + c[2][0], c[1][2] + c[2][1], c[2][2] - c[0][0] - c[1][1]},
	})
	w, x, y, z := q[0], q[1], q[2], q[3]
	return matrix{
		{w*w + x*x - y*y - z*z, 2 * (x*y - w*z), 2 * (x*z + w*y)},
		{2 * (x*y + w*z), w*w - x*x + y*y - z*z, 2 * (y*z - w*x)},
		{2 * (x*z - w*y), 2 * (y*z + w*x), w*w - x*x - y*y + z*z},
	}
}

// largest gives the eigenvector of a symmetric matrix's largest eigenvalue by
// Jacobi's rotations.
func largest(a [4][4]float64) [4]float64 {
	var v [4][4]float64
	for i := range v {
		v[i][i] = 1
	}
	for range 12 { // converges quadratically; six sweeps suffice for any matrix
		for p := range 3 {
			for q := p + 1; q < 4; q++ {
				if a[p][q] == 0 {
					continue
				}
				theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
				t := math.Copysign(1, theta) / (math.Abs(theta) + math.Hypot(theta, 1))
				cos := 1 / math.Hypot(t, 1)
				sin := t * cos
				for k := range 4 {
					a[k][p], a[k][q] = cos*a[k][p]-sin*a[k][q], sin*a[k][p]+cos*a[k][q]
				}
				for k := range 4 {
					a[p][k], a[q][k] = cos*a[p][k]-sin*a[q][k], sin*a[p][k]+cos*a[q][k]
					v[k][p], v[k][q] = cos*v[k][p]-sin*v[k][q], sin*v[k][p]+cos*v[k][q]
				}
			}
		}
	}
	best := 0
	for i := range a {
		if a[i][i] > a[best][best] {
			best = i
		}
	}
	return [4]float64{v[0][best], v[1][best], v[2][best], v[3][best]}
}
