package handlers

import (
	"encoding/json"
	"fmt"
	"strings"

	"truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/views/kit"
	viewlab "truepenny/views/lab"
	"truepenny/views/words"
)

// presentReport puts a finished run's report into words. It holds nothing that
// only the console may show; table gives the address of a table as a file.
func presentReport(run laboratory.Run, table func(string) string) (viewlab.Report, error) {
	out := viewlab.Report{Title: words.LabReportTitle(run.Number), Kind: words.LabKindName(string(run.Kind)), Set: setName(run), Made: made(run)}
	read := map[laboratory.Kind]func() error{
		laboratory.Face:     func() error { return into(run, &out, table, presentFace) },
		laboratory.Identify: func() error { return into(run, &out, table, presentIdentify) },
		laboratory.Document: func() error { return into(run, &out, table, presentDocuments) },
		laboratory.Liveness: func() error { return into(run, &out, table, presentLiveness) },
		laboratory.Barcode:  func() error { return into(run, &out, table, presentBarcodes) },
	}[run.Kind]
	if read == nil {
		return out, nil
	}
	return out, read()
}

// into reads a stored report and presents it.
func into[R any](run laboratory.Run, out *viewlab.Report, table func(string) string, present func(R, *viewlab.Report, func(string) string)) error {
	var r R
	if err := json.Unmarshal(run.Report, &r); err != nil {
		return fmt.Errorf("report of run %s: %w", run.ID, err)
	}
	present(r, out, table)
	return nil
}

func made(run laboratory.Run) []kit.SummaryRow {
	network := strings.TrimSpace(run.Network + " " + run.Version)
	if network == "" {
		network = words.ReportNoNetwork
	}
	rows := []kit.SummaryRow{{Key: words.LabKind, Value: words.LabKindName(string(run.Kind))}, {Key: words.ReportSet, Value: setName(run)}, {Key: words.ReportNetwork, Value: network}}
	if run.Network != "" {
		rows = append(rows, kit.SummaryRow{Key: words.ReportPrint256, Value: run.Fingerprint[:min(16, len(run.Fingerprint))]})
	}
	return append(rows, kit.SummaryRow{Key: words.ReportCode, Value: run.Code}, kit.SummaryRow{Key: words.ReportMachine, Value: run.Machine},
		kit.SummaryRow{Key: words.ReportSeed, Value: fmt.Sprint(run.Seed)}, kit.SummaryRow{Key: words.ReportRan, Value: words.Moment(run.FinishedAt)})
}

func note(r lab.Rate) string { return words.RateNote(r.Errors, r.Pairs, r.Low, r.High) }

func presentFace(r lab.FaceReport, out *viewlab.Report, table func(string) string) {
	all := lab.Group{}
	if len(r.Groups) > 0 {
		all = r.Groups[0]
	}
	out.Lead = words.ReportWords(r.Threshold, r.FMR, all.FMR.Low, all.FMR.High, all.FMR.Errors, all.FMR.Pairs)
	eer := ""
	if r.EERBootstrap != nil {
		eer = words.Between(r.EERBootstrap.Low, r.EERBootstrap.High)
	}
	out.Stats = []kit.Stat{
		{Label: words.ReportEER, Value: words.Percent(r.EER), Note: eer},
		{Label: words.ReportFMR, Value: words.Percent(r.FMR), Note: note(all.FMR) + bootstrap(all.FMR)},
		{Label: words.ReportFNMR, Value: words.Percent(r.FNMR), Note: note(all.FNMR) + bootstrap(all.FNMR)},
		{Label: words.ReportAcquire, Value: words.Percent(r.FailureToAcquire), Note: note(r.Acquire)},
		{Label: words.ReportSpeed, Value: words.Milliseconds(r.MSPerImage), Note: cachedNote(r.Cached)},
	}
	out.Sections = append(out.Sections,
		viewlab.Section{ID: "curves", Title: words.ReportNumbers, Text: words.ReportPairs(r.Images, r.Subjects, r.Genuine, r.Impostor),
			Charts: []viewlab.Chart{detChart(r, table("det")), histogramChart(r, table("histogram"))},
			Folded: []viewlab.Folded{{Name: words.ReportDETTable, Table: detTable(r)}, {Name: words.ReportHistTable, Table: histogramTable(r)}}},
		groupSection(r, table("groups")), claimSection(r.Claims), fixedSection(r), scoreSection(r, table("scores")))
	if len(r.Checks) > 0 {
		out.Sections = append(out.Sections, checkSection(r.Checks))
	}
}

func bootstrap(r lab.Rate) string {
	if r.Bootstrap == nil {
		return ""
	}
	return "; " + strings.ToLower(words.ReportBootstrap) + " " + words.Between(r.Bootstrap.Low, r.Bootstrap.High)
}

func cachedNote(n int) string {
	if n == 0 {
		return ""
	}
	return words.Number(n) + " " + words.ReportCached
}

