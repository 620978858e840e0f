package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sessions"
	"truepenny/internal/vault"
	"truepenny/views/mydata"
	"truepenny/views/paths"
)

// everything is what the form of a deletion calls all purposes together.
const everything = "everything"

// freshFor is how long a sign-in by passkey counts as fresh for a deletion.
const freshFor = 10 * time.Minute

// toDelete is what a page or form is about: one purpose, or "" for everything.
// asked is false where nothing was chosen yet.
func toDelete(value string) (purpose vault.Purpose, asked bool, err error) {
	switch value {
	case "":
		return "", false, nil
	case everything:
		return "", true, nil
	}
	for _, p := range ownPurposes() {
		if string(p.ID) == value {
			return p.ID, true, nil
		}
	}
	return "", false, errs.New(errs.NotFound, "page.missing")
}

// showMyDeletion says what can be deleted or, for one purpose or everything, what
// goes and what stays, before anything is done.
func (s *Server) showMyDeletion(c echo.Context) error {
	purpose, asked, err := toDelete(c.QueryParam("purpose"))
	if err != nil {
		return err
	}
	if !asked {
		page, err := s.presentDeletions(c)
		if err != nil {
			return err
		}
		return render(c, http.StatusOK, mydata.Deletions(page))
	}
	page, err := s.presentDeletion(c, purpose)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Deletion(page))
}

// deleteMyData deletes and leads to the receipt. Who deletes everything is signed
// out with it.
func (s *Server) deleteMyData(c echo.Context) error {
	purpose, asked, err := toDelete(c.FormValue("purpose"))
	if err != nil || !asked {
		return errs.Wrap(errs.NotFound, "page.missing", err)
	}
	stale, err := s.needsPasskey(c)
	if err != nil {
		return err
	}
	if stale {
		return errs.New(errs.Forbidden, "mydata.passkey")
	}
	receipt, err := s.erase(c, purpose)
	if err != nil {
		return err
	}
	if purpose == "" && receipt != "" {
		if err := s.Sessions.SignOut(c.Response(), c.Request()); err != nil {
			return err
		}
		return seeOther(c, paths.With(paths.Receipt(receipt), "closed", "1"))
	}
	return s.afterErasure(c, receipt)
}

// erase deletes what is held for a purpose. Where a consent stands it is taken
// back, which deletes and also stops what would collect anew.
func (s *Server) erase(c echo.Context, purpose vault.Purpose) (receipt string, err error) {
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	if p, _ := privacy.PurposeOf(purpose); purpose != "" && p.Consent {
		consent, _, err := s.Consents.Current(ctx, actor.ID, purpose)
		if err != nil {
			return "", err
		}
		if consent.Given() {
			return s.withdraw(c, p)
		}
	}
	done, err := s.Erasures.Erase(ctx, actor, actor.ID, purpose)
	return done.ReceiptID, err
}

// afterErasure leads to the receipt, or to the list while a legal hold keeps it
// from being done.
func (s *Server) afterErasure(c echo.Context, receipt string) error {
	if receipt == "" {
		return seeOther(c, paths.With(paths.MyDataDeletion(""), "said", "held"))
	}
	return seeOther(c, paths.Receipt(receipt))
}

// needsPasskey reports whether a deletion asks for a fresh sign-in first: from
// whoever has a passkey, because a session left open somewhere is not enough for
// what nobody can undo.
func (s *Server) needsPasskey(c echo.Context) (bool, error) {
	v := visitorOf(c)
	keys, err := s.Passkeys.List(c.Request().Context(), v.session.Holder)
	fresh := v.session.Method == sessions.ByPasskey && s.clock.Now().Sub(v.session.CreatedAt) < freshFor
	return len(keys) > 0 && !fresh, err
}
