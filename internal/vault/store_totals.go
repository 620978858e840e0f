package vault

import (
	"context"
	"fmt"
)

// Totals counts what is held by purpose, without opening anything.
func (v *Vault) Totals(ctx context.Context) ([]Total, error) {
	var names []string
	if err := v.store.Reader(ctx).Model(&itemRow{}).Distinct("purpose").Order("purpose").Pluck("purpose", &names).Error; err != nil {
		return nil, fmt.Errorf("count sealed items: %w", err)
	}
	out := make([]Total, len(names))
	for i, name := range names {
		of := v.store.Reader(ctx).Model(&itemRow{}).Where("purpose = ?", name)
		var items int64
		var first, next itemRow
		if err := of.Count(&items).Error; err != nil {
			return nil, fmt.Errorf("count sealed items: %w", err)
		}
		of = v.store.Reader(ctx).Select("created_at").Where("purpose = ?", name)
		if err := of.Order("created_at").Limit(1).Take(&first).Error; err != nil {
			return nil, fmt.Errorf("oldest sealed item: %w", err)
		}
		of = v.store.Reader(ctx).Select("keep_until").Where("purpose = ?", name)
		if err := of.Order("keep_until").Limit(1).Take(&next).Error; err != nil {
			return nil, fmt.Errorf("next sealed item: %w", err)
		}
		out[i] = Total{Purpose: Purpose(name), Items: int(items), Oldest: first.CreatedAt.UTC(), NextEnd: next.KeepUntil.UTC()}
	}
	return out, nil
}
