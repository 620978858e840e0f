package face

import "math"

// Pose is the head's direction in degrees, 0 looking straight into the camera.
//
// Yaw is positive when the person turns to their own left (in an unmirrored
// picture the nose moves to the right), pitch when they look up, roll when the
// head leans towards their own left shoulder.
//
// It is estimated by fitting a rigid mean head to twelve landmarks under scaled
// orthographic projection (as POSIT starts: DeMenthon & Davis 1995). It serves
// to see whether and where to a head turns, not to measure an angle: a neutral
// face differs from 0 by several degrees from person to person, and the
// landmark network holds a face too straight, so beyond about 35 degrees of yaw
// and 25 of pitch the estimate falls short of the truth.
type Pose struct{ Yaw, Pitch, Roll float64 }

// headPoint is a landmark's place on the mean head: x to the right of the
// picture, y down, z towards the camera; the outer eye corners are 90 apart.
type headPoint struct {
	mark    int
	x, y, z float64
}

var head = []headPoint{
	{36, -45, -34, -27}, {39, -17, -33, -21}, {42, 17, -33, -21}, {45, 45, -34, -27}, // eye corners
	{27, 0, -36, -10}, {28, 0, -24, -6}, {29, 0, -12, -2}, {30, 0, 0, 2}, {33, 0, 11, -9}, // nose
	{48, -26, 32, -23}, {54, 26, 32, -23}, // mouth corners
	{8, 0, 68, -17}, // chin
}

// Pose estimates the head's direction from the face's landmarks.
func (f Face) Pose() Pose {
	points := make([]Point, len(head))
	for i, h := range head {
		points[i] = f.Landmarks[h.mark]
	}
	across, down, ok := fitHead(points)
	if !ok {
		return Pose{}
	}
	nx, ny := norm(across), norm(down)
	return Pose{
		Yaw:   degrees(math.Asin(across[2] / nx)),
		Pitch: degrees(math.Asin(-down[2] / ny)),
		Roll:  degrees(math.Atan2(down[0], across[0])),
	}
}

// fitHead gives the two rows of the projection that maps the mean head to the
// points with the least squared error.
func fitHead(points []Point) (across, down [3]float64, ok bool) {
	m := mean(points...)
	var c [3]float64
	for _, h := range head {
		c[0] += h.x
		c[1] += h.y
		c[2] += h.z
	}
	n := float64(len(head))
	var normal [3][3]float64
	var rx, ry [3]float64
	for i, h := range head {
		v := [3]float64{h.x - c[0]/n, h.y - c[1]/n, h.z - c[2]/n}
		for r := range 3 {
			for k := range 3 {
				normal[r][k] += v[r] * v[k]
			}
			rx[r] += v[r] * (points[i].X - m.X)
			ry[r] += v[r] * (points[i].Y - m.Y)
		}
	}
	across, down = solve(normal, rx), solve(normal, ry)
	return across, down, norm(across) > 1e-9 && norm(down) > 1e-9
}

// solve gives x with a*x = b by Cramer's rule; a is the mean head's own matrix
// and never singular.
func solve(a [3][3]float64, b [3]float64) [3]float64 {
	det := func(m [3][3]float64) float64 {
		return m[0][0]*(m[1][1]*m[2][2]-m[1][2]*m[2][1]) -
			m[0][1]*(m[1][0]*m[2][2]-m[1][2]*m[2][0]) +
			m[0][2]*(m[1][0]*m[2][1]-m[1][1]*m[2][0])
	}
	d := det(a)
	var x [3]float64
	for k := range 3 {
		m := a
		for r := range 3 {
			m[r][k] = b[r]
		}
		x[k] = det(m) / d
	}
	return x
}

func norm(v [3]float64) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

func degrees(radians float64) float64 { return radians * 180 / math.Pi }
