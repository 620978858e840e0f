package handlers_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestDocumentsWaitForTheChoiceOfARoad(t *testing.T) {
	m := openMarket(t)
	id := m.start(t)
	m.marit.get(paths.ApplicationDocument(id)).leadsTo(paths.ApplicationRoad(id))
	m.marit.get(paths.ApplicationSide(id, "front") + "?kind=passport").leadsTo(paths.ApplicationRoad(id))
	m.marit.get(paths.ApplicationPaper(id)).leadsTo(paths.ApplicationRoad(id))
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(1)}}, "kind", "passport").is(409)
}

func TestACardIsAskedForSideBySide(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	m.marit.get(paths.ApplicationDocument(id)).is(200).shows("Passport", "Identity card", "Driving licence")
	m.marit.get(paths.ApplicationDocument(id) + "?ask=1").is(200).shows(words.Reason("field.choice"))
	m.marit.get(paths.ApplicationDocument(id) + "?ask=1&kind=identity-card").leadsUnder(paths.ApplicationSide(id, "front"))
	page := m.marit.get(paths.ApplicationSide(id, "front") + "?kind=identity-card").is(200).shows("The front of your identity card")
	key := page.value("idempotency_key")
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(1)}}, "kind", "identity-card", "idempotency_key", key).leadsUnder(paths.ApplicationSide(id, "back"))
	m.marit.send(paths.ApplicationSide(id, "back"), false, []file{{"picture", sheet(2)}}, "kind", "identity-card", "idempotency_key", "b").leadsUnder(paths.ApplicationReading(id))
	m.marit.get(paths.ApplicationSide(id, "back") + "?kind=passport").leadsTo(paths.ApplicationDocument(id)) // a passport has none
	m.wantAudit(t, "application.document-added", 2)
}

func TestAPictureSentTwiceIsKeptOnce(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	for range 2 { // the answer was lost, the script tries again
		a := m.marit.send(paths.ApplicationSide(id, "front"), true, []file{{"picture", sheet(1)}}, "kind", "passport", "idempotency_key", "once").is(200)
		if !strings.Contains(a.body, `"next":"`+paths.ApplicationReading(id)) {
			t.Fatal(a.body)
		}
	}
	m.wantAudit(t, "application.document-added", 1)
	m.marit.send(paths.ApplicationSide(id, "front"), true, []file{{"picture", sheet(2)}}, "kind", "passport", "idempotency_key", "once").is(409)
}

func TestAPictureThatMayNotBeReadableSaysWhatHelpsAndMayBeUsedAnyway(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	side := paths.ApplicationSide(id, "front")
	fog := image.NewGray(image.Rect(0, 0, 900, 640))
	for i := range fog.Pix {
		fog.Pix[i] = uint8(90 + i%900/30)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, fog, nil); err != nil {
		t.Fatal(err)
	}
	back := m.marit.send(side, false, []file{{"picture", b.Bytes()}}, "kind", "passport", "idempotency_key", "f").leadsUnder(side)
	page := m.marit.get(back.to).is(200).shows(words.DocumentReplace, words.DocumentUseAnyway)
	if page.page().Find("#findings p").Length() < 2 {
		t.Errorf("nothing says what would help:\n%s", page.body)
	}
	page.hides("document.blurred", "document.dark", "document.none")
	anyway := page.page().Find(`a:contains("` + words.DocumentUseAnyway + `")`)
	if to, _ := anyway.Attr("href"); to != paths.ApplicationReading(id) {
		t.Errorf("using it anyway leads to %q", to)
	}
	m.marit.get(paths.ApplicationReading(id)).is(200).shows(words.ReadingMissingReader)
}

func TestWhatIsNoPictureIsSaidBesideTheField(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	side := paths.ApplicationSide(id, "front")
	send := func(script bool, body []byte) answer {
		return m.marit.send(side, script, []file{{"picture", body}}, "kind", "passport", "idempotency_key", "k")
	}
	send(false, []byte("%PDF-1.7 a bill")).is(415).shows(words.Reason("picture.format"), words.DocumentChoose)
	send(false, nil).is(422).shows(words.Reason("upload.missing"))
	send(false, sheet(1)[:2000]).is(422).shows(words.Reason("picture.corrupt"))
	if a := send(true, []byte("GIF89a")).is(415); !strings.Contains(a.body, `"message":"`) {
		t.Error(a.body)
	}
	m.marit.send(side, true, []file{{"picture", bytes.Repeat([]byte{0xff}, sellers.DefaultPolicy.UploadBytes+100<<10)}}, "kind", "passport").is(413)
	m.wantAudit(t, "application.document-added", 0)
}

func TestSeeingOnesOwnPictureIsNotedAndRemovingDeletesIt(t *testing.T) {
	m := openMarket(t)
	id := m.complete(t)
	page := m.marit.get(paths.ApplicationDocument(id)).is(200)
	src, _ := page.page().Find("main img").First().Attr("src")
	before := m.looks(t)
	picture := m.marit.get(src).is(200)
	if !strings.HasPrefix(picture.header.Get("Content-Type"), "image/jpeg") || picture.header.Get("Cache-Control") != "no-store" {
		t.Errorf("headers %v", picture.header)
	}
	if m.looks(t) != before+1 {
		t.Error("the look left no trace")
	}
	remove, _ := page.page().Find(`form[action$="/removal"]`).First().Attr("action")
	m.marit.post(remove).leadsUnder(paths.ApplicationDocument(id))
	m.marit.get(src).is(404)
	m.wantAudit(t, "application.evidence-removed", 1)
	m.marit.get(paths.ApplicationCheck(id)).is(200).shows(words.CheckNotYet, words.Reason("step.document"))
}

func (m *market) looks(t *testing.T) int {
	t.Helper()
	rows, err := m.Log.List(t.Context(), audit.Filter{Action: "vault.opened", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}

func TestNoMorePapersThanCanBeKept(t *testing.T) {
	m := openMarket(t)
	id := m.complete(t)
	add := func(key string, seed int) answer {
		return m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(seed)}}, "kind", "tax-letter", "idempotency_key", key)
	}
	m.marit.get(paths.ApplicationPaper(id)).is(200).shows(words.PaperAddMore)
	add("p2", 5).leadsUnder(paths.ApplicationPaper(id))
	add("p3", 6).leadsUnder(paths.ApplicationPaper(id))
	m.marit.get(paths.ApplicationPaper(id)).is(200).shows(words.PaperEnough).hides(words.PaperAddMore)
	add("p4", 7).is(409)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(1)}}, "kind", "love-letter").is(422)
	m.wantAudit(t, "application.paper-added", 3)
}

func TestUploadsAreLimitedForOneAccount(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "no")
	side := paths.ApplicationSide(id, "front")
	for range 60 {
		m.marit.send(side, true, nil, "kind", "passport").is(422)
	}
	m.marit.send(side, true, []file{{"picture", sheet(1)}}, "kind", "passport").is(429)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(1)}}, "kind", "tax-letter").is(429).shows(words.Reason("rate.limited"))
	m.signInSeller(t, "eve@seller.example").send(side, true, nil).is(404)
}