func detTable(r lab.FaceReport) viewlab.TableOf {
	t := viewlab.TableOf{ID: "det-table", Caption: words.ReportDETTable, Heads: []string{words.ReportDistance, words.ReportFMR, words.ReportFNMR}}
	step := max(1, len(r.DET)/60) // the file has every point
	for i := 0; i < len(r.DET); i += step {
		p := r.DET[i]
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.Distance(p.Threshold), words.Percent(p.FMR), words.Percent(p.FNMR)}})
	}
	return t
}

func histogramTable(r lab.FaceReport) viewlab.TableOf {
	t := viewlab.TableOf{ID: "histogram-table", Caption: words.ReportHistTable, Heads: []string{words.ReportDistance, words.ReportSame, words.ReportStrangers}}
	for i := range max(len(r.Histogram.Genuine), len(r.Histogram.Impostor)) {
		from := r.Histogram.From + float64(i)*r.Histogram.Width
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.Distance(from) + " – " + words.Distance(from+r.Histogram.Width),
			words.Number(at(r.Histogram.Genuine, i)), words.Number(at(r.Histogram.Impostor, i))}})
	}
	return t
}

func claimSection(claims []lab.Claim) viewlab.Section {
	t := viewlab.TableOf{ID: "claims", Caption: words.ReportClaims, Open: true,
		Heads: []string{words.ReportClaimBar, words.ReportClaimHave, words.ReportClaimNeeded, words.ReportClaimAtMost, words.ReportClaimVerdic}}
	for _, c := range claims {
		badge := kit.BadgeProps{Text: words.ReportClaimNot, Icon: kit.GlyphCross, Tone: kit.ToneBad}
		switch {
		case c.Shown:
			badge = kit.BadgeProps{Text: words.ReportClaimShown, Icon: kit.GlyphCheck, Tone: kit.ToneGood}
		case c.Have < c.Needed:
			badge = kit.BadgeProps{Text: words.ReportClaimCannot, Icon: kit.GlyphHalf, Tone: kit.ToneWarn}
		}
		t.Rows = append(t.Rows, viewlab.TableRow{Badge: &badge, Cells: []string{c.Name + " ≤ " + words.Percent(c.Rate), words.Number(c.Have), words.Number(c.Needed), words.Percent(c.AtMost)}})
	}
	return viewlab.Section{ID: "claims", Title: words.ReportClaims, Text: words.ReportClaimsLead, Table: &t}
}

func fixedSection(r lab.FaceReport) viewlab.Section {
	t := viewlab.TableOf{ID: "fixed", Caption: words.ReportFixed, Open: true, Heads: []string{words.ReportFixedFMR, words.ReportFixedLimit, words.ReportFixedFNMR, words.ReportFixedNote}}
	for _, level := range []string{"1e-2", "1e-3", "1e-4", "1e-5", "1e-6"} {
		o, found := r.FNMRAtFMR[level]
		if !found {
			continue
		}
		cells := []string{words.FixedRate(level), "–", "–", words.ReportTooFewFor}
		if o.Measurable && o.Threshold != nil && o.FNMR != nil {
			cells = []string{words.FixedRate(level), words.Distance(*o.Threshold), words.Percent(o.FNMR.Rate), note(*o.FNMR)}
		}
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: cells})
	}
	return viewlab.Section{ID: "fixed", Title: words.ReportFixed, Table: &t}
}

func scoreSection(r lab.FaceReport, csv string) viewlab.Section {
	t := viewlab.TableOf{ID: "scores", Caption: words.ReportScores,
		Heads: []string{words.ReportDistance, words.ReportScoresIn, words.ReportScoresFMR, words.ReportScoresMost, words.ReportScoresFNMR}, Left: 2}
	for _, row := range r.Table {
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.Distance(row.Distance), words.OneIn(row.FMR.Rate), words.Percent(row.FMR.Rate),
			words.Percent(row.AtMost), words.Percent(row.FNMR.Rate)}})
	}
	return viewlab.Section{ID: "scores", Title: words.ReportScores, Text: words.ReportScoresText, Table: &t, CSV: csv}
}

func checkSection(trials []lab.CheckTrial) viewlab.Section {
	t := viewlab.TableOf{ID: "checks", Caption: words.ReportChecks, Open: true,
		Heads: []string{words.ReportChecksRule, words.ReportChecksFrames, words.ReportEER, words.ReportChecksOther, words.ReportChecksSame}}
	for _, trial := range trials {
		t.Rows = append(t.Rows, viewlab.TableRow{Cells: []string{words.CheckRule(trial.Rule), words.Number(trial.Frames), words.Percent(trial.EER),
			words.Percent(trial.FMR.Rate), words.Percent(trial.FNMR.Rate)}})
	}
	return viewlab.Section{ID: "checks", Title: words.ReportChecks, Text: words.ReportChecksText, Table: &t}
}
