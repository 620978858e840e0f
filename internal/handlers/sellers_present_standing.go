package handlers

import (
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewsellers "truepenny/views/sellers"
	"truepenny/views/words"
)

// presentStanding decides what a seller sees of where their application stands.
// Nothing in it holds a score, and a refusal that one person only proposed
// looks like any other case that waits.
func (s *Server) presentStanding(c echo.Context, app sellers.Application) (viewsellers.StatusProps, error) {
	st := viewsellers.Standing{Self: paths.ApplicationPage(app.ID), Label: app.Label(), History: paths.ApplicationHistory(app.ID)}
	fillState(&st, app, s.Sellers.Policy, s.clock.Now())
	frame, progress, err := s.way(c, app, st.Title, "")
	if err != nil {
		return viewsellers.StatusProps{}, err
	}
	frame.Steps = nil // the tasks below say the same and more
	for _, fill := range []func(echo.Context, *viewsellers.Standing, sellers.Application, sellers.Progress) error{
		s.fillTasks, s.fillResult, s.fillChecks, s.fillFacts, s.fillLinks, s.fillEvents,
	} {
		if err := fill(c, &st, app, progress); err != nil {
			return viewsellers.StatusProps{}, err
		}
	}
	tests, err := s.testNotices(c)
	return viewsellers.StatusProps{Frame: frame, Standing: st, Tests: tests}, err
}

// fillState says in words where the application stands and what comes next.
func fillState(st *viewsellers.Standing, app sellers.Application, p sellers.Policy, now time.Time) {
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
		st.Title, st.Next = words.StatusAsked, []string{words.NextAsked, words.AskedKept(days(p.DraftKept))}
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
		if road == sellers.RoadDocuments && aboutFace(step.Kind) || unneeded(step) {
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

// unneeded reports whether a step is about a bar code or a second paper that
// may not be there: the person need not wonder why.
func unneeded(step sellers.Step) bool {
	return (step.Kind == sellers.CheckBarcode || step.Kind == sellers.CheckPaper || step.Kind == sellers.CheckPrinted) && (!step.Done || step.Outcome == sellers.NotRun)
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
	st.Links = append(st.Links, viewsellers.Way{Label: words.MyDataLink, Href: paths.MyData()})
	if consent.Given() {
		st.Links = append(st.Links, viewsellers.Way{Label: words.WithdrawLink, Href: paths.ApplicationConsent(app.ID)})
	}
	if app.Road == sellers.RoadFace && app.State != sellers.Cancelled && consent.Given() {
		if err := s.linkDispute(c, st, app); err != nil {
			return err
		}
	}
	st.Withdrawn = presentWithdrawn(c.QueryParam("said"), c.QueryParam("receipt"))
	if app.State.TakesPapers() && !app.State.Editable() {
		st.Links = append(st.Links, viewsellers.Way{Label: words.PaperAddWaiting, Href: paths.With(paths.ApplicationPaper(app.ID), "add", "1")})
	}
	if !app.State.Editable() { // while it is, the steps show them
		if err := s.linkPictures(c, st, app); err != nil {
			return err
		}
	}
	if sellers.CanMove(app.State, sellers.Cancelled) {
		st.Cancel = paths.ApplicationCancellation(app.ID)
	}
	if app.State == sellers.Cancelled {
		st.Start = paths.Applications()
	}
	return nil
}

// presentWithdrawn says what became of what a consent had allowed that was just
// taken back; nil when none was.
func presentWithdrawn(said, receipt string) *viewsellers.Withdrawn {
	switch said {
	case "withdrawn":
		return &viewsellers.Withdrawn{Title: words.SaidWithdrawn, Text: words.WithdrawnText, Receipt: paths.Receipt(receipt)}
	case "withdrawn-held":
		return &viewsellers.Withdrawn{Title: words.WithdrawnHeldTitle, Text: words.WithdrawnHeld}
	}
	return nil
}

// linkDispute leads to the question whether the pictures may be kept longer, in
// a line as quiet as the others: nothing depends on the answer.
func (s *Server) linkDispute(c echo.Context, st *viewsellers.Standing, app sellers.Application) error {
	consent, _, err := s.Consents.Current(c.Request().Context(), app.AccountID, privacy.PurposeDispute)
	label := words.DisputeLink
	if consent.Given() {
		label = words.DisputeKept
	}
	st.Links = append(st.Links, viewsellers.Way{Label: label, Href: paths.MyDataConsent(string(privacy.PurposeDispute))})
	return err
}

// linkPictures leads to the pictures of documents and papers that are kept.
func (s *Server) linkPictures(c echo.Context, st *viewsellers.Standing, app sellers.Application) error {
	all, err := s.Sellers.Evidence(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	for _, e := range all {
		name := words.PaperKindName(string(e.PaperKind))
		switch e.Kind {
		case sellers.EvidenceFrame:
			continue
		case sellers.EvidenceDocument:
			name = words.DocumentSideName(string(e.DocumentKind), string(e.Side))
		}
		st.Links = append(st.Links, viewsellers.Way{Label: words.SeePicture(name), Href: paths.ApplicationEvidence(app.ID, e.ID)})
	}
	return nil
}

// fillFacts are the dates of an application, and what is still kept of it.
func (s *Server) fillFacts(c echo.Context, st *viewsellers.Standing, app sellers.Application, _ sellers.Progress) error {
	add := func(key, value string) { st.Facts = append(st.Facts, kit.SummaryRow{Key: key, Value: value}) }
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
		return nil
	}
	add(words.FactDecided, words.Moment(app.DecidedAt))
	all, err := s.Sellers.Evidence(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	face := slices.ContainsFunc(all, func(e sellers.Evidence) bool { return e.Kind == sellers.EvidenceFrame })
	papers := slices.ContainsFunc(all, func(e sellers.Evidence) bool { return e.Kind != sellers.EvidenceFrame })
	add(words.FactKeptDoc, keptUntil(papers, app.DecidedAt.Add(s.Sellers.Policy.DocumentsKept)))
	if app.Road == sellers.RoadFace {
		add(words.FactKeptFace, keptUntil(face, app.DecidedAt.Add(s.Sellers.Policy.FaceKept)))
	}
	return nil
}

func keptUntil(there bool, until time.Time) string {
	if !there {
		return words.FactGone
	}
	return words.FactKeptUntil + words.Date(until)
}
