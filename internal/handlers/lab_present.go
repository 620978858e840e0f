package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	"truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// labFrame is the frame of a page of the lab with its tabs.
func (s *Server) labFrame(c echo.Context, title string) lab.Frame {
	here := c.Request().URL.Path
	f := lab.Frame{Console: s.console(c, title), Messages: messages(words.LabDone(c.QueryParam("done")))}
	for _, t := range []kit.Tab{
		{Label: words.LabTabRuns, Href: paths.Lab(paths.LabQuery{})}, {Label: words.LabTabSets, Href: paths.LabSets()},
		{Label: words.LabTabDrill, Href: paths.LabDrill(0)}, {Label: words.LabTabLimits, Href: paths.LabThresholds()},
		{Label: words.LabTabDrift, Href: paths.LabDrift()},
	} {
		t.Current = here == t.Href
		f.Tabs = append(f.Tabs, t)
	}
	return f
}

func (s *Server) presentRuns(c echo.Context, q paths.LabQuery, runs []laboratory.Run) lab.RunsProps {
	p := lab.RunsProps{
		Frame: s.labFrame(c, words.LabTitle), MayRun: labRunners.lets(visitorOf(c)), Kind: q.Kind, State: q.State,
		Kinds: choices(words.LabAnyKind, labKinds, words.LabKindName), States: choices(words.LabAnyState, labRunStates, words.LabRunStateName),
		Rows:  runRows(runs),
		Pager: kit.PagerProps{From: min(1, len(runs)), To: len(runs), Total: len(runs), Noun: words.LabNoun, Nouns: words.LabNouns, CSV: paths.LabCSV(q)},
	}
	if q.Kind != "" {
		p.On = append(p.On, kit.FilterOn{Text: words.LabKindName(q.Kind), Remove: paths.Lab(paths.LabQuery{State: q.State})})
	}
	if q.State != "" {
		p.On = append(p.On, kit.FilterOn{Text: words.LabRunStateName(q.State), Remove: paths.Lab(paths.LabQuery{Kind: q.Kind})})
	}
	return p
}

func runRows(runs []laboratory.Run) []lab.RunRow {
	rows := make([]lab.RunRow, len(runs))
	for i, r := range runs {
		rows[i] = lab.RunRow{
			Number: words.Number(int(r.Number)), Href: paths.LabRun(r.ID), Kind: words.LabKindName(string(r.Kind)), Set: setName(r), Result: headline(r),
			Network: strings.TrimSpace(r.Network + " " + r.Version), State: runBadge(r.State), Public: r.Public(),
		}
		if !r.FinishedAt.IsZero() {
			rows[i].When = words.Date(r.FinishedAt)
		}
	}
	return rows
}

func setName(r laboratory.Run) string {
	if r.Synthetic() {
		return words.DrillSynthetic
	}
	return r.SetName
}

// headline is a run's result in a line, "" while it has none.
func headline(r laboratory.Run) string {
	h := r.Headline
	if r.State != laboratory.Done || len(h) == 0 {
		return ""
	}
	whole := func(name string) int { return int(h[name] + 0.5) }
	switch r.Kind {
	case laboratory.Face:
		return words.LabEER(h["eer"], h["fmr"], h["fnmr"], h["accept"])
	case laboratory.Identify:
		return words.LabFPIR(whole("false"), whole("probes"), h["fpir"])
	case laboratory.Document:
		return words.LabExact(int(h["exact"]*h["documents"]+0.5), whole("documents"), whole("false_sure"))
	case laboratory.Barcode:
		return words.LabRead(whole("read"), whole("pictures"))
	case laboratory.Liveness:
		return words.LabWorstAttack(h["iapar"], h["bpcer"])
	}
	return ""
}

func runBadge(state laboratory.RunState) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.LabRunStateName(string(state)), Icon: kit.GlyphCircle}
	switch state {
	case laboratory.Running:
		b.Icon, b.Tone = kit.GlyphTurn, kit.ToneInfo
	case laboratory.Done:
		b.Icon, b.Tone = kit.GlyphCheck, kit.ToneGood
	case laboratory.Failed:
		b.Icon, b.Tone = kit.GlyphCross, kit.ToneBad
	}
	return b
}

func (s *Server) presentRunForm(c echo.Context, sets []laboratory.Set, problem error) lab.NewRunProps {
	p := lab.NewRunProps{
		Frame: s.labFrame(c, words.LabNewTitle), What: c.FormValue("what"), Accept: c.FormValue("accept"), Review: c.FormValue("review"),
		Errors: kit.Errors(fieldSentences(problem)),
	}
	for _, set := range sets {
		for _, kind := range s.measurable(set) {
			p.Choices = append(p.Choices, kit.Option{Value: string(kind) + " " + set.ID, Label: words.LabMeasureOn(string(kind), set.Name)})
		}
	}
	return p
}

