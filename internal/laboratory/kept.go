package laboratory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/lab"
	"truepenny/internal/privacy"
)

// keepEvery is after how many new pictures a run seals what it has, so that
// after a restart it goes on there.
const keepEvery = 100

// kept is what a run has made of pictures so far; see lab.Cache. It lies sealed
// with the set until the run is over.
type kept struct {
	s   *Service
	run string
	set Set

	mu    sync.Mutex
	all   map[string]lab.Described
	fresh int
}

func (s *Service) openKept(ctx context.Context, run Run, set Set) (*kept, error) {
	k := &kept{s: s, run: run.ID, set: set, all: map[string]lab.Described{}}
	if run.keptItem == "" {
		return k, nil
	}
	opened, err := s.vault.Open(ctx, reader, run.keptItem, privacy.PurposeLab, "lab.run")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(opened.Plain, &k.all); err != nil {
		return nil, fmt.Errorf("what run %s kept: %w", run.ID, err)
	}
	return k, nil
}

// Get returns what was made of a picture before.
func (k *kept) Get(_ context.Context, key string) (lab.Described, bool, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	d, found := k.all[key]
	return d, found, nil
}

// Put notes what was made of a picture.
func (k *kept) Put(ctx context.Context, key string, d lab.Described) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.all[key] = d
	if k.fresh++; k.fresh%keepEvery != 0 {
		return nil
	}
	return k.seal(ctx)
}

// stopped seals what is there when the program ends.
func (k *kept) stopped(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fresh == 0 {
		return nil
	}
	return k.seal(context.WithoutCancel(ctx))
}

func (k *kept) seal(ctx context.Context) error {
	raw, err := json.Marshal(k.all)
	if err != nil {
		return err
	}
	entry := audit.Entry{Actor: reader, Action: "lab.run-kept", Subject: subject("labrun", k.run)}
	err = k.s.log.Record(ctx, entry, func(tx *db.Tx) error {
		run, err := takeRun(tx, k.run)
		if err != nil {
			return err
		}
		if run.State != Running {
			return errStopped
		}
		if err := k.s.forget(tx, &run); err != nil {
			return err
		}
		sealing := k.set.sealing("kept_item", k.run, "application/json")
		sealing.Slot.Table = "lab_runs"
		if run.keptItem, err = k.s.vault.Seal(tx, sealing, raw); err != nil {
			return err
		}
		run.Done = len(k.all)
		return saveRun(tx, run)
	})
	if err != nil && !errors.Is(err, errStopped) {
		return fmt.Errorf("keep run: %w", err)
	}
	return err
}
