package demo

import (
	"context"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/sellers"
)

// shown says which applications get a button on the front page, and what a
// newcomer sees there; the first one of each ending is taken.
var shown = map[ending]string{
	atDetails:  "has just begun",
	atSend:     "is ready to send",
	inQueue:    "waits for an answer",
	askedAgain: "was asked for something again",
	approved:   "is verified",
	refused:    "was refused, and can appeal",
}

// decide lays down what reviewers do with an application.
func (s *seeding) decide(a *applicant, at time.Time) {
	first, second := s.reviewers(a)
	switch a.end {
	case wasCanceled:
		s.on(at.Add(-15*time.Hour), func(ctx context.Context) error {
			_, err := s.Sellers.Cancel(ctx, a.actor, a.appID)
			return err
		})
	case claimed:
		s.on(s.now.Add(-6*time.Minute), func(ctx context.Context) error {
			_, err := s.Sellers.Claim(ctx, first, a.appID)
			return err
		})
	case approved:
		s.judge(a, at, first, sellers.Decision{Kind: sellers.Approve})
	case askedAgain:
		s.judge(a, at, first, again(a))
	case inSecond:
		s.judge(a, at, first, refusal(a))
	case refused:
		s.refuse(a, at, first, second)
	case onAppeal:
		s.refuse(a, at, first, second)
		s.on(at.Add(3*day), func(ctx context.Context) error {
			_, err := s.Sellers.Appeal(ctx, a.actor, a.appID, "The portrait is nine years old and I have changed my hair. Please look again.")
			return err
		})
	}
}

// judge claims the case, looks at it as a reviewer does and decides.
func (s *seeding) judge(a *applicant, at time.Time, by audit.Actor, d sellers.Decision) {
	s.on(at.Add(-4*time.Minute), func(ctx context.Context) error {
		_, err := s.Sellers.Claim(ctx, by, a.appID)
		return err
	})
	s.on(at, func(ctx context.Context) error {
		c, err := s.Sellers.Case(ctx, by, a.appID)
		if err != nil {
			return err
		}
		if _, err := s.Sellers.Decide(ctx, by, a.appID, c.Application.Version, d); err != nil {
			return err
		}
		_, err = s.Queue.Drain(ctx)
		return err
	})
}

func (s *seeding) refuse(a *applicant, at time.Time, first, second audit.Actor) {
	s.judge(a, at, first, refusal(a))
	s.on(at.Add(5*time.Hour), func(ctx context.Context) error {
		c, err := s.Sellers.Case(ctx, second, a.appID)
		if err != nil {
			return err
		}
		if _, err := s.Sellers.SecondLook(ctx, second, a.appID, c.Application.Version, sellers.SecondLook{Confirm: true}); err != nil {
			return err
		}
		_, err = s.Queue.Drain(ctx)
		return err
	})
}

func refusal(a *applicant) sellers.Decision {
	switch a.twist {
	case otherFace:
		return sellers.Decision{Kind: sellers.Refuse, ReasonCode: "face.different",
			Words: "The face before the camera and the portrait on the document are, as far as two of us can see, two different people."}
	case expired:
		return sellers.Decision{Kind: sellers.Refuse, ReasonCode: "document.expired",
			Words: "The document was valid until earlier this year. Please apply again with one that is valid now."}
	}
	return sellers.Decision{Kind: sellers.Refuse, ReasonCode: "paper.not-accepted",
		Words: "The second paper does not show who it was sent to. Please apply again with one that shows your name and address."}
}

func again(a *applicant) sellers.Decision {
	if a.twist == darkPhoto {
		return sellers.Decision{Kind: sellers.Ask, Items: []sellers.Item{sellers.ItemFront},
			Words: "The picture of your passport is too dark to read. Please take it again near a window."}
	}
	return sellers.Decision{Kind: sellers.Ask, Items: []sellers.Item{sellers.ItemPaper},
		Words: "Please send a second paper of the last three months; this one is older."}
}
