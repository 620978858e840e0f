package privacy

import (
	"context"
	"fmt"

	"truepenny/internal/vault"
)

// Answered counts people by their latest answer for a purpose, for public
// figures: rounded before anybody sees them.
func (c *Consents) Answered(ctx context.Context, purpose vault.Purpose) (map[Answer]int, error) {
	var rows []struct {
		Answer string
		People int
	}
	err := c.store.Reader(ctx).Raw(`SELECT a.answer AS answer, COUNT(*) AS people FROM privacy_consents AS a
		WHERE a.purpose = ? AND a.seq = (SELECT MAX(b.seq) FROM privacy_consents AS b WHERE b.person = a.person AND b.purpose = a.purpose)
		GROUP BY a.answer`, string(purpose)).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	out := map[Answer]int{}
	for _, r := range rows {
		out[Answer(r.Answer)] = r.People
	}
	return out, nil
}
