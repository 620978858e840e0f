package handlers

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/errs"
	measured "truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/internal/staff"
	"truepenny/views/kit"
	"truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentLimits(c echo.Context, all []laboratory.Activation, problem error) (lab.LimitsProps, error) {
	ctx := c.Request().Context()
	p := lab.LimitsProps{
		Frame: s.labFrame(c, words.LabTabLimits),
		Pager: kit.PagerProps{From: min(1, len(all)), To: len(all), Total: len(all), Noun: words.LimitsNoun, Nouns: words.LimitsNouns, CSV: paths.LabThresholdsCSV()},
	}
	limits := s.Lab.Thresholds(ctx)
	_, confirmed, err := s.Lab.InForce(ctx)
	if err != nil {
		return p, err
	}
	network, version := s.Lab.Network()
	p.InForce = append(limitRows(limits), kit.SummaryRow{Key: words.LimitsNetwork, Value: strings.TrimSpace(network + " " + version)})
	switch {
	case !limits.Report.Given():
		p.Bare = true
	case !confirmed:
		p.BuiltIn = limits.Report.Name + "."
	}
	for _, a := range all {
		run, err := s.Lab.Run(ctx, visitorOf(c).actor(), a.RunID)
		if err != nil {
			return p, err
		}
		shown := s.presentActivation(c, a, run, problem)
		if a.Standing == laboratory.Proposed {
			p.Proposal = &shown
		}
		if a.Standing == laboratory.Active && confirmed {
			p.InForce = append(p.InForce, kit.SummaryRow{Key: words.LimitsSince, Value: words.Moment(a.SettledAt), Note: s.names(c)(a.ProposedBy) + ", " + s.names(c)(a.SettledBy)})
		}
		p.History = append(p.History, s.historyRow(c, a, shown))
	}
	return p, nil
}

// limitRows say two thresholds with what was counted at them.
func limitRows(t face.Thresholds) []kit.SummaryRow {
	rows := []kit.SummaryRow{{Key: words.LimitsAccept, Value: words.Distance(t.Accept)}, {Key: words.LimitsReview, Value: words.Distance(t.Review)}}
	r := t.Report
	if !r.Given() {
		return rows
	}
	rows = append(rows, kit.SummaryRow{Key: words.LimitsReport, Value: r.Name})
	if r.Counted() {
		rows = append(rows, tallyRow(words.LimitsErrors, r.FalseMatches), tallyRow(words.LimitsMisses, r.FalseNonMatches))
	}
	worst := kit.SummaryRow{Key: words.LimitsWorst, Value: words.ReportGroupTooFew}
	if r.WorstGroup.Name != "" {
		worst = tallyRow(words.LimitsWorst, r.WorstGroup.FalseMatches)
		worst.Value = r.WorstGroup.Name + ", " + worst.Value
	}
	return append(rows, worst)
}

func tallyRow(key string, t face.Tally) kit.SummaryRow {
	low, high := t.Interval()
	row := kit.SummaryRow{Key: key, Value: words.Percent(t.Rate()), Note: words.RateNote(t.Errors, t.Pairs, low, high)}
	if t.Set != "" {
		row.Note += "; " + t.Set
	}
	return row
}

func limitBadge(st laboratory.Standing) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.LimitsStandingName(string(st)), Icon: kit.GlyphCircle}
	switch st {
	case laboratory.Proposed:
		b.Icon, b.Tone = kit.GlyphHalf, kit.ToneWarn
	case laboratory.Active:
		b.Icon, b.Tone = kit.GlyphCheck, kit.ToneGood
	case laboratory.Returned:
		b.Icon = kit.GlyphCross
	}
	return b
}

// presentActivation shows a threshold with what the visitor may do about it.
func (s *Server) presentActivation(c echo.Context, a laboratory.Activation, run laboratory.Run, problem error) lab.Activation {
	v, name := visitorOf(c), s.names(c)
	out := lab.Activation{
		ID: a.ID, Title: words.LabReportTitle(run.Number) + ", " + run.SetName, Href: paths.LabRun(run.ID), Standing: limitBadge(a.Standing),
		Facts: append(limitRows(a.Thresholds), kit.SummaryRow{Key: words.LimitsProposedBy, Value: name(a.ProposedBy), Note: words.Moment(a.ProposedAt)}, kit.SummaryRow{Key: words.LimitsWhy, Value: a.Words}),
		Worse: worseLines(a.Worse), Blocked: a.Standing == laboratory.Proposed && a.Blocked(),
		Errors: kit.Errors(fieldSentences(problem)),
	}
	out.Facts = append(out.Facts, unclaimed(run)...)
	if a.SettledBy != "" {
		out.Facts = append(out.Facts, kit.SummaryRow{Key: words.LimitsConfirmedBy, Value: name(a.SettledBy), Note: strings.TrimPrefix(a.Answer+". "+words.Moment(a.SettledAt), ". ")})
	}
	out.Exception = exceptionRows(a, name)
	if a.Standing == laboratory.Proposed {
		actOn(&out, a, v)
	}
	return out
}

