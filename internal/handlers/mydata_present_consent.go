package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentMyConsent shows how the person stands to a purpose; what is asked before
// the camera is answered there, and can be taken back here.
func (s *Server) presentMyConsent(c echo.Context, purpose privacy.Purpose) (mydata.ConsentProps, error) {
	id := string(purpose.ID)
	p := mydata.ConsentProps{Frame: s.room(c, words.PurposeName(id), ""), Name: words.PurposeName(id), Post: paths.MyDataConsent(id), Stands: words.MyConsentNever}
	notice, found := privacy.CurrentNotice(purpose.ID, p.Lang)
	if !found {
		return p, errs.New(errs.NotFound, "page.missing")
	}
	p.Paragraphs, p.Version = paragraphs(notice.Text), notice.Version
	p.Hidden = []kit.Hidden{{Name: "notice", Value: notice.Version}}
	if purpose.ID != privacy.PurposeDispute {
		p.Elsewhere = paths.Application()
	}
	history, err := s.Consents.History(c.Request().Context(), visitorOf(c).account.ID)
	if err != nil {
		return p, err
	}
	for _, answer := range history {
		if answer.Purpose != purpose.ID {
			continue
		}
		if len(p.Events) == 0 {
			p.Given, p.Stands = answer.Given(), words.MyConsentStands(string(answer.Answer), answer.At)
		}
		p.Events = append(p.Events, kit.Event{At: answer.At, Text: words.MyConsentWord(string(answer.Answer)), Note: answer.NoticeVersion})
	}
	return p, nil
}

func isOpen(app sellers.Application) bool { return app.State.Open() }
