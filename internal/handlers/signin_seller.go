package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/accounts"
	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/sessions"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/signin"
	"truepenny/views/words"
)

// Attempts within doorPeriod.
const (
	linksPerNetwork    = 100
	linksPerPerson     = 5
	passkeysPerNetwork = 300
)

// sellerDoor lets a seller who is signed in pass on, unless they come to sign in
// again, by a passkey.
func (s *Server) sellerDoor(c echo.Context) error {
	if visitorOf(c).isSeller() && c.QueryParam("again") == "" {
		return seeOther(c, localPath(c.QueryParam("next"), paths.Application()))
	}
	return s.renderSellerDoor(c, http.StatusOK, c.QueryParam("next"), nil)
}

func (s *Server) renderSellerDoor(c echo.Context, status int, next string, problem error) error {
	return render(c, status, signin.Seller(signin.SellerProps{
		Page: s.doorPage(c, words.SignInTitle), Email: c.FormValue("email"), Next: next,
		Errors: kit.Errors(fieldSentences(problem)), Finish: paths.With(paths.SignInPasskey(), "next", next),
	}))
}

// askLink mails a link. Whether the address is known makes no difference to the
// answer.
func (s *Server) askLink(c echo.Context) error {
	email, next := c.FormValue("email"), localPath(c.FormValue("next"), "")
	if err := s.limitDoor(c, "link", linksPerNetwork); err != nil {
		return err
	}
	if err := s.limitPerson(c, "link", email, linksPerPerson); err != nil {
		return err
	}
	err := s.Accounts.RequestLink(c.Request().Context(), email, next)
	if errs.CodeOf(err) == errs.Invalid && err != nil {
		return s.renderSellerDoor(c, http.StatusUnprocessableEntity, next, err)
	}
	if err != nil {
		return err
	}
	return seeOther(c, paths.SignInSent())
}

func (s *Server) linkSent(c echo.Context) error {
	return render(c, http.StatusOK, signin.Sent(signin.SentProps{Page: s.page(c, words.SentTitle), Caught: s.Development}))
}

// showLink does not use the link up: mail scanners fetch it before people do.
func (s *Server) showLink(c echo.Context) error {
	link, err := s.Accounts.Peek(c.Request().Context(), c.Param("token"))
	if err != nil {
		return s.linkGone(c, err)
	}
	props := signin.LinkProps{
		Page: s.page(c, words.LinkTitle), Token: c.Param("token"), Lead: words.LinkLead(link.Email), Button: words.LinkButton,
	}
	if link.Purpose == accounts.Change {
		props.Page, props.Lead, props.Button = s.page(c, words.LinkChangeTitle), words.LinkChangeLead(link.Email), words.LinkChangeButton
	}
	return render(c, http.StatusOK, signin.Link(props))
}

// useLink signs in, or changes the address and signs nobody in.
func (s *Server) useLink(c echo.Context) error {
	account, link, err := s.Accounts.UseLink(c.Request().Context(), c.Param("token"))
	if err != nil {
		return s.linkGone(c, err)
	}
	if link.Purpose == accounts.Change {
		return render(c, http.StatusOK, signin.End(signin.EndProps{
			Page: s.page(c, words.LinkChangedTitle), Lead: words.LinkChangedLead, Label: words.LinkToAccount, Href: paths.Account(),
		}))
	}
	if err := s.begin(c, account.Holder(), sessions.ByMailLink); err != nil {
		return err
	}
	return seeOther(c, localPath(link.Next, paths.Application()))
}

// linkGone says that a link is dead and offers a new one.
func (s *Server) linkGone(c echo.Context, err error) error {
	if errs.CodeOf(err) != errs.Gone {
		return err
	}
	return render(c, http.StatusGone, signin.End(signin.EndProps{
		Page: s.page(c, words.LinkGoneTitle), Lead: words.LinkGoneLead, Label: words.LinkGoneAgain, Href: paths.SignIn(),
	}))
}

func (s *Server) beginSellerPasskey(c echo.Context) error {
	if err := s.limitDoor(c, "passkey", passkeysPerNetwork); err != nil {
		return err
	}
	options, err := s.Passkeys.BeginSignIn(c.Request().Context(), audit.KindSeller)
	return answerOptions(c, options, err)
}

func (s *Server) finishSellerPasskey(c echo.Context) error {
	answer, err := passkeyAnswer(c)
	if err != nil {
		return err
	}
	holder, err := s.Passkeys.FinishSignIn(c.Request().Context(), audit.KindSeller, answer, s.Accounts.Admit)
	if err != nil {
		return err
	}
	if err := s.begin(c, holder, sessions.ByPasskey); err != nil {
		return err
	}
	return goNext(c, localPath(c.QueryParam("next"), paths.Application()))
}
