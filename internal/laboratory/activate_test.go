package laboratory

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"truepenny/internal/audit"
	"truepenny/internal/biometrics/face"
	"truepenny/internal/db"
	"truepenny/internal/errs"
	"truepenny/internal/lab"
	"truepenny/internal/testkit"
)

// reported is a lab with a finished report.
func reported(t *testing.T, store *db.Store) (*house, Run) {
	t.Helper()
	h := newHouse(t, store, withTones)
	return h, h.finished(t, Face, h.added(t, crowd(20)).ID, Options{Accept: 0.05, Review: 0.3})
}

func TestAThresholdTakesAReportAndTwoPeople(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h, run := reported(t, store)
		ctx := t.Context()
		if before := h.Thresholds(ctx); before.Report.Name != "built in" {
			t.Fatalf("%+v", before)
		}
		_, err := h.Propose(ctx, h.lea, run.ID, " ")
		if errs.FieldsOf(err)["words"] != "form.required" {
			t.Fatal("proposed without a word", err)
		}
		for _, who := range []audit.Actor{h.petra, h.ada, h.ann, audit.Nobody()} {
			_, err := h.Propose(ctx, who, run.ID, "Why not.")
			want(t, err, errs.Forbidden, "lab.role")
		}
		a := must(h.Propose(ctx, h.lea, run.ID, "Measured on our own people."))(t)
		_, err = h.Propose(ctx, h.adam, run.ID, "Me too.")
		want(t, err, errs.Conflict, "lab.proposal.open")
		if h.Thresholds(ctx).Report.Name != "built in" {
			t.Fatal("a proposal governs already")
		}
		want(t, h.Confirm(ctx, h.lea, a.ID, ""), errs.Forbidden, "lab.four-eyes")
		want(t, h.Confirm(ctx, h.ada, a.ID, ""), errs.Forbidden, "lab.role")
		ok(t, h.Confirm(ctx, h.adam, a.ID, "Read it."))
		want(t, h.Confirm(ctx, h.adam, a.ID, ""), errs.Conflict, "lab.proposal.gone")

		limits := h.Thresholds(ctx)
		if limits.Accept != 0.05 || limits.Review != 0.3 || limits.Report.Name != ReportName(run) || !limits.Report.Counted() {
			t.Errorf("%+v", limits)
		}
		var r lab.FaceReport
		ok(t, json.Unmarshal(run.Report, &r))
		if backed, err := r.Limits(ReportName(run)); err != nil || !reflect.DeepEqual(backed, limits) {
			t.Errorf("what is in force is not what was measured: %+v, %+v", limits, backed)
		}
		for action, n := range map[string]int{"lab.threshold-proposed": 1, "lab.threshold-confirmed": 1} {
			rows := must(h.Log.List(ctx, audit.Filter{Action: action}))(t)
			if len(rows) != n || rows[0].Details["accept"] != "0.05" {
				t.Errorf("%s: %+v", action, rows)
			}
		}
	})
}

func TestALaterThresholdReplacesTheOneInForceAndTheHistoryStays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h, first := reported(t, store)
		ctx := t.Context()
		a := must(h.Propose(ctx, h.lea, first.ID, "First."))(t)
		ok(t, h.Confirm(ctx, h.adam, a.ID, ""))
		second := h.finished(t, Face, first.SetID, Options{Accept: 0.08, Review: 0.2})
		var r lab.FaceReport
		ok(t, json.Unmarshal(second.Report, &r))
		if r.Threshold != 0.08 {
			t.Fatalf("measured at %v", r.Threshold)
		}
		b := must(h.Propose(ctx, h.adam, second.ID, "Second."))(t)
		want(t, h.Return(ctx, h.lea, b.ID, ""), errs.Invalid, "form.invalid")
		ok(t, h.Return(ctx, h.lea, b.ID, "Not yet."))
		b = must(h.Propose(ctx, h.adam, second.ID, "Again."))(t)
		ok(t, h.Confirm(ctx, h.lea, b.ID, ""))
		if got := h.Thresholds(ctx).Accept; got != 0.08 {
			t.Errorf("in force is %v", got)
		}
		standings := map[Standing]int{}
		for _, one := range must(h.Activations(ctx, h.ada))(t) {
			standings[one.Standing]++
		}
		if standings[Active] != 1 || standings[Replaced] != 1 || standings[Returned] != 1 {
			t.Errorf("%v", standings)
		}
	})
}

// again is the lab as the program finds it at its next start.
func (h *house) again() *Service {
	p := h.parts
	return &Service{store: p.Store, log: p.Audit, vault: p.Vault, jobs: p.Jobs, clock: p.Clock, faces: p.Faces, fingerprint: p.Fingerprint}
}

// other is the same engine under another version.
type other struct{ toned }

func (other) Network() (string, string) { return "toned", "2" }

