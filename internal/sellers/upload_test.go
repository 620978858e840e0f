package sellers

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/testkit"
)

func TestTheSameUploadTwiceIsOneUpload(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.draft(t)
		up := PaperUpload{Kind: UtilityBill, Bytes: shot(1), Key: "tab-1"}
		var wg sync.WaitGroup
		got, problems := make([]Evidence, 3), make([]error, 3)
		for i := range got {
			wg.Go(func() { got[i], problems[i] = h.AddPaper(t.Context(), h.seller, app.ID, up) })
		}
		wg.Wait()
		ok(t, errors.Join(problems...))
		if got[0].ID != got[1].ID || got[1].ID != got[2].ID {
			t.Fatalf("one upload became %s, %s, %s", got[0].ID, got[1].ID, got[2].ID)
		}
		if n := len(must(h.Evidence(t.Context(), h.seller, app.ID))(t)); n != 1 {
			t.Fatalf("%d papers", n)
		}
		up.Bytes = shot(2)
		_, err := h.AddPaper(t.Context(), h.seller, app.ID, up)
		want(t, err, errs.Conflict, "key.reused")
		up.Key = strings.Repeat("k", 256)
		_, err = h.AddPaper(t.Context(), h.seller, app.ID, up)
		want(t, err, errs.Invalid, "key.too-long")
	})
}

func TestADocumentSideReplacesTheOneBefore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		app := h.draft(t)
		first := must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)}))(t)
		second := must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(2)}))(t)
		all := must(h.Evidence(t.Context(), h.seller, app.ID))(t)
		if len(all) != 1 || all[0].ID != second.ID {
			t.Fatalf("got %+v", all)
		}
		_, err := h.ShowEvidence(t.Context(), h.seller, app.ID, first.ID)
		want(t, err, errs.NotFound, "evidence.unknown")
		if items := must(h.vault.Describe(t.Context(), h.seller.ID))(t); len(items) != 1 {
			t.Fatalf("%d sealed items", len(items))
		}
		_, err = h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Back, Bytes: shot(2)})
		want(t, err, errs.Invalid, "document.side")
	})
}

func TestWhatIsKeptOfAPictureIsItsPixelsOnly(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.draft(t)
	marked := withComment(t, shot(1), "GPS 55.6050 N 13.0038 E")
	e := must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: marked}))(t)
	opened := must(h.ShowEvidence(t.Context(), h.seller, app.ID, e.ID))(t)
	if opened.MIME != "image/jpeg" || bytes.Contains(opened.Plain, []byte("GPS")) {
		t.Fatal("what the upload carried beside its pixels was kept")
	}
	img, err := jpeg.Decode(bytes.NewReader(opened.Plain))
	if err != nil || img.Bounds().Dx() != 800 || e.Width != 800 || e.Height != 560 {
		t.Fatalf("got %v, %v, %+v", img.Bounds(), err, e)
	}
}

// withComment adds a COM segment after the start of a JPEG.
func withComment(t *testing.T, raw []byte, text string) []byte {
	t.Helper()
	n := len(text) + 2
	segment := append([]byte{0xff, 0xfe, byte(n >> 8), byte(n)}, text...)
	out := append(append(append([]byte{}, raw[:2]...), segment...), raw[2:]...)
	if _, err := jpeg.Decode(bytes.NewReader(out)); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestUploadsThatAreNoPictureOrTooLargeAreRefused(t *testing.T) {
	h := newHouse(t, testkit.Store(t), func(p *Parts) {
		p.Policy = DefaultPolicy
		p.Policy.UploadBytes = 1 << 20
	})
	app := h.draft(t)
	var wide bytes.Buffer
	ok(t, png.Encode(&wide, image.NewGray(image.Rect(0, 0, 13000, 2))))
	for name, c := range map[string]struct {
		bytes  []byte
		code   errs.Code
		reason string
	}{
		"empty":        {nil, errs.Unsupported, "paper.format"},
		"a page":       {[]byte("<svg onload=alert(1)>"), errs.Unsupported, "paper.format"},
		"cut off":      {shot(1)[:900], errs.Invalid, "picture.corrupt"},
		"too many MB":  {bytes.Repeat([]byte{0xff}, 1<<20+1), errs.TooLarge, "picture.too-large"},
		"too wide":     {wide.Bytes(), errs.TooLarge, "picture.too-large"},
		"just a magic": {[]byte("\xff\xd8\xff"), errs.Invalid, "picture.corrupt"},
	} {
		_, err := h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: c.bytes})
		if errs.CodeOf(err) != c.code || errs.ReasonOf(err) != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(must(h.Evidence(t.Context(), h.seller, app.ID))(t)); n != 0 {
		t.Fatalf("%d were kept", n)
	}
}

