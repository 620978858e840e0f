package handlers_test

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/testkit"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// twin is a step that looks at a body, and the step that does not and leads to
// the same end.
type twin struct {
	name    string
	body    func(t *testing.T) []stage
	without func(t *testing.T) []stage
}

// stage is what the world sees of a seller at one point of a way: nothing in it
// may tell which way they took.
type stage struct {
	At     string
	State  sellers.State
	Title  string         // the heading of their page
	Badge  string         // the mark on it
	Dates  string         // what is promised, and when they may come back
	Pages  map[string]int // every page of the way, with its answer
	Mails  []string       // what they were sent
	Listed string         // what the list of cases says of them, but for the road
}

// notOffered are the biometric purposes that no step exists for.
var notOffered = map[string]string{
	string(privacy.PurposeDuplicates): "face", string(privacy.PurposeGuard): "typing", string(privacy.PurposePalm): "palm",
}

func TestEveryBiometricStepHasATwinThatLeadsToTheSameEnd(t *testing.T) {
	if testing.Short() {
		t.Skip("walks whole ways with the networks")
	}
	twins := map[string]twin{
		string(privacy.PurposeFace): {"the camera and papers alone",
			func(t *testing.T) []stage { return openStudio(t).walkRoad(t, sellers.RoadFace, "") },
			func(t *testing.T) []stage { return openStudio(t).walkRoad(t, sellers.RoadDocuments, "") }},
		string(privacy.PurposeDispute): {"pictures kept longer and not",
			func(t *testing.T) []stage { return openStudio(t).walkRoad(t, sellers.RoadFace, "given") },
			func(t *testing.T) []stage { return openStudio(t).walkRoad(t, sellers.RoadFace, "declined") }},
		"sign-in": {"a passkey, opened by a finger or a face on one's own device, and a link by mail",
			func(t *testing.T) []stage { return walkIn(t, true) },
			func(t *testing.T) []stage { return walkIn(t, false) }},
	}
	for _, p := range privacy.Purposes() { // a new biometric purpose needs a line here
		if !p.Modality.Biometric() || p.ID == privacy.PurposeLab { // no seller's picture is in a set
			continue
		}
		_, walked := twins[string(p.ID)]
		if _, absent := notOffered[string(p.ID)]; walked == absent || p.Offered == absent {
			t.Errorf("%s is offered (%v) and has no twin that is walked here", p.ID, p.Offered)
		}
	}
	for step, pair := range twins {
		t.Run(step, func(t *testing.T) {
			with, without := pair.body(t), pair.without(t)
			if len(with) != len(without) || len(with) == 0 {
				t.Fatalf("%d stages with, %d without", len(with), len(without))
			}
			for i := range with {
				compareStages(t, with[i], without[i])
			}
		})
	}
}

func compareStages(t *testing.T, a, b stage) {
	t.Helper()
	if a.State != b.State || a.Title != b.Title || a.Badge != b.Badge || a.Dates != b.Dates || a.Listed != b.Listed {
		t.Errorf("%s: not the same standing:\n%+v\n%+v", a.At, a, b)
	}
	if !maps.Equal(a.Pages, b.Pages) {
		t.Errorf("%s: not the same pages:\n%v\n%v", a.At, a.Pages, b.Pages)
	}
	if !slices.Equal(a.Mails, b.Mails) {
		t.Errorf("%s: not the same letters:\n%v\n%v", a.At, a.Mails, b.Mails)
	}
}

// walkRoad goes from nothing through a refusal and an appeal to the approval.
func (s *studio) walkRoad(t *testing.T, road sellers.Road, dispute string) []stage {
	t.Helper()
	answer := map[sellers.Road]string{sellers.RoadFace: "yes", sellers.RoadDocuments: "no"}[road]
	id := s.described(t, answer)
	if dispute != "" {
		notice, _ := privacy.CurrentNotice(privacy.PurposeDispute, "en")
		if err := s.cases.AnswerDispute(t.Context(), s.account.Actor(), notice.Version, dispute == "given"); err != nil {
			t.Fatal(err)
		}
	}
	out := []stage{s.stage(t, "described", id)}
	s.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", s.passport(t, s.sitters[0])}}, "kind", "passport", "idempotency_key", "p").is(303)
	began := s.Clock.Now()
	if road == sellers.RoadFace {
		s.captured(t, id, s.sitters[0])
		s.Clock.Advance(began.Sub(s.Clock.Now())) // the seconds before the camera count for nobody
	} else {
		s.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(2)}}, "kind", "utility-bill", "idempotency_key", "k2").is(303)
	}
	out = append(out, s.stage(t, "ready", id))
	s.marit.post(paths.ApplicationSubmission(id), "version", s.marit.get(paths.ApplicationCheck(id)).is(200).value("version")).is(303)
	out = append(out, s.stage(t, "sent", id))
	s.drain(t)
	out = append(out, s.stage(t, "analysed", id))
	s.decide(t, id, refusal)
	s.drain(t)
	out = append(out, s.stage(t, "refused", id))
	s.marit.post(paths.ApplicationAppeal(id), "words", "I am the person in this passport.").is(303)
	out = append(out, s.stage(t, "appealed", id))
	s.decide(t, id, sellers.Decision{Kind: sellers.Approve})
	s.drain(t)
	return append(out, s.stage(t, "approved", id))
}

