package lab

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Print writes the report for people.
func (r FaceReport) Print(w io.Writer) error {
	fmt.Fprintf(w, "Face report: %s, network %s\n\n", r.Set, r.network)
	fmt.Fprintf(w, "%d images of %d subjects; no face found in %d (%s)\n", r.Images, r.Subjects, r.acquire.Errors, percent(r.acquire))
	for _, f := range r.missed {
		fmt.Fprintf(w, "  no face: %s\n", f)
	}
	fmt.Fprintf(w, "%d genuine and %d impostor pairs; %.1f ms an image\n\n", r.Genuine, r.Impostor, r.MSPerImage)
	fmt.Fprintf(w, "Equal error rate %.2f %%\n", 100*r.EER)
	for _, o := range operatingPoints {
		fmt.Fprintf(w, "FNMR at FMR %s: %s\n", o.name, r.FNMRAtFMR[o.name])
	}
	fmt.Fprintf(w, "\nAt the active threshold %.2f (%s):\n", r.Threshold, r.origin())
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "group\tfalse matches\tfalse non-matches\t")
	for _, g := range r.Groups {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", strings.TrimSpace(g.Name+" "+g.Value), g.FMR.count(), g.FNMR.count(), g.remark())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\nIntervals: 95 %, Wilson, as if pairs were independent; they share people, so the truth is less sure.\n")
	return err
}

// origin says where the active threshold comes from.
func (r FaceReport) origin() string {
	if r.source == "" {
		return "no report is attached to it yet"
	}
	return "from " + r.source
}

func (o Operating) String() string {
	if !o.Measurable {
		return o.Note
	}
	text := fmt.Sprintf("%s at threshold %.4f", percent(*o.FNMR), *o.Threshold)
	if o.Note != "" {
		text += " (" + o.Note + ")"
	}
	return text
}

// percent gives a rate with its interval, without which it says little.
func percent(r Rate) string {
	if r.Pairs == 0 {
		return "none to measure"
	}
	return fmt.Sprintf("%.2f %%, 95 %% interval %.2f to %.2f %%", 100*r.Rate, 100*r.Low, 100*r.High)
}

func (r Rate) count() string {
	if r.Pairs == 0 {
		return "no pairs"
	}
	return fmt.Sprintf("%d of %d, %.2f %% (%.2f to %.2f)", r.Errors, r.Pairs, 100*r.Rate, 100*r.Low, 100*r.High)
}

func (g Group) remark() string {
	var parts []string
	if g.Worst != "" {
		parts = append(parts, "worst in "+g.Worst)
	}
	if g.Note != "" {
		parts = append(parts, g.Note)
	}
	return strings.Join(parts, "; ")
}
