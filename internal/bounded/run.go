// Package bounded runs programs of the system that read what strangers send: in
// a process of their own, with little time, memory and output.
package bounded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// What can go wrong beside the program's own failure.
var (
	ErrMissing = errors.New("bounded: not installed")
	ErrTime    = errors.New("bounded: takes too long")
	ErrOutput  = errors.New("bounded: writes too much")
)

// Limits bound one run.
type Limits struct {
	Time   time.Duration
	Memory int // bytes of address space
	Output int // bytes that it may write
}

// Program is an installed program; safe for concurrent use.
type Program struct {
	path, bound string
	limits      Limits
}

// Find looks a program up, and prlimit of util-linux, without which none is
// started. What is missing is ErrMissing.
func Find(name string, lim Limits) (*Program, error) {
	p := &Program{limits: lim}
	var err error
	if p.path, err = exec.LookPath(name); err != nil {
		return nil, fmt.Errorf("%w: %s", ErrMissing, name)
	}
	if p.bound, err = exec.LookPath("prlimit"); err != nil {
		return nil, fmt.Errorf("%w: prlimit", ErrMissing)
	}
	return p, nil
}

// Run gives the program data on its standard input and returns what it writes,
// and the beginning of what it complains about. Nothing of the data touches the
// disk, and the program sees none of our settings.
func (p *Program) Run(ctx context.Context, data []byte, args ...string) (out, said []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, p.limits.Time)
	defer cancel()
	var complaint bytes.Buffer
	cmd := p.command(ctx, &complaint, args)
	cmd.Stdin = bytes.NewReader(data)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, fmt.Errorf("bounded: %w", err)
	}
	if err := cmd.Start(); err != nil && ctx.Err() == nil {
		return nil, nil, fmt.Errorf("bounded: %w", err)
	} else if err != nil {
		return nil, nil, stopped(ctx)
	}
	out, readErr := io.ReadAll(io.LimitReader(pipe, int64(p.limits.Output)+1))
	tooMuch := len(out) > p.limits.Output
	if tooMuch {
		cancel()
	}
	err = errors.Join(cmd.Wait(), readErr)
	switch {
	case tooMuch:
		return nil, complaint.Bytes(), ErrOutput
	case ctx.Err() != nil:
		return nil, complaint.Bytes(), stopped(ctx)
	}
	return out, complaint.Bytes(), err
}

// Stream is Run for a program that reads a file, which is its descriptor 3, and
// whose output is taken as it comes: read bounds it instead of the limits. When
// read ends early or fails, the program is stopped; what read returns is returned.
func (p *Program) Stream(ctx context.Context, file *os.File, read func(io.Reader) error, args ...string) (said []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, p.limits.Time)
	defer cancel()
	var complaint bytes.Buffer
	cmd := p.command(ctx, &complaint, args)
	cmd.ExtraFiles = []*os.File{file}
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("bounded: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("bounded: %w", err)
	}
	reading := read(pipe)
	if rest, err := pipe.Read(make([]byte, 1)); rest > 0 || err == nil { // it would write on
		cancel()
		_ = cmd.Wait() // was stopped on purpose
		return complaint.Bytes(), reading
	}
	ended := cmd.Wait()
	switch {
	case reading != nil:
		return complaint.Bytes(), reading
	case ctx.Err() != nil:
		return complaint.Bytes(), stopped(ctx)
	}
	return complaint.Bytes(), ended
}

// command is the program under its limits, with none of our settings.
func (p *Program) command(ctx context.Context, complaint *bytes.Buffer, args []string) *exec.Cmd {
	seconds := strconv.Itoa(int(p.limits.Time.Seconds()) + 1)
	cmd := exec.CommandContext(ctx, p.bound, append([]string{"--as=" + strconv.Itoa(p.limits.Memory), "--cpu=" + seconds, "--nofile=64", p.path}, args...)...)
	cmd.Env = []string{"LC_ALL=C", "OMP_THREAD_LIMIT=1", "HOME=" + os.TempDir(), "PATH=" + os.Getenv("PATH")}
	cmd.Dir = os.TempDir()
	cmd.Stderr = &capped{w: complaint, left: 4096}
	return cmd
}

// stopped tells a run that took too long from one that nobody waits for any more.
func stopped(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ErrTime
	}
	return ctx.Err()
}

// capped takes the beginning of what a program complains about.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(b []byte) (int, error) {
	keep := b[:min(len(b), c.left)]
	c.left -= len(keep)
	if _, err := c.w.Write(keep); err != nil {
		return 0, err
	}
	return len(b), nil
}
