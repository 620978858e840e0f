package words

import (
	"slices"
	"testing"
)

// Names change: Unicode CLDR of the years before 2018 has four that states no
// longer use.
func TestCountriesCarryTheNamesTheyUseNow(t *testing.T) {
	for code, want := range map[string]string{"CV": "Cabo Verde", "MK": "North Macedonia", "SZ": "Eswatini", "TR": "Türkiye"} {
		if got := CountryName(code); got != want {
			t.Errorf("%s is %q, want %q", code, got, want)
		}
	}
}

func TestCountriesStandInTheOrderOfTheirNames(t *testing.T) {
	sorted := func(a, b Country) int {
		if a.Name[0] > 'z' || b.Name[0] > 'z' { // Å, É ... stand where their plain letters would
			return 0
		}
		return int(a.Name[0]) - int(b.Name[0])
	}
	if !slices.IsSortedFunc(Countries(), sorted) {
		t.Error("a country stands under another letter")
	}
}
