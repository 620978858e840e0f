package handlers

import (
	"unicode"

	"truepenny/views/review"
)

// differences splits two values into what they share and what only one of them
// has, by their longest common subsequence of characters. Capitals count as
// small letters: machine-readable zones know no others.
func differences(a, b string) (left, right []review.Span) {
	x, y := []rune(a), []rune(b)
	if len(x) > mostCompared || len(y) > mostCompared {
		return []review.Span{{Text: a, Differs: a != b}}, []review.Span{{Text: b, Differs: a != b}}
	}
	shared := commonRuns(upper(x), upper(y))
	return spansOf(x, shared.left), spansOf(y, shared.right)
}

// mostCompared bounds the work: names, dates and numbers are far shorter.
const mostCompared = 200

func upper(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		out[i] = unicode.ToUpper(r)
	}
	return out
}

type common struct{ left, right []bool }

// commonRuns marks the characters of x and y that belong to their longest
// common subsequence (dynamic programming, O(len(x)·len(y))).
func commonRuns(x, y []rune) common {
	length := make([][]int, len(x)+1)
	for i := range length {
		length[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	out := common{make([]bool, len(x)), make([]bool, len(y))}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			out.left[i], out.right[j] = true, true
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// spansOf joins neighbours that are of one kind.
func spansOf(text []rune, same []bool) []review.Span {
	var out []review.Span
	for i, r := range text {
		if i > 0 && same[i] == same[i-1] {
			out[len(out)-1].Text += string(r)
			continue
		}
		out = append(out, review.Span{Text: string(r), Differs: !same[i]})
	}
	return out
}
