package vault

import (
	"context"

	"truepenny/internal/db"
	"truepenny/internal/ids"
)

// MarkErased notes in the key store that everything of a person was erased, so
// that it is known when an old copy of the main database brings them back.
func (v *Vault) MarkErased(ctx context.Context, person string) error {
	return v.keys.write(ctx, func(tx *db.Tx) error {
		return insertMark(tx, ids.New("key"), person, v.clock.Now())
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

// marksAtOnce is how many people are asked about in one query.
const marksAtOnce = 500
