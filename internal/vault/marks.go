package vault

import (
	"context"
	"time"

	"truepenny/internal/db"
	"truepenny/internal/ids"
)

// Mark is the last erasure of what was held of a person for a purpose.
type Mark struct {
	Person  string
	Purpose Purpose
	Erasure string // its id in the main database
	At      time.Time
}

// MarkErased notes in the key store that everything of a person was erased, so
// that it is known when an old copy of the main database brings them back. What
// was noted of single purposes of theirs is in that.
func (v *Vault) MarkErased(ctx context.Context, person string) error {
	return v.keys.write(ctx, func(tx *db.Tx) error {
		if err := deletePurposeMarks(tx, person); err != nil {
			return err
		}
		return insertMark(tx, ids.New("key"), person, v.clock.Now())
	})
}

// MarkErasedFor notes in the key store that what was held of a person for one
// purpose is erased now, and which erasure it is. The last one counts.
func (v *Vault) MarkErasedFor(ctx context.Context, person string, purpose Purpose, erasure string) error {
	return v.keys.write(ctx, func(tx *db.Tx) error {
		return savePurposeMark(tx, Mark{Person: person, Purpose: purpose, Erasure: erasure, At: v.clock.Now()})
	})
}

// EachErased hands out, some at a time, everybody whom MarkErased noted.
func (v *Vault) EachErased(ctx context.Context, use func(people []string) error) error {
	after := ""
	for {
		people, err := readMarks(v.keys.store.Reader(ctx), after, marksAtOnce)
		if err != nil || len(people) == 0 {
			return err
		}
		if err := use(people); err != nil {
			return err
		}
		after = people[len(people)-1]
	}
}

// EachErasedFor hands out, some at a time, what MarkErasedFor noted.
func (v *Vault) EachErasedFor(ctx context.Context, use func([]Mark) error) error {
	var after Mark
	for {
		marks, err := readPurposeMarks(v.keys.store.Reader(ctx), after, marksAtOnce)
		if err != nil || len(marks) == 0 {
			return err
		}
		if err := use(marks); err != nil {
			return err
		}
		after = marks[len(marks)-1]
	}
}

// marksAtOnce is how many people are asked about in one query.
const marksAtOnce = 500
