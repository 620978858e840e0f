package mesh_test

import (
	"errors"
	"image"
	"image/draw"
	"math"
	"sync"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/biometrics/picture"
)

// portrait is a face of a demo photograph with some room round it.
func portrait(t testing.TB) *image.RGBA {
	t.Helper()
	return picture.Crop(mesh.Demo(t, 5), image.Rect(180, 720, 660, 1320))
}

func largest(t testing.TB, e mesh.Both, img *image.RGBA) mesh.Mesh {
	t.Helper()
	found := e.Find(t, img)
	if len(found) == 0 {
		t.Fatal("no face")
	}
	return found[0]
}

func signals(t testing.TB, e mesh.Both, img *image.RGBA, m mesh.Mesh) mesh.Signals {
	t.Helper()
	s, err := e.Signals(img, m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// off is the mean distance of two meshes' points, in io.
func off(a, b mesh.Mesh) float64 {
	io := math.Hypot(a.Points[33].X-a.Points[263].X, a.Points[33].Y-a.Points[263].Y)
	var sum float64
	for i, p := range a.Points {
		sum += math.Hypot(p.X-b.Points[i].X, p.Y-b.Points[i].Y)
	}
	return sum / mesh.Points / io
}

func TestEveryFaceOfTheDemoPhotographsHasAMeshOnItsLandmarks(t *testing.T) {
	e := mesh.OpenBoth(t)
	count := 0
	for n := 1; n <= 6; n++ {
		img := mesh.Demo(t, n)
		faces, err := e.Faces.Find(img)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range faces {
			m, err := e.Fit(img, f)
			if err != nil {
				t.Fatal(err)
			}
			if p := f.Pose(); math.Abs(p.Yaw) > 30 {
				continue // the landmarks of a head in profile lie elsewhere
			}
			eyes := math.Hypot(f.Landmarks[45].X-f.Landmarks[36].X, f.Landmarks[45].Y-f.Landmarks[36].Y)
			// Outer eye corners, tip of the nose, corners of the mouth.
			for mark, point := range map[int]int{36: 33, 45: 263, 30: 4, 48: 61, 54: 291} {
				p := m.Points[point]
				if d := math.Hypot(p.X-f.Landmarks[mark].X, p.Y-f.Landmarks[mark].Y) / eyes; d > 0.25 {
					t.Errorf("sample%d, face at %.0f,%.0f: point %d is %.2f io from landmark %d", n, f.Box.X, f.Box.Y, point, d, mark)
				}
			}
			count++
			if m.Score < 0.9 {
				t.Errorf("sample%d, face at %.0f,%.0f: score %.2f", n, f.Box.X, f.Box.Y, m.Score)
			}
		}
	}
	if count < 14 {
		t.Errorf("only %d faces", count)
	}
}

func TestFollowingFindsAFaceThatMoved(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	m := largest(t, e, img)
	again, err := e.Follow(img, m)
	if err != nil {
		t.Fatal(err)
	}
	if d := off(m, again); d > 0.02 {
		t.Errorf("on the same picture the mesh moves by %.3f io", d)
	}
	const dx, dy = 30, 20
	moved := image.NewRGBA(img.Bounds())
	draw.Draw(moved, moved.Bounds(), img, image.Pt(-dx, -dy), draw.Src)
	got, err := e.Follow(moved, m)
	if err != nil {
		t.Fatal(err)
	}
	want := m
	for i := range want.Points {
		want.Points[i].X += dx
		want.Points[i].Y += dy
	}
	if d := off(want, got); d > 0.05 || got.Score < 0.9 {
		t.Errorf("after a step of %d,%d the mesh is %.3f io off, score %.2f", dx, dy, d, got.Score)
	}
}

func TestWhereNoFaceIsTheScoreIsLow(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	m := largest(t, e, img)
	grey := image.NewRGBA(img.Bounds())
	for i := range grey.Pix {
		grey.Pix[i] = uint8(100 + i*7919%40)
	}
	got, err := e.Follow(grey, m)
	if err != nil || got.Score > 0.3 {
		t.Errorf("score %.2f, %v", got.Score, err)
	}
}

func TestWhatCannotBeLookedAtIsRefused(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	if _, err := e.Fit(nil, face.Face{}); !errors.Is(err, mesh.ErrFace) && !errors.Is(err, mesh.ErrPicture) {
		t.Errorf("no picture: %v", err)
	}
	if _, err := e.Fit(img, face.Face{}); !errors.Is(err, mesh.ErrFace) {
		t.Errorf("a face without extent: %v", err)
	}
	var broken mesh.Mesh
	for i := range broken.Points {
		broken.Points[i].X = math.NaN()
	}
	for _, m := range []mesh.Mesh{{}, broken} {
		if _, err := e.Follow(img, m); !errors.Is(err, mesh.ErrFace) {
			t.Errorf("follow: %v", err)
		}
		if _, err := e.Signals(img, m); !errors.Is(err, mesh.ErrFace) {
			t.Errorf("signals: %v", err)
		}
	}
	if _, err := e.Signals(image.NewRGBA(image.Rectangle{}), mesh.Mean()); !errors.Is(err, mesh.ErrPicture) {
		t.Errorf("an empty picture: %v", err)
	}
	far := largest(t, e, img)
	for i := range far.Points {
		far.Points[i].X += 5000
	}
	if m, err := e.Follow(img, far); err != nil || m.Score > 0.5 {
		t.Errorf("outside the picture: score %.2f, %v", m.Score, err)
	}
}

func TestAPartOfAPictureIsReadLikeItsCopy(t *testing.T) {
	e, whole := mesh.OpenBoth(t), mesh.Demo(t, 5)
	r := image.Rect(180, 720, 660, 1320)
	part, copied := whole.SubImage(r).(*image.RGBA), picture.Crop(whole, r)
	a, b := largest(t, e, part), largest(t, e, copied)
	if a != b {
		t.Errorf("the meshes are %.4f io apart", off(a, b))
	}
	if x, y := signals(t, e, part, a), signals(t, e, copied, b); x != y {
		t.Errorf("%+v and %+v", x, y)
	}
}

func TestConcurrentCallsAgree(t *testing.T) {
	e, img := mesh.OpenBoth(t), portrait(t)
	m := largest(t, e, img)
	want := signals(t, e, img, m)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				if got, err := e.Signals(img, m); err != nil || got != want {
					t.Errorf("%+v, %v", got, err)
				}
				if got, err := e.Follow(img, m); err != nil || got.Score < 0.9 {
					t.Errorf("%v", err)
				}
			}
		})
	}
	wg.Wait()
}
