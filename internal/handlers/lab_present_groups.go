package handlers

import (
	"strings"

	"truepenny/internal/lab"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/words"
)

// groupSection is the table of groups at one threshold, with the rule of 25 %
// and the worst group in words under it.
func groupSection(r lab.FaceReport, csv string) viewlab.Section {
	s := viewlab.Section{ID: "groups", Title: words.ReportGroups, Text: words.ReportGroupsRule}
	if len(r.Groups) < 2 {
		s.Text = words.ReportGroupsNone
		return s
	}
	t := viewlab.TableOf{ID: "groups", Caption: words.ReportGroups,
		Heads: []string{words.ReportGroup, words.ReportGroupFMR, words.ReportGroupRatio, words.ReportGroupFNMR, words.ReportGroupRatio, words.ReportGroupRule}}
	for i, g := range r.Groups {
		standing := worseOf(g.FMRStanding, g.FNMRStanding)
		badge := standingBadge(standing)
		if i == 0 {
			badge = kit.BadgeProps{}
		}
		row := viewlab.TableRow{Badge: &badge, Cells: []string{groupName(g.Name, g.Value), rateCell(g.FMR), ratio(g.FMRRatio), rateCell(g.FNMR), ratio(g.FNMRRatio)}}
		if standing == lab.Worse {
			row.Tone = kit.ToneWarn
		}
		t.Rows = append(t.Rows, row)
	}
	s.Table, s.CSV, s.After = &t, csv, worstGroup(r.Groups[1:])
	return s
}

func groupName(name, value string) string {
	if name == "all" {
		return words.ReportGroupAll
	}
	return strings.TrimSpace(name + ": " + value)
}

func rateCell(r lab.Rate) string {
	if r.Pairs == 0 {
		return "–"
	}
	return words.Percent(r.Rate) + " (" + words.Between(r.Low, r.High) + ")"
}

func ratio(r *float64) string {
	if r == nil {
		return "–"
	}
	return words.ReportRatio(*r)
}

// worseOf is the graver of two standings.
func worseOf(a, b lab.Standing) lab.Standing {
	for _, s := range []lab.Standing{lab.Worse, lab.Unknown, lab.Within} {
		if a == s || b == s {
			return s
		}
	}
	return lab.Nothing
}

func standingBadge(s lab.Standing) kit.BadgeProps {
	switch s {
	case lab.Worse:
		return kit.BadgeProps{Text: words.ReportGroupWorse, Icon: kit.GlyphCross, Tone: kit.ToneBad}
	case lab.Within:
		return kit.BadgeProps{Text: words.ReportGroupWithin, Icon: kit.GlyphCheck, Tone: kit.ToneGood}
	case lab.Unknown:
		return kit.BadgeProps{Text: words.ReportGroupTooFew, Icon: kit.GlyphHalf, Tone: kit.ToneWarn}
	}
	return kit.BadgeProps{Text: words.ReportGroupNothing, Icon: kit.GlyphCircle}
}

// worstGroup names the group that is worst off of those that can be said to be
// worse.
func worstGroup(groups []lab.Group) string {
	worst, text := 0.0, words.ReportWorstNone
	for _, g := range groups {
		if g.FMRStanding == lab.Worse && g.FMRRatio != nil && *g.FMRRatio > worst {
			worst, text = *g.FMRRatio, words.ReportWorst(groupName(g.Name, g.Value), *g.FMRRatio, strings.ToLower(words.ReportGroupFMR))
		}
		if g.FNMRStanding == lab.Worse && g.FNMRRatio != nil && *g.FNMRRatio > worst {
			worst, text = *g.FNMRRatio, words.ReportWorst(groupName(g.Name, g.Value), *g.FNMRRatio, strings.ToLower(words.ReportGroupFNMR))
		}
	}
	return text
}
