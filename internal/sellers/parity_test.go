package sellers

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/privacy"
	"truepenny/internal/testkit"
)

var monday = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

// went makes n courses on a road, decided after so many days.
func went(road Road, n int, decision DecisionKind, days ...float64) []Course {
	var out []Course
	for i := range n {
		took := time.Duration(days[i%len(days)] * float64(day))
		out = append(out, Course{Application: fmt.Sprint(road, decision, i), Road: road, StartedAt: monday.Add(-time.Duration(i%7) * time.Hour), SentAt: monday, DecidedAt: monday.Add(took), Decision: decision})
	}
	return out
}

func compared(parts ...[]Course) Parity {
	var all []Course
	for _, p := range parts {
		all = append(all, p...)
	}
	return compare(all, DefaultPolicy, monday, monday.AddDate(0, 0, 1), monday.Add(4*day))
}

func TestWorkingTimeLeavesOutTheWeekend(t *testing.T) {
	friday := time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		from, to time.Time
		want     time.Duration
	}{
		{monday, monday.Add(30 * time.Hour), 30 * time.Hour},
		{friday, friday.Add(4 * 24 * time.Hour), 48 * time.Hour}, // to Tuesday, 18:00
		{friday.Add(24 * time.Hour), friday.Add(30 * time.Hour), 0},
		{monday, monday.Add(-time.Hour), 0},
		{monday, monday.AddDate(0, 0, 28), 20 * 24 * time.Hour},
	} {
		if got := WorkingTime(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestAlikeRoadsAreFoundAlikeOnceThereAreEnoughCases(t *testing.T) {
	waits := []float64{0.3, 0.5, 0.8, 1.1, 1.4}
	p := compared(went(RoadFace, 190, Approve, waits...), went(RoadFace, 10, Refuse, waits...), went(RoadDocuments, 190, Approve, waits...), went(RoadDocuments, 10, Refuse, waits...))
	if p.Approval.Verdict != VerdictAlike || p.Wait.Verdict != VerdictAlike || len(p.Alarms()) != 0 {
		t.Errorf("%+v, %+v", p.Approval, p.Wait)
	}
	if p.Accepted.Approved != 190 || p.Declined.Decided != 200 || p.Wait.Value != 0 {
		t.Errorf("%+v", p)
	}
}

func TestTheAlarmFollowsTheIntervalAndNotThePoint(t *testing.T) {
	few := compared(went(RoadFace, 20, Approve, 1), went(RoadDocuments, 16, Approve, 1), went(RoadDocuments, 4, Refuse, 1))
	if few.Approval.Value <= few.Approval.Margin || few.Approval.Verdict != VerdictFew || few.Approval.Needed <= 20 {
		t.Errorf("20 points among 20 each: %+v", few.Approval)
	}
	many := compared(went(RoadFace, 200, Approve, 1), went(RoadDocuments, 160, Approve, 1), went(RoadDocuments, 40, Refuse, 1))
	if many.Approval.Verdict != VerdictCosts || many.Wait.Verdict == VerdictCosts {
		t.Errorf("20 points among 200 each: %+v, %+v", many.Approval, many.Wait)
	}
	slow := compared(went(RoadFace, 60, Approve, 0.4, 0.5, 0.6), went(RoadDocuments, 60, Approve, 2.4, 2.5, 2.6))
	if slow.Wait.Verdict != VerdictCosts || slow.Approval.Verdict == VerdictCosts {
		t.Errorf("two days longer: %+v, %+v", slow.Wait, slow.Approval)
	}
	if other := compared(went(RoadFace, 60, Approve, 2.4, 2.5, 2.6), went(RoadDocuments, 60, Approve, 0.4, 0.5, 0.6)); other.Wait.Verdict != VerdictAlike {
		t.Errorf("declining is faster: %+v", other.Wait)
	}
}

func TestWithTooFewCasesItCannotBeSaid(t *testing.T) {
	p := compared(went(RoadFace, 9, Approve, 1), went(RoadDocuments, 9, Refuse, 3))
	for _, g := range []Gap{p.Approval, p.Wait} {
		if g.Verdict != VerdictFew || g.Needed < DefaultPolicy.ParityLeast {
			t.Errorf("%+v", g)
		}
	}
	nobody := compared()
	if nobody.Approval.Verdict != VerdictFew || nobody.Wait.Known || nobody.Wait.Needed != DefaultPolicy.ParityLeast {
		t.Errorf("%+v", nobody)
	}
	alike := compared(went(RoadFace, 30, Approve, 1), went(RoadDocuments, 30, Approve, 1))
	more := compared(went(RoadFace, 30+alike.Approval.Needed, Approve, 1), went(RoadDocuments, 30+alike.Approval.Needed, Approve, 1))
	if alike.Approval.Verdict == VerdictFew && more.Approval.Verdict == VerdictFew {
		t.Errorf("with as many as were needed it still cannot be said: %+v, %+v", alike.Approval, more.Approval)
	}
}

func TestOpenCasesAreCountedForAsLongAsTheyHaveWaited(t *testing.T) {
	var open []Course
	for i := range 30 {
		open = append(open, Course{Application: fmt.Sprint("open", i), Road: RoadDocuments, StartedAt: monday, SentAt: monday})
	}
	p := compared(went(RoadFace, 60, Approve, 0.5), went(RoadDocuments, 20, Approve, 0.5), open)
	if p.Declined.Open != 30 || p.Declined.OldestDay != 4 || p.Declined.Sent != 50 || p.Declined.Decided != 20 {
		t.Errorf("%+v", p.Declined)
	}
	if p.Declined.Wait.Known { // most wait still, so no median can be said, and the quick ones stand for nobody else
		t.Errorf("the wait is %+v", p.Declined.Wait)
	}
	ended := went(RoadDocuments, 5, Approve, 1)
	for i := range ended {
		ended[i].DecidedAt, ended[i].Decision, ended[i].EndedAt = time.Time{}, "", monday.Add(day)
	}
	if q := compared(ended); q.Declined.Cancelled != 5 || q.Declined.Decided != 0 || q.Declined.Open != 0 {
		t.Errorf("%+v", q.Declined)
	}
}

func TestCoursesAreReadFromApplicationsAsTheyStand(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store *db.Store) {
		h := newHouse(t, store)
		ctx := t.Context()
		begin := h.clock.Now()
		app := h.refused(t)
		parity := func() Parity { return must(h.Parity(ctx, begin, h.clock.Now().Add(time.Second)))(t) }
		if p := parity(); p.Declined.Sent != 1 || p.Declined.Decided != 1 || p.Declined.Approved != 0 || p.Accepted.Sent != 0 {
			t.Fatalf("%+v", p)
		}
		must(h.Appeal(ctx, h.seller, app.ID, "The passport is valid until next year."))(t)
		app = must(h.Get(ctx, h.seller, app.ID))(t)
		must(h.Decide(ctx, h.cara, app.ID, app.Version, approval))(t)
		if p := parity(); p.Declined.Decided != 1 || p.Declined.Approved != 0 || p.Declined.Open != 0 {
			t.Errorf("the first decision does not count: %+v", p.Declined)
		}
		outcomes := must(h.Outcomes(ctx, []string{app.ID, "app_gone"}))(t)
		if len(outcomes) != 1 || outcomes[0].Decision != Refuse || outcomes[0].DecidedAt.IsZero() || outcomes[0].Open() {
			t.Errorf("%+v", outcomes)
		}
		h.seller = h.people.Seller(t, "second@seller.example").Actor()
		draft := h.draft(t)
		if p := parity(); p.Declined.Unsent != 1 || p.Declined.Sent != 1 {
			t.Errorf("%+v", p.Declined)
		}
		must(h.Cancel(ctx, h.seller, draft.ID))(t)
		later := h.clock.Now().Add(time.Hour)
		if p := must(h.Parity(ctx, later, later.Add(time.Hour)))(t); p.Declined.Sent+p.Declined.Unsent != 0 {
			t.Errorf("outside the period: %+v", p.Declined)
		}
	})
}

