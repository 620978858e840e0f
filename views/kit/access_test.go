package kit_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"truepenny/views/kit"
)

// samples are all parts, as trees to be asked about.
func samples(t *testing.T) map[string]*goquery.Document {
	t.Helper()
	docs := map[string]*goquery.Document{}
	for name, html := range map[string]string{
		"public":  render(t, kit.Showcase()),
		"console": render(t, kit.ShowcaseConsole("/sample.svg")) + render(t, kit.Palette()),
	} {
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(html))
		if err != nil {
			t.Fatal(err)
		}
		docs[name] = doc
	}
	return docs
}

func TestEveryControlHasALabel(t *testing.T) {
	for name, doc := range samples(t) {
		doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
			id, _ := s.Attr("id")
			labelled := s.Closest("label").Length() > 0 || (id != "" && doc.Find(`label[for="`+id+`"]`).Length() > 0)
			if !labelled {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: no label for %s", name, html)
			}
		})
	}
}

func TestEveryReferenceWithinAPageLeadsSomewhere(t *testing.T) {
	for name, doc := range samples(t) {
		for _, attr := range []string{"aria-describedby", "aria-labelledby", "aria-controls", "for", "commandfor", "form"} {
			doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
				value, _ := s.Attr(attr)
				for _, id := range strings.Fields(value) {
					if doc.Find(`[id="`+id+`"]`).Length() == 0 {
						t.Errorf("%s: %s=%q leads nowhere", name, attr, id)
					}
				}
			})
		}
	}
}

func TestNoIdStandsTwice(t *testing.T) {
	for name, doc := range samples(t) {
		seen := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id, _ := s.Attr("id")
			if seen[id] {
				t.Errorf("%s: id %q twice", name, id)
			}
			seen[id] = true
		})
	}
}

func TestAWrongFieldSaysSoBesideItselfAndAtTheTop(t *testing.T) {
	doc := samples(t)["public"]
	field := doc.Find("input#name")
	if v, _ := field.Attr("aria-invalid"); v != "true" {
		t.Error("the wrong field is not marked")
	}
	by, _ := field.Attr("aria-describedby")
	if !strings.Contains(by, "name-error") {
		t.Errorf("described by %q, want its error", by)
	}
	if doc.Find(`.error-summary a[href="#name"]`).Length() != 1 {
		t.Error("the summary does not lead to the field")
	}
}

func TestAnOutcomeIsNeverColourAlone(t *testing.T) {
	for name, doc := range samples(t) {
		doc.Find(".outcome").Each(func(_ int, s *goquery.Selection) {
			if s.Find("svg").Length() != 1 || strings.TrimSpace(s.Text()) == "" {
				html, _ := goquery.OuterHtml(s)
				t.Errorf("%s: want icon and word: %s", name, html)
			}
		})
	}
}

func TestScriptBlocksOnlyCarryData(t *testing.T) {
	for name, doc := range samples(t) {
		doc.Find("script").Each(func(_ int, s *goquery.Selection) {
			if kind, _ := s.Attr("type"); kind != "application/json" {
				t.Errorf("%s: a script of type %q", name, kind)
			}
		})
		doc.Find("[style], [onclick], [hx-on]").Each(func(_ int, s *goquery.Selection) {
			t.Errorf("%s: %s has what the content policy blocks", name, goquery.NodeName(s))
		})
	}
}
