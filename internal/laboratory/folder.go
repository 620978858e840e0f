package laboratory

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"truepenny/internal/audit"
	"truepenny/internal/db"
	"truepenny/internal/errs"
)

// AddFolder takes a set from a folder at once; say is told how far it has come.
// It is for the operator at the command line, who acts as the program. Errors
// name the line of the labels that is wrong.
func (s *Service) AddFolder(ctx context.Context, n NewSet, folder fs.FS, say func(done, total int)) (Set, error) {
	if err := n.check(s.clock.Now()); err != nil {
		return Set{}, err
	}
	b, err := openFolder(folder)
	if err != nil {
		return Set{}, err
	}
	set := s.newSet(audit.System("command"), n)
	entry := audit.Entry{Actor: audit.System("command"), Action: "lab.set-added", Subject: subject("labset", set.ID),
		Details: map[string]string{"basis": string(n.Basis), "by": "command"}}
	if err := s.log.Record(ctx, entry, func(tx *db.Tx) error { return insertSet(tx, set) }); err != nil {
		return Set{}, err
	}
	if err := s.fill(ctx, audit.System("command"), set, b, say); err != nil {
		return Set{}, errors.Join(fmt.Errorf("the set was not added: %w", err), s.refuse(context.WithoutCancel(ctx), set, reasonOf(err), lineOf(err)))
	}
	return s.readSet(ctx, set.ID)
}

func lineOf(err error) int {
	var bad *lineError
	if errors.As(err, &bad) {
		return bad.line
	}
	return 0
}

// expire ends the sets whose day has come.
func (s *Service) expire(ctx context.Context, actor audit.Actor, due []Set) (int, error) {
	n := 0
	var failed []error
	for _, set := range due {
		err := s.endSet(ctx, actor, set.ID, "lab.set-expired")
		if errs.CodeOf(err) == errs.Conflict && err != nil {
			continue
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("end set %s: %w", set.ID, err))
			continue
		}
		n++
	}
	return n, errors.Join(failed...)
}
