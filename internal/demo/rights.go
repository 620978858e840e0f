package demo

import (
	"context"
	"time"

	"truepenny/internal/requests"
	"truepenny/internal/staff"
)

// askForRights lets some of the invented people write to the privacy officer, so
// that the desk shows every state: answered, open, due soon, given more time, a
// letter of somebody not recognised yet, and a correction for a reviewer.
func (s *seeding) askForRights(all []*applicant) {
	if s.Requests == nil {
		return
	}
	officer := s.member(staff.Privacy, 0)
	at := func(ago time.Duration, do func(ctx context.Context) error) { s.on(s.now.Add(-ago), do) }
	at(20*day, func(ctx context.Context) error { // came a week before it was entered, so its answer is due soon
		_, err := s.Requests.Open(ctx, officer, requests.New{Kind: requests.Access, Channel: requests.ByLetter, ReceivedAt: s.now.Add(-27 * day),
			Words: "Demo letter: please tell me everything that you hold about me.", Contact: "somebody@letters.example"})
		return err
	})
	var seen, refused requests.Request
	at(14*day, s.asks(all[0], requests.New{Kind: requests.Access}, &seen))
	at(14*day-3*hour, func(ctx context.Context) error {
		_, err := s.Requests.Answer(ctx, officer, seen.ID, requests.Answer{Template: "access.granted", Outcome: requests.Granted,
			Words: "Demo answer: everything that we hold about you stands in your own room, with everybody who looked at it."})
		return err
	})
	at(9*day, s.asks(all[2], requests.New{Kind: requests.Complaint, Words: "Demo complaint: I was refused and do not understand what the reason means."}, &refused))
	at(9*day-2*hour, func(ctx context.Context) error {
		_, err := s.Requests.Extend(ctx, officer, refused.ID, 1, "Demo reason: two people who decided have to be heard, and one of them is away.")
		return err
	})
	at(6*day, s.asks(all[1], requests.New{Kind: requests.Objection, Words: "Demo objection: please do not keep the second paper any longer."}, nil))
	at(3*day, func(ctx context.Context) error {
		r, err := s.Requests.Open(ctx, officer, requests.New{Kind: requests.Erasure, Channel: requests.ByLetter, Words: "Demo letter: delete what you have of me, please.", Contact: "writer@letters.example"})
		if err != nil {
			return err
		}
		if _, err := s.Requests.Name(ctx, officer, r.ID, all[5].actor.ID); err != nil {
			return err
		}
		_, err = s.Requests.AskByMail(ctx, officer, r.ID)
		return err
	})
	at(2*day, func(ctx context.Context) error {
		correct := requests.New{Kind: requests.Rectification, Application: all[3].appID, Field: "city", Value: all[3].details.Address.City + " East", Words: "Demo: the district is missing."}
		return s.asks(all[3], correct, nil)(ctx)
	})
}

// asks lets a seller write to the privacy officer; what came of it is put into
// kept, unless that is nil.
func (s *seeding) asks(a *applicant, n requests.New, kept *requests.Request) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		n.Channel, n.Person = requests.ByAccount, a.actor.ID
		r, err := s.Requests.Open(ctx, a.actor, n)
		if kept != nil {
			*kept = r
		}
		return err
	}
}
