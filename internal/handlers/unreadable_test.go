package handlers_test

import (
	"testing"

	"truepenny/internal/staff"
)

func TestAddressesThatHoldNoTextAreRefusedAndDoNotReachTheDatabase(t *testing.T) {
	m := openMarket(t)
	reviewer, _ := m.signInStaff(t, "Robin", staff.Reviewer)
	for _, path := range []string{"/console/cases?text=%00", "/console/cases?text=%ff%fe", "/console/cases/%00", "/console/cases/%c3%28"} {
		reviewer.get(path).is(422)
	}
	reviewer.get("/console/cases?text=Malm%C3%B6").is(200)
}
