package pdf417

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestEveryPatternBelongsToItsClusterAndNoOther(t *testing.T) {
	seen := map[uint32]bool{}
	for row := range 3 {
		for word := range Words {
			p := Pattern(row, word)
			runs := runsOf(p)
			if len(runs) != 8 || slices.Max(runs) > 6 || p>>16 != 1 || p&1 != 0 {
				t.Fatalf("word %d, row %d: runs %v", word, row, runs)
			}
			if got := (runs[0] - runs[2] + runs[4] - runs[6] + 9) % 9; got != 3*row {
				t.Fatalf("word %d: cluster %d, want %d", word, got, 3*row)
			}
			if r, w, ok := Meaning(p); !ok || r != row || w != word || seen[p] {
				t.Fatalf("word %d, row %d reads as %d, %d", word, row, w, r)
			}
			seen[p] = true
		}
	}
	if _, _, ok := Meaning(0x1ffff); ok {
		t.Error("a bar of 17 modules has a meaning")
	}
	if _, _, ok := Meaning(1 << 20); ok {
		t.Error("20 modules have a meaning")
	}
}

func runsOf(p uint32) (runs []int) {
	last := uint32(2)
	for i := Modules - 1; i >= 0; i-- {
		if bit := p >> i & 1; bit == last {
			runs[len(runs)-1]++
		} else {
			runs, last = append(runs, 1), bit
		}
	}
	return runs
}

func TestCorrectRepairsAsManyErrorsAndErasuresAsTheCheckWordsAllow(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 17))
	for _, check := range []int{2, 8, 32, 64} {
		for trial := range 60 {
			data := make([]int, 20+rng.IntN(60))
			for i := range data {
				data[i] = rng.IntN(Words)
			}
			whole := slices.Concat(data, Checks(data, check))
			errors := rng.IntN(check/2 + 1)
			erasures := rng.IntN(check - 2*errors + 1)
			broken := slices.Clone(whole)
			places := rng.Perm(len(whole))[:errors+erasures]
			for _, i := range places {
				broken[i] = (broken[i] + 1 + rng.IntN(Words-1)) % Words
			}
			n, ok := Correct(broken, check, 0, places[errors:])
			if !ok || !slices.Equal(broken, whole) {
				t.Fatalf("%d check words, %d errors, %d erasures, trial %d: ok %v", check, errors, erasures, trial, ok)
			}
			if n > errors+erasures {
				t.Fatalf("%d words changed, %d were wrong", n, errors+erasures)
			}
		}
	}
}

func TestCorrectRefusesWhatItCannotProve(t *testing.T) {
	data := []int{5, 1, 2, 3, 4}
	whole := slices.Concat(data, Checks(data, 8))
	for name, c := range map[string]struct {
		wrong, spare int
		erased       []int
	}{
		"more errors than can be found":    {wrong: 5},
		"no check word left as proof":      {wrong: 4, spare: 2},
		"erasures that use up every check": {spare: 3, erased: []int{0, 1, 2, 3, 4, 5}},
	} {
		broken := slices.Clone(whole)
		for i := range c.wrong {
			broken[i] = (broken[i] + 100 + i) % Words
		}
		if _, ok := Correct(broken, 8, c.spare, c.erased); ok {
			t.Errorf("%s: repaired", name)
		}
	}
	if _, ok := Correct([]int{1, 2}, 4, 0, nil); ok {
		t.Error("fewer words than check words: repaired")
	}
}

// said puts the count in front.
func said(words ...int) []int { return append([]int{len(words) + 1}, words...) }

func TestDecodeFollowsEveryMode(t *testing.T) {
	// Six bytes: 5 words of base 900 hold 0x010203040506.
	six := []int{1, 620, 89, 74, 846}
	for name, c := range map[string]struct {
		words []int
		want  string
	}{
		"capitals":                       {said(0*30+1, 2*30+29), "ABC"},
		"small letters":                  {said(27*30+0, 1*30+2), "abc"},
		"one capital among small":        {said(27*30+0, 27*30+1, 2*30+29), "aBc"},
		"digits and punctuation":         {said(28*30+1, 2*30+29, 0*30+3), "12;3"},
		"latched punctuation and back":   {said(28*30+25, 10*30+29, 0*30+29), "!A"},
		"a byte among letters":           {said(0*30+1, 913, 233, 2*30+29), "ABéC"},
		"bytes in sixes":                 {said(append([]int{924}, six...)...), "\x01\x02\x03\x04\x05\x06"},
		"bytes in sixes and singles":     {said(append(append([]int{901}, six...), 65)...), "\x01\x02\x03\x04\x05\x06A"},
		"five words after 901 are five":  {said(901, 72, 69, 76, 76, 79), "HELLO"},
		"digits":                         {said(902, 1, 624, 434, 632, 282, 200), "000213298174000"},
		"UTF-8 by its number":            {said(927, 26, 901, 0xc5, 0x81), "Ł"},
		"Latin 2 by its number":          {said(927, 4, 901, 0xa3), "Ł"},
		"a number that is not in use":    {said(927, 600, 901, 0xe9), "é"},
		"broken UTF-8 loses nothing":     {said(927, 26, 901, 0xe9), "é"},
		"reader's own words passed over": {said(921, 925, 3, 926, 1, 2, 0*30+1), "AB"},
		"padding":                        {said(0*30+1, 900, 900), "AB"},
		"words beyond the count":         {append(said(0*30+1), 500, 600), "AB"},
	} {
		got, err := Decode(c.words)
		if err != nil || got.Text != c.want {
			t.Errorf("%s: %q, %v; want %q", name, got.Text, err, c.want)
		}
	}
}

