package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"truepenny/views/consents"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// consentRoutes are a person's own answers, and the record of each.
func (s *Server) consentRoutes() []route {
	const id = ":id"
	get := http.MethodGet
	return []route{
		{method: get, path: paths.Consents(), name: "consents", who: seller, do: s.showConsents},
		{method: get, path: paths.ConsentsCSV(), name: "consents.csv", who: seller, do: s.exportConsents},
		{method: get, path: paths.ConsentsJSON(), name: "consents.json", who: seller, do: s.sendConsents},
		{method: get, path: paths.ConsentRecord(id), name: "consents.record", who: seller, do: s.showConsentRecord},
		{method: get, path: paths.ConsentFile(id), name: "consents.record.file", who: seller, do: s.sendConsentRecord},
	}
}

func (s *Server) showConsents(c echo.Context) error {
	page, err := s.presentConsents(c)
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, consents.List(page))
}

// showConsentRecord is the sheet to keep: printed, it is the written release.
func (s *Server) showConsentRecord(c echo.Context) error {
	record, err := s.Consents.Record(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, consents.Record(s.presentConsentRecord(c, record)))
}

// sendConsentRecord is the record that proves itself.
func (s *Server) sendConsentRecord(c echo.Context) error {
	record, err := s.Consents.Record(c.Request().Context(), visitorOf(c).actor(), c.Param("id"))
	if err != nil {
		return err
	}
	body, err := record.File()
	if err != nil {
		return err
	}
	return sendFile(c, "consent-"+record.Consent.ID+".json", body)
}

func (s *Server) exportConsents(c echo.Context) error {
	all, err := s.Consents.History(c.Request().Context(), visitorOf(c).account.ID)
	if err != nil {
		return err
	}
	out, err := startCSV(c, "consents.csv", words.ConsentsHeader()...)
	if err != nil {
		return err
	}
	for _, one := range all {
		if err := out.Row(one.ID, one.At, string(one.Purpose), string(one.Modality), string(one.Answer), one.NoticeVersion, one.Language, one.TextHash); err != nil {
			return s.endCSV(c, out, err)
		}
	}
	return s.endCSV(c, out, nil)
}

// sendConsents is every answer with the text that was shown.
func (s *Server) sendConsents(c echo.Context) error {
	all, err := s.Consents.Source().Export(c.Request().Context(), visitorOf(c).account.ID)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="consents.json"`)
	return c.JSONPretty(http.StatusOK, all, "  ")
}

// sendFile hands out a JSON file under a name.
func sendFile(c echo.Context, name string, body []byte) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, body)
}
