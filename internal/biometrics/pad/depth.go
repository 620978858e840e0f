package pad

import (
	"math"

	"truepenny/internal/biometrics/mesh"
)

// depth knows, for a place on a face in a picture, the depth that a mean face in
// the same pose has there.
type depth struct {
	places []spot    // the mean face's points in the picture
	z      []float64 // io, away from the camera
	right  spot      // unit step across the face, towards the picture's right
	ok     bool
}

// newDepth lays the mean face on a mesh by the affine camera with the least
// squared error. Only the mesh's places in the picture count, not its own depth.
func newDepth(m *mesh.Mesh) depth {
	face := mesh.Mean()
	rows := make([][]float64, mesh.Points)
	xs, ys := make([]float64, mesh.Points), make([]float64, mesh.Points)
	for i, p := range face.Points {
		rows[i] = []float64{p.X, p.Y, p.Z, 1}
		xs[i], ys[i] = m.Points[i].X, m.Points[i].Y
	}
	px, ok := solve(rows, xs)
	py, ok2 := solve(rows, ys)
	if !ok || !ok2 {
		return depth{}
	}
	axis := [3]float64{px[1]*py[2] - px[2]*py[1], px[2]*py[0] - px[0]*py[2], px[0]*py[1] - px[1]*py[0]}
	size := math.Sqrt(axis[0]*axis[0] + axis[1]*axis[1] + axis[2]*axis[2])
	across := math.Hypot(px[0], py[0])
	if !(size > 0 && across > 0) {
		return depth{}
	}
	d := depth{right: spot{px[0] / across, py[0] / across}, ok: true}
	for _, p := range face.Points {
		d.places = append(d.places, spot{
			px[0]*p.X + px[1]*p.Y + px[2]*p.Z + px[3],
			py[0]*p.X + py[1]*p.Y + py[2]*p.Z + py[3],
		})
		d.z = append(d.z, (axis[0]*p.X+axis[1]*p.Y+axis[2]*p.Z)/size)
	}
	return d
}

// at is the depth at a place, from the four nearest points by distance squared.
func (d depth) at(s spot) float64 {
	type near struct {
		d2 float64
		z  float64
	}
	best := [4]near{{d2: math.Inf(1)}, {d2: math.Inf(1)}, {d2: math.Inf(1)}, {d2: math.Inf(1)}}
	for i, p := range d.places {
		n := near{(p.x-s.x)*(p.x-s.x) + (p.y-s.y)*(p.y-s.y), d.z[i]}
		for k := range best {
			if n.d2 < best[k].d2 {
				n, best[k] = best[k], n
			}
		}
	}
	sum, weights := 0.0, 0.0
	for _, n := range best {
		w := 1 / (n.d2 + 1)
		sum, weights = sum+w*n.z, weights+w
	}
	return sum / weights
}

// fit fits the places after by a full quadratic in the places before, which
// covers a plane's projection and a sheet's bend, and then by one term more,
// the depth of a face. It sets the pair's figures; false when the points do not
// carry the fit.
func (p *ReliefPair) fit(d depth, before, after []spot, io float64) bool {
	if !d.ok || len(before) < 20 {
		return false
	}
	var centre spot
	for _, s := range before {
		centre.x, centre.y = centre.x+s.x/float64(len(before)), centre.y+s.y/float64(len(before))
	}
	local := func(s spot) (float64, float64) { // across and down the face, io
		x, y := (s.x-centre.x)/io, (s.y-centre.y)/io
		return x*d.right.x + y*d.right.y, y*d.right.x - x*d.right.y
	}
	var rows [][]float64
	var xs, ys []float64
	for i, s := range before {
		x, y := local(s)
		rows = append(rows, []float64{1, x, y, x * x, x * y, y * y, d.at(s)})
		u, v := local(after[i])
		xs, ys = append(xs, u), append(ys, v)
	}
	rows, xs, ys = trim(rows, xs, ys)
	p.Points = len(rows)
	const terms = 7
	if len(rows) < 3*terms {
		return false
	}
	full, ok := solve(rows, xs)
	if !ok {
		return false
	}
	warped := make([][]float64, len(rows))
	for i, row := range rows {
		warped[i] = row[:terms-1]
	}
	plain, ok := solve(warped, xs)
	if !ok {
		return false
	}
	left := sumSquares(residuals(rows, xs, full))
	gain := sumSquares(residuals(warped, xs, plain)) - left
	variance := math.Max(left/float64(len(rows)-terms), 1e-10)
	p.Noise = math.Sqrt(variance)
	p.F = math.Max(0, gain/variance)
	p.Warp = homography(rows, xs, ys)
	if turn := math.Sin(p.Turn * math.Pi / 180); turn != 0 {
		// Towards the person's own left (the picture's right) what is nearer moves
		// to the right: depth counts away from the camera, hence the sign.
		p.B = -full[terms-1] / turn
		p.Error = math.Abs(p.B) / math.Sqrt(math.Max(p.F, 1e-6))
	}
	return true
}

// trim takes out points whose fit is off by more than 3.5 sigma, three times.
func trim(rows [][]float64, xs, ys []float64) ([][]float64, []float64, []float64) {
	for range 3 {
		a, ok := solve(rows, xs)
		b, ok2 := solve(rows, ys)
		if !ok || !ok2 {
			return nil, nil, nil
		}
		rx, ry := residuals(rows, xs, a), residuals(rows, ys, b)
		limX, limY := 3.5*math.Max(spread(rx), 1e-5), 3.5*math.Max(spread(ry), 1e-5)
		var r [][]float64
		var x, y []float64
		for i := range rows {
			if math.Abs(rx[i]) <= limX && math.Abs(ry[i]) <= limY {
				r, x, y = append(r, rows[i]), append(x, xs[i]), append(y, ys[i])
			}
		}
		if len(r) == len(rows) {
			break
		}
		rows, xs, ys = r, x, y
	}
	return rows, xs, ys
}

// homography fits a plane's projection and gives what it leaves, root mean square.
func homography(rows [][]float64, xs, ys []float64) float64 {
	var eq [][]float64
	var values []float64
	for i, row := range rows {
		x, y, u, v := row[1], row[2], xs[i], ys[i]
		eq = append(eq, []float64{x, y, 1, 0, 0, 0, -u * x, -u * y}, []float64{0, 0, 0, x, y, 1, -v * x, -v * y})
		values = append(values, u, v)
	}
	h, ok := solve(eq, values)
	if !ok {
		return 0
	}
	sum := 0.0
	for i, row := range rows {
		x, y := row[1], row[2]
		w := h[6]*x + h[7]*y + 1
		u, v := (h[0]*x+h[1]*y+h[2])/w, (h[3]*x+h[4]*y+h[5])/w
		sum += (u-xs[i])*(u-xs[i]) + (v-ys[i])*(v-ys[i])
	}
	return math.Sqrt(sum / float64(len(rows)))
}
