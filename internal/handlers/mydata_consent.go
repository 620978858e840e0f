package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/views/mydata"
	"truepenny/views/paths"
)

// consentPurpose is the purpose in the address: one that is offered and needs an
// answer.
func consentPurpose(c echo.Context) (privacy.Purpose, error) {
	id, _ := privacy.PurposeNamed(c.Param("id"))
	p, found := privacy.PurposeOf(id)
	if !found || !p.Offered || !p.Consent {
		return p, errs.New(errs.NotFound, "page.missing")
	}
	return p, nil
}

// showMyConsent shows the notice of a purpose, word for word, and how things stand.
func (s *Server) showMyConsent(c echo.Context) error {
	purpose, err := consentPurpose(c)
	if err != nil {
		return err
	}
	page, err := s.presentMyConsent(c, purpose)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Consent(page))
}

// answerMyConsent keeps an answer, or takes one back. Taking one back deletes what
// was collected under it, and leads to the receipt.
func (s *Server) answerMyConsent(c echo.Context) error {
	purpose, err := consentPurpose(c)
	if err != nil {
		return err
	}
	if c.FormValue("answer") == "withdrawn" {
		receipt, err := s.withdraw(c, purpose)
		if err != nil {
			return err
		}
		return s.afterErasure(c, receipt)
	}
	given := c.FormValue("answer") == "given"
	if purpose.ID != privacy.PurposeDispute || !given && c.FormValue("answer") != "declined" {
		return errs.New(errs.Invalid, "form.unreadable") // the others are asked before the camera
	}
	if err := s.Sellers.AnswerDispute(c.Request().Context(), visitorOf(c).actor(), c.FormValue("notice"), given); err != nil {
		return err
	}
	return seeOther(c, paths.With(paths.MyDataConsent(string(purpose.ID)), "said", "answered"))
}

// withdraw takes a consent back through the feature that collected under it, and
// returns the receipt of what went with it.
func (s *Server) withdraw(c echo.Context, purpose privacy.Purpose) (receipt string, err error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	if purpose.ID == privacy.PurposeDispute {
		return s.Sellers.WithdrawDispute(ctx, actor)
	}
	mine, err := s.Sellers.Mine(ctx, actor)
	if err != nil {
		return "", err
	}
	if len(mine) == 0 {
		return "", errs.New(errs.Conflict, "consent.none")
	}
	done, err := s.Sellers.WithdrawConsent(ctx, actor, current(mine).ID)
	return done.Receipt, err
}
