package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"truepenny/internal/audit/verify"
	"truepenny/internal/config"
	"truepenny/internal/db"
)

// verifiers are the kinds of check. None needs the running program, and all but
// the first need no database either.
func verifiers() map[string]func(context.Context, []string, io.Writer, io.Writer) error {
	return map[string]func(context.Context, []string, io.Writer, io.Writer) error{
		"audit":   verifyAudit,
		"proof":   verifyProof,
		"receipt": verifyReceipt,
	}
}

// verifyCommand checks what the program wrote and trusts nothing that it says.
func verifyCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 {
		if check, ok := verifiers()[args[0]]; ok {
			return check(ctx, args[1:], stdout, stderr)
		}
	}
	return errors.New("usage: truepenny verify audit [-database sqlite:FILE] [-key VERIFIER] [-checkpoint FILE] | truepenny verify proof FILE [-key VERIFIER] | truepenny verify receipt FILE [-key VERIFIER] [-log-key VERIFIER]")
}

// verifyAudit checks the audit log from the database alone.
func verifyAudit(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("verify audit", flag.ContinueOnError)
	flags.SetOutput(stderr)
	database := flags.String("database", "", "database to check: sqlite:FILE or a PostgreSQL URL; the configured one when left out")
	key := flags.String("key", "", "verifier key that was printed at set-up; proves who signed, not only that nothing changed")
	var checkpoints texts
	flags.Var(&checkpoints, "checkpoint", "file with a checkpoint of this log that was kept elsewhere (from a mail or a witness); may be given again")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := noArguments(flags.Args()); err != nil {
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
	report, err := verify.Check(ctx, store, verify.Against{Verifier: *key, Checkpoints: checkpoints})
	if err != nil {
		return err
	}
	return tell(stdout, report, *key != "")
}

// texts are files named by a flag, read.
type texts []string

// String is for package flag.
func (t *texts) String() string { return "" }

// Set reads a file.
func (t *texts) Set(path string) error {
	text, err := os.ReadFile(path)
	*t = append(*t, string(text))
	return err
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

// verifyProof checks a proof file that somebody downloaded.
func verifyProof(_ context.Context, args []string, stdout, stderr io.Writer) error {
	file, key, err := fileAndKey("verify proof", args, stderr)
	if err != nil {
		return err
	}
	proof, err := verify.Inclusion(file, key)
	if err != nil {
		return fmt.Errorf("the proof does NOT hold: %w", err)
	}
	r := proof.Row
	fmt.Fprintf(stdout, "The proof holds: entry %d of %d, written %s\n", r.Index, proof.Size, r.At.Format("2006-01-02 15:04:05.000000 UTC"))
	for _, line := range [][2]string{
		{"who", strings.TrimSpace(fmt.Sprintf("%s %s %s", r.Actor.Kind, r.Actor.ID, r.Actor.Role))}, {"what", r.Action}, {"to", r.Subject},
		{"whose data", r.Person}, {"purpose", r.Purpose}, {"reason", r.Reason},
	} {
		if line[1] != "" {
			fmt.Fprintf(stdout, "  %-10s %s\n", line[0], line[1])
		}
	}
	fmt.Fprintf(stdout, "root %s\nsigned by %s\n", proof.Root, proof.Verifier)
	if key == "" {
		fmt.Fprintln(stdout, "The key is the one the file names; give -key with the key that the log publishes (its page /log, or what was noted at set-up) to prove whose it is.")
	}
	return nil
}

// fileAndKey reads the file and the key of a check that takes both, the key
// before or after the file.
func fileAndKey(name string, args []string, stderr io.Writer) (file []byte, key string, err error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&key, "key", "", "verifier key that the log publishes; proves who signed, not only that the file fits together")
	if err := flags.Parse(args); err != nil {
		return nil, "", err
	}
	path := flags.Arg(0)
	if flags.NArg() > 1 {
		if err := flags.Parse(flags.Args()[1:]); err != nil {
			return nil, "", err
		}
	}
	if path == "" || flags.NArg() > 1 {
		return nil, "", fmt.Errorf("usage: truepenny %s FILE [-key VERIFIER]", name)
	}
	file, err = os.ReadFile(path)
	return file, key, err
}
