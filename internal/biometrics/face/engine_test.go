package face

import (
	"errors"
	"image"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
	"truepenny/internal/inference/enginetest"
)

func TestFacesComeLargestFirst(t *testing.T) {
	faces, err := openEngine(t).Find(demo(t, "sample5.jpg"))
	if err != nil || len(faces) != 5 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	for i := 1; i < len(faces); i++ {
		if faces[i].Box.area() > faces[i-1].Box.area() {
			t.Errorf("face %d is larger than the one before", i)
		}
	}
}

func TestATightPortraitIsFoundAndMatches(t *testing.T) {
	e, img := openEngine(t), subject(t)
	f := mustFind(t, e, img)
	b := f.Box
	tight := picture.Crop(img, image.Rect(int(b.X), int(b.Y), int(b.X+b.Width), int(b.Y+b.Height)))
	alone, err := e.detectRegion(tight, Box{0, 0, float64(tight.Rect.Dx()), float64(tight.Rect.Dy())})
	if err != nil {
		t.Fatal(err)
	}
	found := mustFind(t, e, tight)
	t.Logf("without a border %d faces; box %+.0f", len(alone), found.Box)
	near(t, e, img, f, tight, found, 0.35)
}

func TestTheSameFaceIsNearAndAnotherIsFar(t *testing.T) {
	e := openEngine(t)
	img := demo(t, "sample5.jpg")
	faces, err := e.Find(img)
	if err != nil || len(faces) < 2 {
		t.Fatal(err)
	}
	small := resized(img, 0.5)
	again := mustFind(t, e, small)
	near(t, e, img, faces[0], small, again, 0.3)
	a, b := mustDescribe(t, e, img, faces[0]), mustDescribe(t, e, img, faces[1])
	if d, err := Distance(a, b); err != nil || d < StandardThresholds.Accept {
		t.Errorf("two people: distance %.2f, %v", d, err)
	}
	if d, err := Distance(a, a); err != nil || d != 0 {
		t.Errorf("the same descriptor: distance %v, %v", d, err)
	}
}

func TestAPictureWithAnOffsetIsReadLikeItsCopy(t *testing.T) {
	e, whole := openEngine(t), demo(t, "sample5.jpg")
	r := image.Rect(180, 720, 660, 1320)
	part, copied := whole.SubImage(r).(*image.RGBA), picture.Crop(whole, r)
	a, b := mustFind(t, e, part), mustFind(t, e, copied)
	if a != b {
		t.Errorf("faces differ: %v and %v", a.Box, b.Box)
	}
	x, y := mustDescribe(t, e, part, a), mustDescribe(t, e, copied, b)
	if d, err := Distance(x, y); err != nil || d > 1e-6 {
		t.Errorf("distance %v, %v", d, err)
	}
}

func TestConcurrentCallsAgree(t *testing.T) {
	e, img := openEngine(t), subject(t)
	want := mustDescribe(t, e, img, mustFind(t, e, img))
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			faces, err := e.Find(img)
			if err != nil || len(faces) != 1 {
				t.Errorf("%d faces, %v", len(faces), err)
				return
			}
			got, err := e.Describe(img, faces[0])
			if err != nil {
				t.Error(err)
				return
			}
			if d, err := Distance(got, want); err != nil || d > 1e-6 {
				t.Errorf("distance %v, %v", d, err)
			}
		})
	}
	wg.Wait()
}

func TestDescriptorsOfDifferentNetworksAreNeverCompared(t *testing.T) {
	a := Descriptor{"net", "1", []float32{1, 2}}
	for _, b := range []Descriptor{{"other", "1", a.Values}, {"net", "2", a.Values}, {}} {
		if _, err := Distance(a, b); !errors.Is(err, ErrNetworks) {
			t.Errorf("%+v: %v", b, err)
		}
	}
	for _, values := range [][]float32{nil, {1}, {1, float32(math.NaN())}, {1, float32(math.Inf(1))}} {
		if _, err := Distance(a, Descriptor{"net", "1", values}); !errors.Is(err, ErrValues) {
			t.Errorf("%v: %v", values, err)
		}
	}
}

