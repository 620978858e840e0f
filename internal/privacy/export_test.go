package privacy

import (
	"context"

	"truepenny/internal/audit"
	"truepenny/internal/ids"
	"truepenny/internal/privacy/receipt"
)

// StopAt lets a test end an erasure when it has reached a state, as a kill would.
func (e *Erasures) StopAt(stop func(state string) error) { e.reached = stop }

// Another begins an erasure of everything as a request does that came at the same
// time as another one and did not see it.
func (e *Erasures) Another(ctx context.Context, actor audit.Actor, person string) (Erasure, error) {
	erasure := Erasure{ID: ids.New("era"), Person: person, Occasion: receipt.Asked, State: ErasureAsked, AskedAt: e.clock.Now()}
	if err := e.begin(ctx, actor, erasure); err != nil {
		return erasure, err
	}
	return e.finish(ctx, erasure.ID)
}
