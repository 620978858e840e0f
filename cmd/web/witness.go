package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"truepenny/internal/audit/witness"
	"truepenny/internal/clock"
)

// witnessCommand watches the audit log of a Truepenny from another machine. It
// needs no database and no settings.
func witnessCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == "new" {
		return witnessNew(args[1:], stdout, stderr)
	}
	flags := flag.NewFlagSet("witness", flag.ContinueOnError)
	flags.SetOutput(stderr)
	with := flags.String("with", "witness.key", "key file of this witness")
	o := witness.Options{Clock: clock.System}
	flags.StringVar(&o.Verifier, "key", "", "verifier key of the log; needed the first time, remembered from then on")
	flags.StringVar(&o.Memory, "state", "", "file in which the last checkpoint is remembered; KEYFILE.state when left out")
	file := flags.String("checkpoint", "", "file with a checkpoint, such as a saved mail, to look at instead of the newest one")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("usage: truepenny witness new KEYFILE NAME | truepenny witness [-with KEYFILE] [-key VERIFIER] [-state FILE] [-checkpoint FILE] URL")
	}
	o.URL = flags.Arg(0)
	if o.Memory == "" {
		o.Memory = *with + ".state"
	}
	if *file != "" {
		text, err := os.ReadFile(*file)
		if err != nil {
			return err
		}
		o.Checkpoint = string(text)
	}
	key, err := witness.LoadKey(*with)
	if err != nil {
		return err
	}
	seen, err := key.Follow(ctx, o)
	tellWitness(stdout, seen)
	return err
}

// tellWitness says what was found; the cosigned checkpoint can be kept as it
// stands, or sent by mail where the log could not be reached.
func tellWitness(stdout io.Writer, seen witness.Outcome) {
	switch {
	case seen.Older:
		fmt.Fprintf(stdout, "An older state of the same log: %d entries, %d were seen before. Not cosigned.\n", seen.Now.Size, seen.Before.Size)
	case seen.Cosigned != "" && seen.Before.Size == 0:
		fmt.Fprintf(stdout, "First look: %d entries. From now on this is what the log must go on from.\n\n%s", seen.Now.Size, seen.Cosigned)
	case seen.Cosigned != "":
		fmt.Fprintf(stdout, "The log goes on: %d entries, %d before.\n\n%s", seen.Now.Size, seen.Before.Size, seen.Cosigned)
	}
}

// witnessNew makes a key file and prints what the log's keeper registers.
func witnessNew(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("witness new", flag.ContinueOnError)
	flags.SetOutput(stderr)
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 2 {
		return errors.New("usage: truepenny witness new KEYFILE NAME (such as witness.example.org/market)")
	}
	key, err := witness.CreateKey(flags.Arg(0), flags.Arg(1))
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Wrote %s. Use it for one log only. Give the keeper of the log this verifier key to register:\n%s\n", flags.Arg(0), key.Verifier())
	return nil
}
