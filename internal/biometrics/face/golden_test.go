package face

import (
	"fmt"
	"image"
	"math"
	"testing"
)

// The functions below prepare pictures as face-api does: without averaging,
// without the half-pixel shift, and with its way of cutting a face out. The
// product prepares them better; here only the networks' agreement counts.

// peerResize resizes the part (x, y, w, h) of a picture, padded with black to a
// square, as tf.image.resizeBilinear does.
func peerResize(img *image.RGBA, x, y, w, h, side int, centred bool) planes {
	square := max(w, h)
	padX, padY := 0, 0
	if centred {
		// JavaScript's Math.round(diff/2) goes behind, the rest in front.
		padX, padY = (square-w)-(square-w+1)/2, (square-h)-(square-h+1)/2
	}
	out := newPlanes(side)
	n := side * side
	scale := float32(square) / float32(side)
	at := func(px, py, c int) float32 {
		px, py = px-padX, py-padY
		if px < 0 || py < 0 || px >= w || py >= h {
			return 0
		}
		return float32(img.Pix[img.PixOffset(x+px, y+py)+c])
	}
	for dy := range side {
		sy := float32(dy) * scale
		y0 := int(sy)
		y1, fy := min(y0+1, square-1), sy-float32(y0)
		for dx := range side {
			sx := float32(dx) * scale
			x0 := int(sx)
			x1, fx := min(x0+1, square-1), sx-float32(x0)
			for c := range 3 {
				top := at(x0, y0, c) + (at(x1, y0, c)-at(x0, y0, c))*fx
				low := at(x0, y1, c) + (at(x1, y1, c)-at(x0, y1, c))*fx
				out.data[c*n+dy*side+dx] = top + (low-top)*fy
			}
		}
	}
	return out
}

func peerDetect(t *testing.T, e *Engine, img *image.RGBA) []detection {
	t.Helper()
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	found, err := e.runDetector(peerResize(img, 0, 0, w, h, detectSide, false), sureScore)
	if err != nil {
		t.Fatal(err)
	}
	// face-api corrects by the rounded size of the picture inside the square.
	scale := detectSide / float64(max(w, h))
	rw, rh := math.Round(float64(w)*scale), math.Round(float64(h)*scale)
	for i, d := range found {
		found[i].box = Box{
			d.box.X / rw * float64(w), d.box.Y / rh * float64(h),
			d.box.Width / rw * float64(w), d.box.Height / rh * float64(h),
		}
	}
	return found
}

// clip cuts a box at the picture's borders and rounds it down.
func clip(b Box, img *image.RGBA) (x, y, w, h int) {
	cx, cy := math.Max(b.X, 0), math.Max(b.Y, 0)
	cw := math.Min(b.X+b.Width-cx, float64(img.Bounds().Dx())-cx)
	ch := math.Min(b.Y+b.Height-cy, float64(img.Bounds().Dy())-cy)
	return int(cx), int(cy), int(cw), int(ch)
}

func peerLandmarks(t *testing.T, e *Engine, img *image.RGBA, box Box) [68]Point {
	t.Helper()
	x, y, w, h := clip(box, img)
	shares, err := e.runLandmarks(peerResize(img, x, y, w, h, landmarkSide, true))
	if err != nil {
		t.Fatal(err)
	}
	square := float64(max(w, h))
	padX, padY := (square-float64(w))/2, (square-float64(h))/2
	for i, s := range shares {
		shares[i] = Point{s.X*square - padX + box.X, s.Y*square - padY + box.Y}
	}
	return shares
}

func peerDescribe(t *testing.T, e *Engine, img *image.RGBA, marks [68]Point) []float32 {
	t.Helper()
	left, right, mouth := mean(marks[36:42]...), mean(marks[42:48]...), mean(marks[48:68]...)
	size := math.Floor((distance(mouth, left) + distance(mouth, right)) / 2 / 0.45)
	centre := mean(left, right, mouth)
	bx, by := math.Floor(math.Max(0, centre.X-0.5*size)), math.Floor(math.Max(0, centre.Y-0.43*size))
	x, y, w, h := clip(Box{bx, by, size, size}, img)
	values, err := e.runDescriptor(peerResize(img, x, y, w, h, 150, true))
	if err != nil {
		t.Fatal(err)
	}
	return values[0]
}

func TestNetworksAgreeWithFaceAPIOnTheDemoPhotographs(t *testing.T) {
	e := openEngine(t)
	var pictures []*image.RGBA
	for i := 1; i <= 6; i++ {
		pictures = append(pictures, demo(t, fmt.Sprintf("sample%d.jpg", i)))
	}
	peer := runPeer(t, pictures, 1)
	if peer.Backend != "wasm" {
		t.Fatalf("face-api ran on %s", peer.Backend)
	}
	faces := 0
	var boxOff, markOff, descriptorOff float64
	for i, img := range pictures {
		found := peerDetect(t, e, img)
		want := peer.Pictures[i].Faces
		if len(found) != len(want) {
			t.Fatalf("sample%d: %d faces, face-api finds %d", i+1, len(found), len(want))
		}
		for k, d := range found {
			faces++
			size := d.box.Width
			boxOff = max(boxOff, boxDifference(d.box, want[k].Box)/size, math.Abs(d.score-want[k].Score))
			marks := peerLandmarks(t, e, img, d.box)
			for m, p := range marks {
				markOff = max(markOff, distance(p, Point{want[k].Landmarks[m][0], want[k].Landmarks[m][1]})/size)
			}
			for v, x := range peerDescribe(t, e, img, marks) {
				descriptorOff = max(descriptorOff, math.Abs(float64(x-want[k].Descriptor[v])))
			}
		}
	}
	t.Logf("%d faces; largest difference: box %.1e and landmarks %.1e of the face's width, descriptor %.1e", faces, boxOff, markOff, descriptorOff)
	const agreement = 1e-4
	if faces == 0 || boxOff > agreement || markOff > agreement || descriptorOff > agreement {
		t.Errorf("the networks differ by more than %.0e", agreement)
	}
}

func boxDifference(a, b Box) float64 {
	return max(math.Abs(a.X-b.X), math.Abs(a.Y-b.Y), math.Abs(a.Width-b.Width), math.Abs(a.Height-b.Height))
}
