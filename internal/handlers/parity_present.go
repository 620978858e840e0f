package handlers

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/interval"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	viewparity "truepenny/views/parity"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentParity(c echo.Context, p sellers.Parity) (viewparity.ConsoleProps, error) {
	chosen := s.parityDays(c)
	query := paths.ParityQuery{Days: strconv.Itoa(chosen)}
	out := viewparity.ConsoleProps{Console: s.console(c, words.ParityTitle), Period: query.Days, CSV: paths.ParityCSV(query), Margins: words.ParityMargins(p.Approval.Margin, p.Wait.Margin)}
	for _, n := range parityPeriods {
		out.Periods = append(out.Periods, kit.Option{Value: strconv.Itoa(n), Label: words.ParityPeriodName(n)})
	}
	last, _, err := s.Sellers.LastParity(c.Request().Context())
	if err != nil {
		return out, err
	}
	out.Alarms = parityAlarms(last)
	out.Empty = p.Accepted.Sent+p.Declined.Sent+p.Accepted.Unsent+p.Declined.Unsent == 0
	out.Gaps, out.Counts = viewlab.Figures(parityGaps(p)), viewlab.Figures(parityCounts(p))
	for _, g := range []sellers.Gap{p.Approval, p.Wait} {
		if g.Verdict == sellers.VerdictFew {
			out.Needs = append(out.Needs, words.ParityNeeded(g.Needed, sellers.MostNeeded))
		}
	}
	if len(out.Needs) == 2 { // one sentence holds for both
		out.Needs = []string{words.ParityNeeded(max(p.Approval.Needed, p.Wait.Needed), sellers.MostNeeded)}
	}
	if p.Accepted.Sent > 0 && p.Declined.Sent > 0 {
		out.Chart = viewlab.Draw(parityChart(p))
	}
	return out, nil
}

func parityAlarms(d sellers.ParityDay) []string {
	var out []string
	for _, alarm := range sellers.ParityAlarms {
		if since, rings := d.Since[alarm]; rings {
			out = append(out, words.ParityAlarm(alarm, since))
		}
	}
	return out
}

func parityGaps(p sellers.Parity) viewlab.TableOf {
	a, d := p.Accepted, p.Declined
	share := func(r sellers.RoadParity) string {
		return words.ParityShare(r.Approved, r.Decided, r.ApprovalRange[0], r.ApprovalRange[1])
	}
	median := func(m interval.Median) string { return words.ParityMedian(m.Value, m.Low, m.High, m.Known) }
	t := viewlab.TableOf{ID: "gaps", Caption: words.ParityTable, Left: 5, Heads: []string{words.ParityMeasure, words.ParityAccepted, words.ParityDeclined, words.ParityGapHead, words.ParityVerdict}}
	t.Rows = []viewlab.TableRow{
		{Cells: []string{words.ParityApproval, share(a), share(d), words.ParityPoints(p.Approval.Value, p.Approval.Low, p.Approval.High)}, Badge: verdictBadge(p.Approval.Verdict)},
		{Cells: []string{words.ParityWait, median(a.Wait), median(d.Wait), words.ParityDays(p.Wait.Value, p.Wait.Low, p.Wait.High, p.Wait.Known)}, Badge: verdictBadge(p.Wait.Verdict)},
		{Cells: []string{words.ParityHours, median(a.Before), median(d.Before), words.ParityHourGap(p.Before.Value, p.Before.Low, p.Before.High, p.Before.Known)},
			Badge: &kit.BadgeProps{Text: words.ParityInfo, Icon: kit.GlyphInfo}},
	}
	if a.Decided == 0 || d.Decided == 0 {
		t.Rows[0].Cells[3] = "–"
	}
	return t
}

func verdictBadge(v sellers.Verdict) *kit.BadgeProps {
	switch v {
	case sellers.VerdictAlike:
		return &kit.BadgeProps{Text: words.ParityAlike, Icon: kit.GlyphCheck, Tone: kit.ToneGood}
	case sellers.VerdictCosts:
		return &kit.BadgeProps{Text: words.ParityCosts, Icon: kit.GlyphWarning, Tone: kit.ToneBad}
	}
	return &kit.BadgeProps{Text: words.ParityFew, Icon: kit.GlyphCircle}
}

