package handlers

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"truepenny/internal/sellers"
	"truepenny/views/kit"
)

const (
	streamLook  = 700 * time.Millisecond // between looks at the progress
	streamBeat  = 15 * time.Second       // a line that keeps proxies from closing the stream
	streamLimit = 10 * time.Minute       // then the page connects again; nobody watches longer by accident
)

// streamProgress tells the progress of the machine checks.
func (s *Server) streamProgress(c echo.Context) error {
	app, err := s.ownApplication(c)
	if err != nil {
		return err
	}
	first, err := s.Sellers.Analysis(c.Request().Context(), visitorOf(c).actor(), app.ID)
	if err != nil {
		return err
	}
	view := func(a sellers.Analysis) progressView { return progressView{presentSteps(a, app.Road), a.Done} }
	return s.streamSteps(c, view(first), func(ctx context.Context) (progressView, error) {
		a, err := s.Sellers.Analysis(ctx, visitorOf(c).actor(), app.ID)
		return view(a), err
	})
}

// progressView is how far work has come, as a page shows it.
type progressView struct {
	steps []kit.ProgressStep
	done  bool
}

// streamSteps tells progress to whoever is signed in as server-sent events: every
// message is the whole list, the last one is named "done". The pace is that of
// the connection, not of the business clock.
func (s *Server) streamSteps(c echo.Context, first progressView, look func(ctx context.Context) (progressView, error)) error {
	h := c.Response().Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	ctx, cancel := context.WithTimeout(c.Request().Context(), streamLimit)
	defer cancel()
	st := stream{out: c.Response(), flush: http.NewResponseController(c.Response().Writer).Flush}
	err := st.run(ctx, first, func() (progressView, error) {
		if now, err := s.visitor(c); err != nil || now.account.ID != visitorOf(c).account.ID {
			cancel() // signed out meanwhile
			return progressView{}, err
		}
		return look(ctx)
	})
	if err != nil && ctx.Err() == nil {
		s.log.Error("progress stream ended", "error", err, "reference", reference(c))
	}
	return nil
}

// stream writes one list of steps after another, each only when it changed.
type stream struct {
	out   http.ResponseWriter
	flush func() error
	id    int
	last  string
}

func (st *stream) run(ctx context.Context, v progressView, look func() (progressView, error)) error {
	ticks, beats := time.NewTicker(streamLook), time.NewTicker(streamBeat)
	defer ticks.Stop()
	defer beats.Stop()
	for {
		if err := st.tell(ctx, v); err != nil || v.done {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-beats.C:
			if err := st.write(": here\n\n"); err != nil {
				return err
			}
		case <-ticks.C:
			var err error
			if v, err = look(); err != nil {
				return err
			}
		}
	}
}

func (st *stream) tell(ctx context.Context, v progressView) error {
	var b bytes.Buffer
	if err := kit.ProgressSteps(v.steps).Render(ctx, &b); err != nil {
		return err
	}
	if b.String() != st.last {
		st.last = b.String()
		if err := st.event("", st.last); err != nil {
			return err
		}
	}
	if v.done {
		return st.event("done", "")
	}
	return nil
}

func (st *stream) event(name, data string) error {
	st.id++
	var b strings.Builder
	fmt.Fprintf(&b, "id: %d\n", st.id)
	if name != "" {
		fmt.Fprintf(&b, "event: %s\n", name)
	}
	for line := range strings.SplitSeq(data, "\n") {
		fmt.Fprintf(&b, "data: %s\n", line)
	}
	return st.write(b.String() + "\n")
}

func (st *stream) write(text string) error {
	if _, err := st.out.Write([]byte(text)); err != nil {
		return err
	}
	return st.flush()
}