// measurable is what can be measured on a set now.
func (s *Server) measurable(set laboratory.Set) []laboratory.Kind {
	if set.State != laboratory.Ready || !s.clock.Now().Before(set.ExpiresAt) {
		return nil
	}
	var out []laboratory.Kind
	for _, kind := range s.Lab.Able() {
		if kind.Needs() == set.Kind {
			out = append(out, kind)
		}
	}
	return out
}

func runWorking(r laboratory.Run) lab.Working {
	w := lab.Working{Poll: paths.LabRunProgress(r.ID), Reload: paths.LabRun(r.ID), Text: words.LabRunning, Done: r.Done, Total: r.Total,
		Reached: words.LabReached(r.Done, r.Total)}
	if r.State == laboratory.Waiting {
		w.Text, w.Total = words.LabWaiting, 0
	}
	if r.Resumed > 0 {
		w.Reached += ". " + words.LabResumed(r.Resumed)
	}
	if r.Synthetic() {
		w.Total = 0
	}
	return w
}

func (s *Server) presentRun(c echo.Context, run laboratory.Run, problem error) (lab.RunProps, error) {
	title := words.LabReportTitle(run.Number)
	v := visitorOf(c)
	p := lab.RunProps{
		Frame: s.labFrame(c, title), Title: title, State: runBadge(run.State), Public: run.Public(),
		Facts: []kit.SummaryRow{
			{Key: words.LabKind, Value: words.LabKindName(string(run.Kind))}, {Key: words.LabSetColumn, Value: setName(run)},
			{Key: words.LabAskedBy, Value: s.names(c)(run.AskedBy), Note: words.Moment(run.AskedAt)},
		},
	}
	if run.State.Open() {
		w := runWorking(run)
		p.Working = &w
		if labRunners.lets(v) {
			p.Cancel = paths.LabRunCancel(run.ID)
		}
	}
	switch run.State {
	case laboratory.Cancelled:
		p.Problem = words.LabCancelled
	case laboratory.Failed:
		p.Problem, p.Message = words.LabRunFailed, run.Message
	}
	if p.Problem != "" && labRunners.lets(v) && !run.Synthetic() {
		p.Again = paths.LabRunNew(string(run.Kind), run.SetID)
	}
	if run.State != laboratory.Done {
		return p, nil
	}
	return p, s.presentDone(c, run, problem, &p)
}

// presentDone fills in what a finished run has: report, errors, and what may be
// done with it.
func (s *Server) presentDone(c echo.Context, run laboratory.Run, problem error, p *lab.RunProps) error {
	ctx, v := c.Request().Context(), visitorOf(c)
	report, err := presentReport(run, func(table string) string { return paths.LabRunTable(run.ID, table) })
	if err != nil {
		return err
	}
	if err := s.addSetFacts(c, run, &report); err != nil {
		return err
	}
	p.Report = &report
	if p.Errors, err = s.presentMistakes(c, run); err != nil {
		return err
	}
	if labRunners.lets(v) {
		p.Publish = paths.LabRunPublication(run.ID)
	}
	if run.Public() {
		p.Address = s.BaseURL + paths.Report(run.ID)
	}
	used, err := s.Lab.ActivationsOf(ctx, run.ID)
	if err != nil {
		return err
	}
	for _, a := range used {
		p.Used = append(p.Used, s.presentActivation(c, a, run, nil))
	}
	return s.presentProposal(c, run, problem, p)
}

// addSetFacts says where the pictures come from, and whether they are still
// there.
func (s *Server) addSetFacts(c echo.Context, run laboratory.Run, report *lab.Report) error {
	if run.Synthetic() {
		return nil
	}
	set, err := s.Lab.Set(c.Request().Context(), visitorOf(c).actor(), run.SetID)
	if err != nil {
		return err
	}
	kept := words.LabSetStateName(string(set.State))
	if set.State == laboratory.Ready {
		kept = words.LabSetKept + " " + words.Date(set.ExpiresAt)
	}
	report.Made = append(report.Made,
		kit.SummaryRow{Key: words.ReportOrigin, Value: set.Origin}, kit.SummaryRow{Key: words.ReportBasis, Value: words.LabBasisName(string(set.Basis))},
		kit.SummaryRow{Key: words.ReportKeptPicture, Value: kept},
		kit.SummaryRow{Key: words.LabAskedBy, Value: s.names(c)(run.AskedBy), Note: words.Moment(run.AskedAt)})
	return nil
}
