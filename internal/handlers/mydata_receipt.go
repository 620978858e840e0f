package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/views/mydata"
)

// showReceipt shows what was deleted to whoever has the address, which nobody can
// guess: its person may have no account any more, and nothing in it says who they
// are.
func (s *Server) showReceipt(c echo.Context) error {
	r, err := s.Erasures.Receipt(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, mydata.Receipt(s.presentReceipt(c, r)))
}

// sendReceipt hands out the signed file, for `truepenny verify receipt`.
func (s *Server) sendReceipt(c echo.Context) error {
	r, err := s.Erasures.Receipt(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="truepenny-receipt-`+r.At.Format("2006-01-02")+`.txt"`)
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", r.File())
}
