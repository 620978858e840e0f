package handlers

import (
	"math"

	"truepenny/internal/lab"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/words"
)

// presentIdentify puts a drill into words: the points side by side, groups, and
// what the same error means in a larger gallery.
func presentIdentify(r lab.IdentifyReport, out *viewlab.Report, table func(string) string) {
	out.Lead = words.DrillShape(r.Probes, r.Gallery)
	if r.Synthetic {
		out.Note = words.ReportDrillModel
	}
	points := viewlab.TableOf{ID: "points", Caption: words.DrillTitle, Open: true,
		Heads: []string{words.ReportDrillPoint, words.ReportDistance, words.ReportDrillFalse, words.ReportDrillFPIR, words.ReportDrillFMR, words.ReportDrillFNIR}}
	expect := viewlab.TableOf{ID: "expected", Caption: words.ReportDrillAt, Open: true,
		Heads: []string{words.ReportDrillPoint, words.ReportDrillAt, words.ReportDrillExpect, words.ReportDrillPer}, Left: 1}
	for _, p := range r.Points {
		out.Stats = append(out.Stats, kit.Stat{Label: words.DrillPoint(p.Name) + " (" + words.Distance(p.Threshold) + ")", Value: words.Number(p.FalseIdentities), Note: words.ReportDrillFalse + "; FPIR " + words.Percent(p.FPIR.Rate)})
		points.Rows = append(points.Rows, viewlab.TableRow{Cells: []string{words.DrillPoint(p.Name), words.Distance(p.Threshold), words.Number(p.FalseIdentities),
			rateCell(p.FPIR), rateCell(p.FMR), rateCell(p.FNIR)}})
		for _, e := range p.Expected {
			expect.Rows = append(expect.Rows, viewlab.TableRow{Cells: []string{words.DrillPoint(p.Name), words.Number(e.N),
				words.Percent(e.FPIR) + " (" + words.Between(e.Low, e.High) + ")", words.PerThousand(e.FPIR)}})
		}
	}
	out.Sections = append(out.Sections, viewlab.Section{ID: "points", Title: words.DrillTitle, Text: words.DrillACLU, Table: &points, CSV: table("points")})
	if g := drillGroups(r); g != nil {
		out.Sections = append(out.Sections, *g)
	}
	out.Sections = append(out.Sections, viewlab.Section{ID: "expected", Title: words.ReportDrillAt, Text: words.ReportDrillAtText, Table: &expect})
	var claims []lab.Claim
	for _, p := range r.Points {
		if p.Name == lab.PointOperating {
			claims = append(claims, p.Claim)
		}
	}
	out.Sections = append(out.Sections, claimSection(claims))
}

