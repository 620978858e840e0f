package privacy

import (
	"context"
	"fmt"

	"truepenny/internal/vault"
)

// Recent lists the newest erasures of everybody, at most limit.
func (e *Erasures) Recent(ctx context.Context, limit int) ([]Erasure, error) {
	return listErasures(e.store.Reader(ctx).Limit(limit))
}

// AnswerTotal counts the answers to one version of a notice.
type AnswerTotal struct {
	Purpose  vault.Purpose
	Version  string
	Language string
	Answer   Answer
	Answers  int // ever given
	Stand    int // of people whose latest answer for the purpose it is
}

// Totals counts all answers, by purpose, version, language and answer.
func (c *Consents) Totals(ctx context.Context) ([]AnswerTotal, error) {
	var rows []struct {
		Purpose, NoticeVersion, Language, Answer string
		Answers, Stand                           int
	}
	err := c.store.Reader(ctx).Raw(`SELECT a.purpose, a.notice_version, a.language, a.answer, COUNT(*) AS answers,
		SUM(CASE WHEN NOT EXISTS (SELECT 1 FROM privacy_consents b WHERE b.person = a.person AND b.purpose = a.purpose AND b.seq > a.seq) THEN 1 ELSE 0 END) AS stand
		FROM privacy_consents a GROUP BY a.purpose, a.notice_version, a.language, a.answer
		ORDER BY a.purpose, a.notice_version DESC, a.language, a.answer`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("count answers: %w", err)
	}
	out := make([]AnswerTotal, len(rows))
	for i, r := range rows {
		purpose, _ := PurposeNamed(r.Purpose)
		out[i] = AnswerTotal{purpose, r.NoticeVersion, r.Language, Answer(r.Answer), r.Answers, r.Stand}
	}
	return out, nil
}
