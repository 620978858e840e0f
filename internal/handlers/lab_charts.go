package handlers

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"truepenny/internal/lab"
	viewlab "truepenny/views/lab"
	"truepenny/views/words"
)

// scale leads from a value to a place in a drawing.
type scale struct {
	from, to float64 // values
	at, end  float64 // places
	log      bool
}

func (s scale) place(v float64) float64 {
	from, to := s.from, s.to
	if s.log {
		v, from, to = math.Log10(math.Max(v, s.from)), math.Log10(s.from), math.Log10(s.to)
	}
	return s.at + (s.end-s.at)*(v-from)/(to-from)
}

// length writes a place to a tenth of a unit.
func length(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func (s scale) tick(v float64, label string) viewlab.Tick {
	return viewlab.Tick{At: length(s.place(v)), Label: label}
}

func across(from, to float64, log bool) scale {
	return scale{from, to, viewlab.ChartLeft, viewlab.ChartRight, log}
}

func upwards(from, to float64, log bool) scale {
	return scale{from, to, viewlab.ChartBottom, viewlab.ChartTop, log}
}

// explored is what the slider under a chart walks along.
func explored(c *viewlab.Chart, points [][3]any) {
	if len(points) < 2 {
		return
	}
	raw, err := json.Marshal(points)
	if err != nil {
		return // texts and numbers always encode
	}
	c.Points, c.Count, c.First = string(raw), len(points), points[0][2].(string)
}

// detChart draws the two errors against each other, both axes logarithmic from
// the least rate that this many pairs can show.
func detChart(r lab.FaceReport, csv string) viewlab.Chart {
	x := across(leastDecade(r.Impostor), 1, true)
	y := upwards(leastDecade(r.Genuine), 1, true)
	c := viewlab.Chart{
		ID: "det", Title: words.ReportDET, Text: words.ReportDETText, CSV: csv,
		X: viewlab.Axis{Label: words.ReportDETFMR, Ticks: decades(x)}, Y: viewlab.Axis{Label: words.ReportDETFNMR, Ticks: decades(y)},
	}
	var path strings.Builder
	var points [][3]any
	for i, p := range r.DET {
		px, py := x.place(p.FMR), y.place(p.FNMR)
		verb := "L"
		if i == 0 {
			verb = "M"
		} else { // a rate changes at once: first across, then down
			path.WriteString("L" + length(px) + " " + length(y.place(r.DET[i-1].FNMR)))
		}
		path.WriteString(verb + length(px) + " " + length(py))
		points = append(points, [3]any{math.Round(px), math.Round(py), words.LabPoint(p.Threshold, p.FMR, p.FNMR)})
	}
	hx, hy := x.place(r.FMR), y.place(r.FNMR)
	cross := "M" + length(hx-7) + " " + length(hy-7) + "L" + length(hx+7) + " " + length(hy+7) + "M" + length(hx-7) + " " + length(hy+7) + "L" + length(hx+7) + " " + length(hy-7)
	c.Lines = []viewlab.Line{{Path: path.String(), Class: "curve"}, {Path: cross, Class: "cross"}}
	explored(&c, points)
	return c
}

// leastDecade is the power of ten below which n comparisons show nothing.
func leastDecade(n int) float64 {
	return math.Pow(10, math.Floor(-math.Log10(float64(max(n, 10)))))
}

func decades(s scale) []viewlab.Tick {
	var out []viewlab.Tick
	for v := s.from; v <= s.to*1.01; v *= 10 {
		out = append(out, s.tick(v, strings.TrimSuffix(words.Percent(v), " %")))
	}
	return out
}

// histogramChart draws the shares of both kinds of pairs, each scaled to its own
// number, with the thresholds.
func histogramChart(r lab.FaceReport, csv string) viewlab.Chart {
	h := r.Histogram
	bins := max(len(h.Genuine), len(h.Impostor))
	share := func(list []int, i, of int) float64 {
		if i >= len(list) || of == 0 {
			return 0
		}
		return float64(list[i]) / float64(of)
	}
	most := 0.01
	for i := range bins {
		most = math.Max(most, math.Max(share(h.Genuine, i, r.Genuine), share(h.Impostor, i, r.Impostor)))
	}
	top := math.Ceil(most*20) / 20
	x, y := across(h.From, h.From+float64(bins)*h.Width, false), upwards(0, top, false)
	c := viewlab.Chart{
		ID: "distances", Title: words.ReportHistogram, Text: words.ReportHistText, CSV: csv,
		X: viewlab.Axis{Label: words.ReportHistX, Ticks: even(x)}, Y: viewlab.Axis{Label: words.ReportHistY, Ticks: percents(y)},
		Legend: []viewlab.Legend{{Class: "same", Text: words.ReportSame}, {Class: "strangers", Text: words.ReportStrangers}, {Class: "mark", Text: words.LimitsAccept + ", " + words.LimitsReview}},
		Marks:  limitMarks(x, r.Threshold, r.Review),
	}
	var points [][3]any
	for i := range bins {
		from := h.From + float64(i)*h.Width
		left, wide := x.place(from), x.place(from+h.Width)-x.place(from)
		g, s := share(h.Genuine, i, r.Genuine), share(h.Impostor, i, r.Impostor)
		c.Boxes = append(c.Boxes, bar(left, wide, y, s, "strangers"), bar(left, wide, y, g, "same"))
		points = append(points, [3]any{math.Round(left + wide/2), math.Round(y.place(math.Max(g, s))), words.LabBin(from, from+h.Width, at(h.Genuine, i), at(h.Impostor, i))})
	}
	explored(&c, points)
	return c
}

func at(list []int, i int) int {
	if i < len(list) {
		return list[i]
	}
	return 0
}

func bar(left, wide float64, y scale, share float64, class string) viewlab.Box {
	top := y.place(share)
	return viewlab.Box{X: length(left), Y: length(top), W: length(math.Max(wide-1, 1)), H: length(y.at - top), Class: class}
}

func limitMarks(x scale, accept, review float64) []viewlab.Mark {
	out := []viewlab.Mark{{X: length(x.place(accept)), Y: "24", Label: words.Distance(accept)}}
	if review > accept {
		out = append(out, viewlab.Mark{X: length(x.place(review)), Y: "42", Label: words.Distance(review)})
	}
	return out
}

// even gives about six round ticks.
func even(s scale) []viewlab.Tick {
	span := s.to - s.from
	step := math.Pow(10, math.Floor(math.Log10(span/5)))
	for _, m := range []float64{1, 2, 5, 10} {
		if span/(step*m) <= 7 {
			step *= m
			break
		}
	}
	var out []viewlab.Tick
	for v := math.Ceil(s.from/step) * step; v <= s.to+step/100; v += step {
		out = append(out, s.tick(v, strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64)))
	}
	return out
}

func percents(s scale) []viewlab.Tick {
	ticks := even(scale{100 * s.from, 100 * s.to, s.at, s.end, false})
	return ticks
}
