package copies

import (
	"path"
	"strconv"
	"strings"
)

const longestName = 80 // of a file in the copy, without its ending

// entryNames gives every original a file name that is safe on every system and
// in every program that unpacks: folder and name of small letters, digits,
// dashes and dots, never absolute, never upwards, never twice.
func entryNames(list []Original) []string {
	taken := map[string]bool{}
	out := make([]string, len(list))
	for i, o := range list {
		ending := plainName(strings.TrimPrefix(path.Ext(o.Name), "."))
		if ending != "" {
			ending = "." + ending
		}
		folder := "originals/" + orElse(plainName(string(o.Purpose)), "other") + "/"
		stem := orElse(plainName(strings.TrimSuffix(o.Name, path.Ext(o.Name))), "item")
		name := folder + stem + ending
		for n := 2; taken[name]; n++ {
			name = folder + stem + "-" + strconv.Itoa(n) + ending
		}
		taken[name] = true
		out[i] = name
	}
	return out
}

// plainName keeps letters and digits, makes a dash of every run of other
// characters, and cuts what is long.
func plainName(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	out := b.String()
	return strings.Trim(out[:min(len(out), longestName)], "-")
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
