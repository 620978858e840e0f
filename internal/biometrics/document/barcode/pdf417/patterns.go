package pdf417

import (
	_ "embed"
	"strconv"
	"strings"
)

// Code words are numbers below Words; a pattern is Modules wide.
const (
	Words   = 929
	Modules = 17
)

// Runs of the two patterns that frame every row, bar first, in modules.
var (
	StartRuns = []int{8, 1, 1, 1, 1, 1, 1, 3}
	StopRuns  = []int{7, 1, 1, 3, 1, 1, 1, 2, 1}
)

// table lists the patterns of each code word in clusters 0, 3 and 6 as
// hexadecimal numbers of 17 bits, a bar being 1 (ISO/IEC 15438, annex A).
//
//go:embed patterns.txt
var table string

// patterns[c][w] is code word w in the rows whose number is c modulo 3.
var patterns, meanings = parse()

type meaning struct {
	cluster int8 // -1: not a pattern
	word    int16
}

func parse() (p [3][Words]uint32, m []meaning) {
	m = make([]meaning, 1<<Modules)
	for i := range m {
		m[i].cluster = -1
	}
	for i, field := range strings.Fields(table) {
		bits, err := strconv.ParseUint(field, 16, Modules)
		if err != nil {
			panic(err) // the file is compiled in; a test reads all of it
		}
		c, w := i%3, i/3
		p[c][w], m[bits] = uint32(bits), meaning{int8(c), int16(w)}
	}
	return p, m
}

// Pattern gives the bits of a code word in rows whose number is row modulo 3,
// left module highest, a bar being 1.
func Pattern(row, word int) uint32 { return patterns[row%3][word] }

// Meaning gives the code word that a pattern stands for and the row number
// modulo 3 of the rows where it is used.
func Meaning(bits uint32) (row, word int, ok bool) {
	if bits >= 1<<Modules || meanings[bits].cluster < 0 {
		return 0, 0, false
	}
	return int(meanings[bits].cluster), int(meanings[bits].word), true
}
