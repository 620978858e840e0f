package face

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"path/filepath"
	"testing"

	xdraw "golang.org/x/image/draw"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
)

// subject is a face of the demo photographs that looks at the camera, cut to
// head and shoulders: the woman at the lower left of sample5.
func subject(t testing.TB) *image.RGBA {
	return picture.Crop(demo(t, "sample5.jpg"), image.Rect(180, 720, 660, 1320))
}

func TestAGoodPictureHasNoFindings(t *testing.T) {
	a, err := openEngine(t).Assess(subject(t))
	if err != nil {
		t.Fatal(err)
	}
	if !a.Good() || len(a.Faces) != 1 {
		t.Errorf("%d faces, findings %+v", len(a.Faces), a.Findings)
	}
}

func TestASpoiltPictureIsFoundSpoilt(t *testing.T) {
	e, good := openEngine(t), subject(t)
	faces, err := e.Find(good)
	if err != nil || len(faces) == 0 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	f := faces[0]
	for _, c := range []struct {
		reason string
		img    *image.RGBA
	}{
		{None, image.NewRGBA(image.Rect(0, 0, 300, 300))},
		{Several, demo(t, "sample1.jpg")},
		{TooSmall, resized(good, 0.16)},
		{Dark, lit(good, 0.18, 0)},
		{Bright, lit(good, 0.25, 205)},
		{Blurred, blurred(good, 7)},
		{Turned, picture.Crop(demo(t, "sample5.jpg"), image.Rect(400, 330, 900, 800))},
		{Covered, covered(good, eyesOf(f), color.RGBA{15, 15, 15, 255})},
		{Covered, covered(good, lowerOf(f), color.RGBA{120, 160, 200, 255})},
		{AtEdge, picture.Crop(good, image.Rect(int(f.Box.X+0.3*f.Box.Width), 0, 480, 600))},
	} {
		a, err := e.Assess(c.img)
		if err != nil {
			t.Fatal(err)
		}
		if !a.Has(c.reason) {
			t.Errorf("%s is not among the findings %+v", c.reason, a.Findings)
		}
	}
}

func TestAnEmptyPictureIsRefused(t *testing.T) {
	e := openEngine(t)
	for _, img := range []*image.RGBA{nil, image.NewRGBA(image.Rect(0, 0, 0, 0))} {
		if _, err := e.Assess(img); err != ErrPicture {
			t.Errorf("error %v", err)
		}
	}
}

func TestAOnePixelPictureHasNoFace(t *testing.T) {
	a, err := openEngine(t).Assess(image.NewRGBA(image.Rect(5, 5, 6, 6)))
	if err != nil || !a.Has(None) {
		t.Errorf("findings %+v, %v", a.Findings, err)
	}
}

