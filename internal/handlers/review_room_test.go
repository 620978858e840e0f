package handlers_test

import (
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
)

// room is a marketplace with Marit's case waiting and three people who decide.
type room struct {
	*market
	id                        string
	ann, ben, lea             *person
	annActor, benActor, leaID audit.Actor
}

var noList paths.QueueQuery

func openRoom(t *testing.T) *room {
	t.Helper()
	m := openMarket(t)
	r := &room{market: m, id: m.waiting(t)}
	r.ann, r.annActor = m.signInStaff(t, "Ann Reviewer", staff.Reviewer)
	r.ben, r.benActor = m.signInStaff(t, "Ben Reviewer", staff.Reviewer)
	r.lea, r.leaID = m.signInStaff(t, "Lea Lead", staff.Lead)
	return r
}

// open shows the case to somebody.
func (r *room) open(p *person) answer { p.t.Helper(); return p.get(paths.Case(r.id, noList)).is(200) }

// form is what the decision form of a page sends along unseen.
func (a answer) form(action string) (version, seen string) {
	a.t.Helper()
	form := a.page().Find(`form[action="` + action + `"]`).First()
	if form.Length() == 0 {
		a.t.Fatalf("the page has no form to %s", action)
	}
	return value(form, "version"), value(form, "seen")
}

func value(form *goquery.Selection, name string) string {
	v, _ := form.Find(`input[name="` + name + `"]`).Attr("value")
	return v
}

// decision opens the case as p and sends a decision from that page.
func (r *room) decision(p *person, pairs ...string) answer {
	p.t.Helper()
	version, seen := r.open(p).form(paths.CaseDecision(r.id, noList))
	return p.post(paths.CaseDecision(r.id, noList), append([]string{"version", version, "seen", seen}, pairs...)...)
}

// look opens the case as p and answers a proposed refusal from that page.
func (r *room) look(p *person, pairs ...string) answer {
	p.t.Helper()
	version, seen := r.open(p).form(paths.CaseSecondLook(r.id, noList))
	return p.post(paths.CaseSecondLook(r.id, noList), append([]string{"version", version, "seen", seen}, pairs...)...)
}

var proposal = []string{"kind", "refuse", "reason", refusal.ReasonCode, "words", refusal.Words}

func (r *room) state(t *testing.T) sellers.State { t.Helper(); return r.application(t, r.id).State }

func (r *room) wantState(t *testing.T, want sellers.State) {
	t.Helper()
	if got := r.state(t); got != want {
		t.Fatalf("the case is %s, want %s", got, want)
	}
}

// crowd copies Marit's case n times under other names and numbers, waiting,
// without the evidence: what a list needs.
func (r *room) crowd(t *testing.T, n int) { t.Helper(); r.crowdMore(t, 0, n) }

// crowdMore does so after the first have been made already.
func (r *room) crowdMore(t *testing.T, first, n int) {
	t.Helper()
	testkit.CopyCases(t, r.Store, r.id, first+1, n)
}

// rename gives a copied case the name of a person.
func (r *room) rename(t *testing.T, copied int, family string) {
	t.Helper()
	err := r.Store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec(`UPDATE sellers_applications SET given_names = '', family_name = ? WHERE id = ?`, family, "app_copy"+strconv.Itoa(copied)).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// adopt gives a copied case to a seller of its own, so that it can be opened.
func (r *room) adopt(t *testing.T, copied int) error {
	t.Helper()
	id := "app_copy" + strconv.Itoa(copied)
	account := r.Seller(t, id+"@seller.example")
	return r.Store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec(`UPDATE sellers_applications SET account_id = ? WHERE id = ?`, account.ID, id).Error
	})
}

// rows are the case numbers of a list page, in order.
func (a answer) rows() []string {
	a.t.Helper()
	return a.page().Find("table#cases tbody th a").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

// noted are the entries of an action, newest first.
func (r *room) noted(t *testing.T, action string) []audit.Row {
	t.Helper()
	rows, err := r.Log.List(t.Context(), audit.Filter{Action: action, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func attribute(name string) func(int, *goquery.Selection) string {
	return func(_ int, s *goquery.Selection) string { v, _ := s.Attr(name); return v }
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// again signs somebody in anew, as after a break.
func (r *room) again(t *testing.T, who audit.Actor) *person {
	t.Helper()
	m, err := r.Staff.Get(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	return r.as(t, m.Holder())
}