// drillGroups is the table of groups at the threshold in force.
func drillGroups(r lab.IdentifyReport) *viewlab.Section {
	t := viewlab.TableOf{ID: "drill-groups", Caption: words.ReportGroups, Heads: []string{words.ReportGroup, words.ReportDrillPoint, words.ReportDrillFPIR, words.ReportGroupRatio, words.ReportGroupRule}, Left: 2}
	for _, p := range r.Points {
		for _, g := range p.Groups {
			if g.Name == "all" {
				continue
			}
			badge := standingBadge(g.Standing)
			row := viewlab.TableRow{Badge: &badge, Cells: []string{groupName(g.Name, g.Value), words.DrillPoint(p.Name), rateCell(g.FPIR), ratio(g.Ratio)}}
			if g.Standing == lab.Worse {
				row.Tone = kit.ToneWarn
			}
			t.Rows = append(t.Rows, row)
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return &viewlab.Section{ID: "drill-groups", Title: words.ReportGroups, Text: words.ReportGroupsRule, Table: &t}
}

func presentDocuments(r lab.DocumentReport, out *viewlab.Report, _ func(string) string) {
	count := func(share float64) int { return int(math.Round(share * float64(r.Documents))) }
	out.Lead = words.LabExact(count(r.Exact), r.Documents, r.FalseSure)
	out.Stats = []kit.Stat{
		{Label: words.ReportDocuments, Value: words.Number(r.Documents)},
		{Label: words.ReportDocExact, Value: words.Percent(r.Exact), Note: words.Number(count(r.Exact)) + " " + words.ReportOf + " " + words.Number(r.Documents)},
		{Label: words.ReportDocSure, Value: words.Percent(r.Sure), Note: words.Number(count(r.Sure))},
		{Label: words.ReportDocWrong, Value: words.Number(r.FalseSure)},
		{Label: words.ReportDocChars, Value: words.Percent(r.CharErrorRate)},
		{Label: words.ReportDocSeconds, Value: words.Milliseconds(1000 * r.Seconds)},
		{Label: words.ReportDocWithout, Value: words.Number(r.Without), Note: words.ReportDocFalse + " " + words.Number(r.FalseZones)},
	}
}

// presentLiveness lists the kinds of attack, worst first; there is no average.
func presentLiveness(r lab.LivenessReport, out *viewlab.Report, table func(string) string) {
	out.Note = words.ReportAttackText
	if len(r.Attacks) > 0 {
		worst := r.Attacks[0]
		out.Lead = words.ReportWorstAttack(worst.Kind, worst.Accepted, worst.Presented, worst.Low, worst.High)
	}
	refused := int(math.Round(r.BPCER * float64(r.Live)))
	out.Stats = []kit.Stat{
		{Label: words.ReportLive, Value: words.Percent(r.BPCER), Note: words.Number(refused) + " " + words.ReportOf + " " + words.Number(r.Live)},
		{Label: words.ReportLiveFilmed, Value: words.Percent(r.LiveReal.Rate), Note: note(r.LiveReal)},
		{Label: words.ReportLiveMade, Value: words.Percent(r.LiveGenerated.Rate), Note: note(r.LiveGenerated)},
	}
	out.Sections = append(out.Sections, attackSection("attacks", words.ReportAttacks, r.Attacks, table("attacks")))
	if len(r.WithoutLight.Attacks) > 0 {
		out.Sections = append(out.Sections, attackSection("no-light", words.ReportNoLight, r.WithoutLight.Attacks, ""))
	}
	if len(r.Steered) > 0 {
		out.Sections = append(out.Sections, attackSection("steered", words.ReportSteered, r.Steered, ""))
	}
}

func attackSection(id, title string, attacks []lab.AttackRate, csv string) viewlab.Section {
	t := viewlab.TableOf{ID: id, Caption: title, Open: true, Heads: []string{words.ReportAttack, words.ReportPresented, words.ReportAccepted, words.ReportToPerson, words.ReportIAPAR}}
	for _, a := range attacks {
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.AttackName(a.Kind), words.Number(a.Presented), words.Number(a.Accepted), words.Number(a.Reviewed),
			words.Percent(a.IAPAR) + " (" + words.Between(a.Low, a.High) + ")"}})
	}
	return viewlab.Section{ID: id, Title: title, Table: &t, CSV: csv}
}

func presentBarcodes(r lab.BarcodeReport, out *viewlab.Report, _ func(string) string) {
	out.Lead = words.LabRead(r.Read, r.Pictures)
	of := func(n int, rate float64) (string, string) {
		return words.Percent(rate), words.Number(n) + " " + words.ReportOf + " " + words.Number(r.Pictures)
	}
	out.Stats = []kit.Stat{{Label: words.ReportBarPictures, Value: words.Number(r.Pictures)}}
	for _, s := range []struct {
		label string
		n     int
		rate  float64
	}{{words.ReportBarRead, r.Read, r.Rates.Read}, {words.ReportBarTilt5, r.Tilted5, r.Rates.Tilted5}, {words.ReportBarTilt10, r.Tilted10, r.Rates.Tilted10}} {
		value, counted := of(s.n, s.rate)
		out.Stats = append(out.Stats, kit.Stat{Label: s.label, Value: value, Note: counted})
	}
	out.Stats = append(out.Stats, kit.Stat{Label: words.ReportBarWrong, Value: words.Number(r.Wrong)}, kit.Stat{Label: words.ReportSpeed, Value: words.Milliseconds(1000 * r.Seconds)})
}
