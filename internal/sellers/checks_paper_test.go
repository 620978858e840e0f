package sellers

import (
	"testing"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
	"truepenny/internal/testkit/papers"
)

// paperCheck sends a draft with these papers and returns what the machine made of
// them.
func (h *house) paperCheck(t *testing.T, files ...[]byte) (Case, Check) {
	t.Helper()
	app := h.draft(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)}))(t)
	for _, raw := range files {
		must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: raw}))(t)
	}
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	h.analysed(t, app.ID)
	c := must(h.Case(t.Context(), h.ann, app.ID))(t)
	for _, check := range c.Checks {
		if check.Kind == CheckPaper {
			return c, check
		}
	}
	t.Fatal("the papers were not looked at")
	return c, Check{}
}

func aBill(name, street, town, date string) []byte {
	return papers.PDF([]string{"Utopia Water and Light Ltd", "", name, street, town, "", "Invoice date: " + date, "Due date: 30 November 2026", "Total  EUR 289.38"})
}

func TestAPaperThatFitsTheFormPassesAndTheCaseShowsWhere(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withPrograms(t))
	c, check := h.paperCheck(t, aBill("Ms Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "2 October 2026"))
	if check.Outcome != Pass || check.Reason != "" {
		t.Fatalf("%s %q: %+v", check.Outcome, check.Reason, check.Compared)
	}
	seen := map[string]Compared{}
	for _, line := range check.Compared {
		seen[line.What] = line
		e, found := Evidence{}, false
		for _, have := range c.Evidence {
			if have.ID == line.Evidence {
				e, found = have, true
			}
		}
		if !found || line.Box.W < 20 || line.Box.X < 0 || line.Box.X+line.Box.W > e.Width || line.Box.Y+line.Box.H > e.Height {
			t.Errorf("%s is framed at %+v of %+v", line.What, line.Box, e)
		}
	}
	if seen[paperDate].Left != "2026-10-02" || seen[paperIssuer].Left != "Utopia Water and Light Ltd" || seen[paperName].Note != nameFewer {
		t.Errorf("found %+v", seen)
	}
}

func TestWhatDoesNotFitOnAPaperIsForAPersonAndNeverARefusal(t *testing.T) {
	for name, c := range map[string]struct {
		file   []byte
		reason string
	}{
		"another name":    {aBill("Ms Berit Andersson", "Hamngatan 12", "211 22 Malmo", "2 October 2026"), reasonPaperName},
		"another address": {aBill("Marit Lindqvist", "Storgatan 3", "111 11 Stockholm", "2 October 2026"), reasonPaperMoved},
		"long ago":        {aBill("Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "2 October 2024"), reasonPaperOld},
		"yet to come":     {aBill("Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "2 October 2027"), reasonPaperFuture},
		"no day":          {aBill("Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "soon"), reasonPaperUndated},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, testkit.Store(t), withPrograms(t))
			full, check := h.paperCheck(t, c.file)
			if check.Outcome != Review || check.Reason != c.reason || full.Application.State != Waiting {
				t.Errorf("%s %q, %s: %+v", check.Outcome, check.Reason, full.Application.State, check.Compared)
			}
		})
	}
}

func TestOneGoodPaperOfSeveralIsEnough(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withPrograms(t))
	_, check := h.paperCheck(t, aBill("Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "2 October 2020"), shot(3), aBill("Marit Lindqvist", "Hamngatan 12", "211 22 Malmo", "2 October 2026"))
	if check.Outcome != Pass {
		t.Errorf("%s %q: %+v", check.Outcome, check.Reason, check.Compared)
	}
}

func TestAPaperThatNobodyCanReadIsNotHeldAgainstAnybody(t *testing.T) {
	_, check := newHouse(t, testkit.Store(t), withPrograms(t)).paperCheck(t, shot(2))
	if check.Outcome != NotRun || check.Reason != reasonPaperUnread {
		t.Errorf("an empty picture: %s %q", check.Outcome, check.Reason)
	}
	_, check = newHouse(t, testkit.Store(t)).paperCheck(t, shot(2))
	if check.Outcome != NotRun || check.Reason != reasonEngine {
		t.Errorf("with nothing that reads: %s %q", check.Outcome, check.Reason)
	}
	if got := worst([]Check{{Kind: CheckPaper, Outcome: NotRun, Reason: reasonNoPaper}, {Kind: CheckRead, Outcome: Pass}}); got != Pass {
		t.Errorf("without a paper the machine says %s", got)
	}
}

func TestAPhotographedBillIsReadFromItsPicture(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withPrograms(t))
	page, err := specimen.Draw(fonts(t), specimen.Spec{
		Kind: specimen.UtilityBill, Surname: "Lindqvist", GivenNames: "Marit Elisabet", Number: "UT4711081",
		Address: []string{"Hamngatan 12", "211 22 Malmö"}, Issued: time.Date(2026, 10, 6, 0, 0, 0, 0, time.UTC),
	})
	ok(t, err)
	_, check := h.paperCheck(t, must(picture.EncodeJPEG(page, 85))(t))
	if check.Outcome != Pass {
		t.Errorf("%s %q: %+v", check.Outcome, check.Reason, check.Compared)
	}
}
