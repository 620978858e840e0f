package privacy

import (
	"context"
	"fmt"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/vault"
)

// ConsentSource answers for the consents themselves.
type ConsentSource struct{ consents *Consents }

// Source makes the consents' own entry for the register.
func (c *Consents) Source() ConsentSource { return ConsentSource{c} }

// Name is "consents".
func (ConsentSource) Name() string { return "consents" }

// Tables lists the tables of the consents.
func (ConsentSource) Tables() []string { return []string{"privacy_consents"} }

// Describe counts a person's answers.
func (s ConsentSource) Describe(ctx context.Context, person string) ([]Holding, error) {
	answers, err := s.consents.History(ctx, person)
	if err != nil || len(answers) == 0 {
		return nil, err
	}
	return []Holding{{What: "consents", Count: len(answers), Oldest: answers[len(answers)-1].At}}, nil
}

// Export returns a person's answers with the texts they were shown.
func (s ConsentSource) Export(ctx context.Context, person string) (any, error) {
	answers, err := s.consents.History(ctx, person)
	if err != nil {
		return nil, err
	}
	type shown struct {
		Consent
		Text string
	}
	out := make([]shown, len(answers))
	for i, a := range answers {
		notice, _, err := s.consents.ShownText(ctx, a.TextHash)
		if err != nil {
			return nil, err
		}
		out[i] = shown{a, notice.Text}
	}
	return out, nil
}

// Erase removes a person's answers with everything else of them. While the
// account lives they are the proof of what was agreed to, so no single purpose
// takes them along. What was answered stays in the audit log, as codes.
func (s ConsentSource) Erase(tx *db.Tx, person string, purpose vault.Purpose) (Erased, error) {
	if purpose != "" {
		return Erased{}, nil
	}
	done := tx.DB().Where("person = ?", person).Delete(&consentRow{})
	if done.Error != nil {
		return Erased{}, fmt.Errorf("erase consents: %w", done.Error)
	}
	return ErasedRows("privacy_consents", int(done.RowsAffected)), nil
}

// Expire removes nothing: an answer is proof for as long as the account lives.
func (ConsentSource) Expire(context.Context, audit.Actor, time.Time) (int, error) { return 0, nil }
