package handlers_test

import (
	"testing"

	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
)

// maritSays is the form as Marit fills it in.
func maritSays(changes ...string) []string {
	form := map[string]string{
		"country": "SE", "kind": "person", "given_names": "Marit Elisabet", "family_name": "Lindqvist", "business_name": "",
		"birth_date-day": "14", "birth_date-month": "3", "birth_date-year": "1989",
		"line1": "Hamngatan 12", "line2": "", "postcode": "211 22", "city": "Malmö", "region": "",
	}
	for i := 0; i < len(changes); i += 2 {
		form[changes[i]] = changes[i+1]
	}
	var out []string
	for name, value := range form {
		out = append(out, name, value)
	}
	return out
}

// start begins an application for Marit and returns its id.
func (m *market) start(t *testing.T) string {
	t.Helper()
	m.marit.post(paths.Applications()).is(303)
	mine, err := m.cases.Mine(t.Context(), m.account.Actor())
	if err != nil || len(mine) == 0 {
		t.Fatal(mine, err)
	}
	return mine[0].ID
}

func faceNotice() string {
	notice, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	return notice.Version
}

// described is start with the details given and a road chosen.
func (m *market) described(t *testing.T, answer string) string {
	t.Helper()
	id := m.start(t)
	m.marit.post(paths.ApplicationDetails(id), maritSays()...).leadsUnder(paths.ApplicationRoad(id))
	m.marit.post(paths.ApplicationConsent(id), "answer", answer, "notice", faceNotice()).is(303)
	return id
}

// complete is everything on the road on papers but sending.
func (m *market) complete(t *testing.T) string {
	t.Helper()
	id := m.described(t, "no")
	m.marit.send(paths.ApplicationSide(id, "front"), false, []file{{"picture", sheet(1)}}, "kind", "passport", "idempotency_key", "k1").is(303)
	m.marit.send(paths.ApplicationPaper(id), false, []file{{"picture", sheet(2)}}, "kind", "utility-bill", "idempotency_key", "k2").is(303)
	return id
}

// sent is complete, checked and sent; the machine has not run yet.
func (m *market) sent(t *testing.T) string {
	t.Helper()
	id := m.complete(t)
	version := m.marit.get(paths.ApplicationCheck(id)).is(200).value("version")
	m.marit.post(paths.ApplicationSubmission(id), "version", version).leadsUnder(paths.ApplicationPage(id))
	return id
}

// waiting is sent and analysed.
func (m *market) waiting(t *testing.T) string {
	t.Helper()
	id := m.sent(t)
	m.drain(t)
	return id
}

func (m *market) drain(t *testing.T) {
	t.Helper()
	if _, err := m.Queue.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (m *market) application(t *testing.T, id string) sellers.Application {
	t.Helper()
	app, err := m.cases.Get(t.Context(), m.account.Actor(), id)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// decide takes a decision as a reviewer who has nothing to do with Marit.
func (m *market) decide(t *testing.T, id string, d sellers.Decision) {
	t.Helper()
	ann := m.Member(t, "Ann "+string(d.Kind), staff.Reviewer).Actor()
	app := m.application(t, id)
	if _, err := m.cases.Decide(t.Context(), ann, id, app.Version, d); err != nil {
		t.Fatal(err)
	}
	if d.Kind != sellers.Refuse {
		return
	}
	ben := m.Member(t, "Ben "+string(d.Kind), staff.Reviewer).Actor()
	if _, err := m.cases.SecondLook(t.Context(), ben, id, m.application(t, id).Version, sellers.SecondLook{Confirm: true}); err != nil {
		t.Fatal(err)
	}
}

var refusal = sellers.Decision{Kind: sellers.Refuse, ReasonCode: "document.expired", Words: "The passport ran out last spring."}
