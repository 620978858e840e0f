package testkit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// patience is how long a page has for what a test waits for; the machine may be
// busy with other tests.
const patience = 30 * time.Second

// BrowserOptions describe the browser of a test.
type BrowserOptions struct {
	Camera        string            // MJPEG file that the camera plays; "" for a device without one
	Width, Height int               // of the window; 1280 x 900 when 0
	Dark          bool              // the device asks for dark colours
	Expected      func(string) bool // console errors that the test brings about itself
}

// Page is one tab of a browser of its own. Errors on its console, among them
// violations of the content policy, fail the test.
type Page struct {
	Ctx context.Context // for chromedp actions that have no method here

	t        testing.TB
	expected func(string) bool
	mu       sync.Mutex
	faults   []string
}

// Browser starts Chromium. Without it the test is skipped, but under CI fails.
func Browser(t testing.TB, o BrowserOptions) *Page {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("chromium must be there under CI: pages are tested in it")
		}
		t.Skip("chromium is not installed, so this does not run in a browser")
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), browserFlags(t, path, o)...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(end)
	p := &Page{Ctx: ctx, t: t, expected: o.Expected}
	if p.expected == nil {
		p.expected = func(string) bool { return false }
	}
	if err := chromedp.Listen(ctx, p.hear); err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	p.Size(orElse(o.Width, 1280), orElse(o.Height, 900))
	p.Dark(o.Dark)
	t.Cleanup(p.reportFaults)
	return p
}

func browserFlags(t testing.TB, path string, o BrowserOptions) []chromedp.ExecAllocatorOption {
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
	)
	if o.Camera != "" {
		flags = append(flags,
			chromedp.Flag("use-fake-ui-for-media-stream", true), chromedp.Flag("use-fake-device-for-media-stream", true),
			chromedp.Flag("use-file-for-fake-video-capture", o.Camera))
	}
	return flags
}

// hear collects what the console complains about. Answers with a 4xx status are
// the business of the test that asked for them, except things that are missing.
func (p *Page) hear(event any) {
	text := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			text = e.Entry.Text + " " + e.Entry.URL
		}
		if e.Entry.Source == log.EntrySourceNetwork && strings.Contains(text, "status of 4") && !strings.Contains(text, "status of 404") {
			text = ""
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			for _, a := range e.Args {
				text += a.Description + string(a.Value) + " "
			}
		}
	case *runtime.EventExceptionThrown:
		text = e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
	}
	if text == "" || p.expected(text) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, text)
}

func (p *Page) reportFaults() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		p.t.Errorf("on the console: %s", f)
	}
}

// Do runs chromedp actions; the test ends when one fails.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("in the browser: %v\n%s", err, p.where())
	}
}

// Get runs an action that has a result.
func Get[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.Ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		p.t.Fatalf("in the browser: %v\n%s", err, p.where())
	}
	return v
}

// Script evaluates an expression on the page, awaiting a promise.
func Script[T any](p *Page, expression string) T {
	p.t.Helper()
	return Get(p, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Until waits for an expression to become true, across navigations.
func (p *Page) Until(expression string) {
	p.t.Helper()
	p.UntilWithin(expression, patience)
}

// UntilWithin is Until for what a busy machine works on for longer.
func (p *Page) UntilWithin(expression string, patience time.Duration) {
	p.t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	ctx, cancel := context.WithTimeout(p.Ctx, patience)
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && ok {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("never became true: %s (%v)\n%s", expression, err, p.where())
		case <-tick.C:
		}
	}
}

// where says what the page shows, for the message of a test that fails.
func (p *Page) where() string {
	ctx, cancel := context.WithTimeout(p.Ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.body ? document.body.innerText : "")`))
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("(page cannot be read: %v)", err)
	}
	return text
}

// AddKey gives the device a security key of its own: discoverable, with user
// verification. The returned function decides whether it recognises its holder.
func (p *Page) AddKey() (recognise func(bool)) {
	p.t.Helper()
	if _, err := chromedp.Call(p.Ctx, webauthn.Enable, webauthn.EnableParams{}); err != nil {
		p.t.Fatal(err)
	}
	yes := true
	made, err := chromedp.Call(p.Ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: yes, HasUserVerification: yes, IsUserVerified: yes, AutomaticPresenceSimulation: yes,
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return func(ok bool) {
		p.t.Helper()
		_, err := chromedp.Call(p.Ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{
			AuthenticatorID: made.AuthenticatorID, IsUserVerified: ok,
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
}

func orElse(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}
