package handlers

import (
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/coarse"
	"truepenny/internal/errs"
	"truepenny/internal/experiments"
	"truepenny/internal/staff"
	viewtests "truepenny/views/experiments"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

func (s *Server) presentExperiments(c echo.Context, all []experiments.Experiment) (viewtests.ListProps, error) {
	p := viewtests.ListProps{Console: s.console(c, words.TestsTitle), Messages: testsSaid(c), MayKeep: testKeepers.lets(visitorOf(c)),
		Pager: kit.PagerProps{From: 1, To: len(all), Total: len(all), Noun: "test", Nouns: "tests", CSV: paths.ExperimentsCSV()}}
	name := s.names(c)
	for _, e := range all {
		r, err := s.Experiments.Result(c.Request().Context(), e)
		if err != nil {
			return p, err
		}
		people := 0
		for _, a := range r.Arms {
			people += a.People
		}
		approved := name(e.ApprovedBy)
		if approved == "" {
			approved = "–"
		}
		p.Rows = append(p.Rows, viewtests.Row{Href: paths.Experiment(e.ID), Name: e.Name, Change: words.TestChangeName(string(e.Change)), Span: testSpan(e),
			People: words.Number(people), State: testBadge(e.State(s.clock.Now())), By: name(e.RegisteredBy), Approved: approved})
	}
	return p, nil
}

func testSpan(e experiments.Experiment) string {
	return words.TestSpan(e.StartAt, e.EndAt.AddDate(0, 0, -1))
}

func testBadge(state experiments.State) kit.BadgeProps {
	b := kit.BadgeProps{Text: words.TestStateName(string(state)), Icon: kit.GlyphCircle}
	switch state {
	case experiments.Running:
		b.Icon, b.Tone = kit.GlyphTurn, kit.ToneInfo
	case experiments.Ended:
		b.Icon = kit.GlyphCheck
	}
	return b
}

// testsSaid says what was just done.
func testsSaid(c echo.Context) []kit.Message {
	text := map[string]string{"added": words.TestsAdded, "approved": words.TestsApprDone, "ended": words.TestsEndDone, "said": words.TestsSaidDone}[c.QueryParam("done")]
	if text == "" {
		return nil
	}
	return []kit.Message{{Tone: kit.ToneGood, Text: text}}
}

func (s *Server) presentExperimentForm(c echo.Context, t experimentTyped, err error) viewtests.FormProps {
	p := viewtests.FormProps{Console: s.console(c, words.TestsNew), Name: t.Name, Why: t.Why, Change: t.Change, Share: t.Share, Audience: t.Audience, Start: t.Start, End: t.End, Errors: fieldErrors(err)}
	if err != nil && len(p.Errors) == 0 {
		p.Problem = words.Reason(errs.ReasonOf(err))
	}
	for _, change := range experiments.Changes {
		p.Changes = append(p.Changes, kit.Choice{Value: string(change), Title: words.TestChangeName(string(change)), Help: words.TestArmName(experiments.ArmsOf(change)[1])})
	}
	for _, audience := range experiments.Audiences {
		p.Audiences = append(p.Audiences, kit.Choice{Value: string(audience), Title: words.TestAudienceName(string(audience))})
	}
	return p
}

func (s *Server) presentExperiment(c echo.Context, e experiments.Experiment, problem error) (viewtests.ShowProps, error) {
	now, v, name := s.clock.Now(), visitorOf(c), s.names(c)
	p := viewtests.ShowProps{Console: s.console(c, e.Name), Messages: testsSaid(c), Name: e.Name, State: testBadge(e.State(now)), Errors: fieldErrors(problem)}
	p.Facts = append(testFacts(e), kit.SummaryRow{Key: words.TestsBy, Value: name(e.RegisteredBy), Note: words.Moment(e.RegisteredAt)})
	second := kit.SummaryRow{Key: words.TestsApproved, Value: words.TestsNoSecond}
	if e.Approved() {
		second.Value, second.Note = name(e.ApprovedBy), words.Moment(e.ApprovedAt)
	}
	p.Facts = append(p.Facts, second)
	if !e.EndedAt.IsZero() {
		by := name(e.EndedBy)
		if by == "" {
			by = words.TestsByDate
		}
		p.Facts = append(p.Facts, kit.SummaryRow{Key: words.TestsEndedBy, Value: by, Note: words.Moment(e.EndedAt)})
	}
	if e.Result != "" {
		p.Facts = append(p.Facts, kit.SummaryRow{Key: words.TestsResult, Value: e.Result, Note: name(e.ResultBy)})
	}
	r, err := s.Experiments.Result(c.Request().Context(), e)
	if err != nil {
		return p, err
	}
	p.Arms, p.Between = viewlab.Figures(armTable(e, r)), armGaps(r)
	p.Notes = []string{words.TestsLeftOut}
	if !e.ForgottenAt.IsZero() {
		p.Notes = append(p.Notes, words.TestsForgotten)
	}
	offerDoings(&p, e, v, now)
	return p, nil
}

// offerDoings offers what the visitor may do with a test; the register checks
// again.
func offerDoings(p *viewtests.ShowProps, e experiments.Experiment, v visitor, now time.Time) {
	if !testKeepers.lets(v) {
		return
	}
	switch state := e.State(now); {
	case state == experiments.Planned && !e.Approved():
		switch {
		case e.RegisteredBy == v.member.ID:
			p.Waits = words.TestsOwn
		case !e.ByPrivacyOfficer() && !v.member.Has(staff.Privacy):
			p.Waits = words.TestsNeedsPriv
		default:
			p.Approve = paths.ExperimentApproval(e.ID)
		}
		fallthrough
	case state != experiments.Ended:
		p.End = paths.ExperimentEnd(e.ID)
	case e.Result == "":
		p.Conclude = paths.ExperimentResult(e.ID)
	}
}

func testFacts(e experiments.Experiment) []kit.SummaryRow {
	return []kit.SummaryRow{
		{Key: words.TestsWhy, Value: e.Why},
		{Key: words.TestsChange, Value: words.TestChangeName(string(e.Change))},
		{Key: words.TestsAudience, Value: words.TestAudienceName(string(e.Audience))},
		{Key: words.TestsTime, Value: testSpan(e)},
	}
}

func armTable(e experiments.Experiment, r experiments.Result) viewlab.TableOf {
	t := viewlab.TableOf{ID: "arms", Caption: words.TestsArms, Heads: []string{words.TestsArm, words.TestsArmShare, words.TestsPeople, words.TestsLeft, words.ParitySent, words.ParityOpen, words.TestsApproval, words.TestsWait}}
	for i, a := range r.Arms {
		low, high := a.Approval.Wilson()
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.TestArmName(a.Arm), strconv.Itoa(e.Arms[i].Share) + " %", words.Number(a.People), words.Number(a.Left), words.Number(a.Sent), words.Number(a.Open),
			words.ParityShare(a.Approval.Of, a.Approval.All, low, high), words.ParityMedian(a.Wait.Value, a.Wait.Low, a.Wait.High, a.Wait.Known)}})
	}
	return t
}

