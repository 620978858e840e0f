package jobs

import (
	"errors"
	"fmt"

	"truepenny/internal/db"
)

// Forget removes every job, whatever its state, whose payload or unique key
// names one of the ids: what is erased leaves no trace among the work that was
// done for it. A job that runs at the moment ends without being noted.
func Forget(tx *db.Tx, ids ...string) error {
	names := map[string]string{db.SQLite: "instr(payload, ?) > 0 OR instr(unique_key, ?) > 0", db.PostgreSQL: "strpos(payload, ?) > 0 OR strpos(unique_key, ?) > 0"}
	for _, id := range ids {
		if id == "" {
			return errors.New("jobs: whose jobs are forgotten must be named")
		}
		if err := tx.DB().Where(names[tx.Dialect()], id, id).Delete(&jobRow{}).Error; err != nil {
			return fmt.Errorf("forget jobs: %w", err)
		}
	}
	return nil
}
