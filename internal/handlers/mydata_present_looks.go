package handlers

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentLooks shows lines of the log to the person they are about: roles, never
// names or ids of people who work here.
func (s *Server) presentLooks(c echo.Context, show privacy.Show, rows []audit.Row, before, next int64) mydata.LooksProps {
	p := mydata.LooksProps{
		Frame: s.room(c, words.LooksTitle, paths.MyDataLooks("", 0)), CSV: paths.MyDataLooksCSV(string(show)), Verifier: words.ProofCommand(s.Audit.VerifierKey()),
	}
	for _, t := range []struct {
		show  privacy.Show
		label string
	}{{privacy.ShowOthers, words.LooksOthers}, {privacy.ShowLooks, words.LooksAllOfThem}, {privacy.ShowLog, words.LooksWholeLog}} {
		p.Filter = append(p.Filter, kit.Tab{Label: t.label, Href: paths.MyDataLooks(string(t.show), 0), Current: t.show == show})
	}
	if before > 0 {
		p.Newest = paths.MyDataLooks(string(show), 0)
	}
	if next > 0 {
		p.Older = paths.MyDataLooks(string(show), next)
	}
	for _, r := range rows {
		l := lookLine(r)
		p.Looks = append(p.Looks, mydata.Look{
			At: r.At, Who: words.LookBy(l), What: words.LookAt(l), Why: words.LookFor(l), Refused: r.Action == "vault.refused",
			Proof: paths.MyDataProof(r.Index), Number: words.AuditEntryNumber(r.Index),
		})
	}
	return p
}

func lookLine(r audit.Row) words.LookLine {
	l := words.LookLine{
		Action: r.Action, By: string(r.Actor.Kind), Role: r.Actor.Role, Purpose: r.Purpose, Reason: r.Reason,
		Table: r.Details["table"], Column: r.Details["column"], Count: r.Details["count"], Details: r.Details,
	}
	if r.Actor.Kind == audit.KindSystem {
		l.Actor = r.Actor.ID
	}
	return l
}

// refusedCode is a column of the file: "yes" for an attempt that was refused.
func refusedCode(r audit.Row) string { return strconv.FormatBool(r.Action == "vault.refused") }
