package handlers

import (
	"math"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/coarse"
	"truepenny/internal/sellers"
	viewlab "truepenny/views/lab"
	viewparity "truepenny/views/parity"
	"truepenny/views/words"
)

// publicGroup is one group as everybody may know it: nobody shows through.
type publicGroup struct {
	Decided  publicCount  `json:"decided"`
	Open     publicCount  `json:"open"`
	Approved *publicShare `json:"approved_percent"`         // null while there are too few
	Wait     *float64     `json:"median_working_days_most"` // rounded up to half a day
}

// publicCount is "at least" so many, or "fewer than" ten.
type publicCount struct {
	AtLeast   *int `json:"at_least,omitempty"`
	FewerThan *int `json:"fewer_than,omitempty"`
}

type publicShare struct {
	About int `json:"about"`
	Low   int `json:"low"`
	High  int `json:"high"`
}

// publicComparison is the public page as programs read it.
type publicComparison struct {
	Compared     bool                 `json:"compared"` // false before the first daily comparison
	At           *time.Time           `json:"at,omitempty"`
	Since        *time.Time           `json:"applications_since,omitempty"`
	Accepted     publicGroup          `json:"accepted"`
	Declined     publicGroup          `json:"declined"`
	Verdicts     map[string]string    `json:"verdicts"` // "few": cannot be said yet; "alike": within the margin; "costs": beyond it
	AlarmSince   map[string]time.Time `json:"alarm_since"`
	MarginPoints float64              `json:"margin_points"`
	MarginDays   float64              `json:"margin_working_days"`
}

func publicParity(d sellers.ParityDay, found bool) publicComparison {
	f := d.Figures
	out := publicComparison{Compared: found, Accepted: groupOf(f.Accepted), Declined: groupOf(f.Declined), Verdicts: map[string]string{}, AlarmSince: map[string]time.Time{}}
	if !found {
		return out
	}
	day := f.From.UTC().Truncate(24 * time.Hour)
	out.At, out.Since = &f.At, &day
	out.Verdicts["approval"], out.Verdicts["wait"] = string(f.Approval.Verdict), string(f.Wait.Verdict)
	out.AlarmSince = d.Since
	out.MarginPoints, out.MarginDays = 100*f.Approval.Margin, f.Wait.Margin
	return out
}

func groupOf(r sellers.RoadParity) publicGroup {
	g := publicGroup{Decided: countOf(r.Decided), Open: countOf(r.Open)}
	if about, told := coarse.Percent(r.Approved, r.Decided); told {
		low, high := coarse.Outwards(r.ApprovalRange[0], r.ApprovalRange[1])
		g.Approved = &publicShare{about, low, high}
		if r.Wait.Known {
			most := math.Max(0.5, math.Ceil(2*r.Wait.Value)/2)
			g.Wait = &most
		}
	}
	return g
}

func countOf(n int) publicCount {
	shown, fewer := coarse.Count(n)
	if fewer {
		return publicCount{FewerThan: &shown}
	}
	return publicCount{AtLeast: &shown}
}

func (c publicCount) words() string {
	if c.AtLeast == nil {
		return words.AtLeastPeople(coarse.Few, true)
	}
	return words.AtLeastPeople(*c.AtLeast, false)
}

func (s *Server) presentPublicParity(c echo.Context, d sellers.ParityDay, found bool) viewparity.PublicProps {
	out := viewparity.PublicProps{PublicProps: s.public(c, words.ParityTitle)}
	if !found {
		return out
	}
	p := publicParity(d, found)
	out.Compared, out.Alarms = words.ParityCompared(d.Figures.At, d.Figures.From), parityAlarms(d)
	out.Margins = words.ParityMargins(d.Figures.Approval.Margin, d.Figures.Wait.Margin)
	for _, measure := range sellers.ParityAlarms {
		out.Verdicts = append(out.Verdicts, words.ParityPublicVerdict(measure, p.Verdicts[measure]))
	}
	approved := func(g publicGroup) string {
		if g.Approved == nil {
			return words.ParityTooFewYet
		}
		return words.AboutPercent(g.Approved.About, g.Approved.Low, g.Approved.High)
	}
	wait := func(g publicGroup) string {
		if g.Wait == nil {
			return words.ParityTooFewYet
		}
		return words.AboutDays(*g.Wait)
	}
	row := func(name, a, b string) viewlab.TableRow { return viewlab.TableRow{Cells: []string{name, a, b}} }
	out.Table = viewlab.Figures(viewlab.TableOf{ID: "parity", Caption: words.ParityTable, Left: 3, Heads: []string{words.ParityFigure, words.ParityYes, words.ParityNo}, Rows: []viewlab.TableRow{
		row(words.ParityDecided, p.Accepted.Decided.words(), p.Declined.Decided.words()),
		row(words.ParityOpen, p.Accepted.Open.words(), p.Declined.Open.words()),
		row(words.ParityApproved, approved(p.Accepted), approved(p.Declined)),
		row(words.ParityHalf, wait(p.Accepted), wait(p.Declined)),
	}})
	return out
}
