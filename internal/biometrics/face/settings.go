package face

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// settingsLimit bounds a description, in bytes.
const settingsLimit = 64 << 10

// settings is the part of TOML that a flat description needs: keys with a
// string, a number or a list of numbers, and comments. A library would bring
// tables, dates and escapes for fifteen lines. The first error is kept.
type settings struct {
	values map[string]any // string, float64 or []float64
	used   map[string]bool
	err    error
}

func parseSettings(raw []byte) (*settings, error) {
	if len(raw) > settingsLimit {
		return nil, fmt.Errorf("is larger than %d bytes", settingsLimit)
	}
	if !utf8.Valid(raw) {
		return nil, fmt.Errorf("is not UTF-8")
	}
	s := &settings{values: map[string]any{}, used: map[string]bool{}}
	for i, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !ok || !plainKey(key) {
			return nil, fmt.Errorf("line %d: expected key = value", i+1)
		}
		if _, twice := s.values[key]; twice {
			return nil, fmt.Errorf("line %d: %s is set twice", i+1, key)
		}
		v, err := parseValue(strings.TrimSpace(rest))
		if err != nil {
			return nil, fmt.Errorf("line %d: %s: %w", i+1, key, err)
		}
		s.values[key] = v
	}
	return s, nil
}

func plainKey(k string) bool {
	for _, r := range k {
		if (r < 'a' || r > 'z') && r != '_' {
			return false
		}
	}
	return k != ""
}

func parseValue(text string) (any, error) {
	if strings.HasPrefix(text, `"`) {
		value, rest, ok := strings.Cut(text[1:], `"`)
		if !ok || strings.ContainsAny(value, "\\\r") || !onlyComment(rest) {
			return nil, fmt.Errorf("expected a string in double quotes without escapes")
		}
		return value, nil
	}
	if strings.HasPrefix(text, "[") {
		list, rest, ok := strings.Cut(text[1:], "]")
		if !ok || !onlyComment(rest) {
			return nil, fmt.Errorf("expected a list of numbers in brackets")
		}
		var numbers []float64
		for part := range strings.SplitSeq(list, ",") {
			n, err := parseNumber(strings.TrimSpace(part))
			if err != nil {
				return nil, err
			}
			numbers = append(numbers, n)
		}
		return numbers, nil
	}
	text, _, _ = strings.Cut(text, "#")
	return parseNumber(strings.TrimSpace(text))
}

func parseNumber(text string) (float64, error) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, fmt.Errorf("%q is not a number", text)
	}
	return n, nil
}

func onlyComment(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || rest[0] == '#'
}

func (s *settings) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

func (s *settings) get(key string) any {
	s.used[key] = true
	v, ok := s.values[key]
	if !ok {
		s.fail("%s is missing", key)
	}
	return v
}

func (s *settings) text(key string) string {
	v, ok := s.get(key).(string)
	if !ok || v == "" {
		s.fail("%s must be a text in double quotes", key)
	}
	return v
}

func (s *settings) choice(key string, allowed ...string) string {
	v := s.text(key)
	for _, a := range allowed {
		if v == a {
			return v
		}
	}
	s.fail("%s must be one of %s", key, strings.Join(allowed, ", "))
	return ""
}

func (s *settings) number(key string) float64 {
	v, ok := s.get(key).(float64)
	if !ok {
		s.fail("%s must be a number", key)
	}
	return v
}

func (s *settings) whole(key string, low, high int) int {
	v := s.number(key)
	if v != math.Trunc(v) || v < float64(low) || v > float64(high) {
		s.fail("%s must be a whole number from %d to %d", key, low, high)
		return low
	}
	return int(v)
}

func (s *settings) numbers(key string, n int) []float64 {
	v, ok := s.get(key).([]float64)
	if !ok || len(v) != n {
		s.fail("%s must be a list of %d numbers", key, n)
		return make([]float64, n)
	}
	return v
}

// tally reads two whole numbers: errors, and the pairs that they are among.
func (s *settings) tally(set, key string) Tally {
	v := s.numbers(key, 2)
	if v[0] != math.Trunc(v[0]) || v[1] != math.Trunc(v[1]) || v[0] < 0 || v[1] < 1 || v[0] > v[1] || v[1] > 1e12 {
		s.fail("%s must be errors and pairs, whole numbers such as [10, 19000]", key)
		return Tally{}
	}
	return Tally{Set: set, Errors: int(v[0]), Pairs: int(v[1])}
}

// any reports whether a setting begins with this word.
func (s *settings) any(word string) bool {
	for key := range s.values {
		if strings.HasPrefix(key, word) {
			return true
		}
	}
	return false
}

// finish gives the first error, among them a setting that nobody asked for.
func (s *settings) finish() error {
	var unknown []string
	for key := range s.values {
		if !s.used[key] {
			unknown = append(unknown, key)
		}
	}
	if len(unknown) > 0 {
		sort.Strings(unknown)
		s.fail("unknown setting %s", strings.Join(unknown, ", "))
	}
	return s.err
}
