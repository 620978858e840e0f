package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/demo"
	"truepenny/internal/specimen"
)

// seedCommand fills an empty database with the demo marketplace. A database
// that is one already is left alone; one that holds real people is an error,
// unless -if-empty says that this is fine.
func seedCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("seed", flag.ContinueOnError)
	flags.SetOutput(stderr)
	wanted := flags.Bool("demo", false, "say that a demo is wanted; there is nothing else to seed yet")
	ifEmpty := flags.Bool("if-empty", false, "do nothing when the database holds real people")
	faces := flags.String("faces", filepath.Join("node_modules", "@vladmandic", "face-api", "demo"), "folder with the photographs that the demo's faces are cut from")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if !*wanted {
		return errors.New("usage: truepenny seed -demo [-if-empty] [-faces FOLDER]")
	}
	cfg, err := config.Load(os.Getenv, os.Environ()...)
	if err != nil {
		return err
	}
	if !cfg.Development() {
		return errors.New("a demo marketplace is for this machine only; TRUEPENNY_BASE_URL names another")
	}
	clk := clock.NewFixed(clock.System.Now())
	app, err := New(ctx, cfg, clk, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer app.Close()
	if app.demo != nil {
		return nil
	}
	err = app.seed(ctx, clk, *faces, stdout)
	if *ifEmpty && errors.Is(err, demo.ErrInUse) {
		return nil
	}
	return err
}

func (a *App) seed(ctx context.Context, clk *clock.Fixed, photographs string, stdout io.Writer) error {
	portraits, err := demo.Portraits(photographs, a.engine.faces)
	if err != nil {
		return err
	}
	fonts, err := specimen.OpenFonts()
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "Making the demo marketplace: people, documents and captures are invented, the checks are real. This takes about a minute.")
	err = demo.Seed(ctx, demo.Parts{
		Store: a.store, Audit: a.audit, Clock: clk, Queue: a.queue, Staff: a.staff, Accounts: a.account, Sellers: a.sellers, Requests: a.requests, Registers: a.registers,
		Portraits: portraits, Meshes: a.engine.meshes, Fonts: fonts,
		Say: func(done, of int) { fmt.Fprintf(stdout, "\r%3d of %d", done, of) },
	})
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, "\nThe demo marketplace is ready.")
	return nil
}
