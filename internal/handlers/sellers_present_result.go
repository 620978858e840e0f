package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// fillResult shows the latest decision with the words that a person wrote.
func (s *Server) fillResult(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	if app.State != sellers.Asked && app.State != sellers.Approved && app.State != sellers.Refused {
		return nil
	}
	r, found, err := s.Sellers.Result(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil || !found {
		return err
	}
	out := &viewsellers.Result{Words: r.Words}
	switch app.State {
	case sellers.Approved:
		out.Tone, out.Title = kit.ToneGood, words.ResultApproved
	case sellers.Asked:
		out.Tone, out.Title = kit.ToneInfo, words.ResultAsked
		for _, item := range r.Items {
			out.After = append(out.After, words.AskedItem(string(item)))
		}
	case sellers.Refused:
		out.Tone, out.Title, out.Reason = kit.ToneBad, words.ResultRefused, words.RefusalReason(r.ReasonCode)
		s.fillAfterRefusal(out, app, r)
	}
	st.Result = out
	return nil
}

// fillAfterRefusal names the appeal and the day from which to apply again.
func (s *Server) fillAfterRefusal(out *viewsellers.Result, app sellers.Application, r sellers.Result) {
	now := s.clock.Now()
	if now.Before(r.AppealUntil) {
		out.After = append(out.After, words.AppealHint(r.AppealUntil))
		out.Appeal = paths.ApplicationAppeal(app.ID)
	}
	if now.Before(r.ReapplyAt) {
		out.After = append(out.After, words.ReapplyHint(r.ReapplyAt))
		return
	}
	out.After = append(out.After, words.ReapplyNow)
	out.Reapply = paths.ApplicationSuccessor(app.ID)
}

func (s *Server) presentCancel(c echo.Context, app sellers.Application) viewsellers.CancelProps {
	return viewsellers.CancelProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.CancelTitle)},
		Post: paths.ApplicationCancellation(app.ID), Back: paths.ApplicationPage(app.ID)}
}

func (s *Server) presentAppeal(c echo.Context, app sellers.Application, r sellers.Result, wrong error) viewsellers.AppealProps {
	p := viewsellers.AppealProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.AppealTitle)},
		Post: paths.ApplicationAppeal(app.ID), Back: paths.ApplicationPage(app.ID), Reason: words.RefusalReason(r.ReasonCode),
		Until: words.Moment(r.AppealUntil), Value: c.FormValue("words")}
	if reason := errs.FieldsOf(wrong)["words"]; reason != "" {
		p.Error = words.Reason(reason)
		p.Errors = []kit.FieldError{{Target: "words", Text: p.Error}}
	}
	return p
}