func TestWhoTakesTheConsentBackCountsAsDeclined(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	ctx := t.Context()
	app := h.waiting(t)
	must(h.consents.Answer(ctx, h.seller, h.seller.ID, privacy.PurposeFace, faceNotice(), true))(t)
	h.sameRoad(t)
	if p := must(h.Parity(ctx, app.CreatedAt, h.clock.Now().Add(time.Second)))(t); p.Accepted.Open != 1 || p.Declined.Sent != 0 {
		t.Fatalf("%+v", p)
	}
	must(h.WithdrawConsent(ctx, h.seller, app.ID))(t)
	if p := must(h.Parity(ctx, app.CreatedAt, h.clock.Now().Add(time.Second)))(t); p.Accepted.Sent != 0 || p.Declined.Open != 1 {
		t.Errorf("%+v", p)
	}
}

func TestAComparisonSurvivesBeingKept(t *testing.T) {
	p := compared(went(RoadFace, 60, Approve, 0.5, 0.7), went(RoadDocuments, 60, Approve, 2.5, 2.8))
	raw, err := json.Marshal(p)
	ok(t, err)
	var back Parity
	ok(t, json.Unmarshal(raw, &back))
	if back.Wait != p.Wait || back.Approval != p.Approval || back.Declined.Wait != p.Declined.Wait || back.Wait.Verdict != VerdictCosts {
		t.Errorf("%+v", back)
	}
}

