package main

import (
	"context"
	"errors"
	"time"

	"truepenny/internal/jobs"
)

// scrubJob empties the databases' logs of changes every hour, so that what was
// deleted "at once" is gone from the disk soon after.
const scrubJob = "db.scrub"

// sweepJob clears away once a day what destroyed keys and forgotten items left.
const sweepJob = "vault.sweep"

func (a *App) scrubHourly() {
	a.queue.Handle(sweepJob, func(ctx context.Context, _ jobs.Job) error {
		_, err := a.vault.Sweep(ctx)
		return err
	})
	a.queue.Every(sweepJob, 24*time.Hour)
	a.queue.Handle(scrubJob, func(ctx context.Context, _ jobs.Job) error {
		return errors.Join(a.store.Scrub(ctx), a.keyStore.Scrub(ctx))
	})
	a.queue.Every(scrubJob, time.Hour)
}
