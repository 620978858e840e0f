package sellers

import (
	"context"
	"errors"
	"image"
	"runtime"
	"sync"
	"testing"

	"truepenny/internal/biometrics/document"
	"truepenny/internal/biometrics/picture"
	"truepenny/internal/testkit"
)

// crowd counts how many pictures are open at once, at a place in the way of
// every upload of a document. Nobody leaves before every core has one.
type crowd struct {
	mu        sync.Mutex
	now, most int
	full      chan struct{}
}

func (c *crowd) Read(*image.RGBA) (document.Reading, error) {
	c.mu.Lock()
	c.now++
	if c.most = max(c.most, c.now); c.most == runtime.GOMAXPROCS(0) && c.now == c.most {
		select {
		case <-c.full:
		default:
			close(c.full)
		}
	}
	c.mu.Unlock()
	<-c.full
	_, err := picture.Decode(shot(1), picture.DefaultLimits) // it takes its time
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now--
	return document.Reading{}, errors.Join(err, document.ErrNoZone)
}

func TestNoMorePicturesAreOpenThanCoresCanWorkOn(t *testing.T) {
	crowd := &crowd{full: make(chan struct{})}
	h := newHouse(t, testkit.Store(t), func(p *Parts) { p.Documents = crowd })
	app := h.draft(t)
	var senders sync.WaitGroup
	for i := range 8 * runtime.GOMAXPROCS(0) {
		senders.Go(func() {
			if _, err := h.AddDocument(t.Context(), h.seller, app.ID, DocumentUpload{Kind: Passport, Side: Front, Bytes: shot(i)}); err != nil {
				t.Error(err)
			}
		})
	}
	senders.Wait()
	if crowd.most > runtime.GOMAXPROCS(0) {
		t.Errorf("%d pictures were open at once on %d cores", crowd.most, runtime.GOMAXPROCS(0))
	}
}

func TestWhoHangsUpWhileWaitingForASeatIsNotWaitedFor(t *testing.T) {
	h := newHouse(t, testkit.Store(t))
	for range cap(h.seats) {
		h.seats <- struct{}{}
	}
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	err := h.seated(ctx, func() error { t.Error("looked all the same"); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}
