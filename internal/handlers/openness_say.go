package handlers

import (
	"cmp"

	"truepenny/internal/answers"
	"truepenny/internal/privacy"
	"truepenny/internal/refusals"
	"truepenny/views/words"
)

// SayAnswers words the public answers from a state; nothing else says them.
func SayAnswers(s answers.State) []answers.Said {
	out := make([]answers.Said, 0, len(answers.Questions))
	for _, question := range answers.Questions {
		text, facts := sayings[question](s)
		out = append(out, answers.Said{Question: question, Text: text, Facts: facts})
	}
	return out
}

type facts = map[string]any

// sayings is one function for each question.
var sayings = map[string]func(answers.State) ([]string, facts){
	"expansion": sayExpansion, "third-parties": sayParties, "enrolled": sayEnrolled, "advertising": sayAdvertising, "pairing": sayPairing,
	"notices": sayNotices, "security": saySecurity, "why": sayWhy, "when": sayWhen, "regions": sayRegions, "videos": sayVideos,
	"matcher": sayMatcher, "errors": sayErrors, "removal": sayRemoval, "policies": sayPolicies, "other-purposes": sayOthers,
	"police": sayPolice, "decline": sayDecline, "decides": sayDecides,
}

func palms(s answers.State) bool {
	for _, p := range s.Purposes {
		if p.ID == privacy.PurposePalm {
			return p.Offered
		}
	}
	return false
}

func sayExpansion(s answers.State) ([]string, facts) {
	sites := 0
	for _, m := range s.Merchants {
		sites += m.Sites
	}
	first := words.SayNoPalms
	if palms(s) {
		first = words.SayPalmsOffered
	}
	return []string{first, words.SaySites(sites, len(s.Merchants))}, facts{"palms_offered": palms(s), "sites": sites, "merchants": len(s.Merchants)}
}

func sayParties(s answers.State) ([]string, facts) {
	all := append(append([]answers.Party{}, s.Processors...), s.Merchants...)
	f := facts{"processors": orNone(s.Processors), "merchants": orNone(s.Merchants)}
	if len(all) == 0 {
		return []string{words.SayNoParties}, f
	}
	var text []string
	for _, p := range all {
		text = append(text, words.SayParty(p.Name, p.Country, p.Does, p.Data))
	}
	return append(text, words.SayPartiesBound), f
}

func orNone(list []answers.Party) []answers.Party {
	if list == nil {
		return []answers.Party{}
	}
	return list
}

func sayEnrolled(s answers.State) ([]string, facts) {
	agreed, declined := s.Figure(answers.CountAgreed), s.Figure(answers.CountDeclined)
	text := []string{words.SayAgreed(people(agreed), people(declined)), words.SayAllUses}
	var uses []string
	for _, p := range s.Purposes {
		if p.Offered {
			text = append(text, words.SayUse(words.PurposeName(string(p.ID)), words.PurposeWhy(p.Why), words.PurposeKept(p.KeptDays, p.Clock)))
			uses = append(uses, string(p.ID))
		}
	}
	return text, facts{"agreed": agreed, "declined": declined, "purposes": uses}
}

func people(f answers.Figure) string { return words.AboutPeople(f.Shown, f.Fewer) }

// checked adds what the daily check says to a no, which for machines is one only
// while the check holds.
func checked(s answers.State, code string, text ...string) ([]string, facts) {
	holds, known := s.Refusals[code]
	answer := "no"
	switch {
	case !known:
		text, answer = append(text, words.SayCheckMissing), "not-checked"
	case !holds:
		text, answer = append([]string{words.SayCheckFails}, text...), "check-fails"
	}
	return text, facts{"answer": answer, "check": code, "check_run": known, "check_holds": holds}
}

func sayAdvertising(s answers.State) ([]string, facts) {
	return checked(s, refusals.Advertising, words.SayNoAds)
}

func sayPairing(s answers.State) ([]string, facts) {
	text := []string{words.SayNotJoined}
	if !palms(s) {
		text = append(text, words.SayPalmsNone)
	}
	return checked(s, refusals.FacePalm, text...)
}

func noticeLines(s answers.State) (text []string, list []facts) {
	for _, n := range s.Notices {
		text = append(text, words.SayNotice(words.PurposeName(string(n.Purpose)), n.Version, n.Hash()))
		list = append(list, facts{"purpose": string(n.Purpose), "version": n.Version, "language": n.Language, "sha256": n.Hash()})
	}
	return text, list
}

func sayNotices(s answers.State) ([]string, facts) {
	lines, list := noticeLines(s)
	return append([]string{words.SayNoticesFirst, words.SayNoticesAgain, words.SayNoticesNow}, lines...), facts{"notices": list}
}

func sayPolicies(s answers.State) ([]string, facts) {
	lines, list := noticeLines(s)
	return append([]string{words.SayPolicies}, lines...), facts{"notices": list}
}

