package handlers

import (
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit/verify"
	"truepenny/internal/openlog"
	"truepenny/views/auditlog"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// logHistory is how many published checkpoints the public page lists.
const logHistory = 30

// presentLog shows names and keys of witnesses, never their addresses.
func (s *Server) presentLog(c echo.Context) (auditlog.PublicProps, error) {
	ctx, key := c.Request().Context(), s.Audit.VerifierKey()
	p := auditlog.PublicProps{
		PublicProps: s.public(c, words.PublicLogTitle), Verify: words.LogVerifyCommand(key), Watch: words.LogWitnessCommands(key, s.BaseURL),
	}
	p.Wide = true
	signed, err := s.Audit.Checkpoint(ctx)
	if err != nil {
		return p, err
	}
	if signed != "" {
		head, err := verify.OpenCheckpoint(signed, key)
		if err != nil {
			return p, err
		}
		p.Checkpoint = signed
		p.Facts = []kit.SummaryRow{
			{Key: words.LogEntries, Value: words.Number(int(head.Size))}, {Key: words.LogRoot, Value: head.Root.String()},
			{Key: words.LogKey, Value: key, Note: words.LogKeyNote},
		}
	}
	last, checked, err := s.OpenLog.Verdict(ctx)
	if err != nil {
		return p, err
	}
	if checked {
		p.Facts = append(p.Facts, kit.SummaryRow{Key: words.LogChecked, Value: words.LogLastCheck(last.State == openlog.Holds, last.EndedAt)})
	}
	if last.State == openlog.Broken {
		p.Broken = words.LogBrokenText(last.EndedAt, string(last.Fault), last.Bad)
	}
	witnesses, err := s.OpenLog.Witnesses(ctx)
	if err != nil {
		return p, err
	}
	for _, w := range witnesses {
		if w.Verifier != "" {
			p.Witnesses = append(p.Witnesses, s.publicWitness(w))
		}
	}
	history, err := s.OpenLog.History(ctx, 0, logHistory)
	for _, h := range history {
		p.History = append(p.History, publishedRow(h))
	}
	return p, err
}

func (s *Server) publicWitness(w openlog.Witness) auditlog.Watcher {
	out := auditlog.Watcher{Name: w.Name, Key: w.Verifier, Seen: words.LogNotYet}
	if w.Last.Size > 0 {
		out.Seen, out.At, out.Size = s.ago(w.Last.SignedAt), w.Last.SignedAt, words.Number(int(w.Last.Size))
		out.Href = paths.LogPublished(w.Last.Size)
	}
	if !w.EndedAt.IsZero() {
		out.Ended = words.LogEnded(w.EndedAt)
	}
	return out
}

func (s *Server) ago(t time.Time) string { return words.Age(s.clock.Now().Sub(t)) }

func publishedRow(p openlog.Published) auditlog.PublishedRow {
	row := auditlog.PublishedRow{Size: words.Number(int(p.Size)), Href: paths.LogPublished(p.Size), At: p.At, Why: words.LogWhyPublished(string(p.Why))}
	for _, c := range p.Cosignatures {
		row.By = append(row.By, c.Name)
	}
	return row
}
