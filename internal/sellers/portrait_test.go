package sellers

import (
	"image"
	"image/draw"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
	"truepenny/internal/vault"
)

// cutOuts are the sealed portraits of the seller.
func (h *house) cutOuts(t *testing.T) []vault.Item {
	t.Helper()
	var out []vault.Item
	for _, i := range must(h.vault.Describe(t.Context(), h.seller.ID))(t) {
		if i.Slot.Column == "portrait_item" {
			out = append(out, i)
		}
	}
	return out
}

// documentLooks counts how often a document's picture was opened.
func (h *house) documentLooks(t *testing.T) int {
	t.Helper()
	n := 0
	for _, e := range must(h.log.List(t.Context(), audit.Filter{Person: h.seller.ID, Limit: logPage}))(t) {
		if e.Action == "vault.opened" && e.Details["table"] == "sellers_evidence" && e.Details["column"] == "item" {
			n++
		}
	}
	return n
}

func TestAComparisonOpensThePortraitAndNotTheDocument(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	ctx := t.Context()
	app := h.onFaceRoad(t, passport(t, h.first(t).portrait, nil))
	cut := h.cutOuts(t)
	if len(cut) != 1 || cut[0].Purpose != privacy.PurposeFace {
		t.Fatalf("sealed: %+v", cut)
	}
	r := &run{s: h.Service, ctx: ctx, app: app}
	c := must(r.check(CheckPortrait))(t)
	if c.Outcome != Pass || len(c.Compared) != 1 || c.Compared[0].Box.W < int(face.DefaultLimits.Portrait) {
		t.Errorf("%+v", c)
	}
	d := must(r.describePortrait(r.portrait))(t)
	if n := h.documentLooks(t); n != 0 {
		t.Errorf("the document was opened %d times", n)
	}

	// Agreed to only after the document was in, the document has to be opened
	// once, and gives the same face.
	must(h.WithdrawConsent(ctx, h.seller, app.ID))(t)
	if left := h.cutOuts(t); len(left) != 0 {
		t.Errorf("the portrait outlived the consent: %+v", left)
	}
	app = must(h.AnswerConsent(ctx, h.seller, app.ID, faceNotice(), true))(t)
	again := &run{s: h.Service, ctx: ctx, app: app}
	if c := must(again.check(CheckPortrait))(t); c.Outcome != Pass {
		t.Errorf("%+v", c)
	}
	if n := h.documentLooks(t); n != 1 {
		t.Errorf("the document was opened %d times", n)
	}
	late := must(again.describePortrait(again.portrait))(t)
	if distance := must(face.Distance(d, late))(t); distance > 0.05 {
		t.Errorf("two ways to one portrait are %.3f apart", distance)
	}
}

func TestAnotherDocumentReplacesThePortrait(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	app := h.onFaceRoad(t, passport(t, h.first(t).portrait, nil))
	before := h.cutOuts(t)
	must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: passport(t, greyHead(), nil)}))(t)
	if after := h.cutOuts(t); len(before) != 1 || len(after) != 0 {
		t.Errorf("%d before, %d after a document without a face", len(before), len(after))
	}
	r := &run{s: h.Service, ctx: t.Context(), app: must(h.Get(t.Context(), h.seller, app.ID))(t)}
	if c := must(r.check(CheckPortrait))(t); c.Outcome != Review || c.Reason != "portrait.missing" {
		t.Errorf("%+v", c)
	}
}

func TestAGhostPortraitOfSomebodyElseIsToldToAPerson(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	group := demoPhoto(t, "sample5.jpg")
	one, other := picture.Crop(group, image.Rect(180, 720, 660, 1320)), picture.Crop(group, image.Rect(1250, 250, 1800, 800))
	for _, c := range []struct {
		ghost  *image.RGBA
		reason string
	}{{one, ""}, {other, "portrait.ghost"}} {
		page := image.NewRGBA(image.Rect(0, 0, 1200, 700))
		draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(page, image.Rect(40, 40, 520, 640), one, image.Point{}, draw.Src)
		small := picture.Fit(c.ghost, 240)
		draw.Draw(page, image.Rect(800, 300, 1100, 600), small, image.Point{}, draw.Src)
		faces := must(h.faces.Find(page))(t)
		if len(faces) != 2 {
			t.Fatalf("%d faces", len(faces))
		}
		p := must(h.cutPortrait(page, faces))(t)
		if p.Ghost == nil {
			t.Fatalf("the second face of %.0f pixels was not compared", faces[1].Box.Side())
		}
		check := (&run{s: h.Service}).withGhost(Evidence{ID: "evi_x"}, *p, Check{Outcome: Pass})
		if check.Reason != c.reason || (check.Outcome == Pass) != (c.reason == "") || len(check.Compared) != 1 {
			t.Errorf("at %.2f: %+v", p.Ghost.Distance, check)
		}
		if strings.Contains(check.Reason, "fail") || check.Outcome == Fail {
			t.Error("a machine says no")
		}
	}
	faces := must(h.faces.Find(one))(t)
	if p := must(h.cutPortrait(one, faces[:1]))(t); p.Ghost != nil {
		t.Error("one face has a ghost")
	}
	if p := must(h.cutPortrait(one, nil))(t); p != nil {
		t.Error("a portrait without a face")
	}
}

// A larger face to the right of the portrait, such as on a visa picture or a
// sheet behind the document, is not taken for it.
func TestThePortraitIsWhereTheDocumentHasIt(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withEngines(t))
	who := h.first(t)
	p, err := picture.Decode(passport(t, who.portrait, nil), picture.DefaultLimits)
	ok(t, err)
	page := p.RGBA
	own := must(h.faces.Find(page))(t)
	if len(own) == 0 {
		t.Fatal("no portrait")
	}
	larger := picture.Fit(picture.Crop(demoPhoto(t, "sample5.jpg"), image.Rect(1250, 250, 1800, 800)), int(own[0].Box.Side()*2.6))
	corner := image.Pt(page.Rect.Dx()-larger.Rect.Dx()-10, 10)
	draw.Draw(page, image.Rectangle{Min: corner, Max: corner.Add(larger.Rect.Size())}, larger, image.Point{}, draw.Src)
	app := h.onFaceRoad(t, must(picture.EncodeJPEG(page, 92))(t))
	r := &run{s: h.Service, ctx: t.Context(), app: app}
	c := must(r.check(CheckPortrait))(t)
	if len(c.Compared) != 2 || c.Compared[0].Box.X > page.Rect.Dx()/2 || c.Compared[1].Box.X < page.Rect.Dx()/2 || c.Reason != "portrait.ghost" {
		t.Errorf("%s %+v", c.Reason, c.Compared)
	}
	if c.Compared[0].Box.W >= c.Compared[1].Box.W {
		t.Errorf("the other face is not larger: %+v", c.Compared)
	}
}
