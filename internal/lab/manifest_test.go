package lab

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"truepenny/internal/biometrics/picture"
)

func TestManifestColumnsMayStandInAnyOrder(t *testing.T) {
	s, err := parseManifest(strings.NewReader("\ufeffSubject,age,file,session,gender\np1,24,a/b.jpg,1,female\np2,31,c.jpg,,male\n"))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(s.Groups) != "[age gender]" || len(s.Samples) != 2 {
		t.Errorf("%+v", s)
	}
	want := Sample{"a/b.jpg", "p1", "1", []string{"24", "female"}}
	if fmt.Sprint(s.Samples[0]) != fmt.Sprint(want) {
		t.Errorf("%+v", s.Samples[0])
	}
}

func TestAWrongManifestIsRefusedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"":                                      "no header",
		"image,person\n":                        `no column "file"`,
		"file,session\na,b\n":                   `no column "subject"`,
		"file,subject,file\n":                   "stands twice",
		"file,subject,\n":                       "has no name",
		"file,subject\n":                        "has no pictures",
		"file,subject\na.jpg,p\n,p\n":           "line 3",
		"file,subject\na.jpg,\n":                "line 2: no subject",
		"file,subject\n../a.jpg,p\n":            "line 2: \"../a.jpg\"",
		"file,subject\n/etc/passwd,p\n":         "not a path inside",
		"file,subject\na.jpg,p\na.jpg,q\n":      "line 3: a.jpg stands twice",
		"file,subject\na.jpg,p,q\n":             "wrong number of fields",
		"file,subject\na.jpg,\"p\n":             "quote",
		"file,subject\na," + long(2000) + "\n":  "longer than",
		"file,subject\n" + many(manifestRows+1): "more than",
	} {
		_, err := parseManifest(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}

func long(n int) string { return strings.Repeat("x", n) }

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d.jpg,p\n", i)
	}
	return b.String()
}

func TestAMissingManifestSaysWhatItShouldHold(t *testing.T) {
	if _, err := ReadSet(t.TempDir()); err == nil || !strings.Contains(err.Error(), "file, subject") {
		t.Errorf("%v", err)
	}
}

func FuzzParseManifest(f *testing.F) {
	f.Add("file,subject,session,age\na.jpg,p,1,30\n")
	f.Add("file,subject\n\"a\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseManifest(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, sample := range s.Samples {
			if !filepath.IsLocal(sample.File) || sample.Subject == "" || len(sample.Groups) != len(s.Groups) {
				t.Errorf("accepted %+v", sample)
			}
		}
	})
}

func TestGreyMapsAreReadAndDamagedOnesRefused(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content string
		err     error
	}{
		"good.pgm":    {"P5\n# made by hand\n3 2\n255\nabcdef", nil},
		"short.pgm":   {"P5 3 2 255\nabc", picture.ErrCorrupt},
		"wide.pgm":    {"P5 99999999999999999999 2 255\nabc", picture.ErrFormat},
		"deep.pgm":    {"P5 3 2 65535\nabcdef", picture.ErrFormat},
		"comment.pgm": {"P5 #", picture.ErrFormat},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		img, err := loadPicture(dir, name)
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
		if c.err == nil && (img.Bounds().Dx() != 3 || img.RGBAAt(2, 1).R != 'f') {
			t.Errorf("%s: %v", name, img)
		}
	}
}

func FuzzDecodePGM(f *testing.F) {
	f.Add([]byte("P5\n# x\n3 2\n255\nabcdef"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) < 2 {
			return
		}
		if img, err := decodePGM(raw); err == nil && len(img.Pix) > 4*len(raw) {
			t.Errorf("%d bytes give %d", len(raw), len(img.Pix))
		}
	})
}
