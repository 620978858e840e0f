package privacy

import (
	"strings"
	"time"

	"truepenny/internal/vault"
)

// Where is where a person lives, as far as a clock depends on it: an ISO 3166-1
// alpha-2 country and, in the United States, the state by name or postal code.
type Where struct{ Country, Region string }

// The clocks that may end a keeping. The one that comes first wins.
const (
	ClockPromise = "promise"          // the days of the purpose, as its notice says
	ClockBIPA    = "bipa-14-15-a"     // Illinois, 740 ILCS 14/15(a): at the latest 3 years after the last interaction
	ClockCUBI    = "cubi-503-001-c-3" // Texas, Bus. & Com. Code 503.001(c)(3): at the latest a year after the purpose ended
)

// LawTraders is what makes us keep who a trader was: Regulation (EU) 2022/2065,
// Art. 30(5), until six months after the contract ended.
const LawTraders = "dsa-30-5"

// KeptTraders is the code of what LawTraders is about.
const KeptTraders = "trader-details"

// Clocks is how long data of a purpose stays where an operator promises another
// time than the list of purposes does. The zero value is the list.
type Clocks map[vault.Purpose]time.Duration

// KeptUntil tells until when data of a purpose may stay: since is the event that
// the days of the purpose run from (Purpose.Clock), such as the decision, and
// lastSeen the last time the person did something here (zero: since). It also
// names the clock that came first.
func (c Clocks) KeptUntil(purpose vault.Purpose, where Where, since, lastSeen time.Time) (until time.Time, clock string) {
	p, known := PurposeOf(purpose)
	kept, set := c[purpose]
	if !set {
		kept = time.Duration(p.KeptDays) * 24 * time.Hour
	}
	if !known { // nothing is kept for what is no purpose
		return since, ClockPromise
	}
	until, clock = since.Add(kept), ClockPromise
	if !p.Modality.Biometric() {
		return until, clock
	}
	if lastSeen.IsZero() {
		lastSeen = since
	}
	if end := lastSeen.AddDate(3, 0, 0); where.in("IL", "illinois") && end.Before(until) {
		until, clock = end, ClockBIPA
	}
	if end := since.AddDate(1, 0, 0); where.in("TX", "texas") && end.Before(until) {
		until, clock = end, ClockCUBI
	}
	return until, clock
}

// KeptUntil is Clocks.KeptUntil with the times of the list of purposes.
func KeptUntil(purpose vault.Purpose, where Where, since, lastSeen time.Time) (until time.Time, clock string) {
	return Clocks(nil).KeptUntil(purpose, where, since, lastSeen)
}

// TradersUntil is the end of what LawTraders makes us keep of a trader whose
// contract ended then.
func TradersUntil(ended time.Time) time.Time { return ended.AddDate(0, 6, 0) }

func (w Where) in(code, name string) bool {
	region := strings.TrimSpace(w.Region)
	return w.Country == "US" && (strings.EqualFold(region, code) || strings.EqualFold(region, name))
}

// union is the European Union; LawTraders holds there.
var union = map[string]bool{
	"AT": true, "BE": true, "BG": true, "HR": true, "CY": true, "CZ": true, "DK": true, "EE": true, "FI": true,
	"FR": true, "DE": true, "GR": true, "HU": true, "IE": true, "IT": true, "LV": true, "LT": true, "LU": true,
	"MT": true, "NL": true, "PL": true, "PT": true, "RO": true, "SK": true, "SI": true, "ES": true, "SE": true,
}

// InUnion reports whether a country is one of the European Union's.
func (w Where) InUnion() bool { return union[w.Country] }
