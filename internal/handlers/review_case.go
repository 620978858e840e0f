package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/internal/errs"
	"truepenny/internal/sellers"
	"truepenny/views/paths"
	"truepenny/views/review"
)

// showCase shows one case and claims it for the visitor when it is free and
// theirs to decide.
func (s *Server) showCase(c echo.Context) error {
	file, err := s.openCase(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, review.Case(s.presentCase(c, file, desk{})))
}

// caseFile is a case with its place in the list that it was opened from.
type caseFile struct {
	sellers.Case
	list     paths.QueueQuery
	position int // from 1; 0 when the list does not hold it any more
	total    int
	next     string // id of the case after it, "" at the end
}

// openCase reads a case for a page. A case that waits and that nobody holds is
// the visitor's from now on.
func (s *Server) openCase(c echo.Context) (caseFile, error) {
	ctx, actor, id := c.Request().Context(), visitorOf(c).actor(), c.Param("id")
	found, err := s.Sellers.Case(ctx, actor, id)
	if err != nil {
		return caseFile{}, err
	}
	free := found.Holder == "" && found.Connection == "" && claimable(found.Application.State)
	if free && !tookPart(caseFile{Case: found}, actor.ID) {
		switch app, err := s.Sellers.Claim(ctx, actor, id); {
		case err == nil:
			found.Application, found.Holder = app, actor.ID
		case errs.CodeOf(err) != errs.Conflict && errs.CodeOf(err) != errs.Forbidden:
			return caseFile{}, err
		}
	}
	return s.placeInList(c, caseFile{Case: found, list: queueQuery(c)})
}

// placeInList finds the case in the list that it was opened from, and the one
// after it.
func (s *Server) placeInList(c echo.Context, f caseFile) (caseFile, error) {
	ctx, actor, filter := c.Request().Context(), visitorOf(c).actor(), queueFilter(f.list)
	rows, total, err := s.Sellers.Queue(ctx, actor, filter)
	if err != nil {
		return f, err
	}
	f.total = int(total)
	for i, r := range rows {
		if r.ID == f.Application.ID {
			f.position = (filter.Page-1)*sellers.PageSize + i + 1
			rows = rows[i+1:]
			break
		}
	}
	if len(rows) == 0 && f.position < f.total {
		filter.Page++
		if rows, _, err = s.Sellers.Queue(ctx, actor, filter); err != nil {
			return f, err
		}
		f.list.Page = filter.Page
	}
	if len(rows) > 0 {
		f.next = rows[0].ID
	}
	return f, nil
}

// claimCase takes one case from the list.
func (s *Server) claimCase(c echo.Context) error {
	if _, err := s.Sellers.Claim(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.Case(c.Param("id"), queueQuery(c)))
}

// releaseCase gives it back.
func (s *Server) releaseCase(c echo.Context) error {
	if err := s.Sellers.Release(c.Request().Context(), visitorOf(c).actor(), c.Param("id")); err != nil {
		return err
	}
	return seeOther(c, paths.Queue(queueQuery(c)))
}
