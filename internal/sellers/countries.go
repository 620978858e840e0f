package sellers

import (
	"strings"

	"truepenny/internal/form"
)

// ValidCountry reports whether a code can be chosen.
func ValidCountry(code string) bool {
	country, found := form.CountryOf(code)
	return found && country.Alpha2 == code
}

// withoutPostcodes are countries whose addresses have none, or commonly none.
var withoutPostcodes = func() map[string]bool {
	out := map[string]bool{}
	for _, c := range strings.Fields(`AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH
GM GQ GY HK IE JM KI KM KN KP LY ML MO MR MW NR NU PA QA RW SB SC SL SR ST SX SY TD TF TG TK TL TO TT TV UG VU YE ZW`) {
		out[c] = true
	}
	return out
}()
