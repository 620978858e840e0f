package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"truepenny/internal/audit/verify"
	"truepenny/internal/config"
	"truepenny/internal/db"
)

// verifyCommand checks the audit log from the database alone. It reads only and
// trusts nothing that the running program says.
func verifyCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify audit", flag.ContinueOnError)
	flags.SetOutput(stderr)
	database := flags.String("database", "", "database to check: sqlite:FILE or a PostgreSQL URL; the configured one when left out")
	key := flags.String("key", "", "verifier key that was printed at set-up; proves who signed, not only that nothing changed")
	if len(args) == 0 || args[0] != "audit" {
		return errors.New("usage: web verify audit [-database sqlite:FILE] [-key VERIFIER]")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if *database == "" {
		cfg, err := config.Load(os.Getenv, os.Environ()...)
		if err != nil {
			return err
		}
		*database = cfg.Database
	}
	store, err := db.OpenReadOnly(ctx, *database)
	if err != nil {
		return err
	}
	defer store.Close()
	report, err := verify.Audit(ctx, store, *key)
	if err != nil {
		return err
	}
	return tell(stdout, report, *key != "")
}

func tell(stdout io.Writer, r verify.Report, pinned bool) error {
	if !r.OK() {
		return fmt.Errorf("the audit log does NOT hold: %s", r.Problem)
	}
	fmt.Fprintf(stdout, "The audit log holds: %d entries, root %s\nsigned by %s\n", r.Entries, r.Root, r.Verifier)
	if !pinned {
		fmt.Fprintln(stdout, "The key is the one the database names; give -key with the key noted at set-up to prove whose it is.")
	}
	return nil
}
