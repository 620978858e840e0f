package witness

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	patience = 30 * time.Second
	longest  = 1 << 20 // bytes of an answer
)

// remote is the log as its site shows it.
type remote struct {
	base   string
	client *http.Client
}

func newRemote(base string) remote {
	return remote{strings.TrimSuffix(base, "/"), &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // the key is pinned, the address is what the operator gave
	}}}
}

// checkpoint is the newest one.
func (r remote) checkpoint(ctx context.Context) (string, error) {
	body, err := r.ask(ctx, http.MethodGet, "/log/checkpoint", "")
	return string(body), err
}

// consistency asks for the proof that the log of to entries goes on from that of from.
func (r remote) consistency(ctx context.Context, from, to int64) ([]tlog.Hash, error) {
	body, err := r.ask(ctx, http.MethodGet, "/log/consistency?from="+strconv.FormatInt(from, 10)+"&to="+strconv.FormatInt(to, 10), "")
	if err != nil {
		return nil, err
	}
	var answer struct {
		Hashes []tlog.Hash `json:"hashes"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("the proof cannot be read: %w", err)
	}
	return answer.Hashes, nil
}

// post hands a cosigned checkpoint in.
func (r remote) post(ctx context.Context, signed string) error {
	_, err := r.ask(ctx, http.MethodPost, "/log/cosignatures", signed)
	return err
}

func (r remote) ask(ctx context.Context, method, path, body string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, r.base+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json, text/plain")
	if body != "" {
		request.Header.Set("Content-Type", "text/plain; charset=utf-8")
	}
	answer, err := r.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the log: %w", err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(io.LimitReader(answer.Body, longest))
	if err != nil {
		return nil, fmt.Errorf("ask the log: %w", err)
	}
	if answer.StatusCode/100 != 2 {
		return nil, &refusal{path, answer.StatusCode, said(read)}
	}
	return read, nil
}

// refusal is an answer other than yes.
type refusal struct {
	path   string
	status int
	said   string
}

// Error says what the log answered.
func (r *refusal) Error() string {
	return fmt.Sprintf("the log answers %d to %s: %s", r.status, r.path, r.said)
}

func said(body []byte) string {
	var problem struct{ Message string }
	if json.Unmarshal(body, &problem) == nil && problem.Message != "" {
		return problem.Message
	}
	return fmt.Sprintf("%.200q", body)
}
