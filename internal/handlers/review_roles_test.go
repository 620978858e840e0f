package handlers_test

import (
	"slices"
	"testing"

	"truepenny/internal/staff"
	"truepenny/views/paths"
)

// reviewAddresses are all that reviewers and leads reach and nobody else.
func (r *room) reviewAddresses() (read, write []string) {
	read = []string{
		paths.Queue(noList), paths.QueueCSV(noList), paths.Case(r.id, noList), paths.CaseDecisionForm(r.id, "ask", noList),
		paths.CaseSecondLook(r.id, noList), paths.CaseEvidence(r.id, "ev_x"), paths.CaseFrames(r.id, "cap_x"),
	}
	write = []string{
		paths.Claims(noList), paths.Releases(noList), paths.CaseClaim(r.id, noList), paths.CaseRelease(r.id, noList),
		paths.CaseDecision(r.id, noList), paths.CasePreview(r.id, noList), paths.CaseSecondLook(r.id, noList), paths.CaseConnection(r.id, noList),
	}
	return read, write
}

func TestOnlyReviewersAndLeadsReachCases(t *testing.T) {
	r := openRoom(t)
	read, write := r.reviewAddresses()
	var outsiders []*person
	for _, role := range staff.Roles {
		if role != staff.Reviewer && role != staff.Lead {
			p, _ := r.signInStaff(t, "By "+string(role), role)
			outsiders = append(outsiders, p)
		}
	}
	outsiders = append(outsiders, r.marit, r.signInSeller(t, "other@seller.example"))
	for _, p := range outsiders {
		for _, path := range read {
			p.get(path).is(403).hides("Lindqvist")
		}
		for _, path := range write {
			p.post(path, "kind", "approve", "version", "1", "case", r.id, "confirm", "yes").is(403)
		}
	}
	nobody := r.somebody(t)
	for _, path := range read {
		nobody.get(path).leadsUnder(paths.StaffSignIn())
	}
	for _, path := range write {
		nobody.post(path).is(401)
	}
	r.wantState(t, "waiting")
	r.wantAudit(t, "case.opened", 0)
}

func TestLeadsReachCasesToo(t *testing.T) {
	r := openRoom(t)
	r.lea.get(paths.Queue(noList)).is(200).shows("Marit Elisabet Lindqvist")
	r.open(r.lea).shows("Approve")
}

func TestEachRoleLandsWhereItsWorkLies(t *testing.T) {
	r := openRoom(t)
	desks := map[staff.Role]string{
		staff.Reviewer: paths.Queue(paths.QueueQuery{State: "waiting"}), staff.Lead: paths.Queue(paths.QueueQuery{State: "waiting"}),
		staff.Administrator: paths.Members(), staff.Auditor: paths.AuditLog(paths.AuditQuery{}),
		staff.Agent: paths.ConsoleRole(), staff.Associate: paths.ConsoleRole(), staff.Security: paths.ConsoleRole(), staff.Privacy: paths.Desk(),
	}
	for _, role := range staff.Roles {
		p, _ := r.signInStaff(t, "At "+string(role), role)
		p.get(paths.Console()).leadsTo(desks[role])
		p.get(desks[role]).is(200)
		p.get(paths.ConsoleRole()).is(200)
	}
	r.marit.get(paths.Console()).is(403)
}

// The side bar offers only what its reader may open.
func TestPlacesLeadOnlyWhereTheRoleMayGo(t *testing.T) {
	r := openRoom(t)
	for _, role := range staff.Roles {
		p, _ := r.signInStaff(t, "In "+string(role), role)
		places := p.get(paths.ConsoleRole()).is(200).page().Find("nav.places a").Map(attribute("href"))
		for _, path := range slices.Compact(slices.Sorted(slices.Values(places))) {
			p.get(path).is(200)
		}
	}
}