// unclaimed says which bars the report behind a threshold has too few
// comparisons for: who confirms it should know.
func unclaimed(run laboratory.Run) []kit.SummaryRow {
	var r measured.FaceReport
	if run.Kind != laboratory.Face || json.Unmarshal(run.Report, &r) != nil {
		return nil
	}
	var out []kit.SummaryRow
	for _, claim := range r.Claims {
		if claim.Have < claim.Needed {
			out = append(out, kit.SummaryRow{Key: words.LimitsUnclaimed, Value: words.LimitsUnclaimedLine(claim.Name, claim.Rate, claim.Have, claim.Needed)})
		}
	}
	return out
}

// actOn fills in what the visitor may do with a proposal.
func actOn(out *lab.Activation, a laboratory.Activation, v visitor) {
	me := v.member.ID
	if labRunners.lets(v) {
		out.Return, out.Own = paths.LabReturn(a.ID), a.ProposedBy == me
		if !out.Own && !a.Blocked() {
			out.Confirm = paths.LabConfirmation(a.ID)
		}
	}
	if !a.Blocked() {
		return
	}
	switch {
	case a.LeadAt.IsZero() && v.member.Has(staff.Lead):
		out.SignLead = paths.LabSignature(a.ID)
	case a.LeadAt.IsZero():
		out.Waits = words.LimitsSignLeadWait
	case v.member.Has(staff.Privacy) && a.LeadBy != me:
		out.SignPriv = paths.LabSignature(a.ID)
	default:
		out.Waits = words.LimitsSignWaits
	}
}

func worseLines(list []laboratory.WorseGroup) []string {
	var out []string
	for _, w := range list {
		out = append(out, words.WorseLine(groupName(w.Name, w.Value), w.Rate, w.Ratio, w.Errors, w.Pairs))
	}
	return out
}

// exceptionRows show the signed reason. In public the signers stand by their
// role; name then tells nothing.
func exceptionRows(a laboratory.Activation, name func(string) string) []kit.SummaryRow {
	if a.LeadAt.IsZero() {
		return nil
	}
	rows := []kit.SummaryRow{{Key: words.LimitsException, Value: a.Exception}, {Key: words.LimitsSignedLead, Value: signed(name(a.LeadBy), a.LeadAt)}}
	if !a.PrivacyAt.IsZero() {
		rows = append(rows, kit.SummaryRow{Key: words.LimitsSignedPriv, Value: signed(name(a.PrivacyBy), a.PrivacyAt)})
	}
	return rows
}

func signed(name string, at time.Time) string {
	return strings.TrimPrefix(name+", "+words.Moment(at), ", ")
}

// historyRow is a threshold as a line of the table.
func (s *Server) historyRow(c echo.Context, a laboratory.Activation, shown lab.Activation) lab.Activation {
	name := s.names(c)
	row := lab.Activation{Title: shown.Title, Href: shown.Href, Standing: shown.Standing, Facts: []kit.SummaryRow{
		{Value: words.Distance(a.Thresholds.Accept)}, {Value: words.Distance(a.Thresholds.Review)},
		{Value: name(a.ProposedBy), Note: words.Date(a.ProposedAt)}, {Value: name(a.SettledBy)},
	}}
	if !a.SettledAt.IsZero() {
		row.Facts[3].Note = words.Date(a.SettledAt)
	}
	return row
}

// presentProposal offers to propose the thresholds of a report, or says why it
// cannot back any.
func (s *Server) presentProposal(c echo.Context, run laboratory.Run, problem error, p *lab.RunProps) error {
	if run.Kind != laboratory.Face || !labRunners.lets(visitorOf(c)) {
		return nil
	}
	limits, worse, err := s.Lab.Backs(run)
	if errs.CodeOf(err) == errs.Conflict && err != nil {
		p.Cannot = words.Reason(errs.ReasonOf(err))
		return nil
	}
	if err != nil {
		return err
	}
	for _, a := range p.Used {
		if a.Standing.Text == words.LimitsStandingName(string(laboratory.Proposed)) || a.Standing.Text == words.LimitsStandingName(string(laboratory.Active)) {
			return nil // it stands already
		}
	}
	p.Proposal = &lab.ProposalForm{Action: paths.LabRunProposal(run.ID), Limits: limitRows(limits)[:2], Worse: worseLines(worse), Words: c.FormValue("words"), Errors: kit.Errors(fieldSentences(problem))}
	return nil
}