func TestDecodeRefusesNonsense(t *testing.T) {
	for name, words := range map[string][]int{
		"nothing": nil, "count of 0": {0}, "count beyond the end": {9, 1}, "a reserved word": said(903),
		"ends in a shift": said(913), "ends in a character set": said(927), "ends in a user's set": said(925),
		"ends in a general set": said(926, 1), "number without its 1": said(902, 5),
		"macro without a segment": said(928, 1), "macro whose segment is no number": said(928, 9, 9),
	} {
		if c, err := Decode(words); !errors.Is(err, ErrContent) {
			t.Errorf("%s: %q, %v", name, c.Text, err)
		}
	}
}

func TestPartsJoinInOrderAndOnlyWhole(t *testing.T) {
	// Segment 0 is 100000 in base 900: 111, 100.
	first, err := Decode(said(0*30+1, 928, 111, 100, 17, 53, 923, 1, 111, 102))
	if err != nil || first.Macro == nil || *first.Macro != (Macro{File: "017053", Segment: 0, Segments: 2}) {
		t.Fatalf("%+v, %v", first.Macro, err)
	}
	last, err := Decode(said(2*30+3, 928, 111, 101, 17, 53, 923, 0, 1, 2, 922))
	if err != nil || last.Macro == nil || !last.Macro.Last || last.Macro.Segment != 1 {
		t.Fatalf("%+v, %v", last.Macro, err)
	}
	whole, err := Join([]Content{last, first, last})
	if err != nil || whole.Text != "ABCD" || !bytes.Equal(whole.Bytes, []byte("ABCD")) {
		t.Errorf("%q, %v", whole.Text, err)
	}
	other := Content{Text: "X", Macro: &Macro{File: "1", Last: true}}
	for name, parts := range map[string][]Content{
		"nothing": {}, "the first only": {first}, "the last only": {last}, "of two messages": {first, other},
		"one that stands alone among parts": {first, {Text: "Y"}},
	} {
		if _, err := Join(parts); !errors.Is(err, ErrParts) {
			t.Errorf("%s: %v", name, err)
		}
	}
	alone, err := Join([]Content{{Text: "Y"}})
	if err != nil || alone.Text != "Y" {
		t.Errorf("%q, %v", alone.Text, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, words := range [][]int{said(0*30+1, 913, 5), said(924, 1, 2, 3, 4, 5), said(902, 1, 2), said(928, 111, 100, 17, 923, 1, 111, 102, 922)} {
		var b []byte
		for _, w := range words {
			b = append(b, byte(w>>8), byte(w))
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		words := make([]int, min(len(b)/2, Words))
		for i := range words {
			words[i] = (int(b[2*i])<<8 | int(b[2*i+1])) % Words
		}
		c, err := Decode(words)
		if err != nil {
			return
		}
		if len(c.Bytes) > 3*len(words)+6 {
			t.Fatalf("%d bytes from %d words", len(c.Bytes), len(words))
		}
		if strings.ContainsRune(c.Text, 0xFFFD) && len(c.Bytes) == 0 {
			t.Fatal("text from nothing")
		}
		if _, err := Join([]Content{c, c}); err == nil && (c.Macro == nil || c.Macro.Segment != 0) {
			t.Fatal("half a message joined")
		}
		Correct(words, len(words)/2, 0, nil)
	})
}

func TestEncodeWritesWhatDecodeReads(t *testing.T) {
	for _, c := range []struct{ bytes, columns, level int }{{0, 1, 0}, {5, 2, 1}, {6, 3, 2}, {299, 10, 4}, {300, 12, 5}, {700, 30, 3}} {
		data := bytes.Repeat([]byte{'@', 0, 255, 'x', '\n'}, c.bytes/5+1)[:c.bytes]
		rows, err := Encode(data, c.columns, c.level)
		if err != nil {
			t.Fatal(err)
		}
		var words []int
		for r, row := range rows {
			if len(row) != 17*c.columns+69 {
				t.Fatalf("row %d is %d modules wide", r, len(row))
			}
			for k := range c.columns {
				var bits uint32
				for _, bar := range row[17*(k+2) : 17*(k+3)] {
					bits <<= 1
					if bar {
						bits |= 1
					}
				}
				cluster, word, ok := Meaning(bits)
				if !ok || cluster != r%3 {
					t.Fatalf("row %d, column %d: %d of cluster %d", r, k, word, cluster)
				}
				words = append(words, word)
			}
		}
		if n, ok := Correct(words, 2<<c.level, 0, nil); !ok || n != 0 {
			t.Fatalf("%+v: %d words are wrong", c, n)
		}
		if got, err := Decode(words); err != nil || !bytes.Equal(got.Bytes, data) {
			t.Errorf("%+v: %q, %v", c, got.Bytes, err)
		}
	}
	for _, c := range []struct{ bytes, columns, level int }{{10, 0, 2}, {10, 31, 2}, {10, 5, 9}, {2000, 20, 3}, {500, 1, 3}} {
		if _, err := Encode(make([]byte, c.bytes), c.columns, c.level); !errors.Is(err, ErrSize) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
