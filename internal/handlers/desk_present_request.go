package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/errs"
	"truepenny/internal/requests"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// conflictMessage is what a form ran into, for the top of its page.
func conflictMessage(problem error) []kit.Message {
	if code := errs.CodeOf(problem); problem == nil || code != errs.Conflict && code != errs.Gone {
		return nil
	}
	return []kit.Message{{Tone: kit.ToneBad, Text: words.Reason(errs.ReasonOf(problem))}}
}

// presentRequest shows a request: officers get the forms, auditors what happened.
func (s *Server) presentRequest(c echo.Context, r requests.Request, typed typedRequest) (deskview.RequestProps, error) {
	p := deskview.RequestProps{
		Frame: s.console(c, words.RequestTitle(r.Label(), string(r.Kind))), Messages: messages(words.RequestDone(c.QueryParam("done"))),
		Errors: kit.Errors(fieldSentences(typed.problem)), ID: r.ID, State: s.requestBadge(r), Facts: requestFacts(r),
	}
	if conflict := conflictMessage(typed.problem); conflict != nil {
		p.Messages = conflict
	}
	line, err := s.Requests.Timeline(c.Request().Context(), r)
	if err != nil {
		return p, err
	}
	p.History = requestHistory(line, s.names(c))
	if r.Erasure != "" {
		p.Receipt = paths.Receipt(r.Erasure)
	}
	if !officers.lets(visitorOf(c)) {
		return p, nil
	}
	if err := s.presentWords(c, r, &p); err != nil || r.State != requests.Open {
		return p, err
	}
	return p, s.presentWork(c, r, typed, &p)
}

func requestFacts(r requests.Request) []kit.SummaryRow {
	rows := []kit.SummaryRow{
		{Key: words.RequestKindCol, Value: words.DeskKind(string(r.Kind)), Note: words.DeskKindHelp(string(r.Kind))},
		{Key: words.RequestChannelIs, Value: words.DeskChannel(string(r.Channel))},
		{Key: words.RequestCame, Value: words.Date(r.OpenedAt)},
		{Key: words.RequestDue, Value: words.Date(r.DueAt)},
		{Key: words.RequestIdentityIs, Value: words.DeskProved(string(r.Identity), r.IdentityAt)},
	}
	if r.Identity == requests.Unchecked {
		rows[4].Value = words.DeskWay("")
	}
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, kit.SummaryRow{Key: key, Value: value})
		}
	}
	if r.Kind == requests.Erasure {
		add(words.RequestPurposeIs, words.DeskPurpose(string(r.Purpose)))
	}
	if r.Kind == requests.Rectification {
		add(words.RequestFieldIs, words.DeskField(r.Field))
	}
	if !r.ExtendedAt.IsZero() {
		add(words.RequestExtendedOn, words.Moment(r.ExtendedAt))
	}
	if r.State == requests.Answered {
		add(words.RequestAnsweredOn, words.Moment(r.AnsweredAt))
		add(words.AnswerOutcome, words.DeskOutcome(string(r.Outcome)))
		add(words.RequestKeptUntil, words.Date(r.KeepUntil))
	}
	return rows
}

// requestHistory words what happened; looks into the vault stand there as the
// reading they were for.
func requestHistory(line []audit.Row, name func(string) string) []kit.Event {
	var out []kit.Event
	for _, row := range line {
		who := words.AuditActorKind(string(row.Actor.Kind))
		if row.Actor.Kind == audit.KindStaff {
			who = name(row.Actor.ID)
		}
		e := kit.Event{At: row.At, Text: words.LogAction(row.Action), Note: who}
		if way := row.Details["way"]; way != "" {
			e.Note += ", " + words.Within(words.DeskWay(way))
		}
		out = append(out, e)
	}
	return out
}

