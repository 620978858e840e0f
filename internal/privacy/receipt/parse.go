package receipt

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

var errFormat = errors.New("this is no receipt of a format that is known here")

// ParseBody reads a body. What it reads would be written the same again, byte
// for byte; anything else is refused.
func ParseBody(body []byte) (Receipt, error) {
	lines := strings.Split(string(body), "\n")
	if len(lines) < 2 || lines[0] != format || lines[len(lines)-1] != "" {
		return Receipt{}, errFormat
	}
	var r Receipt
	for i, line := range lines[1 : len(lines)-1] {
		name, rest, found := strings.Cut(line, ": ")
		if !found {
			return Receipt{}, fmt.Errorf("line %d cannot be read", i+2)
		}
		if err := r.take(name, strings.Split(rest, " ")); err != nil {
			return Receipt{}, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	if string(r.Body()) != string(body) {
		return Receipt{}, errors.New("the lines are not in their order")
	}
	return r, nil
}

// fields is how many values each line has.
var fields = map[string]int{"receipt": 1, "erasure": 1, "at": 1, "scope": 1, "occasion": 1, "key-destroyed": 3,
	"item-removed": 3, "rows-removed": 2, "kept": 4, "receipt-key": 1, "log-key": 1}

func (r *Receipt) take(name string, v []string) (err error) {
	if n, known := fields[name]; !known || n != len(v) {
		return fmt.Errorf("%q is not a line of a receipt", name)
	}
	switch name {
	case "receipt":
		r.ID = v[0]
	case "erasure":
		r.Erasure = v[0]
	case "at":
		r.At, err = time.Parse(stamp, v[0])
	case "scope":
		r.Scope = v[0]
	case "occasion":
		r.Occasion = Occasion(v[0])
	case "receipt-key":
		r.Signer = v[0]
	case "log-key":
		r.Log = v[0]
	default:
		return r.takeListed(name, v)
	}
	return err
}

func (r *Receipt) takeListed(name string, v []string) error {
	var at time.Time
	var err error
	switch name {
	case "key-destroyed":
		at, err = time.Parse(stamp, v[2])
		r.Keys = append(r.Keys, Key{v[0], v[1], at})
	case "item-removed":
		if sum, wrong := hex.DecodeString(v[2]); wrong != nil || len(sum) != 32 {
			return errors.New("the hash of an item cannot be read")
		}
		r.Items = append(r.Items, Item{v[0], v[1], v[2]})
	case "rows-removed":
		var n int
		n, err = strconv.Atoi(v[1])
		r.Rows = append(r.Rows, Rows{v[0], n})
	case "kept":
		at, err = time.Parse(stamp, v[2])
		r.Kept = append(r.Kept, Kept{v[0], v[1], at, v[3]})
	}
	return err
}
