package handlers_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// measuredMarket is a marketplace whose lab has one set and one report on it.
type measuredMarket struct {
	*market
	lea  *person
	set  laboratory.Set
	run  laboratory.Run
	face lab.FaceReport
}

func openMeasured(t *testing.T) *measuredMarket {
	t.Helper()
	m := &measuredMarket{market: openMarket(t, withEngines(t))}
	p, actor := m.signInStaff(t, "Lea Lead", staff.Lead)
	m.lea = p
	check := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	var err error
	m.set, err = m.lab.AddZip(t.Context(), actor, laboratory.NewSet{Name: "Demo photographs", Origin: "The engine's package", Basis: "public",
		Expires: m.Clock.Now().Add(90 * 24 * time.Hour)}, photographs(t))
	check(err)
	m.work(t)
	m.run, err = m.lab.Start(t.Context(), actor, laboratory.Face, m.set.ID, laboratory.Options{})
	check(err)
	m.work(t)
	m.run, err = m.lab.Run(t.Context(), actor, m.run.ID)
	check(err)
	check(json.Unmarshal(m.run.Report, &m.face))
	return m
}

func TestTheReportPageSaysWhatWasMeasured(t *testing.T) {
	m := openMeasured(t)
	page := m.lea.get(paths.LabRun(m.run.ID)).is(200)
	page.shows(words.Percent(m.face.EER), words.Percent(m.face.FMR), words.Percent(m.face.FNMR), words.ReportClaimCannot, words.ReportGroupTooFew,
		words.ReportPairs(8, 4, 4, 24), "face-api-recognition", "Demo photographs", words.LabBasisName("public"))
	doc := page.page()
	if doc.Find("#det path.curve").Length() != 1 || doc.Find("#distances rect.strangers").Length() == 0 {
		t.Error("the curves are not drawn")
	}
	if n := doc.Find("#scores tbody tr").Length(); n != len(m.face.Table) {
		t.Errorf("%d rows say what a distance means, measured were %d", n, len(m.face.Table))
	}
	for table, rows := range map[string]int{"det": len(m.face.DET), "scores": len(m.face.Table), "groups": 3, "histogram": max(len(m.face.Histogram.Genuine), len(m.face.Histogram.Impostor))} {
		got := m.lea.get(paths.LabRunTable(m.run.ID, table)).is(200)
		records, err := csv.NewReader(strings.NewReader(got.body)).ReadAll()
		if err != nil || len(records) != rows+1 || !slices.Equal(records[0], words.LabTableHeader(table)) {
			t.Errorf("%s has %d rows, want %d: %v", table, len(records)-1, rows, err)
		}
	}
	m.lea.get(paths.LabRunTable(m.run.ID, "faces")).is(404)
}

func TestWhoMayDoWhatInTheLab(t *testing.T) {
	m := openMeasured(t)
	buttons := func(p *person, path string) (post []string) {
		p.get(path).is(200).page().Find("main form[method=post]").Each(func(_ int, f *goquery.Selection) { post = append(post, f.AttrOr("action", "")) })
		return post
	}
	auditor, _ := m.signInStaff(t, "Ada Auditor", staff.Auditor)
	keeper, _ := m.signInStaff(t, "Petra Privacy", staff.Privacy)
	reviewer, _ := m.signInStaff(t, "Ann Reviewer", staff.Reviewer)
	for _, path := range []string{paths.Lab(paths.LabQuery{}), paths.LabSets(), paths.LabSet(m.set.ID), paths.LabRun(m.run.ID), paths.LabDrill(0), paths.LabThresholds(), paths.LabDrift()} {
		if list := buttons(auditor, path); len(list) > 0 {
			t.Errorf("an auditor is offered %v on %s", list, path)
		}
		reviewer.get(path).is(403)
	}
	if list := buttons(keeper, paths.LabSet(m.set.ID)); !slices.Equal(list, []string{paths.LabSetEnd(m.set.ID)}) {
		t.Errorf("a privacy officer is offered %v", list)
	}
	if list := buttons(m.lea, paths.LabRun(m.run.ID)); !slices.Contains(list, paths.LabRunProposal(m.run.ID)) || !slices.Contains(list, paths.LabRunPublication(m.run.ID)) {
		t.Errorf("a lead is offered %v", list)
	}
	picture := paths.LabPicture(m.run.ID, laboratory.FileID(m.face.FalseMatches[0].A))
	auditor.get(picture).is(403)
	if got := keeper.get(picture).is(200); !strings.HasPrefix(got.header.Get("Content-Type"), "image/jpeg") {
		t.Errorf("the picture is %s", got.header.Get("Content-Type"))
	}
	keeper.post(paths.LabSetEnd(m.set.ID)).leadsUnder(paths.LabSet(m.set.ID))
	m.lea.get(picture).is(404)
	m.lea.get(paths.LabRun(m.run.ID)).is(200).shows(words.ReportErrorsGone, words.Percent(m.face.EER))
}

