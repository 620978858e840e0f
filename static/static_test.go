package static

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func site(files map[string]string) http.Handler {
	m := fstest.MapFS{}
	for name, body := range files {
		m[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return handler{bundleOf(m)}
}

func get(h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAMissingStyleSheetNamesTheTaskThatMakesIt(t *testing.T) {
	err := check(bundleOf(fstest.MapFS{"js/app.js": &fstest.MapFile{Data: []byte("1")}}))
	if !errors.Is(err, ErrNotBuilt) || !strings.Contains(err.Error(), "task setup") || !strings.Contains(err.Error(), "static/dist/app.css") {
		t.Errorf("check = %v", err)
	}
}

func TestFingerprintedAddressesMayBeKeptForEver(t *testing.T) {
	files := map[string]string{"dist/app.css": "body{}", "js/app.js": "import './a.js'"}
	h := site(files).(handler)
	w := get(h, Prefix+h.b.print+"/app.css")
	if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%d, Cache-Control %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if got := w.Header().Get("Content-Type"); got != "text/css; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	if w := get(h, Prefix+"app.css"); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("bare name: %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(h, "/"+h.b.print+"/js/app.js"); w.Code != http.StatusOK {
		t.Errorf("with the prefix taken away: %d", w.Code)
	}
	for _, path := range []string{Prefix + "0123456789ab/app.css", Prefix + "dist/app.css", Prefix + ".keep", Prefix, Prefix + "../embed.go"} {
		if w := get(h, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, w.Code)
		}
	}
	files["js/app.js"] += ";"
	if site(files).(handler).b.print == h.b.print {
		t.Error("a changed file kept the fingerprint")
	}
}

func TestTextIsSentCompressedToThoseWhoAsk(t *testing.T) {
	h := site(map[string]string{"dist/app.css": strings.Repeat("a{color:red}", 100)})
	zipped := get(h, Prefix+"app.css", "Accept-Encoding", "gzip, br")
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() >= 1200 {
		t.Errorf("encoding %q, %d bytes", zipped.Header().Get("Content-Encoding"), zipped.Body.Len())
	}
	if plain := get(h, Prefix+"app.css"); plain.Body.Len() != 1200 {
		t.Errorf("plain: %d bytes", plain.Body.Len())
	}
	if again := get(h, Prefix+"app.css", "If-None-Match", zipped.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("same tag: %d", again.Code)
	}
}

func TestOnlyReadingIsAllowed(t *testing.T) {
	w := httptest.NewRecorder()
	site(map[string]string{"js/app.js": "1"}).ServeHTTP(w, httptest.NewRequest(http.MethodPost, Prefix+"js/app.js", nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
}
