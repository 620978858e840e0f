package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"

	"truepenny/internal/privacy/receipt"
)

// verifyReceipt checks the receipt of an erasure that somebody was given. It
// needs the file alone.
func verifyReceipt(_ context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify receipt", flag.ContinueOnError)
	flags.SetOutput(stderr)
	key := flags.String("key", "", "verifier key of receipts, as the marketplace publishes it; proves who signed")
	logKey := flags.String("log-key", "", "verifier key of the log, as the marketplace publishes it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	path := flags.Arg(0)
	if flags.NArg() > 1 { // the keys may stand behind the file
		if err := flags.Parse(flags.Args()[1:]); err != nil {
			return err
		}
	}
	if path == "" || flags.NArg() > 1 {
		return fmt.Errorf("usage: truepenny verify receipt FILE [-key VERIFIER] [-log-key VERIFIER]")
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	checked, err := receipt.Verify(file, *key, *logKey)
	if err != nil {
		return fmt.Errorf("the receipt does NOT hold: %w", err)
	}
	tellReceipt(stdout, checked, *key != "" && *logKey != "")
	return nil
}

func tellReceipt(stdout io.Writer, c receipt.Checked, pinned bool) {
	const day = "2006-01-02 15:04:05 UTC"
	fmt.Fprintf(stdout, "The receipt holds: %s, %s\n", c.ID, c.At.Format(day))
	what := "everything that was held of one person"
	switch c.Scope {
	case receipt.Everything:
	case receipt.Outlived:
		what = "what was held of one person and had outlived its time"
	default:
		what = "what was held of one person for the purpose " + c.Scope
	}
	rows := 0
	for _, r := range c.Rows {
		rows += r.Count
	}
	fmt.Fprintf(stdout, "Erased: %s.\n", what)
	fmt.Fprintf(stdout, "%d keys were destroyed, %d sealed items and %d rows were removed.\n", len(c.Keys), len(c.Items), rows)
	for _, k := range c.Keys {
		fmt.Fprintf(stdout, "  key %s for %s was destroyed on %s; what it sealed opens no more, in no copy\n", k.ID, k.Purpose, k.At.Format(day))
	}
	for _, k := range c.Kept {
		fmt.Fprintf(stdout, "Kept because the law says so: %s (%s), until %s; receipt %s will tell of its end.\n", k.What, k.Law, k.Until.Format("2006-01-02"), k.Receipt)
	}
	fmt.Fprintf(stdout, "It is entry %d of the audit log of %d entries with root %s.\n", c.Entry, c.Size, c.Root)
	fmt.Fprintf(stdout, "receipt key %s\nlog key %s\n", c.Signer, c.Log)
	if !pinned {
		fmt.Fprintln(stdout, "Not both keys were given, so one is that which the file names: compare it with what the marketplace publishes, or give -key and -log-key.")
	}
}
