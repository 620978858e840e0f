package handlers

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// latestEvents is how much of the history the page itself shows.
const latestEvents = 5

// presentStanding decides what a seller sees of where their application stands.
// Nothing in it holds a score, and a refusal that one person only proposed
// looks like any other case that waits.
func (s *Server) presentStanding(c echo.Context, app sellers.Application) (viewsellers.StatusProps, error) {
	st := viewsellers.Standing{Self: paths.ApplicationPage(app.ID), Label: app.Label(), History: paths.ApplicationHistory(app.ID)}
	fillState(&st, app, s.clock.Now())
	frame, progress, err := s.way(c, app, st.Title, "")
	if err != nil {
		return viewsellers.StatusProps{}, err
	}
	frame.Steps = nil // the tasks below say the same and more
	for _, fill := range []func(echo.Context, *viewsellers.Standing, sellers.Application, sellers.Progress) error{
		s.fillTasks, s.fillResult, s.fillChecks, s.fillLinks, s.fillEvents,
	} {
		if err := fill(c, &st, app, progress); err != nil {
			return viewsellers.StatusProps{}, err
		}
	}
	st.Facts = s.standingFacts(app)
	return viewsellers.StatusProps{Frame: frame, Standing: st}, nil
}

// fillState says in words where the application stands and what comes next.
func fillState(st *viewsellers.Standing, app sellers.Application, now time.Time) {
	badge := func(text string, tone kit.Tone, icon kit.Glyph) {
		st.Badge = kit.BadgeProps{Text: text, Tone: tone, Icon: icon, Soft: true}
	}
	switch app.State {
	case sellers.Draft:
		st.Title, st.Next = words.StatusDraft, []string{words.NextDraft}
		badge(words.BadgeDraft, kit.ToneNone, kit.GlyphCircle)
	case sellers.Analysing:
		st.Title, st.Next = words.StatusAnalysing, []string{words.NextAnalysing, words.NextAnalysingTwo}
		badge(words.BadgeAnalysing, kit.ToneInfo, kit.GlyphTurn)
	case sellers.Waiting, sellers.Second:
		st.Title, st.Next = words.StatusWaiting, []string{words.NextWaiting, words.NextWaitingTwo}
		if app.Appealed {
			st.Title, st.Next = words.StatusAppealing, []string{words.NextAppealing, words.NextWaiting}
		}
		if now.After(app.DueAt) && !app.DueAt.IsZero() {
			st.Next = append([]string{words.DecisionLate}, st.Next...)
		}
		badge(words.BadgeWaiting, kit.ToneWarn, kit.GlyphHalf)
	case sellers.Asked:
		st.Title, st.Next = words.StatusAsked, []string{words.NextAsked}
		badge(words.BadgeAsked, kit.ToneInfo, kit.GlyphMail)
	case sellers.Approved:
		st.Title, st.Next = words.StatusApproved, []string{words.NextApproved}
		badge(words.BadgeApproved, kit.ToneGood, kit.GlyphCheck)
	case sellers.Refused:
		st.Title = words.StatusRefused
		badge(words.BadgeRefused, kit.ToneBad, kit.GlyphCross)
	case sellers.Cancelled:
		st.Title, st.Next = words.StatusCancelled, []string{words.NextCancelled}
		badge(words.BadgeCancelled, kit.ToneNone, kit.GlyphCross)
	}
	if !app.EmptiedAt.IsZero() && app.State == sellers.Draft {
		st.Next = append([]string{words.NextEmptied}, st.Next...)
	}
}

// fillTasks lists the steps of a draft, or what was asked for again.
func (s *Server) fillTasks(_ echo.Context, st *viewsellers.Standing, app sellers.Application, p sellers.Progress) error {
	if !app.State.Editable() {
		return nil
	}
	for _, step := range p.Steps {
		task := viewsellers.Task{Name: stepName(app.Road, step.Name), Done: step.Done, Href: stepPath(app.ID, step.Name)}
		if app.State == sellers.Asked {
			task.Note = askedNote(step.Name, p.Items)
		}
		st.Tasks = append(st.Tasks, task)
	}
	label := words.GoOn
	if p.Ready {
		label = words.LookAndDo
		if app.State == sellers.Draft {
			st.Next = []string{words.NextReady}
		}
	}
	st.Primary = &kit.LinkProps{Label: label, Href: stepPath(app.ID, p.Next), Weight: kit.Primary}
	return nil
}

