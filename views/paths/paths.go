package paths

import (
	"net/url"
	"strings"
)

// Home is the front page.
func Home() string { return "/" }

// join puts path segments behind one another, each escaped, so that an id can
// never add a slash or a question mark.
func join(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(url.PathEscape(s))
	}
	return b.String()
}

// With adds query values to a path. Names and values come in pairs; pairs with
// an empty value are left out, so that a link carries only what was chosen.
func With(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
