package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentCase decides what a case page shows of a case.
func (s *Server) presentCase(c echo.Context, f caseFile, d desk) review.CaseProps {
	app, me := f.Application, visitorOf(c).member
	title := app.Label() + " · " + app.DisplayName()
	p := review.CaseProps{
		Frame: s.console(c, title), State: stateBadge(app.State),
		Head:     s.caseHead(f, title),
		Standing: s.standing(c, f, me.ID),
		Read:     presentFields(f.Fields),
		Seller:   presentSeller(app),
		Queue:    paths.Queue(f.list),
		Appeal:   f.Appeal, Zone: f.Zone, Blocked: f.Connection != "",
		Printed: words.PrintedOn + " " + words.Moment(s.clock.Now()) + ", " + me.Name,
	}
	if app.State.Open() && app.Outcome != "" {
		badge := machineBadge(app.Outcome)
		badge.Soft, badge.Text = true, words.MachineSays(string(app.Outcome))
		p.Machine = &badge
	}
	if promised(app.State) && s.clock.Now().After(app.DueAt) {
		p.Late = &kit.BadgeProps{Text: words.LateBy(s.clock.Now().Sub(app.DueAt)), Tone: kit.ToneWarn, Icon: kit.GlyphClock}
	}
	if f.next != "" {
		p.Next = paths.Case(f.next, f.list)
	}
	if f.Previous != nil {
		p.Previous = &review.Link{Text: caseLabel(f.Previous.Number), Href: paths.Case(f.Previous.ID, f.list),
			Note: words.StateName(string(f.Previous.State)) + ", " + words.Date(f.Previous.DecidedAt)}
	}
	s.presentEvidence(&p, f)
	p.Checks = presentChecks(f)
	if !f.Rechecked.IsZero() {
		p.Rechecked = words.CheckedAgain(f.Rechecked)
	}
	s.presentCaseHistory(c, &p, f, d)
	s.presentDesk(c, &p, f, d)
	if p.Conflict != nil && p.Decide == nil && p.Second == nil {
		p.Conflict.Words = d.typed.words
	}
	return p
}

func (s *Server) caseHead(f caseFile, title string) kit.PageHeadProps {
	app, now := f.Application, s.clock.Now()
	_, label := placeOf(f.list)
	head := kit.PageHeadProps{Title: title, Back: paths.Queue(f.list), BackLabel: label}
	if f.position > 0 {
		head.Position = words.Position(f.position, f.total)
	}
	switch {
	case promised(app.State) && now.After(app.DueAt):
		head.Meta = words.WaitingFor(now.Sub(app.SubmittedAt)) + " · " + words.PromisedFor(app.DueAt)
	case promised(app.State):
		head.Meta = words.WaitingFor(now.Sub(app.SubmittedAt)) + " · " + words.PromisedBy(app.DueAt)
	case !app.DecidedAt.IsZero():
		head.Meta = words.DecidedOn(app.DecidedAt)
	}
	return head
}

// standing is the notice that says why this visitor can look but not decide.
func (s *Server) standing(c echo.Context, f caseFile, me string) *review.Notice {
	app := f.Application
	switch {
	case f.Connection != "":
		return &review.Notice{Title: words.ConnectedTitle, Text: words.Reason(f.Connection), Tone: kit.ToneWarn}
	case app.State == sellers.Second && proposer(f) == me:
		return &review.Notice{Title: words.ConnectedTitle, Text: words.SecondOther}
	case claimable(app.State) && tookPart(f, me):
		return &review.Notice{Title: words.ConnectedTitle, Text: words.Reason("case.took-part"), Tone: kit.ToneWarn}
	case claimable(app.State) && f.Holder != "" && f.Holder != me:
		return &review.Notice{Title: words.HeldBy(s.names(c)(f.Holder)), Text: words.HeldText}
	case !claimable(app.State):
		return &review.Notice{Title: words.DecidedTitle, Text: words.StateText(string(app.State))}
	}
	return nil
}