// askedNote says what of a step was asked for again and has not come yet.
func askedNote(step sellers.StepName, items []sellers.Item) string {
	var asked []string
	for _, item := range items {
		if stepOf(item) == step {
			asked = append(asked, words.AskedItem(string(item)))
		}
	}
	return strings.Join(asked, ". ")
}

func stepOf(item sellers.Item) sellers.StepName {
	switch item {
	case sellers.ItemFront, sellers.ItemBack:
		return sellers.StepDocument
	case sellers.ItemCapture:
		return sellers.StepCapture
	case sellers.ItemPaper:
		return sellers.StepPaper
	}
	return sellers.StepDetails
}

// fillResult shows the latest decision with the words that a person wrote.
func (s *Server) fillResult(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	if app.State != sellers.Asked && app.State != sellers.Approved && app.State != sellers.Refused {
		return nil
	}
	r, found, err := s.Sellers.Result(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil || !found {
		return err
	}
	out := &viewsellers.Result{Words: r.Words}
	switch app.State {
	case sellers.Approved:
		out.Tone, out.Title = kit.ToneGood, words.ResultApproved
	case sellers.Asked:
		out.Tone, out.Title = kit.ToneInfo, words.ResultAsked
		for _, item := range r.Items {
			out.After = append(out.After, words.AskedItem(string(item)))
		}
	case sellers.Refused:
		out.Tone, out.Title, out.Reason = kit.ToneBad, words.ResultRefused, words.RefusalReason(r.ReasonCode)
		s.fillAfterRefusal(out, app, r)
	}
	st.Result = out
	return nil
}

// fillAfterRefusal names the appeal and the day from which to apply again.
func (s *Server) fillAfterRefusal(out *viewsellers.Result, app sellers.Application, r sellers.Result) {
	now := s.clock.Now()
	if now.Before(r.AppealUntil) {
		out.After = append(out.After, words.AppealHint(r.AppealUntil))
		out.Appeal = paths.ApplicationAppeal(app.ID)
	}
	if now.Before(r.ReapplyAt) {
		out.After = append(out.After, words.ReapplyHint(r.ReapplyAt))
		return
	}
	out.After = append(out.After, words.ReapplyNow)
	out.Reapply = paths.ApplicationSuccessor(app.ID)
}

// fillChecks shows how far the machine is, and after that what it did.
func (s *Server) fillChecks(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	if app.State != sellers.Analysing && app.State != sellers.Waiting && app.State != sellers.Second {
		return nil
	}
	a, err := s.Sellers.Analysis(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	st.Progress = &kit.ProgressProps{ID: "analysis", Steps: presentSteps(a, app.Road)}
	if !a.Done {
		st.Progress.Stream, st.Progress.Reload = paths.ApplicationProgress(app.ID), paths.ApplicationPage(app.ID)
	}
	return nil
}

// presentSteps shows the checks without any figure: whether one ran, and
// whether a person looks closely. Checks of the other road are left out.
func presentSteps(a sellers.Analysis, road sellers.Road) []kit.ProgressStep {
	var out []kit.ProgressStep
	working := a.State == sellers.Analysing
	for _, step := range a.Steps {
		if road == sellers.RoadDocuments && aboutFace(step.Kind) {
			continue
		}
		p := kit.ProgressStep{Name: words.CheckStepName(string(step.Kind)), State: kit.Waiting}
		switch {
		case step.Done:
			p.State, p.Note = kit.Done, words.CheckStepNote(string(step.Outcome))
			if step.Outcome == sellers.Review || step.Outcome == sellers.Fail {
				p.State = kit.Attention
			}
		case working:
			p.State, working = kit.Working, false
		}
		out = append(out, p)
	}
	return out
}

func aboutFace(k sellers.CheckKind) bool {
	return k == sellers.CheckPortrait || k == sellers.CheckCapture || k == sellers.CheckFace
}

// fillLinks names what can be done beside the next step.
func (s *Server) fillLinks(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	consent, _, err := s.Consents.Current(c.Request().Context(), app.AccountID, privacy.PurposeFace)
	if err != nil {
		return err
	}
	if consent.Given() {
		st.Links = append(st.Links, viewsellers.Way{Label: words.WithdrawLink, Href: paths.ApplicationConsent(app.ID)})
	}
	if sellers.CanMove(app.State, sellers.Cancelled) {
		st.Cancel = paths.ApplicationCancellation(app.ID)
	}
	if app.State == sellers.Cancelled {
		st.Start = paths.Applications()
	}
	return nil
}

func (s *Server) fillEvents(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	events, err := s.Sellers.Timeline(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		// Pages and checks open things all the time; the history has all of it.
		small := e.Action == "capture.started" || e.Action == "vault.opened" && e.By != audit.KindStaff
		if !small && len(st.Events) < latestEvents {
			st.Events = append(st.Events, presentEvent(e))
		}
	}
	return nil
}

func presentEvent(e sellers.Event) kit.Event {
	h := words.Happened{Action: e.Action, By: string(e.By), Role: e.Role, Reason: e.Reason, Purpose: e.Purpose, Details: e.Details, Times: e.Times}
	return kit.Event{At: e.At, Text: words.HappenedText(h), Note: words.HappenedNote(h)}
}

// standingFacts are the dates of an application.
func (s *Server) standingFacts(app sellers.Application) []kit.SummaryRow {
	var rows []kit.SummaryRow
	add := func(key, value string) { rows = append(rows, kit.SummaryRow{Key: key, Value: value}) }
	if !app.SubmittedAt.IsZero() {
		add(words.FactSent, words.Moment(app.SubmittedAt))
	}
	if app.State == sellers.Analysing || app.State == sellers.Waiting || app.State == sellers.Second {
		add(words.FactDue, words.DecisionBy(app.DueAt))
	}
	if app.Road != sellers.NoRoad {
		add(words.FactRoad, roadChosen(app.Road))
	}
	if app.State != sellers.Approved && app.State != sellers.Refused {
		return rows
	}
	add(words.FactDecided, words.Moment(app.DecidedAt))
	policy := s.Sellers.Policy
	add(words.FactKeptDoc, words.FactKeptUntil+words.Date(app.DecidedAt.Add(policy.DocumentsKept)))
	if app.Road == sellers.RoadFace {
		add(words.FactKeptFace, words.FactKeptUntil+words.Date(app.DecidedAt.Add(policy.FaceKept)))
	}
	return rows
}

func (s *Server) presentHistory(c echo.Context, app sellers.Application, events []sellers.Event) viewsellers.HistoryProps {
	p := viewsellers.HistoryProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.HistoryTitle)}, Label: app.Label(), Back: paths.ApplicationPage(app.ID)}
	for _, e := range events {
		if e.Action == "vault.opened" || e.Action == "vault.refused" || e.Action == "case.opened" {
			p.Looks = append(p.Looks, presentEvent(e))
		} else {
			p.Events = append(p.Events, presentEvent(e))
		}
	}
	return p
}

func (s *Server) presentCancel(c echo.Context, app sellers.Application) viewsellers.CancelProps {
	return viewsellers.CancelProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.CancelTitle)},
		Post: paths.ApplicationCancellation(app.ID), Back: paths.ApplicationPage(app.ID)}
}

func (s *Server) presentAppeal(c echo.Context, app sellers.Application, r sellers.Result, wrong error) viewsellers.AppealProps {
	p := viewsellers.AppealProps{Frame: viewsellers.Frame{PublicProps: s.public(c, words.AppealTitle)},
		Post: paths.ApplicationAppeal(app.ID), Back: paths.ApplicationPage(app.ID), Reason: words.RefusalReason(r.ReasonCode),
		Until: words.Moment(r.AppealUntil), Value: c.FormValue("words")}
	if reason := errs.FieldsOf(wrong)["words"]; reason != "" {
		p.Error = words.Reason(reason)
		p.Errors = []kit.FieldError{{Target: "words", Text: p.Error}}
	}
	return p
}
