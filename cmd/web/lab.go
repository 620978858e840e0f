package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
	"truepenny/internal/lab"
)

// labSeed is the seed of every run by command: a report can be made again.
const labSeed = 1

// report is a finished measurement; encoding/json gives it for machines.
type report interface{ Print(w io.Writer) error }

// labs lists what can be measured, each on a folder of labelled pictures.
var labs = []struct {
	name string
	run  func(ctx context.Context, dir string) (report, error)
}{
	{"face", labFace},
	{"document", labDocument},
	{"barcode", func(ctx context.Context, dir string) (report, error) { return lab.Barcode(ctx, dir, clock.System) }},
}

// labAsides take more than a folder.
func labAsides() map[string]func(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	return map[string]func(ctx context.Context, args []string, stdout, stderr io.Writer) error{
		"add-set": addSetCommand, "identify": identifyCommand, "liveness": livenessCommand,
	}
}

// labCommand measures accuracy: lab face DIR [--json].
func labCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	if run := labAsides()[name]; run != nil {
		return run(ctx, args, stdout, stderr)
	}
	for _, l := range labs {
		if l.name != name {
			continue
		}
		dir, asJSON, err := labArguments(name, args, stderr)
		if err != nil {
			return err
		}
		r, err := l.run(ctx, dir)
		if err != nil {
			return err
		}
		return printReport(r, asJSON, stdout)
	}
	var names []string
	for _, l := range labs {
		names = append(names, l.name)
	}
	return fmt.Errorf("usage: truepenny lab (%s) DIR [--json]; or %s; or %s", strings.Join(names, " | "), identifyUsage, livenessUsage)
}

// labArguments takes DIR and --json in either order.
func labArguments(name string, args []string, stderr io.Writer) (dir string, asJSON bool, err error) {
	flags := flag.NewFlagSet("lab "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&asJSON, "json", false, "print the report as JSON")
	if err := flags.Parse(args); err != nil {
		return "", false, err
	}
	if flags.NArg() == 0 {
		return "", false, errors.New("which folder? usage: truepenny lab " + name + " DIR [--json]")
	}
	dir = flags.Arg(0)
	if err := flags.Parse(flags.Args()[1:]); err != nil {
		return "", false, err
	}
	if flags.NArg() > 0 {
		return "", false, fmt.Errorf("one folder at a time, not also %q", flags.Arg(0))
	}
	return dir, asJSON, nil
}

func labFace(ctx context.Context, dir string) (report, error) {
	return onFaces(dir, func(e *face.Engine, set lab.Set) (report, error) {
		return lab.Face(ctx, e, set, lab.Options{Clock: clock.System, Seed: labSeed})
	})
}

// labDocument measures zones, or bills where the folder holds PDF files.
func labDocument(ctx context.Context, dir string) (report, error) {
	if lab.IsBills(os.DirFS(dir)) {
		return lab.Bills(ctx, dir, clock.System)
	}
	return lab.Document(ctx, dir, clock.System)
}
