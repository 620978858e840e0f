package sellers

import (
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestWordsThatNoDatabaseKeepsAreRefusedBesideTheirField(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.refused(t)
		for _, words := range []string{"Please look\x00 once more.", "Please look\xff once more.", "Please look \x1b[2J once more."} {
			_, err := h.Appeal(t.Context(), h.seller, app.ID, words)
			if errs.FieldsOf(err)["words"] != "field.characters" {
				t.Errorf("%q: %v", words, err)
			}
		}
		must(h.Appeal(t.Context(), h.seller, app.ID, "Please look:\r\n\tthe passport is valid, ça va."))(t)
	})
}
