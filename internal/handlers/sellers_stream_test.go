package handlers_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"testing"
	"time"

	"truepenny/views/paths"
)

func TestAStreamEndsWhenItsReaderIsSignedOut(t *testing.T) {
	m := openMarket(t)
	id := m.sent(t) // the machine does not run
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url+paths.ApplicationProgress(id), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "text/event-stream")
	answer, err := m.marit.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	stream := bufio.NewReader(answer.Body)
	if line, err := stream.ReadString('\n'); err != nil || line != "id: 1\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	m.marit.post(paths.SignOut()).is(http.StatusSeeOther)
	if _, err := io.ReadAll(stream); err != nil {
		t.Fatalf("it goes on: %v", err)
	}
}
