package document_test

import (
	"image"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
)

// BenchmarkPeer reads the same photographs with our reader and, on the band
// that ours has found and laid flat, with Tesseract's stock model. It reports
// the share of them that each reads without a wrong character.
func BenchmarkPeer(b *testing.B) {
	tesseract, err := exec.LookPath("tesseract")
	if err != nil {
		b.Skip("tesseract is not installed, so there is no peer to compare with")
	}
	const pages = 12
	r := reader(b)
	var ours, theirs int
	for b.Loop() {
		ours, theirs = 0, 0
		for n := range pages {
			kind := specimen.Passport
			if n%2 == 1 {
				kind = specimen.CardBack
			}
			page, want := drawn(b, spec(kind, n))
			photo := shoot(b, page, specimen.Casual(uint64(n)))
			got, err := r.Read(photo)
			if err != nil {
				continue
			}
			ours += one(slices.Equal(got.Lines, want))
			theirs += one(slices.Equal(stock(b, tesseract, photo, got), want))
		}
	}
	b.ReportMetric(float64(ours)/pages, "exact")
	b.ReportMetric(float64(theirs)/pages, "peer-exact")
}

// stock is what Tesseract makes of the band, with the alphabet of zones and one
// block of text as it is best served.
func stock(b *testing.B, tesseract string, photo *image.RGBA, found document.Reading) []string {
	b.Helper()
	across := math.Hypot(found.Band[1].X-found.Band[0].X, found.Band[1].Y-found.Band[0].Y)
	down := math.Hypot(found.Band[3].X-found.Band[0].X, found.Band[3].Y-found.Band[0].Y)
	const width = 1600 // more than 36 pixels a character
	flat, err := picture.Rectify(photo, found.Band, width, int(width*down/across))
	if err != nil {
		b.Fatal(err)
	}
	file := filepath.Join(b.TempDir(), "band.png")
	out, err := os.Create(file)
	if err != nil {
		b.Fatal(err)
	}
	if err := png.Encode(out, flat); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
	text, err := exec.CommandContext(b.Context(), tesseract, file, "-", "--psm", "6", "-l", "eng",
		"-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<").Output()
	if err != nil {
		b.Fatalf("tesseract: %v", err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.ReplaceAll(strings.TrimSpace(line), " ", ""); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
