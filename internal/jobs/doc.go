// Package jobs runs work in the background: queued in the transaction that
// needs it, done once by one worker, tried again with growing pauses.
package jobs
