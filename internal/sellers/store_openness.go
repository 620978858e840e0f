package sellers

import (
	"context"
	"fmt"
	"time"
)

// Applicants is how many people have applied, for public figures: rounded before
// anybody sees them.
type Applicants struct {
	All       int
	Countries map[string]int
	First     time.Time // beginning of the first application; zero before it
}

// Applicants counts people by their latest application that was sent.
func (s *Service) Applicants(ctx context.Context) (Applicants, error) {
	out := Applicants{Countries: map[string]int{}}
	var rows []struct {
		Country string
		People  int
	}
	err := s.store.Reader(ctx).Raw(`SELECT a.country AS country, COUNT(*) AS people FROM sellers_applications AS a
		WHERE a.submitted_at IS NOT NULL AND a.number = (SELECT MAX(b.number) FROM sellers_applications AS b
			WHERE b.account_id = a.account_id AND b.submitted_at IS NOT NULL)
		GROUP BY a.country`).Scan(&rows).Error
	if err != nil {
		return out, fmt.Errorf("count applicants: %w", err)
	}
	for _, r := range rows {
		out.All += r.People
		if r.Country != "" {
			out.Countries[r.Country] += r.People
		}
	}
	var first []time.Time
	err = s.store.Reader(ctx).Model(&applicationRow{}).Order("created_at").Limit(1).Pluck("created_at", &first).Error
	if err != nil {
		return out, fmt.Errorf("find the first application: %w", err)
	}
	if len(first) > 0 {
		out.First = first[0].UTC()
	}
	return out, nil
}