// presentWords opens what was written, and what was answered, when the officer
// asks for it: each opening is logged.
func (s *Server) presentWords(c echo.Context, r requests.Request, p *deskview.RequestProps) error {
	ctx, actor, here := c.Request().Context(), visitorOf(c).actor(), paths.Request(r.ID)
	if r.State == requests.Answered {
		p.ReadSent = paths.With(here, "read", "answer")
	}
	p.Read = paths.With(here, "read", "words")
	switch c.QueryParam("read") {
	case "words":
		l, err := s.Requests.Letter(ctx, actor, r.ID, "request.read")
		p.Written = &deskview.Written{Words: l.Words, Close: here, Facts: []kit.SummaryRow{
			{Key: words.RequestValueIs, Value: l.Value}, {Key: words.RequestContact, Value: l.Contact}, {Key: words.LetterPostal, Value: l.Postal},
		}}
		p.Written.Facts = slices.DeleteFunc(p.Written.Facts, func(f kit.SummaryRow) bool { return f.Value == "" })
		return err
	case "answer":
		reply, err := s.Requests.Reply(ctx, actor, r.ID, "request.read")
		p.Sent = reply.Words
		return err
	}
	return nil
}

// presentWork adds the forms that an open request has for an officer.
func (s *Server) presentWork(c echo.Context, r requests.Request, typed typedRequest, p *deskview.RequestProps) error {
	recognised := r.Identity != requests.Unchecked
	p.Reviewer = r.ForReviewer()
	if recognised && r.Kind == requests.Access {
		p.Copy = paths.RequestCopy(r.ID)
	}
	if recognised && r.Kind == requests.Erasure && r.Erasure == "" {
		p.Erase = paths.RequestErasure(r.ID)
	}
	if s.Requests.MayExtend(r) {
		p.Extend = &deskview.Extend{Months: typed.months, Reason: typed.reason}
	}
	if !recognised {
		if err := s.presentIdentity(c, r, typed, p); err != nil {
			return err
		}
	}
	if p.Reviewer {
		return nil
	}
	return s.presentAnswer(c, r, typed, p)
}

func (s *Server) presentIdentity(c echo.Context, r requests.Request, typed typedRequest, p *deskview.RequestProps) error {
	ctx := c.Request().Context()
	p.Identity = &deskview.Identity{Query: typed.query, Linked: r.Person != "", Mail: paths.RequestIdentity(r.ID)}
	if r.Person == "" {
		return nil
	}
	address, err := s.Sellers.PostalOf(ctx, visitorOf(c).actor(), r.Person)
	if err != nil {
		return err
	}
	p.Identity.PostNote = words.IdentityPostNone
	if len(address) > 0 {
		p.Identity.Post, p.Identity.PostNote = paths.RequestIdentity(r.ID), words.IdentityPostText
	}
	asked, err := s.Requests.Asked(ctx, r.ID)
	for _, way := range []requests.Way{requests.MailLink, requests.PostCode} {
		if until, ok := asked[way]; ok {
			p.Identity.UnderWay = append(p.Identity.UnderWay, words.DeskUnderWay(string(way), until))
		}
	}
	if _, ok := asked[requests.PostCode]; ok {
		p.Identity.Print, p.Identity.Code = paths.RequestIdentityPrint(r.ID), paths.RequestIdentityCode(r.ID)
	}
	return err
}

// presentAnswer fills the form of the answer: with what was typed, or with the
// wording that was picked.
func (s *Server) presentAnswer(c echo.Context, r requests.Request, typed typedRequest, p *deskview.RequestProps) error {
	list, err := s.Requests.Templates(c.Request().Context())
	if err != nil {
		return err
	}
	a := &deskview.Answer{Templates: []kit.Option{{Label: words.AnswerNoTemplate}}, Template: typed.template, Outcome: typed.outcome, Words: typed.words,
		Version: strconv.FormatInt(r.Version, 10), Preview: typed.preview, ByPost: r.PostOnly && r.Identity == requests.Unchecked}
	for _, t := range list {
		if t.Kind != "" && t.Kind != r.Kind || (t.Outcome == requests.NothingHeld) == (r.Identity != requests.Unchecked) {
			continue
		}
		a.Templates = append(a.Templates, kit.Option{Value: t.Code, Label: words.DeskOutcome(string(t.Outcome))})
		if t.Code == typed.template && typed.words == "" && typed.problem == nil {
			a.Outcome, a.Words = string(t.Outcome), words.FillAnswer(t.Body, r.Erasure)
		}
	}
	for _, o := range requests.Outcomes {
		if (o == requests.NothingHeld) != (r.Identity != requests.Unchecked) {
			a.Outcomes = append(a.Outcomes, kit.Choice{Value: string(o), Title: words.DeskOutcome(string(o)), Help: words.DeskOutcomeHelp(string(o))})
		}
	}
	p.Answer = a
	return nil
}
