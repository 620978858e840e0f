package handlers

import (
	"slices"
	"strconv"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/sellers"
	"truepenny/views/kit"
	"truepenny/views/paths"
	"truepenny/views/review"
	"truepenny/views/words"
)

// presentChecks puts what the machine found into words: first what needs a
// person, then what matches, then what was not run.
func presentChecks(f caseFile) []review.Check {
	var out []review.Check
	checks := slices.Clone(f.Checks)
	slices.SortStableFunc(checks, func(a, b sellers.Check) int {
		return slices.Index(seenFirst, a.Outcome) - slices.Index(seenFirst, b.Outcome)
	})
	for _, c := range checks {
		check := review.Check{
			ID: "check-" + string(c.Kind), Title: words.MachineTitle(string(c.Kind)), Outcome: kit.Outcome(c.Outcome),
			Word: words.CheckWord(string(c.Kind), string(c.Outcome)), Text: words.CheckText(string(c.Kind), string(c.Outcome), c.Reason),
			Aside: words.CheckAside(c.Reason),
		}
		check.Pairs, check.Heads = presentPairs(c), [2]string{words.MachineDocument, words.MachineForm}
		if c.Kind == sellers.CheckRead {
			check.Heads = [2]string{words.FieldRead, words.FieldSaid}
		}
		if c.Kind == sellers.CheckBarcode {
			check.Heads = [2]string{words.MachineBarcode, words.MachineBeside}
		}
		if c.Kind == sellers.CheckPrinted {
			check.Heads = [2]string{words.MachinePrint, words.MachineZone}
		}
		if c.Kind == sellers.CheckPaper {
			check.Heads = [2]string{words.MachinePaper, words.MachineForm}
		}
		if agree(c) {
			check.Pairs, check.Aside = nil, words.ComparedAll(agreed(c))
		}
		if c.Kind == sellers.CheckExpiry && len(c.Compared) > 0 {
			check.Pairs, check.Aside = nil, words.ValidOn(words.DayOf(c.Compared[0].Left), words.DayOf(c.Compared[0].Right))
		}
		if c.Kind == sellers.CheckFace {
			check.Faces = presentFaces(f, c)
		}
		if c.Threshold != nil {
			check.Limit = presentLimit(c)
			check.Text += strangers(c)
		}
		if c.Kind == sellers.CheckCapture {
			presentTests(&check, f)
		}
		out = append(out, check)
	}
	return joinNotRun(out, checks)
}

var seenFirst = []sellers.Outcome{sellers.Fail, sellers.Review, sellers.Pass, sellers.NotRun}

// joinNotRun puts neighbours that were not run for the same reason on one line.
func joinNotRun(list []review.Check, checks []sellers.Check) []review.Check {
	var out []review.Check
	for i, c := range list {
		if n := len(out); i > 0 && checks[i].Outcome == sellers.NotRun && checks[i-1].Outcome == sellers.NotRun && checks[i].Reason == checks[i-1].Reason {
			out[n-1].Title += ", " + words.Within(c.Title)
			continue
		}
		out = append(out, c)
	}
	return out
}

// agree reports whether nothing of what was compared needs to be seen: a list
// of equal values would only hide the others.
func agree(c sellers.Check) bool {
	return c.Outcome == sellers.Pass && len(c.Compared) > 0 && !slices.ContainsFunc(c.Compared, func(p sellers.Compared) bool {
		return !p.Same || p.Note != ""
	})
}

// agreed are the values that agree, as the document has them.
func agreed(c sellers.Check) []string {
	var out []string
	for _, pair := range c.Compared {
		if !isPicture(pair) && pair.Left != "" {
			out = append(out, comparedValue(pair.What, pair.Left))
		}
	}
	return out
}

// presentPairs are the values that a check held against each other. Frames are
// shown as pictures instead.
func presentPairs(c sellers.Check) []review.Pair {
	var out []review.Pair
	for _, pair := range c.Compared {
		if isPicture(pair) || (pair.Left == "" && pair.Right == "") {
			continue
		}
		p := review.Pair{What: words.ComparedName(pair.What), Same: pair.Same}
		left, right := comparedValue(pair.What, pair.Left), comparedValue(pair.What, pair.Right)
		if pair.Same {
			p.Left, p.Right = []review.Span{{Text: left}}, []review.Span{{Text: right}}
		} else {
			p.Left, p.Right = differences(left, right)
		}
		p.Note = words.ComparedNote(pair.Note)
		out = append(out, p)
	}
	return out
}

func isPicture(c sellers.Compared) bool {
	return c.What == "frame" || c.What == "portrait" || c.What == "ghost"
}

func comparedValue(what, value string) string {
	switch what {
	case "birth-date", "expiry", "read-birth-date", "read-expiry", "print-birth-date", "print-expiry":
		if len(value) != len(time.DateOnly) { // print, as it was read
			return value
		}
		return words.DayOf(value)
	case "paper-date":
		if value != "" {
			return words.DayOf(value)
		}
	}
	return value
}

