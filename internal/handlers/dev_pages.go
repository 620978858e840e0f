package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/mail"
	"truepenny/views/dev"
	"truepenny/views/words"
)

// devRoutes exist in development only: outside it the pages are not there.
func (s *Server) devRoutes() []route {
	if !s.Development {
		return nil
	}
	return []route{
		{method: http.MethodGet, path: "/dev/mail", name: "dev.mail", who: anyone, do: s.caughtMail},
		{method: http.MethodGet, path: "/dev/mail/:id", name: "dev.mail.message", who: anyone, do: s.caughtMessage},
		{method: http.MethodGet, path: "/dev/kit", name: "dev.kit", who: anyone, do: s.kitPage},
	}
}

// mostCaught is how many mails the list goes back.
const mostCaught = 200

func (s *Server) caughtMail(c echo.Context) error {
	letters, err := s.Outbox.Caught(c.Request().Context(), mostCaught)
	if err != nil {
		return err
	}
	var list []dev.Mail
	for _, l := range letters {
		list = append(list, presentMail(l))
	}
	if fragment(c) {
		return render(c, http.StatusOK, dev.MailList(list))
	}
	return render(c, http.StatusOK, dev.Mails(s.page(c, words.CaughtTitle), list))
}

func (s *Server) caughtMessage(c echo.Context) error {
	letters, err := s.Outbox.Caught(c.Request().Context(), mostCaught)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if l.ID == c.Param("id") {
			return render(c, http.StatusOK, dev.Message(s.page(c, l.Subject), presentMail(l)))
		}
	}
	return errs.New(errs.NotFound, "not-found")
}

func presentMail(l mail.Letter) dev.Mail {
	return dev.Mail{ID: l.ID, To: l.To, Subject: l.Subject, Kind: l.Kind, Text: l.Text, At: l.CreatedAt}
}

func (s *Server) kitPage(c echo.Context) error {
	return render(c, http.StatusOK, dev.KitPage(s.page(c, words.KitTitle)))
}
