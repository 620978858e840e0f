package privacy

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// VaultSource answers for the sealed items, whichever feature sealed them.
type VaultSource struct{ vault *vault.Vault }

// SourceOfVault makes the vault's entry for the register.
func SourceOfVault(v *vault.Vault) VaultSource { return VaultSource{v} }

// Name is "vault".
func (VaultSource) Name() string { return "vault" }

// Tables lists the tables of the vault.
func (VaultSource) Tables() []string { return []string{"vault_items", "vault_keys"} }

// Describe counts a person's sealed items by purpose.
func (x VaultSource) Describe(ctx context.Context, person string) ([]Holding, error) {
	items, err := x.vault.Describe(ctx, person)
	if err != nil {
		return nil, err
	}
	var out []Holding
	for _, p := range purposes {
		h := Holding{What: "sealed-items", Purpose: p.ID}
		for _, i := range items {
			if i.Purpose != p.ID {
				continue
			}
			h.Count++
			if h.Oldest.IsZero() || i.CreatedAt.Before(h.Oldest) {
				h.Oldest = i.CreatedAt
			}
			if i.KeepUntil.After(h.KeptUntil) {
				h.KeptUntil = i.KeepUntil
			}
		}
		if h.Count > 0 {
			out = append(out, h)
		}
	}
	return out, nil
}

// Export lists a person's sealed items; their content is exported by the
// feature that knows what it is.
func (x VaultSource) Export(ctx context.Context, person string) (any, error) {
	return x.vault.Describe(ctx, person)
}

// Erase removes a person's sealed items, of a purpose or all of them. Their keys
// are destroyed apart from the transaction, see vault.DestroyKeys.
func (x VaultSource) Erase(tx *db.Tx, person string, purpose vault.Purpose) (Erased, error) {
	removed, err := x.vault.RemoveAll(tx, person, purpose)
	return ErasedRows("vault_items", len(removed)), err
}

// Expire removes nothing by itself: items go person by person, with receipts.
func (VaultSource) Expire(context.Context, audit.Actor, time.Time) (int, error) { return 0, nil }

// Due lists the items whose time is over, by person and purpose.
func (x VaultSource) Due(ctx context.Context, now time.Time) ([]Due, error) {
	items, err := x.vault.Due(ctx, now)
	if err != nil {
		return nil, err
	}
	at := map[Due]int{} // place in the list, by person and purpose
	var out []Due
	for _, i := range items { // the one that is due longest first
		who := Due{Person: i.Person, What: "sealed-items", Purpose: i.Purpose}
		n, listed := at[who]
		if !listed {
			n, at[who] = len(out), len(out)
			out = append(out, Due{Person: i.Person, What: "sealed-items", Purpose: i.Purpose, Since: i.KeepUntil})
		}
		out[n].Count++
	}
	return out, nil
}

// ExpireOf removes nothing more: Erasures takes due items out of the vault
// itself, for it needs to say which.
func (VaultSource) ExpireOf(*db.Tx, string, time.Time, func(vault.Purpose) bool) (Erased, error) {
	return Erased{}, nil
}
