package handlers_test

import (
	"testing"

	"truepenny/internal/privacy"
	"truepenny/views/words"
)

func TestEveryPartOfAPurposeHasItsWords(t *testing.T) {
	for _, p := range privacy.Purposes() {
		said := func(code string, say func(string) string) {
			t.Helper()
			if text := say(code); text == code || text == "" || text[1:] == code[1:] {
				t.Errorf("%s: %q has no words", p.ID, code)
			}
		}
		one := func(list func([]string) string) func(string) string {
			return func(code string) string { return list([]string{code}) }
		}
		said(string(p.ID), words.PurposeName)
		said(string(p.Modality), func(code string) string { return words.PurposeModality(code) + "." })
		said(p.Why, words.PurposeWhy)
		said(string(p.Basis), words.PurposeBasis)
		said(p.Clock, words.PurposeClock)
		for _, code := range p.Uses {
			said(code, one(words.PurposeUses))
		}
		for _, code := range p.SeenBy {
			said(code, one(words.PurposeSeenBy))
		}
		for _, code := range p.Never {
			if code == "advertising" || code == "sale" {
				continue // the words are the code
			}
			said(code, one(words.NeverUsedFor))
		}
		for _, code := range p.Instead {
			said(code, words.PurposeInstead)
		}
	}
}
