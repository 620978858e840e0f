package handlers

import (
	"slices"
	"strings"
	"unicode"

	"truepenny/views/review"
)

// differences splits two values into what they share and what only one of them
// has: word by word, and inside two words that are nearly the same letter by
// letter. Capitals count as small letters: machine-readable zones know no
// others.
func differences(a, b string) (left, right []review.Span) {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(a) > mostCompared || len(b) > mostCompared {
		return []review.Span{{Text: a, Differs: a != b}}, []review.Span{{Text: b, Differs: a != b}}
	}
	i, j := 0, 0
	for _, pair := range append(commonPairs(x, y, strings.EqualFold), [2]int{len(x), len(y)}) {
		l, r := unequal(x[i:pair[0]], y[j:pair[1]])
		left, right = spaced(left, l...), spaced(right, r...)
		if pair[0] < len(x) {
			left, right = spaced(left, review.Span{Text: x[pair[0]]}), spaced(right, review.Span{Text: y[pair[1]]})
		}
		i, j = pair[0]+1, pair[1]+1
	}
	return merged(left), merged(right)
}

// mostCompared bounds the work: names, dates and numbers are far shorter.
const mostCompared = 400

// unequal marks words that have no equal on the other side.
func unequal(x, y []string) (left, right []review.Span) {
	if len(x) == 1 && len(y) == 1 {
		return letters(x[0], y[0])
	}
	if len(x) > 0 {
		left = []review.Span{{Text: strings.Join(x, " "), Differs: true}}
	}
	if len(y) > 0 {
		right = []review.Span{{Text: strings.Join(y, " "), Differs: true}}
	}
	return left, right
}

// letters marks the letters in which two words differ when they share most of
// them, else the whole words: a few letters in common say nothing.
func letters(a, b string) (left, right []review.Span) {
	x, y := []rune(a), []rune(b)
	pairs := commonPairs(x, y, func(a, b rune) bool { return unicode.ToUpper(a) == unicode.ToUpper(b) })
	if 3*len(pairs) < 2*max(len(x), len(y)) {
		return []review.Span{{Text: a, Differs: true}}, []review.Span{{Text: b, Differs: true}}
	}
	for i, r := range x {
		shared := slices.ContainsFunc(pairs, func(p [2]int) bool { return p[0] == i })
		left = append(left, review.Span{Text: string(r), Differs: !shared})
	}
	for j, r := range y {
		shared := slices.ContainsFunc(pairs, func(p [2]int) bool { return p[1] == j })
		right = append(right, review.Span{Text: string(r), Differs: !shared})
	}
	return left, right
}

// commonPairs is the longest common subsequence of x and y, as pairs of places
// (dynamic programming, O(len(x)·len(y))).
func commonPairs[T any](x, y []T, same func(a, b T) bool) [][2]int {
	length := make([][]int, len(x)+1)
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if same(x[i], y[j]) {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case same(x[i], y[j]):
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// spaced puts spans behind others, with a space between words.
func spaced(list []review.Span, more ...review.Span) []review.Span {
	if len(list) > 0 && len(more) > 0 {
		list = append(list, review.Span{Text: " "})
	}
	return append(list, more...)
}

// merged joins neighbours that are of one kind.
func merged(list []review.Span) []review.Span {
	var out []review.Span
	for _, s := range list {
		if n := len(out); n > 0 && out[n-1].Differs == s.Differs {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}
