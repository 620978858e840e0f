// Package camera plays films of people who follow prompts to the camera of a
// test's browser.
package camera

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"os"
	"path/filepath"
	"testing"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/demo"
	"truepenny/internal/sellers"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

const (
	cameraRate = 30   // pictures a second; Chromium plays every MJPEG file at this rate
	leadMS     = 1200 // before the prompts begin, the person sits still
	markSide   = 16   // of the square in the corner that tells lead from capture
)

// Camera is a film that the browser's camera plays in a loop, from the moment a
// page opens it: first a lead with a black mark in the corner, then the capture
// with a white one. A page's own clock starts anywhere in the loop, so a test
// waits for the mark to turn white before it starts a capture.
type Camera struct {
	t    testing.TB
	File string
}

// New makes a camera that shows the person sitting still.
func New(t testing.TB, who demo.Portrait) Camera {
	t.Helper()
	c := Camera{t, filepath.Join(t.TempDir(), "camera.mjpeg")}
	c.Film(who, nil, 1000)
	return c
}

// Film replaces what the camera shows, in place, by a person who follows the
// prompts. A page sees it when it opens the camera the next time.
func (c Camera) Film(who demo.Portrait, prompts []sellers.Prompt, lengthMS int) {
	c.t.Helper()
	seat := who.Webcam()
	turned := map[int]*image.RGBA{} // drawn heads by half degrees
	noise := specimen.NewChance(1)
	var film bytes.Buffer
	for at := -leadMS; at < lengthMS; at += 1000 / cameraRate {
		aim := 0.0
		if at >= 0 {
			aim = demo.Aim(prompts, at)
		}
		half := int(2 * (seat.Base + seat.Swing*aim))
		if turned[half] == nil {
			turned[half] = specimen.Turn(seat.Image, seat.Face, float64(half)/2, 0)
		}
		film.Write(c.shoot(turned[half], at >= 0, noise))
	}
	if err := os.WriteFile(c.File, film.Bytes(), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// shoot takes one picture, with a camera's noise: no two are the same.
func (c Camera) shoot(head *image.RGBA, capturing bool, noise *specimen.Chance) []byte {
	img := image.NewRGBA(head.Rect)
	for i, v := range head.Pix {
		img.Pix[i] = uint8(min(max(float64(v)+1.5*noise.Normal(), 0), 255))
	}
	mark := color.RGBA{A: 255}
	if capturing {
		mark = color.RGBA{255, 255, 255, 255}
	}
	draw.Draw(img, image.Rect(0, 0, markSide, markSide), image.NewUniform(mark), image.Point{}, draw.Src)
	jpeg, err := picture.EncodeJPEG(img, 90)
	if err != nil {
		c.t.Fatal(err)
	}
	return jpeg
}

// UntilFilmBegins waits in the page for the moment at which the film's capture
// begins: the mark turns from black to white.
func UntilFilmBegins(p *testkit.Page) {
	testkit.Script[bool](p, `new Promise((done) => {
		const video = document.querySelector("video"), canvas = new OffscreenCanvas(8, 8), pen = canvas.getContext("2d", {willReadFrequently: true});
		let dark = false;
		const look = () => {
			pen.drawImage(video, 0, 0, 8, 8, 0, 0, 8, 8);
			const grey = pen.getImageData(4, 4, 1, 1).data[0];
			if (grey < 90) dark = true;
			if (dark && grey > 160) return done(true);
			requestAnimationFrame(look);
		};
		look();
	})`)
}
