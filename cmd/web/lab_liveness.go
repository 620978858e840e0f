package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/biometrics/mesh"
	"truepenny/internal/clock"
	"truepenny/internal/inference"
	"truepenny/internal/lab"
	"truepenny/internal/specimen/sitter"
)

const livenessUsage = "truepenny lab liveness DIR [--json] [--few] [--faces FOLDER]"

// livenessCommand measures attacks on the face capture: lab liveness DIR. How
// far it is stands on stderr.
func livenessCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("lab liveness", flag.ContinueOnError)
	flags.SetOutput(stderr)
	asJSON := flags.Bool("json", false, "print the report as JSON")
	few := flags.Bool("few", false, "a quick run: two people, one film of each kind, few presentations")
	faces := flags.String("faces", filepath.Join("node_modules", "@vladmandic", "face-api", "demo"), "folder with photographs of people who play in generated films beside the folder's own")
	dir := ""
	for rest := args; ; {
		if err := flags.Parse(rest); err != nil {
			return err
		}
		if flags.NArg() == 0 {
			break
		}
		if dir != "" {
			return fmt.Errorf("one folder at a time, not also %q", flags.Arg(0))
		}
		dir, rest = flags.Arg(0), flags.Args()[1:]
	}
	if dir == "" {
		return errors.New("which folder? usage: " + livenessUsage)
	}
	rt, err := inference.Open(inference.Folder(os.Getenv("TRUEPENNY_ENGINE")))
	if err != nil {
		return err
	}
	defer rt.Close()
	p := lab.LivenessParts{Few: *few}
	if p.Faces, err = face.Open(rt, ""); err != nil {
		return err
	}
	defer p.Faces.Close()
	if p.Meshes, err = mesh.Open(rt, ""); err != nil {
		return err
	}
	defer p.Meshes.Close()
	people, err := sitter.Portraits(*faces, p.Faces)
	if err != nil {
		return err
	}
	p.People = people[:min(len(people), sitter.Clear)]
	r, err := lab.Liveness(ctx, dir, p, lab.Options{Clock: clock.System, Seed: labSeed, Progress: func(done, total int) {
		fmt.Fprintf(stderr, "\r%d of %d films", done, total)
	}})
	fmt.Fprintln(stderr)
	if err != nil {
		return err
	}
	return printReport(r, *asJSON, stdout)
}