func armGaps(r experiments.Result) []kit.SummaryRow {
	if len(r.Arms) != 2 || r.Arms[0].Approval.All == 0 || r.Arms[1].Approval.All == 0 {
		return nil
	}
	return []kit.SummaryRow{
		{Key: words.TestsApproval, Value: words.ParityPoints(r.Approval.Value, r.Approval.Low, r.Approval.High), Note: words.TestsBetween},
		{Key: words.TestsWait, Value: words.ParityDays(r.Wait.Value, r.Wait.Low, r.Wait.High, r.WaitSaid), Note: words.TestsBetween},
	}
}

// presentPublicExperiments shows tests without who registered them, counts of
// people rounded.
func (s *Server) presentPublicExperiments(c echo.Context, all []experiments.Experiment) (viewtests.PublicProps, error) {
	now := s.clock.Now()
	p := viewtests.PublicProps{PublicProps: s.public(c, words.TestsPublic)}
	for _, e := range all {
		one := viewtests.Public{Name: e.Name, State: testBadge(e.State(now)), Why: e.Why, Facts: testFacts(e)[1:]}
		if e.Result != "" {
			one.Facts = append(one.Facts, kit.SummaryRow{Key: words.TestsResult, Value: e.Result})
		}
		if e.Ran(now) {
			r, err := s.Experiments.Result(c.Request().Context(), e)
			if err != nil {
				return p, err
			}
			one.Facts = append(one.Facts, publicArms(e, r)...)
		}
		p.Tests = append(p.Tests, one)
	}
	return p, nil
}

func publicArms(e experiments.Experiment, r experiments.Result) []kit.SummaryRow {
	var out []kit.SummaryRow
	for i, a := range r.Arms {
		shown, fewer := coarse.Count(a.People)
		approved := words.ParityTooFewYet
		if about, told := coarse.Percent(a.Approval.Of, a.Approval.All); told {
			low, high := a.Approval.Wilson()
			from, to := coarse.Outwards(low, high)
			approved = words.AboutPercent(about, from, to)
		}
		out = append(out, kit.SummaryRow{Key: words.TestArmName(a.Arm), Value: words.TestArmPublic(e.Arms[i].Share, words.AtLeastPeople(shown, fewer), approved)})
	}
	return out
}

// testNotices tells a person of the running tests that they are in.
func (s *Server) testNotices(c echo.Context) ([]viewsellers.TestNotice, error) {
	if s.Experiments == nil {
		return nil, nil
	}
	parts, err := s.Experiments.Of(c.Request().Context(), visitorOf(c).actor().ID)
	var out []viewsellers.TestNotice
	for _, p := range parts {
		e := p.Experiment
		out = append(out, viewsellers.TestNotice{Texts: words.TestNotice(e.Name, e.Why, string(e.Change), p.Arm, e.EndAt.AddDate(0, 0, -1)), Leave: paths.ExperimentLeaving(e.ID)})
	}
	return out, err
}

func (s *Server) experimentRows(c echo.Context, all []experiments.Experiment) ([][]any, error) {
	name, err := s.everyName(c)
	if err != nil {
		return nil, err
	}
	who := func(id string) string {
		if id == "" {
			return ""
		}
		return name(id)
	}
	var out [][]any
	for _, e := range all {
		r, err := s.Experiments.Result(c.Request().Context(), e)
		if err != nil {
			return nil, err
		}
		for i, a := range r.Arms {
			low, high := a.Approval.Wilson()
			wait := any(nil)
			if a.Wait.Known {
				wait = a.Wait.Value
			}
			out = append(out, []any{e.Name, e.Why, string(e.Change), a.Arm, e.Arms[i].Share, string(e.Audience), e.StartAt, e.EndAt, string(e.State(s.clock.Now())),
				who(e.RegisteredBy), e.RegisteredAt, who(e.ApprovedBy), e.ApprovedAt, e.EndedAt,
				a.People, a.Left, a.Sent, a.Open, a.Approval.Of, a.Approval.All, low, high, wait, e.Result})
		}
	}
	return out, nil
}
