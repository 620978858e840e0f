package kit_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"truepenny/views/kit"
)

var update = flag.Bool("update", false, "write what is rendered as the new expectation")

func TestEveryPartIsDrawnAsAgreed(t *testing.T) {
	for name, part := range map[string]templ.Component{
		"public":  kit.Showcase(),
		"console": kit.ShowcaseConsole("/sample.svg"),
		"palette": kit.Palette(),
	} {
		t.Run(name, func(t *testing.T) { compare(t, name, render(t, part)) })
	}
}

func render(t *testing.T, part templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := part.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// compare compares trees, not bytes: white space between elements means
// nothing. What came out is written beside the expectation when they differ.
func compare(t *testing.T, name, got string) {
	t.Helper()
	wanted := filepath.Join("testdata", name+".html")
	tree := outline(t, got)
	if *update {
		if err := os.WriteFile(wanted, []byte(tree), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(wanted)
	if err != nil {
		t.Fatal(err)
	}
	if tree == string(want) {
		return
	}
	actual := filepath.Join("testdata", name+".actual.html") // git ignores it
	if err := os.WriteFile(actual, []byte(tree), 0o644); err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(tree, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s line %d:\nwant %s\ngot  %s\n(go test ./views/kit -update takes what is drawn now)", wanted, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s has %d lines, drawn are %d", wanted, len(a), len(b))
}

// outline writes one node a line, indented by depth.
func outline(t *testing.T, source string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		switch n.Type {
		case html.TextNode:
			if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
				b.WriteString(strings.Repeat("  ", depth) + text + "\n")
			}
		case html.ElementNode:
			b.WriteString(strings.Repeat("  ", depth) + "<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key + "=\"" + a.Val + "\"")
			}
			b.WriteString(">\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	walk(doc, 0)
	return b.String()
}
