package handlers

import (
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/privacy"
	"truepenny/internal/vault"
	"truepenny/views/kit"
	"truepenny/views/paths"
	viewpublic "truepenny/views/public"
	"truepenny/views/words"
)

// presentPurposes says everything about every purpose, from the closed list and
// the policy in force.
func (s *Server) presentPurposes(c echo.Context) viewpublic.PurposesProps {
	p := viewpublic.PurposesProps{PublicProps: s.public(c, words.PurposesTitle)}
	for _, purpose := range privacy.Purposes() {
		shown := viewpublic.Purpose{ID: string(purpose.ID), Name: words.PurposeName(string(purpose.ID)), Rows: s.purposeRows(purpose)}
		if _, found := privacy.CurrentNotice(purpose.ID, p.Lang); found {
			shown.Notice = paths.Notices() + "#" + shown.ID
		}
		if purpose.Offered {
			p.Offered = append(p.Offered, shown)
		} else {
			p.NotYet = append(p.NotYet, shown)
		}
	}
	return p
}

func (s *Server) purposeRows(p privacy.Purpose) []kit.SummaryRow {
	rows := []kit.SummaryRow{
		{Key: words.PurposeRowUses, Value: words.PurposeUses(p.Uses)},
		{Key: words.PurposeRowWhy, Value: words.PurposeWhy(p.Why)},
		{Key: words.PurposeRowBasis, Value: words.PurposeBasis(string(p.Basis))},
		{Key: words.PurposeRowKept, Value: words.PurposeKept(s.purposeDays(p), p.Clock)},
		{Key: words.PurposeRowSeen, Value: words.PurposeSeenBy(p.SeenBy)},
		{Key: words.PurposeRowNever, Value: words.NeverUsedFor(p.Never)},
	}
	for _, code := range p.Instead {
		rows = append(rows, kit.SummaryRow{Key: words.PurposeRowInstead, Value: words.PurposeInstead(code)})
	}
	if !p.Offered {
		rows = append([]kit.SummaryRow{{Key: words.PurposeNotOffered, Value: words.PurposeModality(string(p.Modality))}}, rows...)
	}
	return rows
}

// purposeDays is how long something is kept as the program runs: where the
// policy sets it, the policy's.
func (s *Server) purposeDays(p privacy.Purpose) int {
	policy := s.Sellers.Policy
	kept, set := map[vault.Purpose]time.Duration{
		privacy.PurposeDocuments: policy.DocumentsKept, privacy.PurposeFace: policy.FaceKept, privacy.PurposeDispute: policy.DisputeKept,
	}[p.ID]
	if !set {
		return p.KeptDays
	}
	return days(kept)
}

func (s *Server) presentNotices(c echo.Context) viewpublic.NoticesProps {
	p := viewpublic.NoticesProps{PublicProps: s.public(c, words.NoticesTitle)}
	for _, purpose := range privacy.Purposes() {
		notice, found := privacy.CurrentNotice(purpose.ID, p.Lang)
		if !found {
			continue
		}
		p.Notices = append(p.Notices, viewpublic.Notice{
			ID: string(purpose.ID), Name: words.PurposeName(string(purpose.ID)), Version: notice.Version, Language: words.LanguageName(notice.Language),
			Hash: notice.Hash(), Paragraphs: paragraphs(notice.Text), Purpose: paths.Purposes() + "#" + string(purpose.ID),
			Earlier: presentEarlier(notice),
		})
	}
	return p
}

// presentEarlier lists the texts before one in its language, each with what the
// text after it said that is new.
func presentEarlier(notice privacy.Notice) []viewpublic.Earlier {
	var out []viewpublic.Earlier
	after := notice
	for _, n := range privacy.EarlierNotices(notice.Purpose) {
		if n.Language != notice.Language {
			continue
		}
		out = append(out, viewpublic.Earlier{Version: n.Version, Hash: n.Hash(), New: after.Changed, Paragraphs: paragraphs(n.Text)})
		after = n
	}
	return out
}