func TestAnApplicationHoldsAFewPapersAtMost(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.draft(t)
	for i := range h.Policy.Papers {
		must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(i)}))(t)
	}
	_, err := h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(9)})
	want(t, err, errs.Conflict, "paper.too-many")
	papers := must(h.Evidence(t.Context(), h.seller, app.ID))(t)
	ok(t, h.RemoveEvidence(t.Context(), h.seller, app.ID, papers[0].ID))
	must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: UtilityBill, Bytes: shot(9)}))(t)
}

func TestNothingIsUploadedBeforeTheRoadIsChosen(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := must(h.Start(t.Context(), h.seller))(t)
	_, err := h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(1)})
	want(t, err, errs.Conflict, "application.road-missing")
}

func TestEveryLookLeavesALineThatThePersonReads(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		app := h.waiting(t)
		e := must(h.Evidence(ctx, h.seller, app.ID))(t)[0]
		_, err := h.OpenEvidence(ctx, h.ann, app.ID, e.ID, "")
		want(t, err, errs.Invalid, "look.reason")
		must(h.OpenEvidence(ctx, h.ann, app.ID, e.ID, "case.review"))(t)
		must(h.OpenEvidence(ctx, h.ann, app.ID, e.ID, "case.review"))(t)
		must(h.Case(ctx, h.ann, app.ID))(t)
		var looks, opened int
		for _, e := range must(h.Timeline(ctx, h.seller, app.ID))(t) {
			if e.ActorID == h.ann.ID {
				t.Error("the timeline names a member of staff")
			}
			if e.Action == "vault.opened" && e.Role == "reviewer" && e.Reason == "case.review" && e.Details["table"] == "sellers_evidence" {
				looks += e.Times
			}
			if e.Action == "case.opened" && e.Role == "reviewer" {
				opened++
			}
		}
		if looks != 2 || opened != 1 {
			t.Fatalf("%d looks at the picture, %d at the case", looks, opened)
		}
		c := must(h.Case(ctx, h.ben, app.ID))(t)
		found := false
		for _, e := range c.Looks {
			found = found || e.ActorID == h.ann.ID && e.Action == "vault.opened"
		}
		if !found {
			t.Fatalf("a colleague does not see who looked: %+v", c.Looks)
		}
	})
}

func TestWhatIsWrongWithAPictureIsSaidAtOnceAndItIsKeptUpright(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withReader(t))
	app := h.draft(t)
	page, err := picture.Decode(passport(t, greyHead(), nil), picture.DefaultLimits)
	ok(t, err)
	up := func(img *image.RGBA) Evidence {
		t.Helper()
		raw := must(picture.EncodeJPEG(img, 92))(t)
		return must(h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: raw}))(t)
	}
	if e := up(page.RGBA); len(e.Findings) != 0 || e.Reading != ReadingSure {
		t.Errorf("a good picture: %q, %v", e.Reading, e.Findings)
	}
	turned := up(picture.Rotate(page.RGBA, 1))
	if turned.Width != page.RGBA.Rect.Dx() || turned.Reading == ReadingFailed {
		t.Errorf("kept %d x %d, %q", turned.Width, turned.Height, turned.Reading)
	}
	for _, f := range must(h.Fields(t.Context(), h.seller, app.ID))(t) {
		if f.Box.Y < turned.Height/2 {
			t.Errorf("%s is found at %+v, above the zone", f.Name, f.Box)
		}
	}
	if e := up(image.NewRGBA(image.Rect(0, 0, 900, 600))); e.Reading != ReadingFailed || !slices.Contains(e.Findings, "document.no-zone") {
		t.Errorf("an empty picture: %q, %v", e.Reading, e.Findings)
	}
}

func TestAPaperAddedWhileTheCaseWaitsIsAChangeThatWhoeverDecidesMustSee(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	paper := must(h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: BankStatement, Bytes: shot(5)}))(t)
	if paper.Round != app.Round {
		t.Errorf("the paper belongs to round %d, the case is in round %d", paper.Round, app.Round)
	}
	_, err := h.Decide(t.Context(), h.ann, app.ID, app.Version, approval)
	want(t, err, errs.Conflict, "case.changed")
	h.wantNoted(t, app.ID, "application.paper-added")
	_, err = h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(6)})
	want(t, err, errs.Conflict, "application.state")
	app = must(h.Get(t.Context(), h.seller, app.ID))(t)
	must(h.Decide(t.Context(), h.ann, app.ID, app.Version, approval))(t)
	_, err = h.AddPaper(t.Context(), h.seller, app.ID, PaperUpload{Kind: BankStatement, Bytes: shot(7)})
	want(t, err, errs.Conflict, "application.state")
}

func TestEvidenceOutlastsALateDecision(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	app := h.waiting(t)
	h.people.Clock.Advance(h.Policy.DraftKept + 24*time.Hour)
	must(h.vault.Expire(t.Context(), h.people.Clock.Now()))(t)
	c := must(h.Case(t.Context(), h.ann, app.ID))(t)
	if len(c.Evidence) != 2 {
		t.Fatalf("%d of 2 pictures are left to decide on", len(c.Evidence))
	}
}
