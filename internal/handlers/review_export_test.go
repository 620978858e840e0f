package handlers_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"truepenny/views/paths"
)

// More files at once than there are connections to read the database with: none
// of them may wait for a second one while it holds its first.
func TestManyFilesAtOnceAllEnd(t *testing.T) {
	r := openRoom(t)
	r.crowd(t, 1)
	r.crowdMore(t, 1, 10_000)
	r.open(r.ann) // the list names who holds a case, at its end
	var readers sync.WaitGroup
	for range 24 {
		readers.Go(func() {
			if got := r.ben.get(paths.QueueCSV(paths.QueueQuery{Sort: "number", Desc: true})); got.status != http.StatusOK || !strings.Contains(got.body, "Ann Reviewer") {
				t.Errorf("got %d, %d bytes", got.status, len(got.body))
			}
		})
	}
	readers.Wait()
}