// officers hear of alarms.
type officers []string

func (o officers) Officers(context.Context) ([]string, error) { return o, nil }

func TestOfficersHearOnceWhenDecliningCostsMoreAndOnceWhenItIsOver(t *testing.T) {
	to := officers{"pia@house.example", "ada@house.example"}
	h := newHouse(t, testkit.Store(t), func(p *Parts) { p.Officers, p.ParityLink = to, "https://house.example/console/privacy/parity" })
	ctx := t.Context()
	app := h.waiting(t)
	must(h.Decide(ctx, h.ann, app.ID, app.Version, approval))(t)
	testkit.CopyCases(t, h.store, app.ID, 1, 60)
	h.spread(t, app.ID)
	run := func() ParityDay {
		ok(t, h.CompareDaily(ctx, jobs.Job{}))
		d, found, err := h.LastParity(ctx)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		return d
	}
	if d := run(); len(d.Since) != 1 || d.Since[alarmWait].IsZero() {
		t.Fatalf("%+v, wait %+v", d.Since, d.Figures.Wait)
	}
	first := run()
	h.people.Clock.Advance(24 * time.Hour)
	if d := run(); !d.Since[alarmWait].Equal(first.Since[alarmWait]) || d.Day == first.Day {
		t.Errorf("%+v", d)
	}
	for _, address := range to {
		mails := h.people.Mails(t, address)
		if len(mails) != 1 || !strings.Contains(mails[0], "costs people something") {
			t.Errorf("%s got %q", address, mails)
		}
	}
	h.sameRoad(t)
	if d := run(); len(d.Since) != 0 {
		t.Errorf("%+v", d.Since)
	}
	for _, address := range to {
		if mails := h.people.Mails(t, address); len(mails) != 2 {
			t.Errorf("%s got %d mails", address, len(mails))
		}
	}
	for action, n := range map[string]int{"parity.compared": 4, "parity.alarm": 1, "parity.alarm-over": 1} {
		rows := must(h.log.List(ctx, audit.Filter{Action: action, Limit: 10}))(t)
		if len(rows) != n {
			t.Errorf("%s: %d times, want %d", action, len(rows), n)
		}
	}
}

func TestTheLetterSaysWhatItCostsAndWhereToLook(t *testing.T) {
	for alarm, want := range map[string]string{alarmApproval: "by more than 10 points", alarmWait: "by more than 1 working day"} {
		for _, begun := range []bool{true, false} {
			subject, text := parityLetter(alarm, begun, DefaultPolicy, "https://house.example/parity")
			if subject == "" || !strings.Contains(text, want) || !strings.Contains(text, "https://house.example/parity") {
				t.Errorf("%s, begun %v: %q %q", alarm, begun, subject, text)
			}
		}
	}
}

// spread gives the copies of a case decisions: every second one on the face road
// after an hour, the others after three days.
func (h *house) spread(t *testing.T, id string) {
	t.Helper()
	sent := monday.AddDate(0, 0, -7)
	ok(t, h.log.Record(t.Context(), audit.Entry{Action: "test"}, func(tx *db.Tx) error {
		var rows []applicationRow
		if err := tx.DB().Where("id <> ?", id).Find(&rows).Error; err != nil {
			return err
		}
		for i, r := range rows {
			r.Road, r.State, r.SubmittedAt = string(RoadFace), string(Approved), &sent
			at := sent.Add(time.Duration(60+i%7) * time.Minute)
			if i%2 == 0 {
				r.Road, at = string(RoadDocuments), at.Add(3*day)
			}
			if err := tx.DB().Save(&r).Error; err != nil {
				return err
			}
			d := decisionRow{ID: "dec_" + r.ID, ApplicationID: r.ID, AccountID: r.AccountID, Round: 1, Version: 1, Kind: string(Approve), Standing: string(Final), ByID: "mem_test", ByRole: "reviewer", At: at}
			if err := insertDecision(tx, d); err != nil {
				return err
			}
		}
		return nil
	}))
}

// sameRoad puts every case on one road.
func (h *house) sameRoad(t *testing.T) {
	t.Helper()
	ok(t, h.log.Record(t.Context(), audit.Entry{Action: "test"}, func(tx *db.Tx) error {
		return tx.DB().Model(&applicationRow{}).Where("1 = 1").Update("road", string(RoadFace)).Error
	}))
}
