package copies

import (
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
)

// A picture that its person has deleted must not lie on in a copy of it.
func TestACopyEndsWithWhatItHoldsACopyOf(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.hold(privacy.PurposeFace, "frame.jpg", []byte("a face"))
		c := h.made()
		h.ok(h.Log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.erased"}, func(tx *db.Tx) error {
			_, err := h.Source().Erase(tx, h.marit.ID, privacy.PurposeFace)
			return err
		}))
		_, err := h.Own(t.Context(), h.marit.Actor(), c.ID)
		h.want(err, errs.Gone, "copy.gone")
		due, err := h.Vault.Due(t.Context(), h.People.Clock.Now())
		h.ok(err)
		if len(due) == 0 || len(due) != h.sealed() {
			t.Errorf("%d of %d parts are due: an erasure takes what is due along, with its key", len(due), h.sealed())
		}
	})
}

func TestACopyOutlivesAnErasureOfWhatIsNotInIt(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.hold(privacy.PurposeFace, "frame.jpg", []byte("a face"))
		c := h.made()
		h.ok(h.Log.Record(t.Context(), audit.Entry{Actor: audit.System("test"), Action: "test.erased"}, func(tx *db.Tx) error {
			_, err := h.Source().Erase(tx, h.marit.ID, privacy.PurposeRights)
			return err
		}))
		h.unpacked(c.ID)
	})
}