func parityCounts(p sellers.Parity) viewlab.TableOf {
	a, d := p.Accepted, p.Declined
	oldest := func(r sellers.RoadParity) string {
		if r.Open == 0 {
			return "–"
		}
		return words.WorkingDayCount(math.Round(100*r.OldestDay) / 100)
	}
	row := func(name string, x, y int) viewlab.TableRow {
		return viewlab.TableRow{Cells: []string{name, words.Number(x), words.Number(y)}}
	}
	return viewlab.TableOf{ID: "counts", Caption: words.ParityCounts, Heads: []string{words.ParityMeasure, words.ParityAccepted, words.ParityDeclined}, Rows: []viewlab.TableRow{
		row(words.ParitySent, a.Sent, d.Sent), row(words.ParityDecided, a.Decided, d.Decided), row(words.ParityOpen, a.Open, d.Open),
		{Cells: []string{words.ParityOldest, oldest(a), oldest(d)}}, row(words.ParityEnded, a.Cancelled, d.Cancelled), row(words.ParityUnsent, a.Unsent, d.Unsent),
	}}
}

// parityChart draws how many are decided after so many working days, open cases
// counted.
func parityChart(p sellers.Parity) viewlab.Chart {
	longest := 1.0
	for _, curve := range [][]interval.Step{p.Accepted.Curve, p.Declined.Curve} {
		if n := len(curve); n > 0 {
			longest = math.Max(longest, curve[n-1].Time)
		}
	}
	x, y := across(0, math.Ceil(longest), false), upwards(0, 1, false)
	ch := viewlab.Chart{ID: "decided", Title: words.ParityChart, Text: words.ParityChartText,
		X: viewlab.Axis{Label: words.ParityChartX, Ticks: even(x)}, Y: viewlab.Axis{Label: words.ParityChartY, Ticks: percents(y)},
		Lines:  []viewlab.Line{{Path: decidedPath(p.Accepted.Curve, x, y), Class: "curve"}, {Path: decidedPath(p.Declined.Curve, x, y), Class: "other"}},
		Legend: []viewlab.Legend{{Class: "curve", Text: words.ParityAccepted}, {Class: "other", Text: words.ParityDeclined}}}
	var points [][3]any
	for i := range 21 {
		at := math.Round(float64(i)*x.to/20*100) / 100
		accepted, declined := decidedAt(p.Accepted.Curve, at), decidedAt(p.Declined.Curve, at)
		points = append(points, [3]any{math.Round(x.place(at)), math.Round(y.place(declined)), words.ParityPoint(at, accepted, declined)})
	}
	explored(&ch, points)
	return ch
}

func decidedPath(curve []interval.Step, x, y scale) string {
	var b strings.Builder
	b.WriteString("M" + length(x.place(0)) + " " + length(y.place(0)))
	decided := 0.0
	for _, s := range curve { // a share changes at once: first across, then up
		b.WriteString("L" + length(x.place(s.Time)) + " " + length(y.place(decided)))
		decided = 1 - s.Waiting
		b.WriteString("L" + length(x.place(s.Time)) + " " + length(y.place(decided)))
	}
	return b.String() + "L" + length(x.end) + " " + length(y.place(decided))
}

func decidedAt(curve []interval.Step, at float64) float64 {
	decided := 0.0
	for _, s := range curve {
		if s.Time <= at {
			decided = 1 - s.Waiting
		}
	}
	return decided
}

func parityRows(p sellers.Parity) [][]any {
	from := any(p.From)
	if p.From.IsZero() {
		from = time.Time{}
	}
	estimate := func(m interval.Median) []any {
		if !m.Known {
			return []any{nil, nil, nil}
		}
		return []any{m.Value, finite(m.Low), finite(m.High)}
	}
	row := func(measure string, accepted []any, n int, declined []any, m int, g sellers.Gap, margin, verdict, needed any) []any {
		out := append([]any{from, p.To, measure}, accepted...)
		out = append(append(append(out, n), declined...), m)
		if !g.Known {
			return append(out, nil, nil, nil, margin, verdict, needed)
		}
		return append(out, g.Value, finite(g.Low), finite(g.High), margin, verdict, needed)
	}
	share := func(r sellers.RoadParity) []any {
		return []any{r.Approval.Rate(), r.ApprovalRange[0], r.ApprovalRange[1]}
	}
	a, d := p.Accepted, p.Declined
	return [][]any{
		row("approval share", share(a), a.Decided, share(d), d.Decided, p.Approval, p.Approval.Margin, string(p.Approval.Verdict), p.Approval.Needed),
		row("working days to decision", estimate(a.Wait), a.Sent, estimate(d.Wait), d.Sent, p.Wait, p.Wait.Margin, string(p.Wait.Verdict), p.Wait.Needed),
		row("hours before sending", estimate(a.Before), a.Sent, estimate(d.Before), d.Sent, p.Before, nil, nil, nil),
	}
}

func finite(v float64) any {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return nil
	}
	return v
}