func saySecurity(s answers.State) ([]string, facts) {
	x := s.Security
	text := []string{words.SaySealed, words.SayKeysWrapped}
	if x.Keys {
		text[1] = words.SayKeysApart
	}
	if x.Encrypted {
		text = append(text, words.SayTLS)
	} else {
		text = append(text, words.SayLocal)
	}
	text = append(text, words.SayDatabase(x.Database))
	if x.Passkeys {
		text = append(text, words.SayStaffPasskeys)
	}
	text = append(text, words.SayLog)
	if s.Refusals[refusals.ThirdParty] {
		text = append(text, words.SayOwnPages)
	}
	return text, facts{"sealed": "AES-256-GCM", "key_for": "person and purpose", "keys_apart": x.Keys, "tls_only": x.Encrypted, "database": x.Database,
		"staff_passkeys_only": x.Passkeys, "own_pages_only": s.Refusals[refusals.ThirdParty]}
}

func sayWhy(s answers.State) ([]string, facts) {
	for _, p := range s.Purposes {
		if p.ID == privacy.PurposeFace {
			return []string{words.PurposeWhy(p.Why), words.SayWhy}, facts{"purpose": string(p.ID), "why": p.Why, "basis": string(p.Basis)}
		}
	}
	return []string{words.SayWhy}, facts{}
}

func sayWhen(s answers.State) ([]string, facts) {
	if s.Since.IsZero() {
		return []string{words.SayNotYet}, facts{"since": nil}
	}
	return []string{words.SaySince(s.Since)}, facts{"since": s.Since.UTC().Format("2006-01")}
}

func sayRegions(s answers.State) ([]string, facts) {
	figures := facts{}
	var list []string
	for _, code := range s.Countries() {
		f := s.Figure(answers.CountCountry + code)
		figures[code] = f
		list = append(list, words.SayCountry(code, people(f)))
	}
	second := words.SayFewRegions
	if len(list) > 0 {
		second = words.SayCountries(list)
	}
	return []string{words.SayNoRegion, second}, facts{"countries": figures, "applications": s.Figure(answers.CountApplications)}
}

func sayVideos(s answers.State) ([]string, facts) {
	return []string{words.SayVideosOnce, words.SayVideosNumbers, words.SayVideosKept(s.Kept.Face)},
		facts{"kept_days_after_decision": s.Kept.Face, "templates_kept": false}
}

func sayMatcher(s answers.State) ([]string, facts) {
	m := s.Matcher
	if m.Network == "" {
		return []string{words.SayNoMatcher}, facts{"network": nil}
	}
	text := []string{words.SayMatcher(m.Network, m.Version, m.Accept, m.Review)}
	if m.Report != "" {
		text = append(text, words.SayMatcherReport(m.Report))
	}
	switch {
	case m.Confirmed && m.ReportID != "":
		text = append(text, words.SayConfirmed)
	case m.Confirmed:
		text = append(text, words.SayConfirmedOnly)
	default:
		text = append(text, words.SayNotConfirmed)
	}
	return text, facts{"network": m.Network, "version": m.Version, "accept_below": m.Accept, "two_people_beyond": m.Review,
		"report": cmp.Or(m.Report, "none"), "confirmed_by_two": m.Confirmed, "public_report": m.ReportID}
}

func sayErrors(s answers.State) ([]string, facts) {
	m := s.Matcher
	if m.FalseMatch.Of == 0 || m.FalseNonMatch.Of == 0 {
		return []string{words.SayNoErrors}, facts{"measured": false}
	}
	share := func(r answers.Rate) words.Share {
		return words.Share{Set: r.Set, Errors: r.Errors, Of: r.Of, Low: r.Low, High: r.High}
	}
	return []string{words.SayErrors(share(m.FalseMatch), share(m.FalseNonMatch)), words.SayErrorsPerson},
		facts{"measured": true, "false_matches": m.FalseMatch, "false_non_matches": m.FalseNonMatch, "report": m.Report}
}

func sayRemoval(s answers.State) ([]string, facts) {
	return []string{words.SayRemoval, words.SayRemovalAfter}, facts{"answer": "yes", "receipt": true}
}

func sayOthers(s answers.State) ([]string, facts) {
	text := []string{words.SayNoOthers}
	var never []string
	for _, p := range s.Purposes {
		if p.ID == privacy.PurposeFace {
			never = p.Never
			text = append(text, words.SayNeverList(words.NeverUsedFor(p.Never)))
		}
	}
	text, f := checked(s, refusals.Training, text...)
	f["never"] = never
	return text, f
}

func sayPolice(s answers.State) ([]string, facts) {
	d := s.Demands
	last := words.SayDemandsNone
	if d.Received > 0 {
		last = words.SayDemands(words.DemandCount(d.Received), words.DemandCount(d.Given), words.DemandCount(d.Searches))
	}
	text, f := checked(s, refusals.PoliceSearch, words.SayNoPolice, last)
	f["demands"], f["given_out"], f["searches_demanded"] = words.DemandCount(d.Received), words.DemandCount(d.Given), words.DemandCount(d.Searches)
	return text, f
}

func sayDecline(s answers.State) ([]string, facts) {
	text := []string{words.SayDecline, words.SayDecisionIn(s.Kept.DecisionDays)}
	return append(text, words.SayDeclineCosts(s.Decline)...), facts{"answer": "yes", "decision_working_days": s.Kept.DecisionDays, "costs": s.Decline}
}

func sayDecides(s answers.State) ([]string, facts) {
	return []string{words.SayDecides, words.SayDecisionIn(s.Kept.DecisionDays)}, facts{"machine_refuses": false, "people_for_a_refusal": 2, "reapply": true}
}
