package handlers

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/labstack/echo/v4"

	measured "truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	"truepenny/views/lab"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func (s *Server) presentDrift(c echo.Context, d laboratory.Drift) (lab.DriftProps, error) {
	p := lab.DriftProps{Frame: s.labFrame(c, words.DriftTitle), Band: words.DriftNoBand}
	if d.Known {
		p.Band = words.DriftBand(d.Expected, d.Low, d.High)
	}
	any := false
	t := lab.TableOf{ID: "weeks", Caption: words.DriftTable, Open: true, Whole: true, Heads: []string{words.DriftWeek, words.DriftChecked, words.DriftPass, words.DriftUnsure,
		words.DriftApart, words.DriftNotRun, words.DriftMedian, words.DriftAgree, words.DriftSign}}
	for i := len(d.Weeks) - 1; i >= 0; i-- {
		w := d.Weeks[i]
		any = any || w.Checked()+w.NotRun > 0
		t.Rows = append(t.Rows, driftRow(d, i))
	}
	if !any {
		return p, nil
	}
	reported, err := s.reported(c, d.Width)
	if err != nil {
		return p, err
	}
	limits := s.Lab.Thresholds(c.Request().Context())
	p.Table, p.Charts = &t, []lab.Chart{driftChart(d), liveChart(d, reported, limits.Accept, limits.Review)}
	p.Pager = kit.PagerProps{From: 1, To: len(d.Weeks), Total: len(d.Weeks), Noun: words.DriftNoun, Nouns: words.DriftNouns, CSV: paths.LabDriftCSV()}
	return p, nil
}

// reported are the distances of one person's pairs in the report in force, as
// shares in bins of a width; none when no report of this lab is.
func (s *Server) reported(c echo.Context, width float64) ([]float64, error) {
	a, found, err := s.Lab.InForce(c.Request().Context())
	if err != nil || !found {
		return nil, err
	}
	run, err := s.Lab.Run(c.Request().Context(), visitorOf(c).actor(), a.RunID)
	if err != nil {
		return nil, err
	}
	var r measured.FaceReport
	if err := json.Unmarshal(run.Report, &r); err != nil {
		return nil, fmt.Errorf("report of run %s: %w", run.ID, err)
	}
	var out []float64
	for i, n := range r.Histogram.Genuine {
		bin := int((r.Histogram.From + (float64(i)+0.5)*r.Histogram.Width) / width)
		for len(out) <= bin {
			out = append(out, 0)
		}
		out[bin] += float64(n) / float64(max(r.Genuine, 1))
	}
	return out, nil
}

func driftRow(d laboratory.Drift, i int) lab.TableRow {
	w := d.Weeks[i]
	sign := d.Look(i)
	badge := kit.BadgeProps{Text: words.DriftSignName(string(sign)), Icon: kit.GlyphCircle}
	row := lab.TableRow{Badge: &badge}
	switch sign {
	case laboratory.SignNone:
		badge.Icon, badge.Tone = kit.GlyphCheck, kit.ToneGood
	case laboratory.SignLower, laboratory.SignMoved:
		badge.Icon, badge.Tone, row.Tone = kit.GlyphHalf, kit.ToneWarn, kit.ToneWarn
	}
	passed := words.Number(w.Pass)
	if !w.TooFew() {
		share, low, high := w.PassShare()
		passed = words.Percent(share) + " (" + words.Between(low, high) + ")"
	}
	median := "–"
	if m, found := w.Median(); found {
		median = words.Distance(m)
	}
	agree, of := w.Judged()
	row.Cells = []string{words.Date(w.Monday), words.Number(w.Checked()), passed, words.Number(w.Unsure), words.Number(w.Apart), words.Number(w.NotRun), median, words.DriftAgreed(agree, of)}
	return row
}

// driftChart draws the share that passed, week by week, before the band that the
// report lets one expect.
func driftChart(d laboratory.Drift) lab.Chart {
	x, y := across(-0.5, float64(len(d.Weeks))-0.5, false), upwards(0, 1, false)
	ch := lab.Chart{ID: "weeks-chart", Title: words.DriftChart, Text: words.DriftText, X: lab.Axis{Label: words.DriftWeek}, Y: lab.Axis{Label: words.DriftShare, Ticks: percents(y)}}
	if d.Known {
		ch.Boxes = []lab.Box{{X: length(x.at), Y: length(y.place(d.High)), W: length(x.end - x.at), H: length(math.Max(2, y.place(d.Low)-y.place(d.High))), Class: "band"}}
		ch.Legend = []lab.Legend{{Class: "band", Text: words.DriftExpected}}
	}
	step := max(1, (len(d.Weeks)+5)/6)
	var points [][3]any
	for i, w := range d.Weeks {
		if i%step == 0 {
			ch.X.Ticks = append(ch.X.Ticks, x.tick(float64(i), w.Monday.Format("2 Jan")))
		}
		if w.TooFew() {
			continue
		}
		share, low, high := w.PassShare()
		ch.Dots = append(ch.Dots, lab.Dot{X: length(x.place(float64(i))), Y: length(y.place(share)), Low: length(y.place(low)), High: length(y.place(high))})
		points = append(points, [3]any{math.Round(x.place(float64(i))), math.Round(y.place(share)), words.DriftPoint(w.Monday, share, low, high, w.Checked())})
	}
	explored(&ch, points)
	return ch
}

// liveChart draws all live distances together, before those of one person's
// pairs in the report, with the thresholds.
func liveChart(d laboratory.Drift, reported []float64, accept, review float64) lab.Chart {
	var bins []int
	total := 0
	for _, w := range d.Weeks {
		for i, n := range w.Bins {
			for len(bins) <= i {
				bins = append(bins, 0)
			}
			bins[i], total = bins[i]+n, total+n
		}
	}
	most := 0.05
	for _, n := range bins {
		most = math.Max(most, float64(n)/float64(max(total, 1)))
	}
	for _, share := range reported {
		most = math.Max(most, share)
	}
	widest := math.Max(float64(max(len(bins), len(reported), 1))*d.Width, review+d.Width)
	x, y := across(0, widest, false), upwards(0, math.Ceil(most*20)/20, false)
	ch := lab.Chart{ID: "live", Title: words.DriftDistance, Text: words.DriftDistText, X: lab.Axis{Label: words.ReportHistX, Ticks: even(x)},
		Y: lab.Axis{Label: words.DriftDistY, Ticks: percents(y)}, Marks: limitMarks(x, accept, review), Legend: []lab.Legend{{Class: "same", Text: words.DriftLive}}}
	for i, share := range reported {
		left := x.place(float64(i) * d.Width)
		ch.Boxes = append(ch.Boxes, bar(left, x.place(float64(i+1)*d.Width)-left, y, share, "strangers"))
	}
	if len(reported) > 0 {
		ch.Legend = append(ch.Legend, lab.Legend{Class: "strangers", Text: words.DriftReported})
	}
	for i, n := range bins {
		left := x.place(float64(i) * d.Width)
		wide := (x.place(float64(i+1)*d.Width) - left) / 2 // beside what the report says
		if len(reported) == 0 {
			wide *= 2
		}
		ch.Boxes = append(ch.Boxes, bar(left, wide, y, float64(n)/float64(max(total, 1)), "same"))
	}
	return ch
}
