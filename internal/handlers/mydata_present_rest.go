package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentRest is what is held without a purpose of its own: it takes it to let
// the person in and to write to them.
func (s *Server) presentRest(c echo.Context, h held) ([]kit.SummaryRow, error) {
	account := visitorOf(c).account
	mails, err := s.Outbox.OfPerson(c.Request().Context(), account.ID, account.Email)
	if err != nil {
		return nil, err
	}
	ways, err := s.ownAccess(c)
	if err != nil {
		return nil, err
	}
	lists := map[string][]string{}
	for _, m := range mails {
		lists["mails"] = append(lists["mails"], words.Moment(m.CreatedAt)+": "+m.Subject)
	}
	for _, k := range ways.keys {
		lists["passkeys"] = append(lists["passkeys"], presentPasskey(k, false).Name+", "+words.PasskeyMade(k.CreatedAt)+", "+words.PasskeyUsed(k.UsedAt))
	}
	for _, l := range ways.live {
		lists["sessions"] = append(lists["sessions"], words.SessionDeviceName(l.Browser, l.System)+", "+words.SessionSince(l.CreatedAt))
	}
	for _, k := range h.consents {
		lists["consents"] = append(lists["consents"], words.PurposeName(string(k.Purpose))+": "+words.MyConsentStands(string(k.Answer), k.At)+" "+k.NoticeVersion)
	}
	tests, err := s.Experiments.Of(c.Request().Context(), visitorOf(c).actor().ID)
	if err != nil {
		return nil, err
	}
	for _, p := range tests {
		lists["experiments"] = append(lists["experiments"], p.Experiment.Name+": "+words.TestArmName(p.Arm))
	}
	var rows []kit.SummaryRow
	for _, k := range h.holdings {
		if k.Purpose == "" && k.Count > 0 {
			rows = append(rows, restRow(k, account.Email, lists[k.What]))
		}
	}
	return rows, nil
}

// restRow is one kind of thing, with the list of them where that says something.
func restRow(k privacy.Holding, email string, list []string) kit.SummaryRow {
	row := kit.SummaryRow{Key: words.HoldingName(k.What), Value: words.HeldCount(k.Count)}
	if k.What == "account" {
		row.Value = email
	}
	if !k.Oldest.IsZero() {
		row.Note = words.MyDataSince + " " + words.Date(k.Oldest)
	}
	if !k.KeptUntil.IsZero() {
		row.Note += ". " + words.MyDataUntil + ": " + words.KeptUntilDay(k.KeptUntil)
	}
	if len(list) > 0 {
		row.Content = mydata.Several(row.Value, list)
	}
	switch k.What {
	case "account", "sessions", "passkeys":
		row.Change = paths.Account()
	case "experiments":
		row.Change = paths.Application() // the tests are told there, with the way out
	case "applications":
		row.Change = paths.MyDataFields()
	}
	return row
}
