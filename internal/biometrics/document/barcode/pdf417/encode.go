package pdf417

import (
	"errors"
	"fmt"
)

// ErrSize says that data does not fit a symbol of the shape asked for.
var ErrSize = errors.New("pdf417: does not fit")

// Encode makes a symbol of bytes: rows of modules, true being a bar, each to be
// printed at least three modules high, with two modules of white around all.
// Columns of data are 1 to 30; level 0 to 8 says how much may be damaged, with
// 2 to 512 check words (ISO/IEC 15438, annex E, recommends 3 to 5).
func Encode(data []byte, columns, level int) ([][]bool, error) {
	if columns < 1 || columns > 30 || level < 0 || level > 8 {
		return nil, fmt.Errorf("%w: %d columns at level %d", ErrSize, columns, level)
	}
	words := append([]int{0}, packed(data)...)
	check := 2 << level
	rows := max(3, (len(words)+check+columns-1)/columns)
	if rows > 90 || rows*columns > Words-1 {
		return nil, fmt.Errorf("%w: %d bytes in %d columns", ErrSize, len(data), columns)
	}
	for len(words)+check < rows*columns {
		words = append(words, textLatch) // padding
	}
	words[0] = len(words)
	words = append(words, Checks(words, check)...)
	out := make([][]bool, rows)
	for r := range out {
		left, right := indicators(r, rows, columns, level)
		out[r] = appendRuns(out[r], StartRuns)
		for _, w := range append(append([]int{left}, words[r*columns:(r+1)*columns]...), right) {
			p := Pattern(r, w)
			for k := Modules - 1; k >= 0; k-- {
				out[r] = append(out[r], p>>k&1 == 1)
			}
		}
		out[r] = appendRuns(out[r], StopRuns)
	}
	return out, nil
}

// packed writes bytes in words, five for six, and what is left over singly.
func packed(data []byte) []int {
	latch := sixLatch
	if len(data)%6 != 0 {
		latch = byteLatch
	}
	words := []int{latch}
	for ; len(data) >= 6; data = data[6:] {
		var v uint64
		for _, b := range data[:6] {
			v = v<<8 | uint64(b)
		}
		var five [5]int
		for i := 4; i >= 0; i-- {
			five[i], v = int(v%900), v/900
		}
		words = append(words, five[:]...)
	}
	for _, b := range data {
		words = append(words, int(b))
	}
	return words
}

// indicators are the words beside the data: row number, and in turn a third of
// the number of rows, the level with the rest of it, and the columns.
func indicators(row, rows, columns, level int) (left, right int) {
	say := [3]int{(rows - 1) / 3, 3*level + (rows-1)%3, columns - 1}
	return 30*(row/3) + say[row%3], 30*(row/3) + say[(row+2)%3]
}

func appendRuns(row []bool, runs []int) []bool {
	for i, n := range runs {
		for range n {
			row = append(row, i%2 == 0)
		}
	}
	return row
}
