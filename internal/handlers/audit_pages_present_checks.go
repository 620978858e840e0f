package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/openlog"
	"truepenny/views/auditlog"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// lastCheck is the line above the log; "" before the first check.
func (s *Server) lastCheck(c echo.Context) (auditlog.LastCheck, error) {
	out := auditlog.LastCheck{Start: paths.AuditChecks(), All: paths.AuditChecks(), Witnesses: paths.Witnesses()}
	checks, err := s.OpenLog.Checks(c.Request().Context(), 1)
	if err != nil || len(checks) == 0 {
		return out, err
	}
	out.Badge, out.When, out.Href = checkBadge(checks[0]), words.Moment(checks[0].AskedAt), paths.AuditCheck(checks[0].ID)
	return out, nil
}

func checkBadge(c openlog.CheckRun) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.CheckResult(string(c.State), string(c.Fault), c.Bad, c.Entries), Icon: kit.GlyphCheck, Tone: kit.ToneGood}
	switch c.State {
	case openlog.Waiting:
		b.Icon, b.Tone = kit.GlyphTurn, kit.ToneInfo
	case openlog.Broken, openlog.Failed:
		b.Icon, b.Tone = kit.GlyphCross, kit.ToneBad
	}
	return b
}

func (s *Server) presentChecks(c echo.Context, checks []openlog.CheckRun) auditlog.ChecksProps {
	p := auditlog.ChecksProps{Frame: s.console(c, words.ChecksTitle), Command: auditCommand(s.Audit.VerifierKey())}
	name := s.names(c)
	for _, check := range checks {
		p.Rows = append(p.Rows, auditlog.CheckRow{Href: paths.AuditCheck(check.ID), At: words.Moment(check.AskedAt), By: checkAsker(check, name), Result: checkBadge(check)})
	}
	return p
}

func checkAsker(c openlog.CheckRun, name func(string) string) string {
	if c.AskedBy == "" {
		return words.ChecksDaily
	}
	return name(c.AskedBy)
}

func (s *Server) presentLogCheck(c echo.Context, check openlog.CheckRun) auditlog.CheckProps {
	p := auditlog.CheckProps{
		Frame: s.console(c, words.ChecksTitle), Result: checkBadge(check), Command: auditCommand(s.Audit.VerifierKey()),
		Facts: []kit.SummaryRow{
			{Key: words.ChecksWhen, Value: words.Moment(check.AskedAt)},
			{Key: words.ChecksBy, Value: checkAsker(check, s.names(c))},
		},
	}
	if check.State == openlog.Waiting {
		working := checkWorking(check)
		p.Working = &working
		return p
	}
	p.Facts = append(p.Facts, kit.SummaryRow{Key: words.LogEntries, Value: words.Number(int(check.Entries))})
	if check.Root != "" {
		p.Facts = append(p.Facts, kit.SummaryRow{Key: words.LogRoot, Value: check.Root})
	}
	if check.State == openlog.Broken && check.Bad >= 0 {
		p.Bad = paths.AuditEntry(check.Bad)
	}
	return p
}

func checkWorking(c openlog.CheckRun) auditlog.Working {
	return auditlog.Working{Poll: paths.AuditCheckProgress(c.ID), Reload: paths.AuditCheck(c.ID), Done: int(c.Done), Total: int(c.Total),
		Reached: words.ChecksReached(c.Done, c.Total)}
}

func auditCommand(key string) string { return words.AuditCommand + " -key '" + key + "'" }

func (s *Server) presentWitnesses(c echo.Context, list []openlog.Witness) auditlog.WitnessesProps {
	p := auditlog.WitnessesProps{Frame: s.console(c, words.WitnessesTitle), Messages: messages(words.WitnessDone(c.QueryParam("done")))}
	p.May = logKeepers.lets(visitorOf(c))
	for _, w := range list {
		row := auditlog.WitnessRow{Name: w.Name, Key: w.Verifier, Email: w.Email, Since: words.Date(w.AddedAt), Seen: words.LogNotYet,
			State: kit.BadgeProps{Text: words.WitnessActive, Icon: kit.GlyphEye, Tone: kit.ToneGood}}
		if w.Verifier == "" {
			row.Seen = words.WitnessMailed
		}
		if w.Last.Size > 0 {
			row.Seen = s.ago(w.Last.SignedAt) + " · " + words.Count(int(w.Last.Size), words.AuditNoun, words.AuditNouns)
		}
		if !w.EndedAt.IsZero() {
			row.State = kit.BadgeProps{Text: words.WitnessOver}
		} else if p.May {
			row.End = paths.WitnessEnd(w.ID)
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (s *Server) presentWitnessForm(c echo.Context, n openlog.NewWitness, problem error) auditlog.NewWitnessProps {
	return auditlog.NewWitnessProps{Frame: s.console(c, words.WitnessAdd), Name: n.Name, Verifier: n.Verifier, Email: n.Email, Errors: fieldErrors(problem)}
}
