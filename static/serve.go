package static

import (
	"net/http"
	"strconv"
	"strings"
)

// Prefix is the path under which Handler is to be mounted.
const Prefix = "/static/"

// URL is the address of an asset: its name ("app.css", "js/app.js",
// "img/favicon.svg") behind the fingerprint of this build, which may be cached
// for ever. Names are not checked here; a test walks those that pages use.
func URL(name string) string { return Prefix + load().print + "/" + name }

// Names lists every asset that can be asked for.
func Names() []string {
	b := load()
	names := make([]string, 0, len(b.assets))
	for name := range b.assets {
		names = append(names, name)
	}
	return names
}

// Handler serves GET and HEAD under Prefix. An address with this build's
// fingerprint is immutable; the bare name works too and is asked for anew each
// time; anything else is 404, also an older build's fingerprint. It makes no
// difference whether a router has already taken the prefix away.
func Handler() http.Handler { return handler{load()} }

type handler struct{ b bundle }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, strings.TrimSuffix(Prefix, "/")), "/")
	cache := "no-cache"
	if rest, ok := strings.CutPrefix(name, h.b.print+"/"); ok {
		name, cache = rest, "public, max-age=31536000, immutable"
	}
	a, ok := h.b.assets[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	head := w.Header()
	head.Set("Content-Type", a.mime)
	head.Set("Cache-Control", cache)
	head.Set("X-Content-Type-Options", "nosniff")
	tag := `"` + h.b.print + `"`
	head.Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body
	if a.zipped != nil {
		head.Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			head.Set("Content-Encoding", "gzip")
			body = a.zipped
		}
	}
	head.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body)
}
