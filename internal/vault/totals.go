package vault

import "time"

// Total says how much is held for a purpose, of everybody together.
type Total struct {
	Purpose Purpose
	Items   int
	Oldest  time.Time
	NextEnd time.Time // when the next item goes
}
