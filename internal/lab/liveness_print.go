package lab

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Print writes the report for people.
func (r LivenessReport) Print(out io.Writer) error {
	w := &strings.Builder{}
	fmt.Fprintf(w, "%s: attacks on the face capture\n", r.Set)
	fmt.Fprintf(w, "%d films of %d people (%d others could not play), %d frames, put together to presentations; seed %d, %s; %s; %.0f s\n\n", r.Films, r.People, r.Unfit, r.Frames, r.Seed, r.Code, r.Machine, r.Seconds)
	r.printPart(w, "With coloured light", r.LivenessPart)
	fmt.Fprintf(w, "Filmed material (no challenge was asked for: judged by quality, identity, a blink, screen, border, background, injection)\n")
	for _, c := range r.Clips {
		fmt.Fprintf(w, "  %s: %s, %.1f s, %s\n", c.File, cmp.Or(c.Attack, "live"), c.Seconds, c.verdict())
	}
	fmt.Fprintf(w, "  live and long enough: %s\n", bonaFide(r.LiveReal))
	fmt.Fprintf(w, "Pictures, too short for a capture, neither accepted nor refused\n")
	for _, s := range r.Stills {
		fmt.Fprintf(w, "  %s: %d, a face in %d, large enough for a spectrum %d, of these with a screen's peak %d (largest %.1f)\n", s.Kind, s.Count, s.Faces, s.Large, s.Strong, s.Largest)
	}
	fmt.Fprintln(w)
	r.printPart(w, "Without coloured light", r.WithoutLight)
	fmt.Fprint(w, limits)
	_, err := io.WriteString(out, w.String())
	return err
}

// limits say what the figures do not.
const limits = `What stands against a rendered puppet or a face swap that is made after each prompt is known: the camera's identity (a page cannot
attest it), the server's clock for every step, and coloured light, as long as the attacker does not render that too. None of these
is reliable, so an operator can demand that a person looks at every case.
Intervals are exact (Clopper and Pearson, 95 %) and take presentations for independent; they share few films, so they speak of challenges
more than of people and materials. No attack was held before a real camera except the filmed clips.
`

func (r LivenessReport) printPart(w io.Writer, title string, p LivenessPart) {
	fmt.Fprintf(w, "%s\n", title)
	fmt.Fprintf(w, "  living people not accepted (BPCER): %.1f %% of %d; rendered %s, of these %d left to a person\n", 100*p.BPCER, p.Live, bonaFide(p.LiveGenerated), p.LiveReviewed)
	printRates(w, "attack, worst first", p.Attacks)
	printRates(w, "screen that shows every gesture when it is asked for", p.Steered)
	fmt.Fprintln(w)
}

func printRates(w io.Writer, title string, rates []AttackRate) {
	if len(rates) == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "  %s\tpresented\taccepted\tto a person\trefused\tIAPAR, 95 %% interval\tmost often for\t\n", title)
	for _, a := range rates {
		fmt.Fprintf(t, "  %s\t%d\t%d\t%d\t%d\t%.1f %% (%.1f to %.1f)\t%s\t\n", a.Kind, a.Presented, a.Accepted, a.Reviewed, a.Refused, 100*a.IAPAR, 100*a.Low, 100*a.High, a.mostly())
	}
	t.Flush()
}

// mostly names the two most frequent reasons.
func (r AttackRate) mostly() string {
	names := slices.SortedFunc(maps.Keys(r.Reasons), func(a, b string) int {
		return cmp.Or(cmp.Compare(r.Reasons[b], r.Reasons[a]), cmp.Compare(a, b))
	})
	var out []string
	for _, name := range names[:min(2, len(names))] {
		out = append(out, fmt.Sprintf("%s %d", name, r.Reasons[name]))
	}
	return strings.Join(out, ", ")
}

func (c ClipResult) verdict() string {
	switch {
	case !c.Long:
		return "too short or not usable: " + c.Reason
	case c.Accepted:
		return fmt.Sprintf("accepted, eyes shut to %.2f", c.Values["blink"])
	}
	return "refused for " + c.Reason
}

func bonaFide(r Rate) string {
	if r.Pairs == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d not accepted, %.1f %% (%.1f to %.1f)", r.Errors, r.Pairs, 100*r.Rate, 100*r.Low, 100*r.High)
}
