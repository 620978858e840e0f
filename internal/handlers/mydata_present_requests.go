package handlers

import (
	"github.com/labstack/echo/v4"

	"truepenny/internal/requests"
	"truepenny/views/kit"
	"truepenny/views/mydata"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// presentMyRequests shows what the person asked with clock and answer, and the
// form to ask more, with what was wrong in it.
func (s *Server) presentMyRequests(c echo.Context, wrong error) (mydata.RequestsProps, error) {
	p := mydata.RequestsProps{Frame: s.room(c, words.RequestsTitle, paths.MyDataRequests()), Post: paths.MyDataRequests(), Wrong: fieldErrors(wrong)}
	if wrong != nil {
		p.Kind, p.Words, p.Purpose = c.FormValue("kind"), c.FormValue("words"), c.FormValue("purpose")
		p.Errors = p.Wrong.List("kind", "purpose", "words")
		for i, e := range p.Errors {
			if e.Target == "kind" {
				p.Errors[i].Target = "kind-0"
			}
		}
	}
	for _, k := range myRequestKinds {
		p.Kinds = append(p.Kinds, kit.Choice{Value: string(k), Title: words.MyRequestKind(string(k)), Help: words.MyRequestKindHelp(string(k))})
	}
	for _, x := range ownPurposes() {
		p.Purposes = append(p.Purposes, kit.Option{Value: string(x.ID), Label: words.PurposeName(string(x.ID))})
	}
	p.Purposes = append(p.Purposes, kit.Option{Value: everything, Label: words.DeletedFor("")})
	mine, err := s.Requests.Of(c.Request().Context(), visitorOf(c).account.ID)
	if err != nil {
		return p, err
	}
	for _, r := range mine {
		if r.Identity == requests.Unchecked { // a letter that somebody wrote, until we know that it was them
			continue
		}
		one, err := s.presentMyRequest(c, r)
		if err != nil {
			return p, err
		}
		p.Requests = append(p.Requests, one)
	}
	return p, nil
}

func (s *Server) presentMyRequest(c echo.Context, r requests.Request) (mydata.Request, error) {
	mark := r.Mark(s.clock.Now())
	out := mydata.Request{
		ID: r.ID, Label: r.Label(), Title: words.MyRequestKind(string(r.Kind)),
		Badge: kit.BadgeProps{Text: words.MyRequestStanding(string(r.State), string(r.Outcome), string(mark)), Icon: kit.GlyphMail, Tone: kit.ToneInfo, Soft: true},
	}
	add := func(key, value string) { out.Facts = append(out.Facts, kit.SummaryRow{Key: key, Value: value}) }
	add(words.RequestsAskedOn, words.Moment(r.OpenedAt))
	if r.Kind == requests.Rectification && r.Field != requests.OtherField {
		add(words.RequestsField, words.FormFieldName(r.Field))
	}
	if r.Kind == requests.Erasure {
		add(words.RequestsField, words.DeletedFor(string(r.Purpose)))
	}
	if r.State == requests.Answered {
		out.Badge.Tone, out.Badge.Icon = kit.ToneGood, kit.GlyphCheck
		add(words.RequestsAnsweredOn, words.Moment(r.AnsweredAt))
	} else {
		add(words.RequestsDue, words.Date(r.DueAt))
		if mark == requests.Overdue {
			out.Badge.Tone, out.Badge.Icon = kit.ToneWarn, kit.GlyphWarning
		}
	}
	ctx, actor := c.Request().Context(), visitorOf(c).actor()
	letter, err := s.Requests.Letter(ctx, actor, r.ID, ownReason)
	if err != nil {
		return out, err
	}
	reply, err := s.Requests.Reply(ctx, actor, r.ID, ownReason)
	if !r.ExtendedAt.IsZero() {
		out.Facts = append(out.Facts, kit.SummaryRow{Key: words.RequestsLonger, Value: words.RequestsExtended, Note: reply.Extension})
	}
	out.Words, out.Answer = words.AskedFor(letter.Value, letter.Words), reply.Words
	return out, err
}
