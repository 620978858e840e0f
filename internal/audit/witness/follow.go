package witness

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"truepenny/internal/audit"
	"truepenny/internal/audit/verify"
	"truepenny/internal/clock"
)

// Options of one look at a log.
type Options struct {
	URL        string // of the Truepenny
	Verifier   string // of the log; asked for the first time, remembered from then on
	Memory     string // file with the state
	Checkpoint string // text with a checkpoint, such as a mail; "" to ask the URL for the newest
	Clock      clock.Clock
}

// Outcome is what a look found.
type Outcome struct {
	Before, Now verify.Checkpoint // Before has size 0 at the first look
	Older       bool              // the checkpoint is older than the last one seen, and the same log
	Cosigned    string            // checkpoint with the line of this witness; "" when Older
}

// Fork is two signed states of one log, neither of which goes on from the other.
// With both anybody can show that the log was written anew.
type Fork struct {
	Seen, Shown string // checkpoints
	Why         error
}

// Error says what was found and shows both checkpoints.
func (f *Fork) Error() string {
	return fmt.Sprintf("FORK: the log shows a state that does not go on from the last one seen (%v). Keep both:\n\nseen before:\n%s\nshown now:\n%s", f.Why, f.Seen, f.Shown)
}

// Follow looks at the log once: it checks that the checkpoint goes on from the
// last one seen, stores it, and only then cosigns it and hands the cosignature
// in. A state that does not go on is a *Fork, and nothing is stored or signed.
// Interrupted anywhere, it can be run again.
func (k Key) Follow(ctx context.Context, o Options) (out Outcome, err error) {
	m, err := openMemory(o.Memory)
	if err != nil {
		return out, err
	}
	defer func() {
		if closing := m.close(); err == nil {
			err = closing
		}
	}()
	known, err := m.load()
	if err != nil {
		return out, err
	}
	if known.Verifier, err = pinned(known.Verifier, o.Verifier); err != nil {
		return out, err
	}
	log := newRemote(o.URL)
	shown, err := newest(ctx, log, o.Checkpoint, known.Verifier)
	if err != nil {
		return out, err
	}
	if out, err = compare(ctx, log, known, shown); err != nil || out.Older {
		return out, err
	}
	known.Checkpoint = shown
	if err := m.store(known); err != nil {
		return out, err
	}
	out.Cosigned = shown + k.cosign(out.Now.Text, o.Clock.Now())
	return out, log.post(ctx, out.Cosigned)
}

// pinned is the key of the log: the remembered one, which no option overrules.
func pinned(remembered, given string) (string, error) {
	switch {
	case remembered == "" && given == "":
		return "", errors.New("give the log's verifier key with -key the first time; it stands on the page /log and was printed at set-up")
	case remembered == "":
		return given, nil
	case given != "" && given != remembered:
		return "", fmt.Errorf("this memory follows the log with the key %s, not %s", remembered, given)
	}
	return remembered, nil
}

// newest is the checkpoint to look at, without lines of other witnesses.
func newest(ctx context.Context, log remote, given, verifier string) (string, error) {
	if given == "" {
		var err error
		if given, err = log.checkpoint(ctx); err != nil {
			return "", err
		}
	}
	return extract(given, verifier)
}

// extract finds a checkpoint of the log in a text around it, such as a mail, and
// leaves it with the signature of the log alone.
func extract(text, verifier string) (string, error) {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		if line != audit.Origin(verifier) || len(lines) < i+5 || lines[i+3] != "" {
			continue
		}
		for _, signature := range lines[i+4:] {
			one := strings.Join(lines[i:i+3], "\n") + "\n\n" + signature + "\n"
			if _, err := verify.OpenCheckpoint(one, verifier); err == nil {
				return one, nil
			}
			if !strings.HasPrefix(signature, "— ") {
				break
			}
		}
	}
	return "", errors.New("there is no checkpoint that the log with this key signed")
}

// compare checks that what is shown goes on from what was seen.
func compare(ctx context.Context, log remote, known state, shown string) (Outcome, error) {
	var out Outcome
	var err error
	if out.Now, err = verify.OpenCheckpoint(shown, known.Verifier); err != nil {
		return out, err
	}
	if known.Checkpoint == "" {
		return out, nil
	}
	if out.Before, err = verify.OpenCheckpoint(known.Checkpoint, known.Verifier); err != nil {
		return out, fmt.Errorf("the witness's memory: %w", err)
	}
	first, second := out.Before, out.Now
	if out.Older = first.Size > second.Size; out.Older {
		first, second = second, first
	}
	fork := func(why error) error { return &Fork{Seen: known.Checkpoint, Shown: shown, Why: why} }
	if first.Size == second.Size {
		if first.Root != second.Root {
			return out, fork(errors.New("two roots for one number of entries"))
		}
		return out, nil
	}
	path, err := log.consistency(ctx, first.Size, second.Size)
	var refused *refusal
	if errors.As(err, &refused) && refused.status == http.StatusUnprocessableEntity {
		return out, fork(errors.New("the log cannot prove it: it is shorter than it was"))
	}
	if err != nil {
		return out, err
	}
	if err := verify.Consistency(first.Size, second.Size, first.Root, second.Root, path); err != nil {
		return out, fork(err)
	}
	return out, nil
}
