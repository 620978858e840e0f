package handlers_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/image/draw"

	"truepenny/internal/biometrics/picture"
	"truepenny/internal/inference/enginetest"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// photographs is a small set: four photographs that the face engine's package
// brings, each once as it is and once smaller, labelled here.
func photographs(t *testing.T) []byte {
	t.Helper()
	folder := filepath.Join(enginetest.Packages(t), "@vladmandic", "face-api", "demo")
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name string, content []byte) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	manifest := "file,subject,session,side\n"
	for i := range 4 {
		raw, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("sample%d.jpg", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		p, err := picture.Decode(raw, picture.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		for k, part := range []int{2, 3} {
			small := image.NewRGBA(image.Rect(0, 0, p.RGBA.Rect.Dx()/part, p.RGBA.Rect.Dy()/part))
			draw.BiLinear.Scale(small, small.Rect, p.RGBA, p.RGBA.Rect, draw.Src, nil)
			var b bytes.Buffer
			if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: 85}); err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("photographs/%d-%d.jpg", i+1, k)
			add("set/"+name, b.Bytes())
			manifest += fmt.Sprintf("%s,somebody %d,%d,%s\n", name, i+1, k, []string{"left", "right"}[i%2])
		}
	}
	add("set/manifest.csv", []byte(manifest))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func (m *market) work(t *testing.T) {
	t.Helper()
	if _, err := m.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// write puts a text into a field that keys do not reach: several lines, a day.
func write(page *testkit.Page, id, text string) {
	testkit.Script[bool](page, fmt.Sprintf(`(document.getElementById(%q).value = %q, true)`, id, text))
}

// addPhotographs fills in the form of a set and sends it.
func addPhotographs(t *testing.T, page *testkit.Page) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "set.zip")
	if err := os.WriteFile(file, photographs(t), 0o600); err != nil {
		t.Fatal(err)
	}
	page.Fill(words.LabSetName, "Demo photographs")
	write(page, "origin", "Photographs that the face engine's package brings")
	page.Tick(words.LabBasisName("public"))
	write(page, "expires", "2027-06-30")
	page.Do(chromedp.SetUploadFiles("#zip", []string{file}))
}

func TestBrowserLabFromTheUploadToAThresholdInForce(t *testing.T) {
	m := openMarket(t, withEngines(t))
	lea := m.Member(t, "Lea Lead", staff.Lead)
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, page, lea)
	page.Open(m.url + paths.Lab(paths.LabQuery{}))
	page.See(words.LabRunsEmpty)
	page.Looks("lab-empty")

	page.Open(m.url + paths.LabSetNew())
	page.Press(words.LabSetAdd)
	page.See(words.ErrorSummaryTitle)
	page.Looks("lab-set-wrong")
	addPhotographs(t, page)
	page.Looks("lab-set-form")
	page.Press(words.LabSetAdd)
	page.See(words.LabSetReading)
	page.Looks("lab-set-reading")
	m.work(t)
	page.See(words.LabSetStateName("ready")) // the page asks by itself
	page.Looks("lab-set")

	page.Press(words.LabSetMeasure + ": " + words.LabKindName("face"))
	page.See(words.LabNewLead)
	page.Looks("lab-run-form")
	page.Press(words.LabNewStart)
	page.See(words.LabCancel)
	page.Looks("lab-run-waiting")
	m.work(t)
	page.See(words.ReportClaims)
	page.Until(`document.querySelector("[data-chart-tools]:not([hidden])") !== null`)
	report := page.Path()
	page.Looks("lab-report")
	write(page, "words", "It is the one that the network came with, measured on our own set.")
	page.Press(words.LimitsPropose)
	page.See(words.LimitsOwn)
	page.SeeNot(words.LimitsConfirmLead)
	page.Looks("lab-proposed")

	m.confirms(t, report)
	page.Open(m.url + paths.Lab(paths.LabQuery{}))
	page.Looks("lab-runs")
}

// confirms lets a second person put the proposed threshold in force, and a third
// read the public report.
func (m *market) confirms(t *testing.T, report string) {
	t.Helper()
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, page, m.Member(t, "Adam Administrator", staff.Administrator))
	page.Open(m.url + paths.LabThresholds())
	page.See(words.LimitsConfirmLead)
	page.Looks("lab-confirm")
	page.Press(words.LimitsConfirm)
	page.See(words.LabDoneConfirm)
	page.Looks("lab-thresholds")
	if limits := m.lab.Thresholds(t.Context()); !strings.HasPrefix(limits.Report.Name, "lab report 1 of ") {
		t.Errorf("in force is %q", limits.Report.Name)
	}
	page.Open(m.url + report)
	page.Press(words.ReportPublish)
	page.See(words.LabDonePublic)
	stranger := testkit.Browser(t, testkit.BrowserOptions{})
	stranger.Open(m.url + paths.Reports())
	stranger.See("Demo photographs")
	stranger.Looks("reports")
	stranger.Press(words.LabReportTitle(1) + ": " + words.LabKindName("face"))
	stranger.See(words.ReportClaims)
	stranger.SeeNot("Lea Lead")
	stranger.Looks("report")
	if pictures := testkit.Script[int](stranger, `document.querySelectorAll("main img").length`); pictures != 0 {
		t.Errorf("the public report shows %d pictures", pictures)
	}
}

func TestBrowserCongressDrillIsOneButton(t *testing.T) {
	m := openMarket(t, withEngines(t))
	page := testkit.Browser(t, testkit.BrowserOptions{})
	m.enter(t, page, m.Member(t, "Lea Lead", staff.Lead))
	page.Open(m.url + paths.LabDrill(0))
	page.See(words.DrillNone)
	page.Looks("drill-empty")
	page.Fill(words.DrillNeedLabel, "1,000")
	page.Until(`document.querySelector("[data-need-text]").textContent.includes("1 in 1,000,000")`)
	page.Press(words.DrillRun)
	page.See(words.LabWaiting)
	m.work(t)
	page.See(words.ReportDrillModel)
	page.Looks("drill")
	page.Open(m.url + paths.LabDrift())
	page.See(words.DriftEmpty)
	page.Looks("drift-empty")
}
