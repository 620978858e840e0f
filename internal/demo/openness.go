package demo

import (
	"context"
	"time"

	"truepenny/internal/registers"
	"truepenny/internal/staff"
)

// fillRegisters enters two legal demands and a firm that gets data, all of them
// invented and called so.
func (s *seeding) fillRegisters() {
	if s.Registers == nil {
		return
	}
	on := func(ago time.Duration) string { return s.now.Add(-ago).Format(time.DateOnly) }
	s.on(s.now.Add(-15*day), func(ctx context.Context) error {
		_, err := s.Registers.SaveDemand(ctx, s.member(staff.Privacy, 0), registers.Demand{
			ReceivedOn: on(16 * day), Sender: "police", Country: "PT", Reference: "Demo 1", Scope: "face-search", People: 0,
			Outcome: "refused", AnsweredOn: on(15 * day), Told: "nobody", Note: "Made up for the demo: a picture came with the question who this is.",
		})
		return err
	})
	s.on(s.now.Add(-6*day), func(ctx context.Context) error {
		_, err := s.Registers.SaveDemand(ctx, s.member(staff.Privacy, 0), registers.Demand{
			ReceivedOn: on(6 * day), Sender: "court", Country: "PT", Reference: "Demo 2", Scope: "account", People: 1,
			Outcome: registers.Open, Told: "not-yet", Note: "Made up for the demo.",
		})
		return err
	})
	s.on(s.now.Add(-14*day), func(ctx context.Context) error {
		_, err := s.Registers.SaveParty(ctx, s.member(staff.Privacy, 0), registers.Party{
			Kind: registers.Processor, Name: "Demo Backup House (made up)", Does: "Keeps encrypted copies of the main database, without keys",
			Data: "Copies that it cannot open", Country: "PT", Terms: "Demo agreement on processing data", BeganOn: on(20 * day),
		})
		return err
	})
}
