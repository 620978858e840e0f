package laboratory

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"truepenny/internal/lab"
	"truepenny/internal/testkit"
)

func TestAPublicReportNamesNoGroupOfFewPeopleAndNoError(t *testing.T) {
	h := newHouse(t, testkit.Store(t), withTones)
	files := crowd(12)
	lines := strings.Split(strings.TrimSpace(string(files[manifestName])), "\n")
	lines[0] += ",nickname"
	for i := range lines[1:] {
		lines[1+i] += fmt.Sprintf(",Unverwechselbar %d", i/2)
	}
	files[manifestName] = []byte(strings.Join(lines, "\n") + "\n")
	set := h.added(t, files)
	for _, kind := range []Kind{Face, Identify} {
		run := h.finished(t, kind, set.ID, Options{})
		if !strings.Contains(string(run.Report), "Unverwechselbar") {
			t.Fatalf("%s: the report has nothing to leave out", kind)
		}
		ok(t, h.Publish(t.Context(), h.lea, run.ID, true))
		public := must(h.PublicRun(t.Context(), run.ID))(t)
		for _, secret := range []string{"Unverwechselbar", "lpf_"} {
			if strings.Contains(string(public.Report), secret) {
				t.Errorf("%s: the public report holds %q", kind, secret)
			}
		}
		if kind == Face {
			var r lab.FaceReport
			ok(t, json.Unmarshal(public.Report, &r))
			if len(r.Groups) != 3 || r.Groups[0].People != 12 || r.Groups[1].People != 6 || r.Groups[2].People != 6 {
				t.Errorf("%+v", r.Groups)
			}
		}
	}
}
