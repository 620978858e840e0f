package kit

import (
	"maps"
	"slices"
)

// sortedKeys gives the keys of a map in an order that is the same every time.
func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
