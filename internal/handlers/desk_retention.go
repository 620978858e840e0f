package handlers

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/audit"
	"truepenny/internal/privacy"
	"truepenny/internal/privacy/receipt"
	"truepenny/internal/vault"
	deskview "truepenny/views/desk"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// erasuresShown is how many deletions the page lists.
const erasuresShown = 100

// kept is what is held and what went, as the page and its file show it.
type keeping struct {
	totals   []vault.Total
	overdue  []privacy.Overdue
	erasures []privacy.Erasure
	last     time.Time // of the daily job; zero when it never ran
	items    int       // removed by it
	rows     int
}

// total is what is held for a purpose.
func (k keeping) total(p vault.Purpose) vault.Total {
	if i := slices.IndexFunc(k.totals, func(t vault.Total) bool { return t.Purpose == p }); i >= 0 {
		return k.totals[i]
	}
	return vault.Total{Purpose: p}
}

// late is how much of a purpose should be gone.
func (k keeping) late(p vault.Purpose) int {
	n := 0
	for _, o := range k.overdue {
		if o.Purpose == p {
			n += o.Count
		}
	}
	return n
}

func (s *Server) keeping(ctx context.Context) (k keeping, err error) {
	if k.totals, err = s.Vault.Totals(ctx); err != nil {
		return k, err
	}
	if k.overdue, err = s.Register.Overdue(ctx, s.clock.Now()); err != nil {
		return k, err
	}
	if k.erasures, err = s.Erasures.Recent(ctx, erasuresShown); err != nil {
		return k, err
	}
	return k, s.lastExpiry(ctx, &k)
}

// lastExpiry finds when the daily job was last done, and what it removed: every
// person's part stands in the log.
func (s *Server) lastExpiry(ctx context.Context, k *keeping) (err error) {
	if s.LastExpiry == nil {
		return nil
	}
	if k.last, _, err = s.LastExpiry(ctx); err != nil || k.last.IsZero() {
		return err
	}
	rows, err := s.Audit.List(ctx, audit.Filter{Action: "privacy.expired", Limit: 1000})
	for _, r := range rows {
		if r.At.After(k.last) || k.last.Sub(r.At) > 12*time.Hour {
			continue
		}
		items, _ := strconv.Atoi(r.Details["items"])
		gone, _ := strconv.Atoi(r.Details["rows"])
		k.items, k.rows = k.items+items, k.rows+gone
	}
	return err
}

func (s *Server) showRetention(c echo.Context) error {
	k, err := s.keeping(c.Request().Context())
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, deskview.Retention(s.presentRetention(c, k)))
}

func (s *Server) exportRetention(c echo.Context) error {
	k, err := s.keeping(c.Request().Context())
	if err != nil {
		return err
	}
	out, err := startCSV(c, "retention.csv", words.RetentionCSVHead()...)
	list := privacy.Purposes()
	for i := 0; err == nil && i < len(list); i++ {
		p, t := list[i], k.total(list[i].ID)
		err = out.Row(string(p.ID), p.KeptDays, p.Clock, p.Offered, t.Items, t.Oldest, t.NextEnd, k.late(p.ID))
	}
	return s.endCSV(c, out, err)
}

func (s *Server) presentRetention(c echo.Context, k keeping) deskview.RetentionProps {
	last := kit.Stat{Label: words.RetentionLast, Value: words.RetentionNever}
	if !k.last.IsZero() {
		last.Value, last.Note = words.Moment(k.last), words.RetentionRemoved+": "+words.RetentionSum(k.items, k.rows)
	}
	p := deskview.RetentionProps{Frame: s.console(c, words.DeskRetention), Tiles: []kit.Stat{overdueTile(k.overdue), last}}
	p.Tiles[0].Href = ""
	for _, o := range k.overdue {
		p.Overdue = append(p.Overdue, deskview.OverdueRow{Where: o.Source, What: words.HoldingName(o.What), Purpose: words.DeskPurpose(string(o.Purpose)),
			Since: words.Date(o.Since), Count: words.Number(o.Count)})
	}
	for _, x := range privacy.Purposes() {
		if !x.Offered {
			continue
		}
		t := k.total(x.ID)
		row := deskview.PurposeRow{Name: words.PurposeName(string(x.ID)), Clock: words.PurposeKept(x.KeptDays, x.Clock), Items: words.Number(t.Items)}
		if t.Items > 0 {
			row.Oldest, row.Next = words.Date(t.Oldest), words.Date(t.NextEnd)
		}
		p.Purposes = append(p.Purposes, row)
	}
	for _, e := range k.erasures {
		p.Erasures = append(p.Erasures, erasureRow(e))
	}
	return p
}

func erasureRow(e privacy.Erasure) deskview.ErasureRow {
	row := deskview.ErasureRow{At: words.Moment(e.AskedAt), What: words.DeskPurpose(string(e.Purpose)), Why: words.RetentionAsked,
		State: kit.BadgeProps{Text: words.RetentionUnderWay, Icon: kit.GlyphTurn, Tone: kit.ToneInfo}}
	if e.Occasion == receipt.Expired {
		row.Why, row.What = words.RetentionExpired, words.RetentionEnded
	}
	switch e.State {
	case privacy.ErasureDone:
		row.State = kit.BadgeProps{Text: words.RetentionDone, Icon: kit.GlyphCheck, Tone: kit.ToneGood}
	case privacy.ErasureHeld:
		row.State = kit.BadgeProps{Text: words.RetentionHeld, Icon: kit.GlyphLock, Tone: kit.ToneWarn}
	}
	if e.ReceiptID != "" && e.State == privacy.ErasureDone {
		row.Receipt = paths.Receipt(e.ReceiptID)
	}
	return row
}
