package handlers_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// filmed is Marit with a passport and a film of her face, sent and analysed, and
// looked at by a reviewer.
func (s *studio) filmed(t *testing.T) string {
	t.Helper()
	id := s.described(t, "yes")
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, s.sitters[0])}}, "kind", "passport", "idempotency_key", "p").is(303)
	s.captured(t, id, s.sitters[0])
	s.marit.post(paths.ApplicationSubmission(id), "version", s.marit.get(paths.ApplicationCheck(id)).value("version")).is(303)
	s.drain(t)
	if _, err := s.cases.Case(t.Context(), s.Member(t, "Ann Reviewer", staff.Reviewer).Actor(), id); err != nil {
		t.Fatal(err)
	}
	return id
}

func TestBrowserWatchTheOwnFilmSeeWhoLookedTakeACopyAndDeleteIt(t *testing.T) {
	s := openStudio(t)
	s.filmed(t)
	page := s.browse(t, testkit.BrowserOptions{})
	open := func(path string) { page.Open(s.url + path) }

	open(paths.MyData())
	page.See(words.PurposeName("face-match"))
	looks(page, "mydata-held")
	page.Press(words.FilmPlay)
	page.Until(`document.querySelector(".film").dataset.state === "playing"`)
	page.Until(`Number(document.querySelector(".film").dataset.shown) >= 2`) // at its own pace
	page.Press(words.FilmPause)
	page.Until(`document.querySelector(".film").dataset.state === "still"`)
	page.Do(chromedp.Focus(".film canvas"), chromedp.KeyEvent(kb.Home))
	page.Until(`document.querySelector(".film").dataset.shown === "0"`)
	page.Do(chromedp.KeyEvent(kb.ArrowRight))
	page.Until(`document.querySelector(".film").dataset.shown === "1"`)
	page.Do(chromedp.KeyEvent(" "))
	page.Until(`document.querySelector(".film").dataset.state === "playing"`)
	looks(page, "mydata-film")

	open(paths.MyDataLooks("", 0))
	page.See("A reviewer")
	looks(page, "mydata-looks")
	open(paths.MyDataComparisons())
	page.See(words.ComparisonName("face"))
	looks(page, "mydata-comparisons")
	open(paths.MyDataFields())
	looks(page, "mydata-fields")
	open(paths.MyDataRequests())
	looks(page, "mydata-requests")
	open(paths.MyDataConsent("video-disputes"))
	looks(page, "mydata-consent")

	open(paths.MyDataCopy())
	looks(page, "mydata-copy-none")
	page.Press(words.MyCopyAsk)
	page.See(words.MyCopyMaking)
	s.drain(t)
	page.See(words.MyCopyReady) // by the stream, without a reload
	looks(page, "mydata-copy")

	open(paths.MyDataDeletion(""))
	looks(page, "mydata-deletions")
	open(paths.MyDataDeletion("face-match"))
	looks(page, "mydata-deletion")
	page.Press(words.DeleteDo)
	page.See(words.ReceiptTitle)
	looks(page, "mydata-receipt")
	open(paths.MyData())
	page.SeeNot(words.FilmPlay)
	open(paths.MyDataDeletion("everything"))
	page.Press(words.DeleteDoAll)
	page.See(words.ReceiptGone)
	page.SeeNot(words.SignOut)
}

func TestBrowserWhereLittleMotionIsWantedTheFilmStandsUntilItIsPlayed(t *testing.T) {
	s := openStudio(t)
	s.filmed(t)
	page := s.browse(t, testkit.BrowserOptions{})
	page.Calm()
	page.Open(s.url + paths.MyData())
	page.Press(words.FilmPlay)
	page.See(words.FilmMotion)
	page.Until(`document.querySelector(".film").dataset.state === "still"`)
	page.Press(words.FilmForward)
	page.Until(`document.querySelector(".film").dataset.shown === "1"`)
}
