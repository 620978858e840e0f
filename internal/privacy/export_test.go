package privacy

// StopAt lets a test end an erasure when it has reached a state, as a kill would.
func (e *Erasures) StopAt(stop func(state string) error) { e.reached = stop }
