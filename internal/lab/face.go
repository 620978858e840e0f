package lab

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
)

// FaceReport is the measured accuracy of a face engine on one set. Rates are
// shares from 0 to 1.
type FaceReport struct {
	Set      string `json:"set"`
	Images   int    `json:"images"`
	Subjects int    `json:"subjects"`
	// FailureToAcquire is the share of images in which no face was found.
	FailureToAcquire float64 `json:"failure_to_acquire"`
	Genuine          int     `json:"genuine"`
	Impostor         int     `json:"impostor"`
	EER              float64 `json:"eer"`
	// FNMRAtFMR holds the false match rates "1e-2", "1e-3" and "1e-4".
	FNMRAtFMR map[string]Operating `json:"fnmr_at_fmr"`
	// Threshold is the active one for "same person"; FMR and FNMR are the
	// rates there. Their intervals stand in the group "all".
	Threshold  float64 `json:"threshold"`
	FMR        float64 `json:"fmr"`
	FNMR       float64 `json:"fnmr"`
	Groups     []Group `json:"groups"`
	MSPerImage float64 `json:"ms_per_image"` // decoding, finding and describing, one thread

	network string // name and version, for the printed report
	source  string // where the threshold comes from
	missed  []string
	acquire Rate
}

// operatingPoints are the false match rates that every report gives.
var operatingPoints = []struct {
	name string
	rate float64
}{{"1e-2", 1e-2}, {"1e-3", 1e-3}, {"1e-4", 1e-4}}

// Describer is what a face report measures.
type Describer interface {
	Find(img *image.RGBA) ([]face.Face, error)
	Describe(img *image.RGBA, f face.Face) (face.Descriptor, error)
	Network() (name, version string)
	Thresholds() face.Thresholds
}

// Face compares every picture of a set with every other. Of several faces in a
// picture the largest counts.
func Face(ctx context.Context, e Describer, s Set, c clock.Clock) (FaceReport, error) {
	r := FaceReport{Set: s.Name, Images: len(s.Samples), FNMRAtFMR: map[string]Operating{}}
	name, version := e.Network()
	t := e.Thresholds()
	r.network, r.source, r.Threshold = name+" "+version, t.Report.Name, t.Accept

	descriptors, err := r.describeAll(ctx, e, s, c)
	if err != nil {
		return r, err
	}
	pairs, err := compareAll(descriptors)
	if err != nil {
		return r, err
	}
	scores := split(s, pairs)
	r.Genuine, r.Impostor = len(scores.Genuine), len(scores.Impostor)
	if r.Genuine == 0 || r.Impostor == 0 {
		return r, errors.New("the set needs two pictures of one person and pictures of two people with a face in each")
	}
	r.EER = scores.EqualErrorRate()
	for _, o := range operatingPoints {
		r.FNMRAtFMR[o.name] = scores.AtFalseMatch(o.rate)
	}
	r.Groups = byGroup(s, pairs, r.Threshold)
	r.FMR, r.FNMR = r.Groups[0].FMR.Rate, r.Groups[0].FNMR.Rate
	return r, nil
}

// describeAll gives one descriptor a picture, nil where no face was found.
func (r *FaceReport) describeAll(ctx context.Context, e Describer, s Set, c clock.Clock) ([]*face.Descriptor, error) {
	result := make([]*face.Descriptor, len(s.Samples))
	subjects := map[string]bool{}
	start := c.Now()
	for i, sample := range s.Samples {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		subjects[sample.Subject] = true
		d, err := describe(e, s.Dir, sample.File)
		if err != nil {
			return nil, err
		}
		if d == nil {
			r.missed = append(r.missed, sample.File)
		}
		result[i] = d
	}
	n := len(s.Samples)
	r.MSPerImage = math.Round(c.Now().Sub(start).Seconds()*1e5/float64(n)) / 100
	r.Subjects = len(subjects)
	r.acquire = newRate(len(r.missed), n)
	r.FailureToAcquire = r.acquire.Rate
	return result, nil
}

func describe(e Describer, dir, file string) (*face.Descriptor, error) {
	img, err := loadPicture(dir, file)
	if err != nil {
		return nil, err
	}
	faces, err := e.Find(img)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(faces) == 0 {
		return nil, nil
	}
	d, err := e.Describe(img, faces[0])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return &d, nil
}

func compareAll(descriptors []*face.Descriptor) ([]pair, error) {
	var pairs []pair
	for i, a := range descriptors {
		for j := i + 1; a != nil && j < len(descriptors); j++ {
			if descriptors[j] == nil {
				continue
			}
			d, err := face.Distance(*a, *descriptors[j])
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, pair{i, j, d})
		}
	}
	return pairs, nil
}

func split(s Set, pairs []pair) Scores {
	var scores Scores
	for _, p := range pairs {
		if s.Samples[p.a].Subject == s.Samples[p.b].Subject {
			scores.Genuine = append(scores.Genuine, p.distance)
		} else {
			scores.Impostor = append(scores.Impostor, p.distance)
		}
	}
	scores.sort()
	return scores
}
