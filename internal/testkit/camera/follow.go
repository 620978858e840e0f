package camera

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/chromedp"

	"truepenny/internal/biometrics/liveness"
	"truepenny/internal/testkit"
)

// glow is how strong the page's light is on the person, as a share of the light
// in the room: a laptop in a lit room.
const glow = 0.08

// now is what the page asks for at one moment.
type now struct {
	State  string `json:"state"`
	Step   string `json:"step"`
	Prompt string `json:"prompt"`
	Shade  string `json:"shade"`
}

// whenOther resolves when the page asks for something else than it did, or
// after a second.
const whenOther = `new Promise((done) => {
	const look = () => {
		const root = document.getElementById("capture-face"), d = root ? root.dataset : {};
		return {state: d.state || "", step: d.step || "", prompt: d.prompt || "", shade: d.shade || ""};
	};
	const before = %q, changed = () => JSON.stringify(look()) !== before;
	if (changed()) return done(look());
	const root = document.getElementById("capture-face");
	const observer = new MutationObserver(() => { if (changed()) finish(); });
	const finish = () => { observer.disconnect(); clearTimeout(patience); done(look()); };
	const patience = setTimeout(finish, 1000);
	if (root) observer.observe(root, {attributes: true});
})`

// Answer says what is done about a prompt: which gesture, and how long after
// the person would. No gesture is "".
type Answer func(step int, asked liveness.Prompt) (liveness.Prompt, time.Duration)

// Obey does what is asked.
func Obey(_ int, asked liveness.Prompt) (liveness.Prompt, time.Duration) { return asked, 0 }

// Follow lets the camera watch the page until the test ends, and do what it
// asks as answer says. The page's coloured light falls on the scene.
func (c *Camera) Follow(page *testkit.Page, answer Answer) {
	ctx, stop := context.WithCancel(page.Ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.follow(ctx, answer)
	}()
	c.t.Cleanup(func() {
		stop()
		<-ended
	})
}

func (c *Camera) follow(ctx context.Context, answer Answer) {
	var before now
	for step := 0; ctx.Err() == nil; {
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[now](fmt.Sprintf(whenOther, before.text()), chromedp.EvalAwaitPromise))
		if err != nil { // the page is being left
			select {
			case <-ctx.Done():
			case <-time.After(20 * time.Millisecond):
			}
			continue
		}
		if seen.Shade != before.Shade {
			c.Shine(glow, shade(seen.Shade))
		}
		if seen.State != before.State {
			step = 0
		}
		if seen.Prompt != "" && (seen.Step != before.Step || seen.Prompt != before.Prompt) {
			if gesture, later := answer(step, liveness.Prompt(seen.Prompt)); gesture != "" {
				c.begin(gesture, later)
			}
			step++
		}
		before = seen
	}
}

func (n now) text() string {
	return fmt.Sprintf(`{"state":%q,"step":%q,"prompt":%q,"shade":%q}`, n.State, n.Step, n.Prompt, n.Shade)
}

// shade reads rgb(r, g, b); anything else is no light.
func shade(text string) (c [3]uint8) {
	if _, err := fmt.Sscanf(text, "rgb(%d, %d, %d)", &c[0], &c[1], &c[2]); err != nil {
		return [3]uint8{}
	}
	return c
}
