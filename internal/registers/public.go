package registers

import (
	"context"
	"time"
)

// Told is what everybody may know of one demand: nothing that leads to a person
// or to a running inquiry. Days are told as months.
type Told struct {
	Received string `json:"received"` // month, 2026-11
	Sender   string `json:"from"`
	Country  string `json:"country"`
	Scope    string `json:"asked_for"`
	Outcome  string `json:"answer"`
	Answered string `json:"answered,omitempty"` // month
	People   string `json:"people_told"`
}

// Public is what is told of the demands.
type Public struct {
	All       []Told // those that may be spoken of, newest first
	Concerned int    // people, in those; to be coarsened
	Given     int    // demands that data was given out for
	Refused   int
	Searches  int // demands to search by face
}

// Public is what everybody may know of the demands. One that we are forbidden to
// speak of joins it on the day after the order ends.
func (s *Service) Public(ctx context.Context) (Public, error) {
	all, err := s.demands(ctx)
	if err != nil {
		return Public{}, err
	}
	p := Public{All: []Told{}}
	now := s.clock.Now()
	for _, d := range all {
		if d.Gagged(now) {
			continue
		}
		p.All = append(p.All, d.told(now))
		p.Concerned += d.People
		switch {
		case d.Gives():
			p.Given++
		case d.Outcome == "refused":
			p.Refused++
		}
		if d.Scope == faceSearch {
			p.Searches++
		}
	}
	return p, nil
}

func (d Demand) told(now time.Time) Told {
	t := Told{Received: d.ReceivedOn[:len("2006-01")], Sender: d.Sender, Country: d.Country, Scope: d.Scope, Outcome: d.Outcome, People: d.Told}
	if d.AnsweredOn != "" {
		t.Answered = d.AnsweredOn[:len("2006-01")]
	}
	if d.GagOver(now) {
		t.People = "not-yet"
	}
	return t
}
