package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestFrontPageTakesItsFiguresFromThePolicy(t *testing.T) {
	m := openMarket(t, func(p *sellers.Parts) {
		p.Policy = sellers.DefaultPolicy
		p.Policy.DocumentsKept, p.Policy.FaceKept, p.Policy.DraftKept = 77*24*time.Hour, 11*24*time.Hour, 33*24*time.Hour
		p.Policy.DecisionDays, p.Policy.AppealWithin = 9, 44*24*time.Hour
	})
	front := m.somebody(t).get(paths.Home()).is(200)
	front.shows("77 days after the decision", "11 days after the decision", "33 days after your last change", "within 9 working days", "within 44 days")
	front.hides("180 days", "30 days", "3 working days", "60 days")
}

func TestFrontPageShowsTheRoadsAtOneSizeAndWeight(t *testing.T) {
	m := openMarket(t)
	front := m.somebody(t).get(paths.Home()).is(200)
	roads := front.page().Find(".road")
	if roads.Length() != len(sellers.Roads) {
		t.Fatalf("%d roads, %d exist", roads.Length(), len(sellers.Roads))
	}
	sameWeight(t, roads.Find(".btn"))
	front.hides("/demo/entries", words.DemoTitle)
	if to, _ := front.page().Find(".btn-primary").Attr("href"); to != paths.Application() {
		t.Errorf("the start button leads to %q", to)
	}
}

// sameWeight fails unless all buttons wear the same classes.
func sameWeight(t *testing.T, buttons *goquery.Selection) {
	t.Helper()
	if buttons.Length() < 2 {
		t.Fatalf("%d buttons", buttons.Length())
	}
	first, _ := buttons.First().Attr("class")
	buttons.Each(func(_ int, b *goquery.Selection) {
		if class, _ := b.Attr("class"); class != first || strings.Contains(class, "primary") {
			t.Errorf("a button is heavier: %q beside %q", class, first)
		}
	})
}

func TestNoticesStandThereWordForWord(t *testing.T) {
	m := openMarket(t)
	page := m.somebody(t).get(paths.Notices()).is(200)
	for _, n := range privacy.Notices() {
		page.shows(n.Version)
		for _, text := range strings.Split(n.Text, "\n\n") {
			page.shows(text)
		}
	}
}
