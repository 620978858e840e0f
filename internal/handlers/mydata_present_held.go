package handlers

import (
	"fmt"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/vault"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// held is everything of a person, as their page needs it.
type held struct {
	items    []vault.Item
	known    map[string]sellers.Belonging // by item
	open     map[string]bool              // applications that are not decided
	holdings []privacy.Holding
	consents []privacy.Consent
}

func (s *Server) heldOf(c echo.Context) (held, error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	h := held{known: map[string]sellers.Belonging{}, open: map[string]bool{}}
	var err error
	if h.items, err = s.Vault.Describe(ctx, actor.ID); err != nil {
		return h, err
	}
	now := s.clock.Now()
	h.items = slices.DeleteFunc(h.items, func(i vault.Item) bool { return !i.KeepUntil.After(now) })
	known, err := s.Sellers.Belongings(ctx, actor)
	if err != nil {
		return h, err
	}
	for _, b := range known {
		h.known[b.ID] = b
	}
	mine, err := s.Sellers.Mine(ctx, actor)
	if err != nil {
		return h, err
	}
	for _, app := range mine {
		h.open[app.ID] = app.State.Open()
	}
	if h.holdings, err = s.Register.Describe(ctx, actor.ID); err != nil {
		return h, err
	}
	h.consents, err = s.Consents.History(ctx, actor.ID)
	return h, err
}

// presentHeld decides what a person sees of what is held: everything of theirs,
// nothing of anybody else's.
func (s *Server) presentHeld(c echo.Context) (mydata.HeldProps, error) {
	p := mydata.HeldProps{Frame: s.room(c, words.MyDataTitle, paths.MyData())}
	h, err := s.heldOf(c)
	if err != nil {
		return p, err
	}
	p.Empty = len(h.items) == 0
	for _, purpose := range ownPurposes() {
		if x := h.present(purpose); !x.None || purpose.Consent {
			p.Purposes = append(p.Purposes, x)
		}
	}
	p.Rest, err = s.presentRest(c, h)
	return p, err
}

// present is one purpose with everything that is held for it.
func (h held) present(purpose privacy.Purpose) mydata.Purpose {
	id := string(purpose.ID)
	x := mydata.Purpose{ID: id, Name: words.PurposeName(id)}
	var since, until time.Time
	open := false
	films := map[string][]sellers.Belonging{}
	var order []string
	rest := map[string]int{}
	for _, i := range h.items {
		if i.Purpose != purpose.ID {
			continue
		}
		b, known := h.known[i.ID]
		open = open || known && h.open[b.ApplicationID]
		since, until = earliest(since, i.CreatedAt), latest(until, i.KeepUntil)
		switch {
		case !known:
			rest["other"]++
		case b.What == string(sellers.EvidenceFrame):
			if films[b.CaptureID] == nil {
				order = append(order, b.CaptureID)
			}
			films[b.CaptureID] = append(films[b.CaptureID], b)
		case b.What == string(sellers.EvidenceDocument), b.What == string(sellers.EvidencePaper):
			x.Pictures = append(x.Pictures, h.picture(b))
		default:
			rest[b.What]++
		}
	}
	for _, capture := range order {
		x.Films = append(x.Films, h.film(capture, films[capture]))
	}
	for _, what := range []string{"portrait", "reading", "correction", "compared", "camera", "verdict", "signals", "other"} {
		if rest[what] > 0 {
			x.Other = append(x.Other, kit.SummaryRow{Key: words.BelongingName(what), Value: words.HeldCount(rest[what])})
		}
	}
	for _, k := range h.holdings { // what is held for it outside the vault
		if k.Purpose == purpose.ID && since.IsZero() && k.Count > 0 {
			since, until = earliest(since, k.Oldest), latest(until, k.KeptUntil)
			x.Other = append(x.Other, kit.SummaryRow{Key: words.HoldingName(k.What), Value: words.HeldCount(k.Count)})
		}
	}
	x.None = since.IsZero()
	h.facts(&x, purpose, since, until, open)
	return x
}

func (h held) facts(x *mydata.Purpose, purpose privacy.Purpose, since, until time.Time, open bool) {
	add := func(key, value string) { x.Facts = append(x.Facts, kit.SummaryRow{Key: key, Value: value}) }
	add(words.MyDataPurposeWhy, words.PurposeWhy(purpose.Why))
	if !x.None {
		add(words.MyDataSince, words.Date(since))
		add(words.MyDataUntil, keptWords(until, open, purpose.ID))
		x.Delete = paths.MyDataDeletion(x.ID)
	}
	add(words.MyDataSeenBy, words.PurposeSeenBy(purpose.SeenBy))
	add(words.MyDataNever, words.NeverUsedFor(purpose.Never))
	if !purpose.Consent {
		return
	}
	x.Consent = paths.MyDataConsent(x.ID)
	answer := words.MyConsentNever
	if at := slices.IndexFunc(h.consents, func(k privacy.Consent) bool { return k.Purpose == purpose.ID }); at >= 0 {
		answer = words.MyConsentStands(string(h.consents[at].Answer), h.consents[at].At)
	}
	add(words.MyDataYourAnswer, answer)
}

func (h held) picture(b sellers.Belonging) mydata.Picture {
	name := words.PaperKindName(string(b.Evidence.PaperKind))
	if b.What == string(sellers.EvidenceDocument) {
		name = words.PictureOfDocument(string(b.Evidence.DocumentKind), string(b.Evidence.Side))
	}
	return mydata.Picture{
		Src: paths.MyDataItem(b.ID), Alt: words.PictureOf(name), Name: name,
		Note: words.MyDataSince + " " + words.Date(b.CreatedAt) + ". " + words.MyDataUntil + ": " + keptWords(b.KeepUntil, h.open[b.ApplicationID], b.Purpose),
	}
}

func (h held) film(capture string, frames []sellers.Belonging) mydata.Film {
	last := 0
	for _, f := range frames {
		last = max(last, f.Evidence.OffsetMS)
	}
	first := frames[0]
	return mydata.Film{
		ID: "film-" + string(first.Purpose) + "-" + capture, Src: paths.MyDataFilm(capture), Sheet: paths.MyDataSheet(capture), Alt: words.FilmAlt(first.CreatedAt), Frames: len(frames),
		Note: fmt.Sprintf("%s. %s %s. %s: %s", words.FilmOf(len(frames), last), words.MyDataSince, words.Date(first.CreatedAt),
			words.MyDataUntil, keptWords(first.KeepUntil, h.open[first.ApplicationID], first.Purpose)),
	}
}

func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