func TestAPublicReportHoldsNumbersAndNobody(t *testing.T) {
	m := openMeasured(t)
	stranger := m.somebody(t)
	stranger.get(paths.Report(m.run.ID)).is(404)
	stranger.get(paths.ReportTable(m.run.ID, "det")).is(404)
	stranger.get(paths.Reports()).is(200).shows(words.ReportsEmpty)
	m.lea.post(paths.LabRunPublication(m.run.ID), "on", "yes").leadsUnder(paths.LabRun(m.run.ID))
	page := stranger.get(paths.Report(m.run.ID)).is(200)
	page.shows(words.Percent(m.face.EER), words.ReportClaims)
	for _, secret := range []string{"Lea Lead", "lpf_", "/console/", "somebody 1"} {
		if strings.Contains(page.body, secret) {
			t.Errorf("the public report holds %q", secret)
		}
	}
	stranger.get(paths.ReportTable(m.run.ID, "det")).is(200)
	stranger.get(paths.Reports()).is(200).shows("Demo photographs")
	m.lea.post(paths.LabRunPublication(m.run.ID), "on", "no").leadsUnder(paths.LabRun(m.run.ID))
	stranger.get(paths.Report(m.run.ID)).is(404)
}

func TestADrillIsRefusedOutsideItsBounds(t *testing.T) {
	m := openMarket(t, withEngines(t))
	lea, _ := m.signInStaff(t, "Lea Lead", staff.Lead)
	got := lea.post(paths.LabDrill(0), "set", "", "gallery", "5", "probes", "many").is(422)
	got.shows(words.Reason("form.number"))
	lea.post(paths.LabDrill(0), "set", "", "gallery", "5", "probes", "20").is(422).shows(words.Reason("lab.gallery"))
	lea.get(paths.LabDrill(1000)).is(200).shows(words.DrillNeed(1000, 1.0005e-6))
	lea.post(paths.LabDrill(0), "set", "", "gallery", "1,000", "probes", "50").leadsUnder(paths.LabDrill(0))
	m.work(t)
	lea.get(paths.LabDrill(0)).is(200).shows(words.DrillShape(50, 1000), words.DrillPoint("default"), words.DrillPoint("operating"))
	runs, err := m.lab.PublicRuns(t.Context())
	if err != nil || len(runs) != 0 {
		t.Errorf("%d reports became public by themselves", len(runs))
	}
}

// liveFaces tells the lab of live face checks, as the program wires it.
type liveFaces struct{ cases *sellers.Service }

func (l liveFaces) FaceChecks(ctx context.Context, from, to time.Time) ([]laboratory.LiveCheck, error) {
	all, err := l.cases.FaceChecks(ctx, from, to)
	out := make([]laboratory.LiveCheck, len(all))
	for i, c := range all {
		out[i] = laboratory.LiveCheck{At: c.At, Outcome: string(c.Outcome), Apart: c.Apart, Distance: c.Distance, Measured: c.Measured, Decision: string(c.Decision)}
	}
	return out, err
}

func TestDriftLeavesOutWhoChoseTheRoadWithoutTheCamera(t *testing.T) {
	m := openMarket(t)
	m.waiting(t)
	lea, _ := m.signInStaff(t, "Lea Lead", staff.Lead)
	lea.get(paths.LabDrift()).is(200).shows(words.DriftEmpty, words.DriftNoBand)
}

func TestListsOfTheLabAsFiles(t *testing.T) {
	m := openMeasured(t)
	for path, head := range map[string][]string{
		paths.LabCSV(paths.LabQuery{}): words.LabCSV(), paths.LabSetsCSV(): words.LabSetsCSV(), paths.LabThresholdsCSV(): words.LimitsCSV(), paths.LabDriftCSV(): words.DriftCSV(),
	} {
		records, err := csv.NewReader(strings.NewReader(m.lea.get(path).is(200).body)).ReadAll()
		if err != nil || !slices.Equal(records[0], head) {
			t.Errorf("%s: %v %v", path, records, err)
		}
	}
	m.lea.get(paths.Lab(paths.LabQuery{Kind: "liveness"})).is(200).shows(words.LabRunsNone)
	m.lea.get(paths.Lab(paths.LabQuery{Kind: "face", State: "done"})).is(200).shows(words.LabReportTitle(1)[7:], "Demo photographs")
}
