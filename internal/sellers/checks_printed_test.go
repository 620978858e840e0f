package sellers

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/document/printed"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/specimen"
	"truepenny/internal/testkit"
)

// printCheck sends a passport and returns the check of its print.
func (h *house) printCheck(t *testing.T, passport []byte) Check {
	t.Helper()
	app := h.draft(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport}))(t)
	must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(2)}))(t)
	must(h.Submit(t.Context(), h.seller, app.ID))(t)
	h.analysed(t, app.ID)
	for _, c := range must(h.Case(t.Context(), h.ann, app.ID))(t).Checks {
		if c.Kind == CheckPrinted {
			return c
		}
	}
	t.Fatal("the print was not looked at")
	return Check{}
}

func TestThePrintOfASpecimenAgreesWithItsZone(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t), withPrograms(t))
	c := h.printCheck(t, passport(t, greyHead(), nil))
	if c.Outcome != Pass || len(c.Compared) < 4 {
		t.Errorf("%s %q: %+v", c.Outcome, c.Reason, c.Compared)
	}
}

func TestChangedPrintIsSeenByAPerson(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t), withPrograms(t))
	honest, err := picture.Decode(passport(t, greyHead(), nil), picture.DefaultLimits)
	ok(t, err)
	other, err := picture.Decode(passport(t, greyHead(), func(s *specimen.Spec) { s.Surname, s.Born = "Andersson", s.Born.AddDate(3, 1, 2) }), picture.DefaultLimits)
	ok(t, err)
	draw.Draw(honest.RGBA, image.Rect(420, 220, 1240, 500), other.RGBA, image.Pt(420, 220), draw.Src) // the zone stays
	c := h.printCheck(t, must(picture.EncodeJPEG(honest.RGBA, 92))(t))
	if c.Outcome != Review || c.Reason != reasonPrintDiffers {
		t.Errorf("%s %q: %+v", c.Outcome, c.Reason, c.Compared)
	}
}

func TestPrintThatNobodyCanReadIsNotHeldAgainstAnybody(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t), withPrograms(t))
	page, err := picture.Decode(passport(t, greyHead(), nil), picture.DefaultLimits)
	ok(t, err)
	draw.Draw(page.RGBA, image.Rect(0, 0, 1240, 660), image.NewUniform(color.White), image.Point{}, draw.Src)
	c := h.printCheck(t, must(picture.EncodeJPEG(page.RGBA, 92))(t))
	if c.Outcome != NotRun || c.Reason != reasonPrintUnread {
		t.Errorf("%s %q: %+v", c.Outcome, c.Reason, c.Compared)
	}
}

func TestLayoutsAreKeptByAdministratorsWithAnEntry(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		admin := h.people.Member(t, "Ada Administrator", "administrator").Actor()
		shipped := must(h.PageLayouts(ctx, admin))(t)
		if len(shipped) != 1 || shipped[0].Issuer != "UTO" || shipped[0].Check() != nil {
			t.Fatalf("shipped with %+v", shipped)
		}
		l := PageLayout{Name: " Passport  of Arcadia", Layout: printed.Layout{Format: document.TD3, Issuer: "arc", Regions: []printed.Region{{Part: printed.Number, X: 0.5, Y: 0.1, W: 0.3, H: 0.05}}}}
		_, err := h.SaveLayout(ctx, h.ann, l)
		want(t, err, errs.Forbidden, "role.administrator")
		saved := must(h.SaveLayout(ctx, admin, l))(t)
		if saved.Issuer != "ARC" || saved.Name != "Passport of Arcadia" || saved.Version != 1 {
			t.Errorf("saved %+v", saved)
		}
		again := must(h.SaveLayout(ctx, admin, saved))(t)
		_, err = h.SaveLayout(ctx, admin, saved)
		want(t, err, errs.Conflict, "layout.changed")
		bad := again
		bad.Name, bad.Format, bad.Issuer, bad.Regions = "", "TD9", "L0NG", nil
		_, err = h.SaveLayout(ctx, admin, bad)
		if errs.CodeOf(err) != errs.Invalid {
			t.Errorf("a bad layout: %v", err)
		}
		want(t, h.RemoveLayout(ctx, h.ann, saved.ID), errs.Forbidden, "role.administrator")
		ok(t, h.RemoveLayout(ctx, admin, saved.ID))
		_, err = h.PageLayout(ctx, admin, saved.ID)
		want(t, err, errs.NotFound, "layout.unknown")
		if got := h.people.Noted(t, "layout:"+saved.ID); len(got) != 3 {
			t.Errorf("noted %v", got)
		}
	})
}

func TestThePortraitIsLookedForWhereTheLayoutHasIt(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t))
	page, err := picture.Decode(passport(t, greyHead(), nil), picture.DefaultLimits)
	ok(t, err)
	got := must(h.parts.Documents.Read(page.RGBA))(t)
	left := must(h.portraitPlace(t.Context(), &got))(t)
	if drawn := image.Rect(50, 150, 400, 600); left.Intersect(drawn).Dx() < 300 || left.Dx() > 420 {
		t.Errorf("the shipped layout has it at %v", left)
	}
	admin := h.people.Member(t, "Ada Administrator", "administrator").Actor()
	l := must(h.PageLayout(t.Context(), admin, "lay_utopia"))(t)
	l.Regions = []printed.Region{{Part: printed.Portrait, X: 0.7, Y: 0.2, W: 0.25, H: 0.5}}
	must(h.SaveLayout(t.Context(), admin, l))(t)
	right := must(h.portraitPlace(t.Context(), &got))(t)
	if right.Min.X < 700 {
		t.Errorf("the changed layout has it at %v", right)
	}
	small, large := face.Face{Box: face.Box{X: 950, Y: 300, Width: 80, Height: 80}}, face.Face{Box: face.Box{X: 100, Y: 250, Width: 200, Height: 200}}
	if first := portraitFirst([]face.Face{large, small}, right)[0]; first.Box.X != 950 {
		t.Error("the face in the region is not the portrait")
	}
	if first := portraitFirst([]face.Face{large, small}, image.Rectangle{})[0]; first.Box.X != 100 {
		t.Error("without a place the largest is not the portrait")
	}
	if place := must(h.portraitPlace(t.Context(), nil))(t); !place.Empty() {
		t.Errorf("nothing was read, and the portrait is at %v", place)
	}
}
