package lab

import (
	"bufio"
	"bytes"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func FuzzDocumentLabels(f *testing.F) {
	f.Add("image,format,line1,line2,line3\na.jpg,TD2,I<UTO,D23,\n")
	f.Add("image,text\n../a.tif,P<UTO\n")
	f.Add("\"image\",text\n\"a\nb\",\x00\n")
	f.Fuzz(func(t *testing.T, text string) {
		labels, err := documentLabels(fstest.MapFS{"labels.csv": {Data: []byte(text)}}, "labels.csv")
		if err != nil {
			return
		}
		for _, l := range labels {
			if !filepath.IsLocal(l.image) {
				t.Fatalf("%q lies outside the folder", l.image)
			}
		}
	})
}

func FuzzLivenessLabels(f *testing.F) {
	f.Add("file,person,kind,attack\na.mp4,p1,live,\nb.jpg,p1,attack,print\n")
	f.Add("file,person,kind,attack\n/etc/hosts,p1,live,\n")
	f.Fuzz(func(t *testing.T, text string) {
		labels, err := livenessLabels(fstest.MapFS{"labels.csv": {Data: []byte(text)}})
		if err != nil {
			return
		}
		for _, l := range labels {
			if !filepath.IsLocal(l.file) || l.live && l.attack == "unnamed" {
				t.Fatalf("took %+v", l)
			}
		}
	})
}

func FuzzFilmFrames(f *testing.F) {
	f.Add([]byte("P6\n2 1\n255\nabcdef"))
	f.Add([]byte("P6\n99999999 99999999\n255\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		frames, _ := readPPM(bufio.NewReader(bytes.NewReader(data)))
		size := 0
		for _, img := range frames {
			size += len(img.Pix)
		}
		if size > 2*len(data) { // four bytes a pixel made of three
			t.Fatalf("%d bytes of pictures from %d", size, len(data))
		}
	})
}
