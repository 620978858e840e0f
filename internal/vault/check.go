package vault

import (
	"context"
	"fmt"
)

// CheckKeys fails when a key of the vault is wrapped by a master key that is
// not loaded, and names that key: a program with the wrong master key must not
// start and collect what nobody could read later.
func (v *Vault) CheckKeys(ctx context.Context) error {
	used, err := masterIDs(v.store.Reader(ctx))
	if err != nil {
		return err
	}
	for _, id := range used {
		if _, err := v.masters.named(id); err != nil {
			return fmt.Errorf("the master key that is loaded (%s) is not the one this database needs (%s): set TRUEPENNY_MASTER_KEY, and TRUEPENNY_MASTER_KEY_PREVIOUS while keys are being rotated", v.masters.wrapping().ID(), id)
		}
	}
	return nil
}
