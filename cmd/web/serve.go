package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/views/paths"
)

// start reads the settings and wires the program.
func start(ctx context.Context, stderr io.Writer) (*App, error) {
	cfg, err := config.Load(os.Getenv, os.Environ()...)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewJSONHandler(stderr, nil))
	slog.SetDefault(log)
	return New(ctx, cfg, clock.System, log)
}

// serveCommand serves the web application until it is interrupted.
func serveCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if err := noArguments(args); err != nil {
		return err
	}
	app, err := start(ctx, stderr)
	if err != nil {
		return err
	}
	defer app.Close()
	if err := app.greet(ctx, stdout); err != nil {
		return err
	}
	return app.Run(ctx, func(address string) {
		fmt.Fprintf(stdout, "Truepenny is at %s (listening on %s). Ctrl-C ends it.\n", app.config.BaseURL, address)
	})
}

// greet prints the first administrator's link while no administrator can sign in.
func (a *App) greet(ctx context.Context, stdout io.Writer) error {
	fmt.Fprintf(stdout, "The audit log is signed; its verifier key is %s\n", a.audit.VerifierKey())
	if a.demo != nil {
		fmt.Fprintf(stdout, "This is the demo marketplace: enter as anybody, the administrator too, from %s\n", a.config.BaseURL)
	}
	token, needed, err := a.staff.FirstInvite(ctx)
	if err != nil || !needed {
		return err
	}
	fmt.Fprintf(stdout, "No administrator can sign in yet. Become one within 24 hours: %s%s\n", a.config.BaseURL, paths.StaffInvite(token))
	return nil
}

// migrateCommand brings the database up to date and does nothing else.
func migrateCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if err := noArguments(args); err != nil {
		return err
	}
	app, err := start(ctx, stderr)
	if err != nil {
		return err
	}
	defer app.Close()
	fmt.Fprintln(stdout, "The database is up to date.")
	return nil
}

// configCommand prints the effective settings with secrets masked.
func configCommand(_ context.Context, args []string, stdout, _ io.Writer) error {
	if err := noArguments(args); err != nil {
		return err
	}
	cfg, err := config.Load(os.Getenv, os.Environ()...)
	if err != nil {
		return err
	}
	for _, line := range cfg.Describe() {
		fmt.Fprintf(stdout, "%-32s %-40s %-12s %s\n", line.Name, line.Value, line.Source, line.About)
	}
	return nil
}

// noArguments refuses words that a command would otherwise pass over, such as a
// setting that somebody believes in.
func noArguments(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("it takes no arguments, but got %q; settings come from the environment (truepenny config lists them)", args)
	}
	return nil
}
