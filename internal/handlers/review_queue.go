package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/views/paths"
	"truepenny/views/review"
)

// queue is the list of cases as its address narrows it.
func (s *Server) queue(c echo.Context) error {
	q := queueQuery(c)
	rows, total, err := s.Sellers.Queue(c.Request().Context(), visitorOf(c).actor(), queueFilter(q))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, review.Queue(s.presentQueue(c, q, rows, int(total))))
}

// claimPicked takes the picked cases.
func (s *Server) claimPicked(c echo.Context) error {
	return s.eachPicked(c, "claimed", func(ctx context.Context, actor audit.Actor, id string) error {
		_, err := s.Sellers.Claim(ctx, actor, id)
		return err
	})
}

// releasePicked gives them back.
func (s *Server) releasePicked(c echo.Context) error {
	return s.eachPicked(c, "released", s.Sellers.Release)
}

// mostPicked is a page of the list: nobody picks more.
const mostPicked = 200

// eachPicked does one thing to every picked case. Those that cannot be, because
// somebody was faster, are counted and said.
func (s *Server) eachPicked(c echo.Context, what string, do func(context.Context, audit.Actor, string) error) error {
	form, err := c.FormParams()
	if err != nil {
		return errs.Wrap(errs.Invalid, "form.unreadable", err)
	}
	picked := form["case"]
	if len(picked) > mostPicked {
		return errs.New(errs.TooLarge, "queue.picked")
	}
	actor, done, not := visitorOf(c).actor(), 0, 0
	for _, id := range picked {
		switch err := do(c.Request().Context(), actor, id); {
		case err == nil:
			done++
		case errs.CodeOf(err) == errs.Internal:
			return err
		default:
			not++
		}
	}
	return seeOther(c, paths.QueueBulk(queueQuery(c), what, done, not))
}
