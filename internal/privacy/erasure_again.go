package privacy

import (
	"context"

	"truepenny/internal/audit"
)

// EraseAgain erases everybody anew whom an old copy of the main database has
// brought back. The key store, which is younger, knows who that is. It returns
// how many there were.
func (e *Erasures) EraseAgain(ctx context.Context) (int, error) {
	if e.known == nil {
		return 0, nil
	}
	n := 0
	err := e.vault.EachErased(ctx, func(people []string) error {
		back, err := e.known(ctx, people)
		if err != nil {
			return err
		}
		for _, person := range back {
			if _, err := e.Erase(ctx, audit.System("restore"), person, ""); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}
