package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
)

// engineCommand makes the engine folder: networks written from the weights
// that npm brought, and the runtime library beside them.
func engineCommand(_ context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("engine", flag.ContinueOnError)
	flags.SetOutput(stderr)
	from := flags.String("from", "node_modules", "folder with the npm packages")
	to := flags.String("to", filepath.Join("build", "engine"), "engine folder to make")
	if err := flags.Parse(args); err != nil {
		return err
	}
	written, err := convert.Make(*from, *to, inference.Platform())
	if err != nil {
		return err
	}
	if !written {
		fmt.Fprintf(stdout, "engine: %s is up to date\n", *to)
		return nil
	}
	m, err := inference.ReadManifest(*to)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "engine: wrote %s with ONNX Runtime %s\n", *to, m.Runtime.Version)
	for _, n := range m.Networks {
		fmt.Fprintf(stdout, "  %-24s %s\n", n.Name, n.Version)
	}
	return nil
}
