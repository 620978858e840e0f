package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/clock"
	"truepenny/internal/inference"
	"truepenny/internal/lab"
)

const identifyUsage = "truepenny lab identify DIR [--json], or truepenny lab identify [DIR] --synthetic 25000x535 [--json]"

// identifyCommand runs the Congress drill on a folder of labelled pictures, or
// on drawn vectors: with a folder as well, drawn to be like its strangers.
func identifyCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("lab identify", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "print the report as JSON")
	shape := flags.String("synthetic", "", "draw vectors instead: GALLERYxPROBES")
	dir := ""
	for err := flags.Parse(args); flags.NArg() > 0 || err != nil; err = flags.Parse(flags.Args()[1:]) {
		if err != nil {
			return err
		}
		if dir != "" {
			return fmt.Errorf("one folder at a time, not also %q", flags.Arg(0))
		}
		dir = flags.Arg(0)
	}
	if dir == "" && *shape == "" {
		return errors.New("usage: " + identifyUsage)
	}
	r, err := identify(ctx, dir, *shape)
	if err != nil {
		return err
	}
	return printReport(r, *asJSON, stdout)
}

func identify(ctx context.Context, dir, shape string) (report, error) {
	o := lab.Options{Clock: clock.System, Seed: labSeed}
	if shape == "" {
		return onFaces(dir, func(e *face.Engine, set lab.Set) (report, error) { return lab.Identify(ctx, e, set, o) })
	}
	gallery, probes, err := lab.ParseShape(shape)
	if err != nil {
		return nil, err
	}
	if dir == "" {
		return lab.IdentifySynthetic(ctx, lab.StandardModel, gallery, probes, face.StandardThresholds, o)
	}
	return onFaces(dir, func(e *face.Engine, set lab.Set) (report, error) {
		measured, err := lab.Face(ctx, e, set, o)
		if err != nil {
			return nil, err
		}
		model, err := lab.FitModel(measured)
		if err != nil {
			return nil, err
		}
		return lab.IdentifySynthetic(ctx, model, gallery, probes, e.Thresholds(), o)
	})
}

// onFaces measures with the face engine on a labelled folder.
func onFaces(dir string, measure func(e *face.Engine, set lab.Set) (report, error)) (report, error) {
	set, err := lab.ReadSet(dir)
	if err != nil {
		return nil, err
	}
	rt, err := inference.Open(inference.Folder(os.Getenv("TRUEPENNY_ENGINE")))
	if err != nil {
		return nil, err
	}
	defer rt.Close()
	e, err := face.Open(rt, "")
	if err != nil {
		return nil, err
	}
	return measure(e, set)
}

// printReport prints for people, or for machines.
func printReport(r report, asJSON bool, stdout io.Writer) error {
	if !asJSON {
		return r.Print(stdout)
	}
	e := json.NewEncoder(stdout)
	e.SetIndent("", "  ")
	return e.Encode(r)
}