// TestFindingsOnStudioPortraits counts findings on pictures that have nothing
// wrong with them, by the people's own statement of ethnicity: a limit on light
// or sharpness must not fall on one group.
func TestFindingsOnStudioPortraits(t *testing.T) {
	dir := enginetest.Shared(t, "face-london")
	e := openEngine(t)
	files, err := filepath.Glob(filepath.Join(dir, "*.jpg"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pictures")
	}
	for _, f := range files {
		a, err := e.Assess(load(t, f))
		if err != nil {
			t.Fatal(err)
		}
		if !a.Good() {
			t.Errorf("%s: %+v", filepath.Base(f), a.Findings)
		}
	}
}

// TestSpoiltStudioPortraits logs how often each finding comes where it should.
func TestSpoiltStudioPortraits(t *testing.T) {
	dir := enginetest.Shared(t, "face-london")
	e := openEngine(t)
	files, err := filepath.Glob(filepath.Join(dir, "*_neutral.jpg"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pictures")
	}
	spoil := []struct {
		name, reason string
		do           func(*image.RGBA, Face) *image.RGBA
	}{
		{"dark, a fifth of the light", Dark, func(i *image.RGBA, _ Face) *image.RGBA { return lit(i, 0.2, 0) }},
		{"washed out", Bright, func(i *image.RGBA, _ Face) *image.RGBA { return lit(i, 0.2, 204) }},
		{"blurred by 1/12 of the eyes' distance", Blurred, func(i *image.RGBA, f Face) *image.RGBA { return blurred(i, int(eyes(f)/12)) }},
		{"blurred by 1/8 of the eyes' distance", Blurred, func(i *image.RGBA, f Face) *image.RGBA { return blurred(i, int(eyes(f)/8)) }},
		{"black bar over both eyes", Covered, func(i *image.RGBA, f Face) *image.RGBA { return covered(i, eyesOf(f), color.RGBA{15, 15, 15, 255}) }},
		{"blue mask", Covered, func(i *image.RGBA, f Face) *image.RGBA {
			return covered(i, lowerOf(f), color.RGBA{120, 160, 200, 255})
		}},
		{"grey over one half", Covered, func(i *image.RGBA, f Face) *image.RGBA { return covered(i, halfOf(f), color.RGBA{128, 128, 128, 255}) }},
	}
	hit, other := make([]int, len(spoil)), make([]int, len(spoil))
	for _, file := range files {
		img := resized(load(t, file), 0.4)
		faces, err := e.Find(img)
		if err != nil || len(faces) == 0 {
			t.Fatalf("%s: %v", file, err)
		}
		for i, s := range spoil {
			a, err := e.Assess(s.do(img, faces[0]))
			if err != nil {
				t.Fatal(err)
			}
			if a.Has(s.reason) {
				hit[i]++
			} else if !a.Good() {
				other[i]++
			}
		}
	}
	for i, s := range spoil {
		t.Logf("%s: %s on %d of %d, another finding on %d", s.name, s.reason, hit[i], len(files), other[i])
		if 10*(hit[i]+other[i]) < 9*len(files) {
			t.Errorf("%s is overlooked on more than a tenth", s.name)
		}
	}
}

// TestFindingsOnOrdinaryPhotographs logs what is found on press photographs,
// which nobody took for a comparison.
func TestFindingsOnOrdinaryPhotographs(t *testing.T) {
	e := openEngine(t)
	for set, pattern := range map[string]string{"face-lfw10": "*/*.jpg", "face-celebrity-wild": "*.jpg"} {
		files, err := filepath.Glob(filepath.Join(enginetest.Shared(t, set), pattern))
		if err != nil || len(files) == 0 {
			t.Fatal("no pictures")
		}
		found := map[string]int{}
		for _, f := range files {
			a, err := e.Assess(load(t, f))
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range a.Findings {
				found[finding.Reason]++
			}
		}
		t.Logf("%s: %d pictures, findings %v", set, len(files), found)
		if found[None] > 0 {
			t.Errorf("%s: no face found in %d", set, found[None])
		}
	}
}

func eyes(f Face) float64 { return distance(mean(f.Landmarks[36:42]...), mean(f.Landmarks[42:48]...)) }

func eyesOf(f Face) image.Rectangle {
	l, d := f.Landmarks, eyes(f)
	return image.Rect(int(l[36].X-0.4*d), int(min(l[37].Y, l[44].Y)-0.3*d), int(l[45].X+0.4*d), int(max(l[41].Y, l[46].Y)+0.3*d))
}

func lowerOf(f Face) image.Rectangle {
	l, d := f.Landmarks, eyes(f)
	return image.Rect(int(l[3].X), int(l[30].Y), int(l[13].X), int(l[8].Y+0.1*d))
}

func halfOf(f Face) image.Rectangle {
	return image.Rect(int(f.Box.X-0.1*f.Box.Width), int(f.Box.Y-0.4*f.Box.Height), int(f.Landmarks[30].X), int(f.Box.Y+1.2*f.Box.Height))
}

func covered(img *image.RGBA, r image.Rectangle, c color.RGBA) *image.RGBA {
	out := picture.Crop(img, img.Bounds())
	draw.Draw(out, r, image.NewUniform(c), image.Point{}, draw.Src)
	return out
}

// lit scales every value and adds to it.
func lit(img *image.RGBA, factor, add float64) *image.RGBA {
	out := picture.Crop(img, img.Bounds())
	for i := range out.Pix {
		if i%4 != 3 {
			out.Pix[i] = uint8(min(255, float64(out.Pix[i])*factor+add))
		}
	}
	return out
}

func resized(img *image.RGBA, factor float64) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, int(float64(b.Dx())*factor), int(float64(b.Dy())*factor)))
	xdraw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}

// blurred averages over a square of 2*radius+1 pixels, twice.
func blurred(img *image.RGBA, radius int) *image.RGBA {
	out := img
	for range 2 {
		out = average(average(out, radius, 1, 0), radius, 0, 1)
	}
	return out
}

func average(img *image.RGBA, radius, dx, dy int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(b)
	at := func(x, y int) []uint8 {
		x, y = min(max(x, b.Min.X), b.Max.X-1), min(max(y, b.Min.Y), b.Max.Y-1)
		return img.Pix[img.PixOffset(x, y):]
	}
	n := 2*radius + 1
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			var sum [3]int
			for k := -radius; k <= radius; k++ {
				p := at(x+k*dx, y+k*dy)
				sum[0], sum[1], sum[2] = sum[0]+int(p[0]), sum[1]+int(p[1]), sum[2]+int(p[2])
			}
			to := out.Pix[out.PixOffset(x, y):]
			to[0], to[1], to[2], to[3] = uint8(sum[0]/n), uint8(sum[1]/n), uint8(sum[2]/n), 255
		}
	}
	return out
}

func ExampleThresholds_Judge() {
	fmt.Println(StandardThresholds.Judge(0.42), StandardThresholds.Judge(0.55), StandardThresholds.Judge(0.70))
	// Output: pass review fail
}