// presentFaces cuts the portrait and the closest face out of the pictures that
// the page shows anyway: no further look.
func presentFaces(f caseFile, c sellers.Check) *review.Faces {
	faces := review.Faces{}
	for _, portrait := range portraits(f.Checks) {
		if e, ok := evidenceByID(f.Evidence, portrait.Left); ok {
			crop := cropOf(f, e, portrait.Box)
			crop.Alt, crop.Caption = words.PortraitPicture, words.PortraitPicture
			faces.Portrait = &crop
			break
		}
	}
	frames := comparedFrames([]sellers.Check{c})
	if i := closest(frames); i >= 0 {
		if e, ok := evidenceByID(f.Evidence, frames[i].Left); ok && frames[i].Box.W > 0 {
			crop := cropOf(f, e, frames[i].Box)
			crop.Alt, crop.Caption = words.FramePicture, words.ClosestFrame(len(frames), frames[i].Right)
			faces.Frame = &crop
		}
	}
	if faces.Portrait == nil && faces.Frame == nil {
		return nil
	}
	return &faces
}

// closest is the place of the frame with the least distance, -1 when none has
// one.
func closest(frames []sellers.Compared) int {
	best, least := -1, 0.0
	for i, f := range frames {
		distance, err := strconv.ParseFloat(f.Right, 64)
		if err == nil && (best < 0 || distance < least) {
			best, least = i, distance
		}
	}
	return best
}

// portraits are the portraits that the portrait check found.
func portraits(checks []sellers.Check) []sellers.Compared {
	var out []sellers.Compared
	for _, c := range checks {
		for _, pair := range c.Compared {
			if pair.What == "portrait" && pair.Box.W > 0 {
				out = append(out, pair)
			}
		}
	}
	return out
}

func evidenceByID(all []sellers.Evidence, id string) (sellers.Evidence, bool) {
	i := slices.IndexFunc(all, func(e sellers.Evidence) bool { return e.ID == id })
	if i < 0 {
		return sellers.Evidence{}, false
	}
	return all[i], true
}

// cropOf is a face with some room around it, within its picture.
func cropOf(f caseFile, e sellers.Evidence, b sellers.Box) review.Crop {
	room := b.W / 4
	x, y := max(b.X-room, 0), max(b.Y-room, 0)
	return review.Crop{
		Src: paths.CaseEvidence(f.Application.ID, e.ID), Width: e.Width, Height: e.Height,
		X: x, Y: y, W: min(b.X+b.W+room, e.Width) - x, H: min(b.Y+b.H+room, e.Height) - y,
	}
}

// presentLimit says where a limit comes from; a bare number is never shown.
func presentLimit(c sellers.Check) *review.Limit {
	limit := &review.Limit{}
	if c.HasScore {
		limit.Rows = append(limit.Rows, kit.SummaryRow{Key: words.MachineDistance, Value: decimal(c.Score)})
		if log10, fitted := c.Threshold.Report.Calibration.Ratio(c.Score); fitted {
			limit.Rows = append(limit.Rows, kit.SummaryRow{Key: words.MachineWeight, Value: words.Weight(log10)})
		}
	}
	limit.Rows = append(limit.Rows,
		kit.SummaryRow{Key: words.MachineAccept, Value: words.AtMost(decimal(c.Threshold.Accept))},
		kit.SummaryRow{Key: words.MachineFail, Value: words.Above(decimal(c.Threshold.Review))},
	)
	limit.Text = limitText(c.Threshold.Report)
	return limit
}

// limitText says what is known of the errors at a limit.
func limitText(r face.Report) string {
	if !r.Given() {
		return words.LimitNoReport
	}
	if !r.Counted() {
		return words.LimitUncounted(r.Name)
	}
	group := words.LimitTooFew
	if r.WorstGroup.Name != "" {
		group = words.LimitWorst(r.WorstGroup.Name, share(r.WorstGroup.FalseMatches))
	}
	text := words.LimitReport(r.Name, share(r.FalseMatches), share(r.FalseNonMatches), group)
	if r.Used.Counted() {
		text += words.LimitUsed(r.Used.Frames, share(r.Used.FalseMatches), share(r.Used.FalseNonMatches))
	}
	return text
}

// strangers says how rare a check's distance is between strangers, where the
// report of its day counted them.
func strangers(c sellers.Check) string {
	calibration := c.Threshold.Report.Calibration
	if !c.HasScore || !calibration.Given() {
		return ""
	}
	return " " + words.Strangers(share(calibration.Strangers(c.Score)))
}

// share is a measured error rate with its interval.
func share(t face.Tally) words.Share {
	low, high := t.Interval()
	return words.Share{Set: t.Set, Errors: t.Errors, Of: t.Pairs, Low: low, High: high, AtMost: t.AtMost()}
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