// stage looks at a seller with everybody's eyes.
func (s *studio) stage(t *testing.T, at, id string) stage {
	t.Helper()
	app := s.application(t, id)
	page := s.marit.get(paths.ApplicationPage(id)).is(200).page()
	out := stage{
		At: at, State: app.State, Pages: map[string]int{},
		Title: strings.TrimSpace(page.Find("h1").First().Text()), Badge: strings.TrimSpace(page.Find(".outcome").First().Text()),
		Dates: app.DueAt.Sub(app.SubmittedAt).String() + " " + strconv.FormatBool(app.ReapplyAt.IsZero()) + " " + app.ReapplyAt.Sub(app.DecidedAt).String(),
	}
	for _, path := range []string{
		paths.Application(), paths.ApplicationPage(id), paths.ApplicationHistory(id), paths.ApplicationRoad(id), paths.ApplicationConsent(id),
		paths.ApplicationDetails(id), paths.ApplicationDocument(id), paths.ApplicationCheck(id), paths.ApplicationAppeal(id),
		paths.ApplicationCancellation(id), paths.Account(), paths.Consents(), paths.MyData(), paths.MyDataRequests(), paths.MyDataCopy(),
	} {
		out.Pages[strings.ReplaceAll(path, id, ":id")] = s.marit.get(path).status
	}
	out.Mails = slices.Sorted(slices.Values(s.Mails(t, s.account.Email))) // some were sent at one tick of the clock
	lead := s.Member(t, "Lea "+at, "lead").Actor()
	_, err := s.cases.Export(t.Context(), lead, sellers.QueueFilter{}, func(r sellers.QueueRow) error {
		if r.ID == id {
			out.Listed = string(r.State) + " " + r.Name + " " + string(r.Kind) + " " + strconv.FormatBool(r.Appealed)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// walkIn signs somebody in and looks at what they reach. What a link may not is
// to change the passkeys of an account that has some: whoever has none misses
// nothing.
func walkIn(t *testing.T, passkey bool) []stage {
	t.Helper()
	h := openMarket(t)
	p := h.somebody(t)
	if passkey {
		key := h.marit.addKey("Phone")
		p.enterWith(key)
	} else {
		p.post(paths.SignIn(), "email", h.account.Email).is(303)
		p.post(paths.MailLink(h.Token(t, h.account.Email))).is(303)
	}
	p.post(paths.Applications()).is(303)
	mine, err := h.cases.Mine(t.Context(), h.account.Actor())
	if err != nil || len(mine) != 1 {
		t.Fatal(mine, err)
	}
	id := mine[0].ID
	out := stage{At: "signed in", State: mine[0].State, Pages: map[string]int{}}
	page := p.get(paths.ApplicationPage(id)).is(200).page()
	out.Title, out.Badge = strings.TrimSpace(page.Find("h1").First().Text()), strings.TrimSpace(page.Find(".outcome").First().Text())
	for _, path := range []string{paths.Application(), paths.ApplicationPage(id), paths.ApplicationDetails(id), paths.Account(), paths.Consents(), paths.MyData()} {
		out.Pages[strings.ReplaceAll(path, id, ":id")] = p.get(path).status
	}
	return []stage{out}
}

// enterWith signs in through the routes a browser uses.
func (p *person) enterWith(key *testkit.Authenticator) {
	p.t.Helper()
	options := p.do("POST", paths.SignInPasskeyOptions(), "application/json", "").is(200).publicKey()
	p.do("POST", paths.SignInPasskey(), "application/json", string(key.SignIn(p.t, options))).is(200)
}

// What is not offered has no route, and the page of purposes says so.
func TestWhatIsNotOfferedHasNoRouteAndIsNamedSo(t *testing.T) {
	m := openMarket(t)
	for _, r := range m.rows() {
		for _, word := range []string{"palm", "typing", "keystroke", "guard", "duplicate"} {
			if strings.Contains(r.Path, word) || strings.Contains(r.Name, word) {
				t.Errorf("%s %s: nothing of the kind is offered", r.Method, r.Path)
			}
		}
	}
	page := m.somebody(t).get(paths.Purposes()).is(200)
	page.shows(words.PurposesNotYet, words.PurposesPass)
	for purpose := range notOffered {
		page.shows(words.PurposeName(purpose))
	}
}

// No tier, level or mark of a seller exists that a road could lower: a column
// for one would be the beginning of it.
func TestNoStandingDependsOnTheRoad(t *testing.T) {
	m := openMarket(t)
	lesser := regexp.MustCompile(`(^|_)(tier|level|badge|rank|grade|trust|stars|score_total|verified_by)($|_)`)
	for table, columns := range columns(t, m.Store) {
		if !strings.HasPrefix(table, "sellers_") && !strings.HasPrefix(table, "account") {
			continue
		}
		for _, column := range columns {
			if lesser.MatchString(column) {
				t.Errorf("%s.%s could set sellers apart", table, column)
			}
		}
	}
	for _, r := range m.rows() {
		if lesser.MatchString(strings.NewReplacer("/", "_", "-", "_").Replace(r.Path)) {
			t.Errorf("%s %s could set sellers apart", r.Method, r.Path)
		}
	}
	for _, from := range sellers.States { // one machine of states for both roads
		for _, to := range sellers.States {
			if to == sellers.Approved && sellers.CanMove(from, to) && from != sellers.Waiting {
				t.Errorf("from %s there is a way to an approval beside the one that both roads take", from)
			}
		}
	}
}

// columns are the columns of every table.
func columns(t *testing.T, store *db.Store) map[string][]string {
	t.Helper()
	var rows []struct{ Name, Col string }
	err := store.Reader(t.Context()).Raw(`SELECT m.name AS name, c.name AS col FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
		WHERE m.type = 'table'`).Scan(&rows).Error
	if err != nil || len(rows) < 100 {
		t.Fatal(len(rows), err)
	}
	out := map[string][]string{}
	for _, r := range rows {
		out[r.Name] = append(out[r.Name], r.Col)
	}
	return out
}