// proposer is who proposed the refusal that waits for a second look.
func proposer(f caseFile) string {
	for _, d := range f.Decisions {
		if d.Standing == sellers.Proposed {
			return d.By
		}
	}
	return ""
}

// tookPart reports whether somebody was one of the two of a refusal that waits
// for its second person or that an appeal reopened.
func tookPart(f caseFile, id string) bool {
	return slices.ContainsFunc(f.Decisions, func(d sellers.DecisionRecord) bool {
		return d.Standing == sellers.Proposed && d.By == id || d.Standing == sellers.Overruled && (d.By == id || d.SecondBy == id)
	})
}

// presentDesk puts the forms on the page that this visitor can use now.
func (s *Server) presentDesk(c echo.Context, p *review.CaseProps, f caseFile, d desk) {
	app, me := f.Application, visitorOf(c).member
	mine := f.Holder == me.ID
	if mine && claimable(app.State) {
		p.Held = words.HeldUntil(app.ClaimedAt.Add(s.Sellers.Policy.ClaimIdle))
	}
	if f.Holder == me.ID || f.Holder != "" && me.Has(staff.Lead) {
		p.Release, p.ReleaseLabel = paths.CaseRelease(app.ID, f.list), words.Release
		if !mine {
			p.ReleaseLabel = words.ReleaseFor(s.names(c)(f.Holder))
		}
	}
	if f.Connection == "" && claimable(app.State) {
		p.Connect = &review.Connect{Action: paths.CaseConnection(app.ID, f.list), Number: strconv.FormatInt(app.Number, 10)}
	}
	if f.Connection != "" || tookPart(f, me.ID) || f.Holder != "" && !mine {
		return
	}
	switch {
	case app.State == sellers.Waiting:
		p.Decide = s.presentDecide(f, d)
	case app.State == sellers.Second:
		p.Second = s.presentSecond(c, f, d)
	}
}

func presentSeller(app sellers.Application) []kit.SummaryRow {
	rows := []kit.SummaryRow{{Key: words.SellerKind, Value: words.KindName(string(app.Kind))}}
	if app.Kind == sellers.Business {
		rows = append(rows, kit.SummaryRow{Key: words.SellerBusiness, Value: app.BusinessName})
	}
	person := app.Details
	person.Kind = sellers.Person
	return append(rows,
		kit.SummaryRow{Key: words.SellerName, Value: sellers.Application{Details: person}.DisplayName()},
		kit.SummaryRow{Key: words.SellerBirth, Value: words.DayOf(app.BirthDate)},
		kit.SummaryRow{Key: words.SellerAddress, Value: addressLine(app.Address)},
		kit.SummaryRow{Key: words.SellerCountry, Value: words.CountryName(app.Country)},
		kit.SummaryRow{Key: words.SellerRoad, Value: words.RoadName(string(app.Road))},
		kit.SummaryRow{Key: words.SellerSent, Value: words.Moment(app.SubmittedAt), Note: words.RoundNote(app.Round)},
	)
}

func presentFields(fields []sellers.Field) []review.ReadField {
	var out []review.ReadField
	for _, f := range fields {
		if f.Read == "" && f.Corrected == "" {
			continue
		}
		row := review.ReadField{Name: words.FieldName(string(f.Name)), Read: writtenOut(f.Name, f.Read), Sure: f.Sure}
		if f.Corrected != "" && f.Corrected != f.Read {
			row.Corrected = writtenOut(f.Name, f.Corrected)
			_, row.Spans = differences(row.Read, row.Corrected)
		}
		out = append(out, row)
	}
	return out
}

// addressLine is an address on one line.
func addressLine(a sellers.Address) string {
	var parts []string
	for _, part := range []string{a.Line1, a.Line2, strings.TrimSpace(a.Postcode + " " + a.City), a.Region} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}
