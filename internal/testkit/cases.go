package testkit

import (
	"strings"
	"testing"

	"truepenny/internal/db"
)

// CopyCases copies an application under other names and numbers, waiting and
// held by nobody, without its evidence: what a list needs. The copies are
// app_copyI of acc_copyI, "Copy NumberI", for I from first to last. What a copy
// does not change it takes over, whatever columns there are. SQLite only.
func CopyCases(t testing.TB, store *db.Store, id string, first, last int) {
	t.Helper()
	changed := map[string]string{
		"id": "'app_copy' || i", "number": "number + i", "account_id": "'acc_copy' || i", "state": "'waiting'",
		"given_names": "'Copy'", "family_name": "'Number' || printf('%05d', i)", "name_sort": "'copy number' || printf('%05d', i)",
		"claimed_by": "''", "claimed_at": "NULL",
		// a draft counts as sent when it was last changed
		"round": "MAX(round, 1)", "submitted_at": "COALESCE(submitted_at, updated_at)", "due_at": "COALESCE(due_at, updated_at)",
	}
	err := store.Write(t.Context(), func(tx *db.Tx) error {
		var columns []string
		if err := tx.DB().Raw("SELECT name FROM pragma_table_info('sellers_applications')").Scan(&columns).Error; err != nil {
			return err
		}
		values := make([]string, len(columns))
		for i, column := range columns {
			if values[i] = changed[column]; values[i] == "" {
				values[i] = column
			}
		}
		return tx.DB().Exec("WITH RECURSIVE copies(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM copies WHERE i < ?) "+
			"INSERT INTO sellers_applications ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(values, ", ")+
			" FROM sellers_applications, copies WHERE id = ?", first, last, id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}
