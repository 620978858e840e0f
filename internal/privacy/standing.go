package privacy

import (
	"context"
)

// Standing is how things stand between a person and one purpose that needs
// their consent.
type Standing struct {
	Purpose Purpose
	Notice  Notice  // what they would answer now
	Consent Consent // their latest answer; zero when they were never asked
	Asked   bool
	// AskAgain says that they said yes to an older text that has changed
	// materially since: nothing new is collected until they answer again.
	AskAgain bool
	Changed  []string // what is new since then, in plain words, newest first
}

// Counts reports whether something new may be collected for the purpose.
func (s Standing) Counts() bool { return s.Asked && s.Consent.Counts() }

// Standings tells of every purpose on offer that needs a consent how the person
// stands to it.
func (c *Consents) Standings(ctx context.Context, person, language string) ([]Standing, error) {
	var out []Standing
	for _, p := range purposes {
		if !p.Offered || !p.Consent {
			continue
		}
		consent, asked, err := c.Current(ctx, person, p.ID)
		if err != nil {
			return nil, err
		}
		notice, _ := CurrentNotice(p.ID, language)
		one := Standing{Purpose: p, Notice: notice, Consent: consent, Asked: asked}
		if consent.Given() && !consent.Counts() {
			one.AskAgain = true
			for _, n := range consent.Changed() {
				one.Changed = append(one.Changed, n.Changed)
			}
		}
		out = append(out, one)
	}
	return out, nil
}
