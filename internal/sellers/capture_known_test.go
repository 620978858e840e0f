package sellers

import (
	"testing"
	"time"

	"truepenny/internal/biometrics/injection"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestAnAccountsOwnFilmsAreHeldAgainstItFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h, _, own := begun(t, store, CaptureStart{})
		me := h.seller
		h.seller = h.people.Seller(t, "other@seller.example").Actor()
		app := h.onFaceRoad(t, shot(1))
		other := must(h.StartCapture(t.Context(), h.seller, app.ID, CaptureStart{}))(t)
		ok(t, h.store.Write(t.Context(), func(tx *db.Tx) error {
			for i, id := range []string{own.CaptureID, other.CaptureID} { // the other's is newer
				row, err := takeCapture(tx, id)
				if err != nil {
					return err
				}
				if err := insertPrints(tx, row, []injection.Frame{{Hash: uint64(i)}}, h.people.Clock.Now().Add(time.Duration(i)*time.Hour)); err != nil {
					return err
				}
			}
			return nil
		}))
		for i, account := range []string{me.ID, h.seller.ID} {
			films := must(h.earlierFilms(t.Context(), account))(t)
			if len(films) != 2 || films[0][0].Hash != uint64(i) {
				t.Errorf("of account %d: %v", i, films)
			}
		}
	})
}

func TestTimesThatNoCaptureHasAreRefused(t *testing.T) {
	h, _, c := begun(t, testkit.Store(t), CaptureStart{})
	row := must(h.readCapture(t.Context(), c.CaptureID))(t)
	one := func(at int) []Frame { return []Frame{{at, shot(1)}} }
	ok(t, h.checkCapture(row, CaptureUpload{Frames: one(millis(h.Policy.ChallengeLife)), Shown: []int{0, 2000}}))
	for name, u := range map[string]CaptureUpload{
		"a picture of another day":    {Frames: one(millis(24 * time.Hour))},
		"a time that turns over":      {Frames: one(1 << 62)},
		"a step shown before all":     {Frames: one(0), Shown: []int{-1}},
		"a step shown on another day": {Frames: one(0), Shown: []int{0, millis(24 * time.Hour)}},
	} {
		if err := h.checkCapture(row, u); errs.ReasonOf(err) != "capture.frames" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
