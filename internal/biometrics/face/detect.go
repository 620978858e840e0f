package face

import (
	"image"
	"math"
	"sort"

	"truepenny/internal/inference"
)

const (
	// detectSide is the side of the detector's input, in pixels. The smaller
	// 320 that the network allows loses faces.
	detectSide = 416
	// sureScore is the score, 0 to 1, from which a detection is taken at once.
	sureScore = 0.5
	// leastScore is the score from which one is taken when no border brings a
	// surer one.
	leastScore = 0.3
	// detectOverlap is the largest overlap of two detections that are two faces.
	detectOverlap = 0.4
)

// detectorMean is what face-api subtracts before its tiny detector.
var detectorMean = [3]float32{117.001, 114.697, 97.404}

// anchors are the detector's five box shapes, in cells.
var anchors = [5]struct{ w, h float64 }{
	{1.603231, 2.094468}, {6.041143, 7.080126}, {2.882459, 3.518061}, {4.266906, 5.178857}, {9.041765, 10.66308},
}

// borders are the widths of the replicated border that are tried in turn, as a
// share of the picture's sides. The detector misses faces that fill the
// picture, as a portrait cut out of a document does.
var borders = []float64{0, 0.3, 0.6}

type detection struct {
	box   Box
	score float64
}

// detect finds faces, best score first: the sure ones of the narrowest border
// that brings any, else what the border with the best score brings.
func (e *Engine) detect(img *image.RGBA) ([]detection, error) {
	w, h := float64(img.Bounds().Dx()), float64(img.Bounds().Dy())
	var best []detection
	for _, b := range borders {
		found, err := e.detectRegion(img, Box{-b * w, -b * h, w * (1 + 2*b), h * (1 + 2*b)})
		if err != nil {
			return nil, err
		}
		if sure := scored(found, sureScore); len(sure) > 0 {
			return sure, nil
		}
		if len(found) > 0 && (len(best) == 0 || found[0].score > best[0].score) {
			best = found
		}
	}
	return best, nil
}

// scored keeps the detections from a score on; they are sorted by it.
func scored(sorted []detection, least float64) []detection {
	for i, d := range sorted {
		if d.score < least {
			return sorted[:i]
		}
	}
	return sorted
}

// detectRegion runs the detector once. The region keeps its shape; what is left
// of the input's square at right or bottom stays black.
func (e *Engine) detectRegion(img *image.RGBA, region Box) ([]detection, error) {
	scale := detectSide / math.Max(region.Width, region.Height)
	w := max(1, int(math.Round(region.Width*scale)))
	h := max(1, int(math.Round(region.Height*scale)))
	input := newPlanes(detectSide)
	paint(input, 0, 0, w, h, img, region)
	found, err := e.runDetector(input, leastScore)
	if err != nil {
		return nil, err
	}
	fx, fy := region.Width/float64(w), region.Height/float64(h)
	found = withoutNested(found)
	for i, d := range found {
		found[i].box = Box{d.box.X*fx + region.X, d.box.Y*fy + region.Y, d.box.Width * fx, d.box.Height * fy}
	}
	return found, nil
}

// runDetector gives detections above a score, in pixels of the input square.
func (e *Engine) runDetector(input planes, least float64) ([]detection, error) {
	x := input.normalised(detectorMean, 1.0/255)
	side := int64(x.side)
	out, err := e.detector.Run(inference.Tensor{Shape: []int64{1, 3, side, side}, Data: x.data})
	if err != nil {
		return nil, err
	}
	cells := int(out[0].Shape[2])
	return suppress(decode(out[0].Data, cells, float64(input.side)/float64(cells), least)), nil
}

// decode turns raw cell values into boxes; cell is a cell's side in pixels.
func decode(raw []float32, cells int, cell, least float64) []detection {
	var found []detection
	area := cells * cells
	for a, anchor := range anchors {
		value := func(k, i int) float64 { return float64(raw[(5*a+k)*area+i]) }
		for i := range area {
			score := sigmoid(value(4, i))
			if score <= least {
				continue
			}
			cx := (float64(i%cells) + sigmoid(value(0, i))) * cell
			cy := (float64(i/cells) + sigmoid(value(1, i))) * cell
			w := math.Exp(value(2, i)) * anchor.w * cell
			h := math.Exp(value(3, i)) * anchor.h * cell
			found = append(found, detection{Box{cx - w/2, cy - h/2, w, h}, score})
		}
	}
	return found
}

// suppress keeps the best of every group of overlapping detections.
func suppress(found []detection) []detection {
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	var kept []detection
next:
	for _, d := range found {
		for _, k := range kept {
			if d.box.overlap(k.box) > detectOverlap {
				continue next
			}
		}
		kept = append(kept, d)
	}
	return kept
}

// nestedShare is the share of the smaller box from which two detections are
// one face.
const nestedShare = 0.6

// withoutNested drops, of a box and another that lies mostly inside it, the one
// with the lower score: now and then the detector frames head and shoulders as
// a second, larger face.
func withoutNested(best []detection) []detection {
	var kept []detection
next:
	for _, d := range best {
		for _, k := range kept {
			if d.box.common(k.box) > nestedShare*math.Min(d.box.area(), k.box.area()) {
				continue next
			}
		}
		kept = append(kept, d)
	}
	return kept
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