func TestAReportOfOtherNetworksBacksNothing(t *testing.T) {
	h, run := reported(t, testkit.Store(t))
	ctx := t.Context()
	a := must(h.Propose(ctx, h.lea, run.ID, "Now."))(t)

	changed := h.again()
	changed.fingerprint = "others" // one byte of a network is another
	_, err := changed.Propose(ctx, h.lea, run.ID, "Later.")
	want(t, err, errs.Conflict, "lab.report.older")
	want(t, changed.Confirm(ctx, h.adam, a.ID, ""), errs.Conflict, "lab.report.older")

	replaced := h.again()
	replaced.faces = other{}
	_, err = replaced.Propose(ctx, h.lea, run.ID, "Later.")
	want(t, err, errs.Conflict, "lab.report.other-network")
	ok(t, h.Confirm(ctx, h.adam, a.ID, ""))
	if limits := replaced.Thresholds(ctx); limits.Report.Name != "built in" {
		t.Errorf("a threshold of another network governs: %+v", limits)
	}
	if limits := changed.Thresholds(ctx); limits.Report.Name != "built in" {
		t.Errorf("a threshold measured before a network's file was changed governs: %+v", limits)
	}
	if _, governs, err := changed.InForce(ctx); governs || err != nil {
		t.Errorf("it is said to be in force: %v", err)
	}
	if limits := h.Thresholds(ctx); limits.Report.Name == "built in" {
		t.Errorf("the confirmed threshold does not govern: %+v", limits)
	}
	drill := h.finished(t, Identify, run.SetID, Options{})
	_, err = h.Propose(ctx, h.lea, drill.ID, "This one.")
	want(t, err, errs.Conflict, "lab.report.unfit")
}

// unfair stores a report in which one group is worse off, as a run would.
func unfair(t *testing.T, h *house, run Run) Run {
	t.Helper()
	var r lab.FaceReport
	ok(t, json.Unmarshal(run.Report, &r))
	ratio := 1.8
	r.Groups = append(r.Groups, lab.Group{Name: "age", Value: "over 60", FMR: lab.Rate{Errors: 90, Pairs: 9000, Rate: 0.01}, FMRRatio: &ratio, FMRStanding: lab.Worse})
	raw, err := json.Marshal(r)
	ok(t, err)
	ok(t, h.Log.Record(t.Context(), audit.Entry{Action: "test"}, func(tx *db.Tx) error {
		run.Report = raw
		return saveRun(tx, run)
	}))
	return run
}

func TestAGroupThatIsWorseOffBlocksUntilALeadAndAPrivacyOfficerSign(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h, run := reported(t, store)
		run = unfair(t, h, run)
		ctx := t.Context()
		a := must(h.Propose(ctx, h.adam, run.ID, "As measured."))(t)
		if len(a.Worse) != 1 || a.Worse[0].Value != "over 60" || a.Worse[0].Ratio != 1.8 || !a.Blocked() {
			t.Fatalf("%+v", a.Worse)
		}
		eve := h.Member(t, "Eve Lead", "lead").Actor()
		want(t, h.Confirm(ctx, h.lea, a.ID, ""), errs.Conflict, "lab.group.worse")
		want(t, h.Sign(ctx, h.petra, a.ID, ""), errs.Conflict, "lab.sign.order")
		want(t, h.Sign(ctx, h.adam, a.ID, "Because."), errs.Forbidden, "lab.sign.role")
		if errs.FieldsOf(h.Sign(ctx, h.lea, a.ID, " "))["reason"] == "" {
			t.Fatal("signed without a reason")
		}
		ok(t, h.Sign(ctx, h.lea, a.ID, "Until the new network in May; people over 60 are looked at by a person."))
		want(t, h.Confirm(ctx, h.lea, a.ID, ""), errs.Conflict, "lab.group.worse")
		want(t, h.Sign(ctx, eve, a.ID, ""), errs.Forbidden, "lab.sign.role")
		both := audit.Actor{Kind: audit.KindStaff, ID: h.lea.ID, Role: "lead,privacy"}
		want(t, h.Sign(ctx, both, a.ID, ""), errs.Forbidden, "lab.four-eyes")
		ok(t, h.Sign(ctx, h.petra, a.ID, ""))
		want(t, h.Sign(ctx, h.petra, a.ID, ""), errs.Conflict, "lab.sign.done")
		ok(t, h.Confirm(ctx, h.lea, a.ID, ""))
		public := must(h.PublicRun(ctx, run.ID))(t)
		if !public.Public() {
			t.Error("an exception is in force that nobody outside can read")
		}
		want(t, h.Publish(ctx, h.lea, run.ID, false), errs.Conflict, "lab.report.needed")
		used := must(h.ActivationsOf(ctx, run.ID))(t)
		if len(used) != 1 || !used[0].Excepted() || used[0].LeadAt.IsZero() || !strings.Contains(used[0].Exception, "May") {
			t.Errorf("%+v", used)
		}
	})
}

func TestReportsArePublishedAndTakenBack(t *testing.T) {
	h, run := reported(t, testkit.Store(t))
	ctx := t.Context()
	_, err := h.PublicRun(ctx, run.ID)
	want(t, err, errs.NotFound, "not-found")
	want(t, h.Publish(ctx, h.petra, run.ID, true), errs.Forbidden, "lab.role")
	ok(t, h.Publish(ctx, h.lea, run.ID, true))
	want(t, h.Publish(ctx, h.lea, run.ID, true), errs.Conflict, "lab.run.state")
	if all := must(h.PublicRuns(ctx))(t); len(all) != 1 {
		t.Errorf("%d reports are public", len(all))
	}
	ok(t, h.Publish(ctx, h.adam, run.ID, false))
	if all := must(h.PublicRuns(ctx))(t); len(all) != 0 {
		t.Errorf("%d reports are public", len(all))
	}
}

func TestWithoutTheDatabaseNoDistanceSaysAnything(t *testing.T) {
	h, _ := reported(t, testkit.Store(t))
	ok(t, h.parts.Store.Close())
	if limits := h.Thresholds(t.Context()); limits.Report.Given() || limits.Judge(0) != face.Unsure {
		t.Errorf("%+v", limits)
	}
}
