// Package text holds the words of a page with their places, however they were
// read: from a file that carries them, or from a picture.
package text

import "strings"

// Box is a place on a page, in shares of its width and height from the top left.
type Box struct{ X, Y, W, H float64 }

// Join is the smallest box around both; a box without size adds nothing.
func (b Box) Join(o Box) Box {
	switch {
	case b.W <= 0 && b.H <= 0:
		return o
	case o.W <= 0 && o.H <= 0:
		return b
	}
	x, y := min(b.X, o.X), min(b.Y, o.Y)
	return Box{x, y, max(b.X+b.W, o.X+o.W) - x, max(b.Y+b.H, o.Y+o.H) - y}
}

// Word is one word with its place.
type Word struct {
	Text string
	Box  Box
}

// Line is a run of words that stand beside each other.
type Line struct {
	Words []Word
	Block int // lines of one block stand together, as an address does
}

// Text is the line's words with single spaces.
func (l Line) Text() string {
	words := make([]string, len(l.Words))
	for i, w := range l.Words {
		words[i] = w.Text
	}
	return strings.Join(words, " ")
}

// Box is the place of the whole line.
func (l Line) Box() Box {
	var b Box
	for _, w := range l.Words {
		b = b.Join(w.Box)
	}
	return b
}

// Page is one page's lines in reading order. Width and Height are its size in
// points or pixels; only their proportion counts.
type Page struct {
	Width, Height float64
	Lines         []Line
}

// Longest bounds a word, in bytes; what is longer is no word.
const Longest = 200
