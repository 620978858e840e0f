package mesh

import (
	"cmp"
	"flag"
	"fmt"
	"image"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "write mean.txt anew")

// TestTheMeanFaceIsTheDemoPhotographs makes the mean face and compares it with
// the committed one. To write it anew:
//
//	go test ./internal/biometrics/mesh -run MeanFace -args -write
func TestTheMeanFaceIsTheDemoPhotographs(t *testing.T) {
	e := OpenBoth(t)
	var faces []Mesh
	for n := 1; n <= 6; n++ {
		img := Demo(t, n)
		for _, picture := range []*image.RGBA{img, Mirror(img)} {
			for _, m := range e.Find(t, picture) {
				if m.Score > 0.9 {
					faces = append(faces, m)
				}
			}
		}
	}
	made := meanOf(t, faces)
	t.Logf("%d meshes", len(faces))
	if *write {
		var lines strings.Builder
		for _, p := range made.Points {
			fmt.Fprintf(&lines, "%.4f %.4f %.4f\n", p.X, p.Y, p.Z)
		}
		if err := os.WriteFile("mean.txt", []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for i, p := range made.Points {
		if d := apart(p, Mean().Points[i]); d > 0.002 {
			t.Fatalf("point %d is %.4f io from the committed mean face", i, d)
		}
	}
}

// meanOf averages meshes without regard to where and which way they look, and
// makes the result symmetric and upright.
func meanOf(t *testing.T, faces []Mesh) Mesh {
	var shape Mesh
	for _, m := range faces { // first as they stand, leaning taken out
		s := squareOfMesh(m)
		io := apart(m.Points[outerRight], m.Points[outerLeft])
		for i, p := range m.Points {
			x, y := p.X-s.x, p.Y-s.y
			add(&shape.Points[i], Point{(x*s.cos + y*s.sin) / io, (y*s.cos - x*s.sin) / io, p.Z / io}, 1/float64(len(faces)))
		}
	}
	for range 10 {
		var next Mesh
		for _, m := range faces {
			s, ok := fit(steadyOf(&shape), steadyOf(&m))
			if !ok {
				t.Fatal("a mesh has no extent")
			}
			for i, p := range m.Points {
				add(&next.Points[i], s.undo(p), 1/float64(len(faces)))
			}
		}
		shape = next
	}
	return upright(symmetric(t, shape))
}

func add(to *Point, p Point, weight float64) {
	to.X, to.Y, to.Z = to.X+p.X*weight, to.Y+p.Y*weight, to.Z+p.Z*weight
}

// symmetric averages a face with its mirror image.
func symmetric(t *testing.T, m Mesh) Mesh {
	partner := partners(m)
	for a, b := range map[int]int{outerRight: outerLeft, innerRight: innerLeft, mouthRight: mouthLeft, 155: 382, 145: 374, 159: 386, 1: 1, 152: 152} {
		if partner[a] != b || partner[b] != a {
			t.Fatalf("points %d and %d are not each other's mirror image", a, b)
		}
	}
	var out Mesh
	for i, p := range m.Points {
		q := m.Points[partner[i]]
		out.Points[i] = Point{(p.X - q.X) / 2, (p.Y + q.Y) / 2, (p.Z + q.Z) / 2}
	}
	return out
}

// partners says which points are each other's mirror image, as seen on a face
// itself: nearest pairs first.
func partners(m Mesh) [Points]int {
	type pair struct {
		a, b  int
		apart float64
	}
	centre := m.Points[168].X
	var pairs []pair
	for a, p := range m.Points {
		for b := a; b < Points; b++ {
			pairs = append(pairs, pair{a, b, apart(Point{2*centre - p.X, p.Y, p.Z}, m.Points[b])})
		}
	}
	slices.SortFunc(pairs, func(x, y pair) int { return cmp.Compare(x.apart, y.apart) })
	var partner [Points]int
	var taken [Points]bool
	for _, c := range pairs {
		if !taken[c.a] && !taken[c.b] {
			taken[c.a], taken[c.b] = true, true
			partner[c.a], partner[c.b] = c.b, c.a
		}
	}
	return partner
}

// upright nods a face so that the top of the forehead and the chin are equally
// far from the camera, and moves and scales it as Mean says.
func upright(m Mesh) Mesh {
	top, chin := m.Points[10], m.Points[152]
	sin, cos := math.Sincos(math.Atan2(chin.Z-top.Z, chin.Y-top.Y))
	nod := matrix{{1, 0, 0}, {0, cos, sin}, {0, -sin, cos}}
	for i, p := range m.Points {
		m.Points[i] = nod.apply(p)
	}
	origin := middle([]Point{m.Points[outerRight], m.Points[outerLeft]})
	io := apart(m.Points[outerRight], m.Points[outerLeft])
	for i, p := range m.Points {
		m.Points[i] = Point{(p.X - origin.X) / io, (p.Y - origin.Y) / io, (p.Z - origin.Z) / io}
	}
	return m
}