func TestAFaceWithoutLandmarksIsRefused(t *testing.T) {
	if _, err := openEngine(t).Describe(subject(t), Face{}); !errors.Is(err, ErrLandmarks) {
		t.Errorf("error %v", err)
	}
}

const ownDescription = `
# an operator's network: here the standard one under another name
name = "own-net"
version = "7" # ours
file = "own.onnx"
input = "input"
output = "output"
size = 150
colour = "rgb"
mean = [122.782, 117.001, 104.298]
scale = 0.00392156862745098
dimension = 128
metric = "cosine"
alignment = "dlib"
accept = 0.40
review = 0.50
` + ownReport

const ownReport = `
report = "lab report 12"
report_strangers = "our-selfies"
report_false_matches = [3, 4000]
report_same = "our-passports"
report_false_non_matches = [9, 800]
report_worst_group = "over 60"
report_worst_group_false_matches = [2, 300]
`

// ownFolder holds an operator's network with a description.
func ownFolder(t *testing.T, rt *inference.Runtime, description string) string {
	t.Helper()
	dir := t.TempDir()
	raw, err := os.ReadFile(filepath.Join(rt.Dir(), convert.Descriptor+".onnx"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"own.onnx": raw, OwnFile: []byte(description)} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAnOperatorsOwnNetworkIsUsedByItsDescription(t *testing.T) {
	rt := enginetest.Open(t)
	own, err := Open(rt, ownFolder(t, rt, ownDescription))
	if err != nil {
		t.Fatal(err)
	}
	if name, version := own.Network(); name != "own-net" || version != "7" {
		t.Errorf("network %s %s", name, version)
	}
	want := Report{
		Name: "lab report 12", FalseMatches: Tally{"our-selfies", 3, 4000}, FalseNonMatches: Tally{"our-passports", 9, 800},
		WorstGroup: Group{"over 60", Tally{"", 2, 300}},
	}
	if limits := own.Thresholds(); !reflect.DeepEqual(limits.Report, want) || limits.Judge(0.3) != Same || limits.Judge(0.6) != Different {
		t.Errorf("thresholds %+v", limits)
	}
	img := subject(t)
	d := mustDescribe(t, own, img, mustFind(t, own, img))
	var length float64
	for _, v := range d.Values {
		length += float64(v) * float64(v)
	}
	if math.Abs(length-1) > 1e-5 {
		t.Errorf("a descriptor for the cosine has length %v", math.Sqrt(length))
	}
	standard := openEngine(t)
	if _, err := Distance(d, mustDescribe(t, standard, img, mustFind(t, standard, img))); !errors.Is(err, ErrNetworks) {
		t.Errorf("compared across networks: %v", err)
	}
}

func TestWithoutAReportNoDistanceSaysAnything(t *testing.T) {
	n, err := parseOwn([]byte(strings.Replace(ownDescription, ownReport, "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	for _, distance := range []float64{0, 0.3, 0.45, 2} {
		if v := n.thresholds.Judge(distance); v != Unsure || n.thresholds.Report.Given() {
			t.Errorf("at %v: %s", distance, v)
		}
	}
}

func TestAReportIsGivenWholeOrNotAtAll(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(ownReport)) {
		if _, err := parseOwn([]byte(strings.Replace(ownDescription, line, "", 1))); err == nil {
			t.Errorf("accepted without %s", line)
		}
	}
	for old, replacement := range map[string]string{
		"[3, 4000]": "[4001, 4000]", "[9, 800]": "[0, 0]", "[2, 300]": "[0.5, 300]", `"over 60"`: `"` + TooFew + `"`,
		`report_same = "our-passports"`: `report_same = ""`,
	} {
		if _, err := parseOwn([]byte(strings.Replace(ownDescription, old, replacement, 1))); err == nil {
			t.Errorf("%s was accepted", replacement)
		}
	}
	n, err := parseOwn([]byte(strings.NewReplacer("over 60", TooFew, "report_worst_group_false_matches = [2, 300]\n", "").Replace(ownDescription)))
	if err != nil || n.thresholds.Report.WorstGroup != (Group{}) {
		t.Errorf("%+v %v", n.thresholds.Report, err)
	}
}

func TestTheIntervalOfARateHoldsForFewErrors(t *testing.T) {
	for tally, want := range map[Tally][2]float64{ // sums of the binomial distribution; 1-0.025^(1/20), 0.025^(1/5)
		{Errors: 10, Pairs: 19000}: {0.000252417, 0.000967700}, {Errors: 0, Pairs: 20}: {0, 0.168433}, {Errors: 5, Pairs: 5}: {0.478176, 1}, {}: {0, 1},
	} {
		low, high := tally.Interval()
		if math.Abs(low-want[0]) > 1e-4*max(want[0], 0.01) || math.Abs(high-want[1]) > 1e-3*want[1] {
			t.Errorf("%+v: %v to %v, want %v", tally, low, high, want)
		}
	}
}

func TestANetworkThatDoesNotFitItsDescriptionIsRefusedAtStart(t *testing.T) {
	rt := enginetest.Open(t)
	for old, replacement := range map[string]string{
		"dimension = 128":    "dimension = 512",
		"size = 150":         "size = 112",
		`input = "input"`:    `input = "data"`,
		`file = "own.onnx"`:  `file = "absent.onnx"`,
		`colour = "rgb"`:     `colour = "grey"`,
		"scale = 0.0039":     "scalee = 0.0039",
		"accept = 0.40":      "accept = 0.60",
		`file = "own.onnx" `: `file = "../own.onnx"`,
	} {
		text := strings.Replace(ownDescription, strings.TrimSpace(old), replacement, 1)
		if _, err := Open(rt, ownFolder(t, rt, text)); err == nil {
			t.Errorf("%s was accepted", replacement)
		}
	}
}

func FuzzParseOwn(f *testing.F) {
	f.Add([]byte(ownDescription))
	f.Add([]byte("mean = [1,2"))
	f.Add([]byte("name = \"a\"x"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := parseOwn(raw)
		if err != nil {
			return
		}
		if n.name == "" || n.file != filepath.Base(n.file) || n.side < 16 || n.scale == 0 || n.thresholds.Accept <= 0 {
			t.Errorf("accepted %+v", n)
		}
	})
}

func TestFitSimilarityFindsTurnScaleAndShift(t *testing.T) {
	want := similarity{a: 1.2, b: -0.5, tx: 10, ty: -3}
	from := []Point{{0, 0}, {10, 0}, {0, 10}, {7, 3}}
	var to []Point
	for _, p := range from {
		to = append(to, want.apply(p))
	}
	got := fitSimilarity(from, to)
	for i, d := range []float64{got.a - want.a, got.b - want.b, got.tx - want.tx, got.ty - want.ty} {
		if math.Abs(d) > 1e-9 {
			t.Errorf("term %d differs by %v", i, d)
		}
	}
}

func TestShrinkingAveragesTheAreaAndKeepsTheMean(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 90, 90))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 7919)
	}
	out := newPlanes(13)
	paint(out, 0, 0, 13, 13, img, Box{0, 0, 90, 90})
	var want, got float64
	for i := 0; i < len(img.Pix); i += 4 {
		want += float64(img.Pix[i]) / (90 * 90)
	}
	for _, v := range out.data[:13*13] {
		got += float64(v) / (13 * 13)
	}
	if math.Abs(want-got) > 1e-3 {
		t.Errorf("mean %v, want %v", got, want)
	}
}

func mustFind(t testing.TB, e *Engine, img *image.RGBA) Face {
	t.Helper()
	faces, err := e.Find(img)
	if err != nil || len(faces) == 0 {
		t.Fatalf("%d faces, %v", len(faces), err)
	}
	return faces[0]
}

func mustDescribe(t testing.TB, e *Engine, img *image.RGBA, f Face) Descriptor {
	t.Helper()
	d, err := e.Describe(img, f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func near(t testing.TB, e *Engine, a *image.RGBA, fa Face, b *image.RGBA, fb Face, limit float64) {
	t.Helper()
	d, err := Distance(mustDescribe(t, e, a, fa), mustDescribe(t, e, b, fb))
	if err != nil || d > limit {
		t.Errorf("the same face: distance %.2f, %v", d, err)
	}
}
