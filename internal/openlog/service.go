package openlog

import (
	"context"
	"sync"
	"time"

	"truepenny/internal/audit"
	"truepenny/internal/clock"
	"truepenny/internal/db"
	"truepenny/internal/jobs"
	"truepenny/internal/mail"
)

const (
	publishJob = "log.publish"
	checkJob   = "log.check"
	dailyJob   = "log.check-daily"

	day = 24 * time.Hour
)

// Parts is what the service stands on.
type Parts struct {
	Store *db.Store
	Audit *audit.Log
	Jobs  *jobs.Queue
	Mail  *mail.Outbox
	Clock clock.Clock
	// Letter words the mail that brings a checkpoint to a witness.
	Letter func(size int64, checkpoint string) (subject, text string)
	// Watchers are the addresses of who is told when a check comes out differently
	// than the one before, and Alarm words the mail.
	Watchers func(ctx context.Context) ([]string, error)
	Alarm    func(c CheckRun) (subject, text string)
}

// Service shows the audit log to the outside.
type Service struct {
	Parts
	mu      sync.Mutex
	reached map[string]Progress // of the checks that run in this process
}

// New makes the service and registers its jobs: a checkpoint and a check daily.
func New(p Parts) *Service {
	s := &Service{Parts: p, reached: map[string]Progress{}}
	p.Jobs.Handle(publishJob, s.publishDaily)
	p.Jobs.Handle(checkJob, s.runCheck)
	p.Jobs.Handle(dailyJob, s.askDaily)
	p.Jobs.Every(publishJob, day)
	p.Jobs.Every(dailyJob, day)
	return s
}
