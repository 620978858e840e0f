package handlers_test

import (
	"testing"
	"time"

	"truepenny/internal/staff"
	"truepenny/views/paths"
	"truepenny/views/words"
)

func TestWhoseSessionIsOverIsToldSoAtTheDoorTheyAreSentTo(t *testing.T) {
	h := openHouse(t)
	seller, member := h.as(t, h.Seller(t, "ina@seller.example").Holder()), h.as(t, h.Member(t, "Nora Quill", staff.Auditor).Holder())
	h.Clock.Advance(25 * time.Hour)
	door := seller.get(paths.Account()).leadsTo(paths.With(paths.SignIn(), "next", paths.Account())).to
	seller.get(door).is(200).shows(words.SignInOver)
	door = member.get(paths.Security()).leadsTo(paths.With(paths.StaffSignIn(), "next", paths.Security())).to
	member.get(door).is(200).shows(words.SignInOver)
	h.somebody(t).get(door).is(200).hides(words.SignInOver)
}

func TestWhatIsSentAfterASessionIsOverIsAnsweredWithTheWayBackIn(t *testing.T) {
	h := openHouse(t)
	seller, member := h.as(t, h.Seller(t, "ina@seller.example").Holder()), h.as(t, h.Member(t, "Nora Quill", staff.Auditor).Holder())
	h.Clock.Advance(25 * time.Hour)
	sent := seller.post(paths.AccountAddress(), "email", "new@seller.example").is(401).shows(words.ErrorTitle(401), words.Reason("unauthenticated"))
	if n := sent.page().Find(`main a[href="` + paths.SignIn() + `"]`).Length(); n != 1 {
		t.Error("no way to the sellers' door")
	}
	sent = member.post(paths.RecoveryCodes()).is(401)
	if n := sent.page().Find(`main a[href="` + paths.StaffSignIn() + `"]`).Length(); n != 1 {
		t.Error("no way to the staff's door")
	}
}
