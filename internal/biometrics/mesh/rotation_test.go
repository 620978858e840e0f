package mesh

import (
	"math"
	"testing"
)

// turned gives a rotation from its angles, in the order in which angles reads
// them.
func turned(yaw, pitch, roll float64) matrix {
	sy, cy := math.Sincos(yaw * math.Pi / 180)
	sp, cp := math.Sincos(pitch * math.Pi / 180)
	sr, cr := math.Sincos(roll * math.Pi / 180)
	nod := matrix{{1, 0, 0}, {0, cp, sp}, {0, -sp, cp}}
	turn := matrix{{cy, 0, -sy}, {0, 1, 0}, {sy, 0, cy}}
	lean := matrix{{cr, -sr, 0}, {sr, cr, 0}, {0, 0, 1}}
	return times(lean, times(turn, nod))
}

func times(a, b matrix) matrix {
	var m matrix
	for r := range 3 {
		for c := range 3 {
			for k := range 3 {
				m[r][c] += a[r][k] * b[k][c]
			}
		}
	}
	return m
}

func TestAFitGivesBackTheMovementOfTheMeanFace(t *testing.T) {
	for _, c := range [][3]float64{{0, 0, 0}, {30, 0, 0}, {-40, 0, 0}, {0, 25, 0}, {0, -25, 0}, {0, 0, 35}, {0, 0, 170}, {20, -15, 10}, {-60, 30, -45}} {
		turn := turned(c[0], c[1], c[2])
		var m Mesh
		for i, p := range Mean().Points {
			q := turn.apply(p)
			m.Points[i] = Point{120*q.X + 400, 120*q.Y + 300, 120*q.Z - 7}
		}
		s, ok := fit(steadyOf(&mean), steadyOf(&m))
		yaw, pitch, roll := s.turn.angles()
		if !ok || math.Abs(s.scale-120) > 1e-6 || math.Abs(yaw-c[0]) > 1e-6 || math.Abs(pitch-c[1]) > 1e-6 || math.Abs(roll-c[2]) > 1e-6 {
			t.Errorf("%v: %.6f %.6f %.6f, scale %.6f", c, yaw, pitch, roll, s.scale)
		}
		for i, p := range m.Points {
			if d := apart(s.undo(p), Mean().Points[i]); d > 1e-9 {
				t.Fatalf("%v: point %d is %g off", c, i, d)
			}
		}
	}
}

func TestTheAnglesHaveThePersonsOwnSigns(t *testing.T) {
	nose := func(m matrix) Point { return m.apply(Mean().Points[1]) }
	straight := nose(turned(0, 0, 0))
	if p := nose(turned(20, 0, 0)); p.X <= straight.X {
		t.Errorf("a turn to the own left moves the nose to %+.2f", p.X)
	}
	if p := nose(turned(0, 20, 0)); p.Y >= straight.Y {
		t.Errorf("looking up moves the nose to %+.2f", p.Y)
	}
	if top := turned(0, 0, 20).apply(Mean().Points[10]); top.X <= 0 {
		t.Errorf("leaning to the own left moves the forehead to %+.2f", top.X)
	}
}

func TestPointsThatCoincideGiveNoFit(t *testing.T) {
	none := make([]Point, len(steady))
	if _, ok := fit(steadyOf(&mean), none); ok {
		t.Error("a point was fitted")
	}
	none[3].X = math.NaN()
	if _, ok := fit(steadyOf(&mean), none); ok {
		t.Error("no number was fitted")
	}
}

func TestTheMeanFaceIsAsItSays(t *testing.T) {
	m := Mean()
	right, left := m.Points[outerRight], m.Points[outerLeft]
	if right.X != -0.5 || left.X != 0.5 || right.Y != left.Y || right.Z != left.Z {
		t.Errorf("eyes at %v and %v", right, left)
	}
	if top, chin := m.Points[10], m.Points[152]; math.Abs(top.Z-chin.Z) > 1e-3 || top.Y > -0.4 || chin.Y < 0.9 {
		t.Errorf("forehead at %v, chin at %v", top, chin)
	}
	if nose := m.Points[1]; nose.X != 0 || nose.Z > -0.2 {
		t.Errorf("nose at %v", nose)
	}
	if len(steady) != 51 {
		t.Errorf("%d steady points", len(steady))
	}
}

func TestADamagedTableIsRefused(t *testing.T) {
	for _, bad := range []string{"", "1 2 3", table + "1 2 3\n", "x" + table, "1 " + table} {
		if _, err := readTable(bad); err == nil {
			t.Errorf("%.20q was read", bad)
		}
	}
}
