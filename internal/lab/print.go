package lab

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// listed is how many erring pairs are printed of each kind.
const listed = 10

// Print writes the report for people.
func (r FaceReport) Print(w io.Writer) error {
	fmt.Fprintf(w, "Face report: %s, network %s\n", r.Set, r.name())
	r.Provenance.print(w)
	fmt.Fprintf(w, "\n%d images of %d subjects; none acquired from %d (%s)\n", r.Images, r.Subjects, r.Acquire.Errors, percent(r.Acquire))
	for _, m := range r.Missed {
		fmt.Fprintf(w, "  %s: %s\n", strings.ReplaceAll(m.Reason, "-", " "), m.File)
	}
	fmt.Fprintf(w, "%d genuine and %d impostor pairs; %.1f ms an image, %d images from an earlier run\n\n", r.Genuine, r.Impostor, r.MSPerImage, r.Cached)
	fmt.Fprintf(w, "Equal error rate %.2f %%%s\n", 100*r.EER, r.EERBootstrap.text())
	for _, o := range operatingPoints {
		fmt.Fprintf(w, "FNMR at FMR %s: %s\n", o.name, r.FNMRAtFMR[o.name])
	}
	fmt.Fprintf(w, "\nAt the active threshold %.2f (%s):\n", r.Threshold, r.origin())
	if err := r.printGroups(w); err != nil {
		return err
	}
	for _, c := range r.Claims {
		fmt.Fprintf(w, "%s at most %g: %s (%d comparisons show at most %.3g with 95 %% confidence; %d needed without an error)\n",
			c.Name, c.Rate, c.Note, c.Have, c.AtMost, c.Needed)
	}
	printPairs(w, "false match", r.FalseMatches)
	printPairs(w, "false non-match", r.FalseNonMatches)
	if err := r.printChecks(w); err != nil {
		return err
	}
	if err := r.printCalibration(w); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "\nIntervals: 95 %, exact (Clopper-Pearson), as if pairs were independent; \"people\" resamples people, because pairs share them.\n")
	return err
}

func (p Provenance) print(w io.Writer) {
	fmt.Fprintf(w, "%s; program %s; %s; seed %d; %.1f s\n", p.At.Format("2006-01-02 15:04 MST"), p.Code, p.Machine, p.Seed, p.Seconds)
}

func (r FaceReport) printGroups(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "group\tfalse matches\tto all\tfalse non-matches\tto all\t")
	for _, g := range r.Groups {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", strings.TrimSpace(g.Name+" "+g.Value),
			g.FMR.count(), ratio(g.FMRRatio, g.FMRStanding), g.FNMR.count(), ratio(g.FNMRRatio, g.FNMRStanding), g.remark())
	}
	return t.Flush()
}

// ratio is a group's rate over everybody's, with what the 25 % rule says.
func ratio(r *float64, s Standing) string {
	switch {
	case r == nil:
		return "-"
	case s == Worse:
		return fmt.Sprintf("%.2f, more than 25 %% worse", *r)
	}
	return fmt.Sprintf("%.2f", *r)
}

func printPairs(w io.Writer, what string, pairs []Pair) {
	for i, p := range pairs {
		if i == listed {
			fmt.Fprintf(w, "  and %d more\n", len(pairs)-listed)
			return
		}
		fmt.Fprintf(w, "  %s at %.3f: %s and %s\n", what, p.Distance, p.A, p.B)
	}
}

func (r FaceReport) printChecks(w io.Writer) error {
	if len(r.Checks) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nThe check as it is used, one portrait against several frames, at %.2f:\n", r.Threshold)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "rule\tframes\tEER\tfalse matches\tfalse non-matches\t")
	for _, c := range r.Checks {
		fmt.Fprintf(t, "%s\t%d\t%.2f %%\t%s\t%s\t\n", c.Rule, c.Frames, 100*c.EER, c.FMR.count(), c.FNMR.count())
	}
	return t.Flush()
}

func (r FaceReport) printCalibration(w io.Writer) error {
	if r.Calibration.Method != "" {
		c := r.Calibration
		fmt.Fprintf(w, "\nlog10 likelihood ratio = %.3f %+.3f x distance, kept within %.2f and %.2f (%s)\n", c.Offset, c.Slope, c.Least, c.Most, c.Method)
		for _, f := range r.Fits {
			fmt.Fprintf(w, "  Cllr %s: %.4f bits\n", f.Method, f.Cllr)
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\ndistance\tstrangers as close\tone in\tFNMR\t")
	for _, row := range r.Table {
		fmt.Fprintf(t, "%.2f\t%s\t%s\t%.2f %%\t\n", row.Distance, row.FMR.count(), oneIn(row), 100*row.FNMR.Rate)
	}
	return t.Flush()
}

// oneIn is how rare a distance is between strangers.
func oneIn(row Row) string {
	if row.FMR.Errors == 0 {
		return fmt.Sprintf("fewer than 1 in %.0f", 1/row.AtMost)
	}
	return fmt.Sprintf("%.0f", 1/row.FMR.Rate)
}

func (i *Interval) text() string {
	if i == nil {
		return ""
	}
	return fmt.Sprintf(" (95 %% interval over people %.2f to %.2f %%)", 100*i.Low, 100*i.High)
}

// origin says where the active threshold comes from.
func (r FaceReport) origin() string {
	if r.Source == "" {
		return "no report is attached to it yet"
	}
	return "from " + r.Source
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
	text := fmt.Sprintf("%d of %d, %.2f %% (%.2f to %.2f", r.Errors, r.Pairs, 100*r.Rate, 100*r.Low, 100*r.High)
	if b := r.Bootstrap; b != nil {
		text += fmt.Sprintf("; people %.2f to %.2f", 100*b.Low, 100*b.High)
	}
	return text + ")"
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
