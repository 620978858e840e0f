package lab

import (
	"context"
	"image"
	"os"
	"testing"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/clock"
	"truepenny/internal/inference/enginetest"
)

// TestPortraitsAtTheLimitAreToldApartAsInFull measures how small a face on a document may be:
// one picture of each pair is shrunk until its face has so many pixels, written
// as a JPEG and compared with the others as they are.
//
//	TRUEPENNY_PORTRAITS=all go test ./internal/lab -run Portraits -v
func TestPortraitsAtTheLimitAreToldApartAsInFull(t *testing.T) {
	e := engine(t)
	limit := face.DefaultLimits.Portrait
	sets, sides := []string{"face-lfw10"}, []float64{limit, 20}
	if os.Getenv("TRUEPENNY_PORTRAITS") == "all" {
		sets, sides = append(sets, "face-london", "face-celebrity-wild"), []float64{120, 100, 80, 70, 60, 50, 45, 40, 35, 30, 25, 20}
	}
	for _, name := range sets {
		s, err := ReadSet(enginetest.Shared(t, name))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := describeAll(context.Background(), e, s, Options{Clock: clock.System})
		if err != nil {
			t.Fatal(err)
		}
		pairs, err := compareAll(context.Background(), whole.all)
		if err != nil {
			t.Fatal(err)
		}
		full := split(s, pairs).EqualErrorRate()
		for _, side := range sides {
			scores, lost, n := shrunk(t, e, s, whole, side)
			if n < len(s.Samples)/2 || len(scores.Genuine) == 0 {
				continue // most faces are smaller already
			}
			mg, _ := moments(scores.Genuine)
			eer, fnmr, fmr := scores.EqualErrorRate(), scores.FalseNonMatch(face.StandardThresholds.Accept), scores.FalseMatch(face.StandardThresholds.Accept)
			if side >= limit && (eer > full+0.005 || lost > 0) {
				t.Errorf("%s at %.0f px: EER %.4f against %.4f in full, %d not found", name, side, eer, full, lost)
			}
			t.Logf("%-20s %3.0f px: %d of %d not found, EER %.2f %%, genuine mean %.3f, FNMR %s, FMR %s", name, side, lost, n, 100*eer, mg, fnmr.count(), fmr.count())
		}
	}
}

// shrunk compares portraits of a size with everybody's other pictures.
func shrunk(t *testing.T, e *face.Engine, s Set, whole described, side float64) (scores Scores, lost, n int) {
	t.Helper()
	for i, sample := range s.Samples {
		if whole.all[i].Side < side {
			continue
		}
		img, err := loadPicture(s.Dir, sample.File)
		if err != nil {
			t.Fatal(err)
		}
		n++
		d, err := describe(e, jpegOf(t, img, side/whole.all[i].Side))
		if err != nil {
			t.Fatal(err)
		}
		if d.Descriptor == nil {
			lost++
			continue
		}
		for j, other := range s.Samples {
			if i == j || whole.all[j].Descriptor == nil {
				continue
			}
			if v := apart(*d.Descriptor, *whole.all[j].Descriptor); other.Subject == sample.Subject {
				scores.Genuine = append(scores.Genuine, v)
			} else {
				scores.Impostor = append(scores.Impostor, v)
			}
		}
	}
	scores.sort()
	return scores, lost, n
}

func jpegOf(t *testing.T, img *image.RGBA, scale float64) []byte {
	t.Helper()
	longest := max(img.Rect.Dx(), img.Rect.Dy())
	raw, err := picture.EncodeJPEG(picture.Fit(img, int(float64(longest)*scale+0.5)), 85)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
