package lab

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes the report for people.
func (r IdentifyReport) Print(w io.Writer) error {
	fmt.Fprintf(w, "Identification drill: %s\n", r.Set)
	if r.Network != "" {
		fmt.Fprintf(w, "Network %s\n", r.name())
	}
	r.Provenance.print(w)
	fmt.Fprintf(w, "%s\n%d in the gallery, %d probes, each held against %d others; %d pictures without a face; %.2f ms a search\n",
		r.How, r.Gallery, r.Probes, r.Compared, r.Missed, r.MSPerSearch)
	if m := r.Model; m != nil {
		for _, f := range m.Fits {
			fmt.Fprintf(w, "  at %.2f: measured %.3g, drawn %.3g of pairs\n", f.Distance, f.Measured, f.Model)
		}
	}
	for _, p := range r.Points {
		if err := p.print(w); err != nil {
			return err
		}
	}
	fmt.Fprintln(w)
	for _, n := range r.Needed {
		fmt.Fprintf(w, "At most 1 wrong name in 1,000 searches of %d people needs a false match rate of %.1e\n", n.N, n.FMR)
	}
	printPairs(w, "named", r.Hits)
	_, err := fmt.Fprint(w, "\nIntervals: 95 %, exact (Clopper-Pearson); \"people\" resamples people. Expectations take comparisons for independent.\n")
	return err
}

func (p IdentifyPoint) print(w io.Writer) error {
	source := p.Source
	if source == "" {
		source = "no report is attached to it yet"
	}
	fmt.Fprintf(w, "\nAt the %s threshold %.3f (%s)\n", p.Name, p.Threshold, source)
	fmt.Fprintf(w, "  false identities %s\n", p.FPIR.count())
	fmt.Fprintf(w, "  false pairs      %s\n", p.FMR.count())
	if p.FNIR.Pairs > 0 {
		fmt.Fprintf(w, "  not recognised   %s\n", p.FNIR.count())
	}
	fmt.Fprintf(w, "  FPIR at most %g: %s (%d searches; %d needed without an error)\n", p.Claim.Rate, p.Claim.Note, p.Claim.Have, p.Claim.Needed)
	for _, e := range p.Expected {
		fmt.Fprintf(w, "  expected in a gallery of %d: %.2f %% of searches name somebody else (%.2f to %.2f)\n", e.N, 100*e.FPIR, 100*e.Low, 100*e.High)
	}
	if len(p.Groups) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, g := range p.Groups {
		fmt.Fprintf(t, "  %s %s\t%s\t%s\t\n", g.Name, g.Value, g.FPIR.count(), ratio(g.Ratio, g.Standing))
	}
	return t.Flush()
}
