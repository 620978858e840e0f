package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
)

// What set-up makes (app.css, htmx, fonts) lies in dist, which git ignores; the
// committed dist/.keep lets a fresh clone compile before set-up has run.
//
//go:embed all:dist js img
var tree embed.FS

// ErrNotBuilt says that the program was compiled before set-up had made the
// style sheet and copied what npm brings.
var ErrNotBuilt = errors.New("static: the browser's files are not built; run `task setup` (or `go run github.com/go-task/task/v3/cmd/task@v3.44.1 setup`) and build again")

// made lists what set-up must have left in dist for pages to work.
var made = []string{"app.css", "htmx.min.js", "hx-sse.min.js", "fonts/inter-latin.woff2"}

// asset is one file as it is served.
type asset struct {
	body   []byte
	zipped []byte // nil where compressing gains nothing
	mime   string
}

// bundle is every asset by the name that URL takes, with one fingerprint over
// all of them: one changed byte anywhere gives every file a new address, so
// modules that import one another by relative name can never mix versions.
type bundle struct {
	assets map[string]asset
	print  string
}

var load = sync.OnceValue(func() bundle { return bundleOf(tree) })

// Check returns ErrNotBuilt, naming the first missing file, when the program
// was compiled without the files that set-up makes. Call it before serving.
func Check() error { return check(load()) }

func check(b bundle) error {
	for _, name := range made {
		if _, ok := b.assets[name]; !ok {
			return fmt.Errorf("%w (missing: static/dist/%s)", ErrNotBuilt, name)
		}
	}
	return nil
}

// bundleOf reads a tree with the folders dist, js and img. Names in dist lose
// that prefix: "dist/app.css" is served as "app.css".
func bundleOf(files fs.FS) bundle {
	b := bundle{assets: map[string]asset{}}
	// The tree is embedded, so reading it cannot fail at run time.
	_ = fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		body, err := fs.ReadFile(files, p)
		if err != nil {
			return err
		}
		b.assets[strings.TrimPrefix(p, "dist/")] = newAsset(p, body)
		return nil
	})
	b.print = fingerprint(b.assets)
	return b
}

func newAsset(name string, body []byte) asset {
	a := asset{body: body, mime: mimeOf(name)}
	if path.Ext(name) == ".woff2" || len(body) < 512 {
		return a
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if _, err := w.Write(body); err == nil && w.Close() == nil && out.Len() < len(body) {
		a.zipped = out.Bytes()
	}
	return a
}

func fingerprint(assets map[string]asset) string {
	names := make([]string, 0, len(assets))
	for name := range assets {
		names = append(names, name)
	}
	sort.Strings(names)
	h := sha256.New()
	for _, name := range names {
		fmt.Fprintf(h, "%s %d\n", name, len(assets[name].body))
		h.Write(assets[name].body)
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}

// mimeOf does not ask the machine's own type table, so that a page is served
// the same everywhere.
func mimeOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".woff2":
		return "font/woff2"
	}
	return "application/octet-stream"
}
