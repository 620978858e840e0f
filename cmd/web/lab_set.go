package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"truepenny/internal/laboratory"
	"truepenny/views/words"
)

// addSetCommand seals a labelled folder as a set of the lab:
//
//	truepenny lab add-set DIR --name NAME --origin TEXT --consent BASIS --expires YYYY-MM-DD
func addSetCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("lab add-set", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var n laboratory.NewSet
	flags.StringVar(&n.Name, "name", "", "what the set is called; the folder's name when left out")
	flags.StringVar(&n.Origin, "origin", "", "where the pictures come from")
	basis := flags.String("consent", "", "on what their use rests: "+strings.Join(bases(), ", "))
	expires := flags.String("expires", "", "day on which the pictures go, YYYY-MM-DD; reports stay")
	dir := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		dir, args = args[0], args[1:]
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if dir == "" && flags.NArg() == 1 {
		dir = flags.Arg(0)
	} else if flags.NArg() > 0 {
		return fmt.Errorf("one folder at a time, not also %q", flags.Arg(0))
	}
	if dir == "" {
		return errors.New("which folder? usage: truepenny lab add-set DIR --name NAME --origin TEXT --consent " + strings.Join(bases(), "|") + " --expires YYYY-MM-DD")
	}
	var err error
	if n.Expires, err = time.Parse(time.DateOnly, *expires); err != nil {
		return fmt.Errorf("--expires must be a day such as 2027-06-30: %w", err)
	}
	if n.Basis = laboratory.Basis(*basis); !slices.Contains(laboratory.Bases, n.Basis) {
		return fmt.Errorf("--consent must be one of %s", strings.Join(bases(), ", "))
	}
	if n.Name == "" {
		n.Name = filepath.Base(filepath.Clean(dir))
	}
	app, err := start(ctx, stderr)
	if err != nil {
		return err
	}
	defer app.Close()
	set, err := app.lab.AddFolder(ctx, n, os.DirFS(dir), func(done, total int) { fmt.Fprintf(stdout, "\r%d of %d sealed", done, total) })
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "\n%s: %d files of %s, sealed until %s. Measure it under %s.\n", set.Name, set.Pictures,
		words.Count(set.People, "person", "people"), set.ExpiresAt.Format(time.DateOnly), words.LabTitle)
	return nil
}

func bases() []string {
	out := make([]string, len(laboratory.Bases))
	for i, b := range laboratory.Bases {
		out[i] = string(b)
	}
	return out
}
