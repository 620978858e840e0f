package handlers_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/db"
	"truepenny/internal/privacy"
	"truepenny/internal/sellers"
	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

// under makes Marit's answers ones to the first notice about the face.
func (m *market) under(t *testing.T) privacy.Notice {
	t.Helper()
	all := privacy.EarlierNotices(privacy.PurposeFace)
	first := all[len(all)-1]
	err := m.Store.Write(t.Context(), func(tx *db.Tx) error {
		return tx.DB().Exec("UPDATE privacy_consents SET notice_version = ? WHERE purpose = 'face-match'", first.Version).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return first
}

func TestWhoAgreedToAnEarlierTextIsAskedAgainAndToldWhatIsNew(t *testing.T) {
	m := openMarket(t, withEngines(t))
	id := m.described(t, "yes")
	consent, face := paths.ApplicationConsent(id), paths.ApplicationFace(id)
	m.marit.get(face).is(200)
	m.marit.get(consent).is(200).hides(words.ConsentNewTitle)
	m.under(t)
	m.marit.get(face).leadsTo(consent)
	m.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(403).shows(words.Reason("consent.changed"))
	m.wantAudit(t, "capture.started", 0)
	now, _ := privacy.CurrentNotice(privacy.PurposeFace, "en")
	page := m.marit.get(consent).is(200).shows(words.ConsentNewTitle, words.ConsentNewText, now.Changed, words.ConsentGiven)
	sameWeight(t, page.page().Find("form .btn[name=answer]"))
	m.marit.get(paths.Consents()).is(200).shows(words.ConsentAskAgain)
	m.marit.post(consent, "answer", "yes", "notice", page.value("notice")).is(303)
	m.marit.get(consent).is(200).hides(words.ConsentNewTitle)
	m.marit.get(paths.Consents()).is(200).hides(words.ConsentAskAgain)
	m.marit.send(paths.ApplicationCaptures(id), true, nil, "light", "yes").is(200)
}

func TestEveryAnswerHasARecordForItsPersonAlone(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	m.marit.post(paths.ApplicationConsent(id), "answer", "no", "notice", faceNotice()).is(303)
	all, err := m.consents.History(t.Context(), m.account.ID)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	list := m.marit.get(paths.Consents()).is(200).shows(words.ConsentGiven, words.ConsentDeclined, words.PurposeName("video-disputes"), words.ConsentNotAsked)
	for _, one := range all {
		if list.page().Find(`a[href="`+paths.ConsentRecord(one.ID)+`"]`).Length() != 1 {
			t.Errorf("no way to the record of %s", one.Answer)
		}
		sheet := m.marit.get(paths.ConsentRecord(one.ID)).is(200).shows(one.TextHash, one.NoticeVersion, words.RecordProofDo)
		for _, text := range strings.Split(notice(t).Text, "\n\n") {
			sheet.shows(text)
		}
		if one.Given() {
			sheet.shows(words.RecordRelease)
		} else {
			sheet.hides(words.RecordRelease).shows(words.RecordDeclined)
		}
		var file struct{ Inclusion json.RawMessage }
		m.marit.get(paths.ConsentFile(one.ID)).is(200).read(&file)
		proof, _ := sheet.page().Find(`a:contains("` + words.RecordProofGet + `")`).Attr("href")
		if alone, err := verify.Inclusion([]byte(m.marit.get(proof).is(200).body), ""); err != nil || alone.Row.Subject != "consent:"+one.ID {
			t.Errorf("the proof alone says %+v (%v)", alone.Row, err)
		}
		included, err := verify.Inclusion(file.Inclusion, "")
		if err != nil || included.Row.Subject != "consent:"+one.ID || included.Row.Person != m.account.ID {
			t.Errorf("the file proves %+v (%v)", included.Row, err)
		}
		eve := m.signInSeller(t, "eve-"+one.ID+"@seller.example")
		for _, path := range []string{paths.ConsentRecord(one.ID), paths.ConsentFile(one.ID)} {
			eve.get(path).is(404)
			m.somebody(t).get(path).is(303)
		}
	}
	csv := m.marit.get(paths.ConsentsCSV()).is(200)
	if lines := strings.Count(csv.body, "\r\n"); lines != 3 {
		t.Errorf("%d lines for two answers:\n%s", lines, csv.body)
	}
	var exported []struct{ Text, Answer string }
	m.marit.get(paths.ConsentsJSON()).is(200).read(&exported)
	if len(exported) != 2 || exported[0].Text != notice(t).Text {
		t.Errorf("got %+v", exported)
	}
}

func notice(t *testing.T) privacy.Notice {
	t.Helper()
	n, found := privacy.CurrentNotice(privacy.PurposeFace, "en")
	if !found {
		t.Fatal("there is no notice about the face")
	}
	return n
}

func TestWhoTakesAConsentBackIsToldWhatWentAndGetsItsReceipt(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	to := m.marit.post(paths.ApplicationWithdrawal(id)).is(303).to
	page := m.marit.get(to).is(200).shows(words.SaidWithdrawn, words.WithdrawnText, words.WithdrawnReceipt)
	receipt, _ := page.page().Find(`a:contains("` + words.WithdrawnReceipt + `")`).Attr("href")
	m.marit.get(receipt).is(200)
	m.wantAudit(t, "consent.withdrawn", 1)
	m.wantAudit(t, "privacy.erased", 1)
	m.marit.get(paths.Account()).is(200) // the account is as it was
	m.marit.get(paths.ApplicationPaper(id)).is(200)
}

func TestThePurposesPageSaysEverythingToNobodyInParticular(t *testing.T) {
	m := openMarket(t)
	page := m.somebody(t).get(paths.Purposes()).is(200)
	for _, p := range privacy.Purposes() {
		page.shows(words.PurposeName(string(p.ID)), words.PurposeWhy(p.Why), words.PurposeBasis(string(p.Basis)), words.NeverUsedFor(p.Never), words.PurposeSeenBy(p.SeenBy))
		section := page.page().Find("#" + string(p.ID)).Parent()
		if got := section.Find("a").Length(); (got == 1) != p.Offered {
			t.Errorf("%s: %d links to its text", p.ID, got)
		}
		if got := strings.Contains(section.Text(), words.PurposeNotOffered); got == p.Offered {
			t.Errorf("%s: said to be not offered: %v", p.ID, got)
		}
	}
	page.shows(words.PurposesLockText, "passkey")
}

func TestEarlierTextsStandBesideTheNewOnesWithWhatWasNew(t *testing.T) {
	m := openMarket(t)
	page := m.somebody(t).get(paths.Notices()).is(200)
	for _, p := range privacy.Purposes() {
		for _, n := range privacy.EarlierNotices(p.ID) {
			page.shows(n.Version, n.Hash())
		}
		if n, found := privacy.CurrentNotice(p.ID, "en"); found {
			page.shows(n.Hash(), n.Changed)
		}
	}
}

func TestALegalHoldStopsTheDeletingButNotTheTakingBack(t *testing.T) {
	m := openMarket(t)
	id := m.described(t, "yes")
	officer := func(name string) audit.Actor { return m.Member(t, name, staff.Privacy).Actor() }
	until := m.Clock.Now().Add(60 * 24 * time.Hour)
	hold, err := m.rights.holds.Propose(t.Context(), officer("Pia Privacy"), m.account.ID, privacy.PurposeFace, "court-order", until)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.rights.holds.Confirm(t.Context(), officer("Olle Officer"), hold.ID); err != nil {
		t.Fatal(err)
	}
	to := m.marit.post(paths.ApplicationWithdrawal(id)).is(303).to
	m.marit.get(to).is(200).shows(words.WithdrawnHeldTitle, words.WithdrawnHeld).hides(words.WithdrawnReceipt)
	m.wantAudit(t, "consent.withdrawn", 1)
	m.wantAudit(t, "privacy.erased", 0)
	if app := m.application(t, id); app.Road != sellers.RoadDocuments {
		t.Errorf("the case is still on the road %q", app.Road)
	}
}
