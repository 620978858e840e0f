package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"sort"
	"strings"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
	"truepenny/internal/inference/enginetest"
)

func engine(t *testing.T) *face.Engine {
	t.Helper()
	e, err := face.Open(enginetest.Open(t), "")
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// people writes a set of three people from the packages' demo photographs: each
// from near and from further away, and a picture without a face.
func people(t *testing.T) Set {
	t.Helper()
	dir := t.TempDir()
	demo := filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo")
	img, err := loadPicture(demo, "sample5.jpg")
	if err != nil {
		t.Fatal(err)
	}
	var manifest strings.Builder
	manifest.WriteString("file,subject,session,row\n")
	for i, r := range []image.Rectangle{image.Rect(180, 720, 660, 1320), image.Rect(1250, 250, 1800, 800), image.Rect(950, 130, 1450, 600)} {
		row := "upper"
		if i == 0 {
			row = "lower"
		}
		for k, part := range []image.Rectangle{r, r.Inset(-60)} {
			name := fmt.Sprintf("p%d-%d.png", i, k)
			writePNG(t, filepath.Join(dir, name), picture.Crop(img, part))
			fmt.Fprintf(&manifest, "%s,p%d,%d,%s\n", name, i, k, row)
		}
	}
	writePNG(t, filepath.Join(dir, "blank.png"), image.NewRGBA(image.Rect(0, 0, 200, 200)))
	manifest.WriteString("blank.png,p2,2,upper\n")
	if err := os.WriteFile(filepath.Join(dir, "manifest.csv"), []byte(manifest.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := ReadSet(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func writePNG(t *testing.T, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}

func TestAFaceReportCountsEveryPair(t *testing.T) {
	s := people(t)
	r, err := Face(context.Background(), engine(t), s, Options{Clock: clock.System, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Images != 7 || r.Subjects != 3 || r.Genuine != 3 || r.Impostor != 12 {
		t.Errorf("%+v", r)
	}
	if !nearly(r.FailureToAcquire, 1.0/7, 1e-12) || r.EER != 0 || r.FMR != 0 || r.FNMR != 0 {
		t.Errorf("acquire %v, EER %v, FMR %v, FNMR %v", r.FailureToAcquire, r.EER, r.FMR, r.FNMR)
	}
	if len(r.Groups) != 3 || r.Groups[0].Name != "all" || r.Groups[0].Note != tooFew || r.Groups[1].FMR.Pairs != 0 {
		t.Errorf("groups %+v", r.Groups)
	}
	var text strings.Builder
	if err := r.Print(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"no face: blank.png", notMeasurable, tooFew, "docs/measurements.md", "3 genuine and 12 impostor"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the printed report lacks %q:\n%s", want, text.String())
		}
	}
}

func TestAFaceReportHasTheAgreedKeys(t *testing.T) {
	r, err := Face(context.Background(), engine(t), people(t), Options{Clock: clock.System, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(raw, &fields); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for k := range fields {
		keys = append(keys, k)
	}
	want := strings.Split("set images subjects failure_to_acquire genuine impostor eer fnmr_at_fmr threshold fmr fnmr groups ms_per_image "+
		"network version code machine seed at seconds acquire missed eer_bootstrap review source claims det histogram table "+
		"false_matches false_non_matches checks calibration fits cached", " ")
	sort.Strings(keys)
	sort.Strings(want)
	if !reflect.DeepEqual(keys, want) {
		t.Errorf("keys %v, want %v", keys, want)
	}
}

func TestASetThatCannotBeMeasuredIsRefused(t *testing.T) {
	s := people(t)
	one := s
	one.Samples = s.Samples[:2]
	if _, err := Face(context.Background(), engine(t), one, Options{Clock: clock.System, Seed: 1}); err == nil {
		t.Error("a set of one person was measured")
	}
	s.Samples[0].File = "absent.png"
	if _, err := Face(context.Background(), engine(t), s, Options{Clock: clock.System, Seed: 1}); err == nil {
		t.Error("a missing picture was passed over")
	}
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Face(stopped, engine(t), people(t), Options{Clock: clock.System, Seed: 1}); err == nil {
		t.Error("a stopped run went on")
	}
}

func TestTheWorstGroupIsNamed(t *testing.T) {
	s := Set{Groups: []string{"g"}}
	for i := range 6 {
		s.Samples = append(s.Samples, Sample{Subject: fmt.Sprint(i / 2), Groups: []string{[]string{"x", "y"}[i/4]}})
	}
	pairs := []pair{{0, 1, 0.9}, {2, 3, 0.1}, {4, 5, 0.1}, {0, 2, 0.2}, {0, 4, 0.9}}
	groups := byGroup(s, pairs, 0.5)
	if len(groups) != 3 || groups[1].Worst != "fmr, fnmr" || groups[2].Worst != "" || groups[0].Worst != "" {
		t.Errorf("%+v", groups)
	}
	if groups[1].FNMR.Errors != 1 || groups[1].FNMR.Pairs != 2 || groups[1].FMR.Errors != 1 {
		t.Errorf("%+v", groups[1])
	}
}

func TestNumbersWithManyValuesAreGroupedByDecade(t *testing.T) {
	s := Set{Groups: []string{"age"}}
	for i := range 12 {
		s.Samples = append(s.Samples, Sample{Groups: []string{fmt.Sprint(18 + i)}})
	}
	labels := groupLabels(s)
	if labels[0][0] != "10-19" || labels[2][0] != "20-29" {
		t.Errorf("%v", labels)
	}
}

// TestBarsOnTheMeasuringSets holds what docs/measurements.md states, and what
// the active thresholds say of themselves. Processors round differently, so a
// count may be off by two.
func TestBarsOnTheMeasuringSets(t *testing.T) {
	stated := face.StandardThresholds.Report
	for name, bar := range map[string]float64{"face-lfw10": 0.015, "face-london": 0, "face-celebrity-wild": 0.003, "face-orl": 0.02} {
		t.Run(name, func(t *testing.T) {
			s, err := ReadSet(enginetest.Shared(t, name))
			if err != nil {
				t.Fatal(err)
			}
			r, err := Face(context.Background(), engine(t), s, Options{Clock: clock.System, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			if r.EER > bar || r.FailureToAcquire > 0 {
				t.Errorf("EER %.4f (bar %.4f), failure to acquire %.4f", r.EER, bar, r.FailureToAcquire)
			}
			if name == "face-london" && r.Groups[0].FMR.Errors > 0 {
				t.Errorf("%d false matches", r.Groups[0].FMR.Errors)
			}
			if c := stated.Calibration; c.Set == name {
				holdsCalibration(t, c, r)
			}
			used := r.used()
			for _, c := range []struct {
				said     face.Tally
				measured Rate
			}{
				{stated.Used.FalseMatches, newRate(used.FalseMatches.Errors, used.FalseMatches.Pairs)},
				{stated.Used.FalseNonMatches, newRate(used.FalseNonMatches.Errors, used.FalseNonMatches.Pairs)},
			} {
				if c.said.Set == name && (stated.Used.Frames != used.Frames || c.said.Pairs != c.measured.Pairs || math.Abs(float64(c.said.Errors-c.measured.Errors)) > 2) {
					t.Errorf("the check as used states %+v, measured %d of %d with %d frames", c.said, c.measured.Errors, c.measured.Pairs, used.Frames)
				}
			}
			for _, c := range []struct {
				said     face.Tally
				measured Rate
			}{{stated.FalseMatches, r.Groups[0].FMR}, {stated.FalseNonMatches, r.Groups[0].FNMR}} {
				if c.measured.Rate > c.said.Rate()+2/float64(c.measured.Pairs) {
					t.Errorf("%s is harder than what the thresholds state: %d of %d", name, c.measured.Errors, c.measured.Pairs)
				}
				if c.said.Set == name && (c.said.Pairs != c.measured.Pairs || math.Abs(float64(c.said.Errors-c.measured.Errors)) > 2) {
					t.Errorf("the thresholds state %+v, measured %d of %d", c.said, c.measured.Errors, c.measured.Pairs)
				}
			}
		})
	}
}

// holdsCalibration compares what the thresholds state of strangers with a report.
func holdsCalibration(t *testing.T, said face.Calibration, r FaceReport) {
	t.Helper()
	if said.Pairs != r.Calibration.Pairs || said.Method != r.Calibration.Method || !nearly(said.Slope, r.Calibration.Slope, 0.3) || !nearly(said.Offset, r.Calibration.Offset, 0.2) {
		t.Errorf("stated %s %.3f %.3f, measured %+v", said.Method, said.Offset, said.Slope, r.Calibration)
	}
	for _, p := range said.Points {
		if got := r.Calibration.Strangers(p.Distance); math.Abs(float64(got.Errors-p.FalseMatches)) > 2+0.02*float64(p.FalseMatches) {
			t.Errorf("at %.2f %d strangers are stated, %d measured", p.Distance, p.FalseMatches, got.Errors)
		}
	}
}
