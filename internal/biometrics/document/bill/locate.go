package bill

import (
	"slices"
	"strings"

	"truepenny/internal/biometrics/text"
)

// short are words of addresses that are written in full or not.
var short = map[string]string{"street": "st", "road": "rd", "avenue": "ave", "av": "ave", "boulevard": "bd", "blvd": "bd", "lane": "ln", "square": "sq", "place": "pl", "drive": "dr", "strasse": "str", "platz": "pl", "apartment": "apt", "saint": "st"}

// Paper is one paper, ready to be searched.
type Paper struct{ d *paper }

// Open takes the pages of one paper.
func Open(pages []text.Page) Paper { return Paper{newPaper(pages)} }

// Empty reports whether there are no words on the paper.
func (p Paper) Empty() bool { return len(p.d.segments) == 0 }

// Locate finds all words of what is looked for close together in one run of
// words, whatever their order, capitals and accents; common abbreviations of
// streets are the same as the words.
func (p Paper) Locate(want string) (Fact, bool) {
	needed := tokensOf(want)
	if len(needed) == 0 {
		return Fact{}, false
	}
	for _, s := range p.d.segments {
		if from, to, ok := s.holds(needed); ok {
			f := s.fact(s.at[from], s.at[to]+1)
			f.Value, f.Sure, f.Why = f.Text, 0.9, ByPlace
			return f, true
		}
	}
	return Fact{}, false
}

// holds looks for a window of words that contains every token, with at most
// three words between them.
func (s *segment) holds(needed []string) (from, to int, ok bool) {
	for from = range s.words {
		left := slices.Clone(needed)
		for to = from; to < len(s.words) && to < from+len(needed)+3; to++ {
			took := false
			for _, t := range tokensOf(s.words[to].Text) {
				if i := slices.Index(left, t); i >= 0 {
					left, took = slices.Delete(left, i, i+1), true
				}
			}
			if to == from && !took {
				break
			}
			if len(left) == 0 {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

// tokensOf are the words to compare by: 12a is 12 and a, Hauptstraße is hauptstr.
func tokensOf(said string) []string {
	var out []string
	for _, w := range bareWords(fold(said)) {
		for _, stem := range []string{"strasse", "straat"} {
			if cut, ok := strings.CutSuffix(w, stem); ok && cut != "" {
				w = cut + "str"
			}
		}
		if full, ok := short[w]; ok {
			w = full
		}
		if i := strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' }); i > 0 {
			out = append(out, w[:i])
			w = w[i:]
		}
		out = append(out, w)
	}
	return out
}

// Within reports whether every word of what is looked for stands in a text.
func Within(said, want string) bool {
	have := tokensOf(said)
	for _, t := range tokensOf(want) {
		if !slices.Contains(have, t) {
			return false
		}
	}
	return true
}
