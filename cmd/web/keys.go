package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"

	"truepenny/internal/clock"
	"truepenny/internal/config"
	"truepenny/internal/vault"
)

// keysCommand makes a master key, wraps every key anew with the current one, or
// counts the keys.
func keysCommand(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	switch {
	case len(args) == 2 && args[0] == "new":
		key, err := vault.CreateMasterKey(args[1])
		if err != nil {
			return err
		}
		fmt.Fprintf(stdout, "Wrote %s to %s. Keep a copy apart from the backups: without it nothing can be read.\n", key, args[1])
		return nil
	case len(args) == 1 && args[0] == "rotate":
		return withStores(ctx, stderr, func(a *App) error { return a.rotate(ctx, stdout) })
	case len(args) == 1 && args[0] == "list":
		return withStores(ctx, stderr, func(a *App) error { return a.listKeys(ctx, stdout) })
	}
	return errors.New("usage: truepenny keys new FILE | truepenny keys rotate | truepenny keys list")
}

// withStores opens the database and the key store, without anything that serves.
func withStores(ctx context.Context, stderr io.Writer, do func(a *App) error) error {
	cfg, err := config.Load(os.Getenv, os.Environ()...)
	if err != nil {
		return err
	}
	a := &App{config: cfg, clock: clock.System, log: slog.New(slog.NewJSONHandler(stderr, nil))}
	if err = a.openStores(ctx); err == nil {
		err = do(a)
	}
	return errors.Join(err, a.Close())
}

// rotate goes through all keys; it may be interrupted and run again.
func (a *App) rotate(ctx context.Context, stdout io.Writer) error {
	n, err := a.vault.Rotate(ctx, a.master)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s wrapped anew with %s. TRUEPENNY_MASTER_KEY_PREVIOUS is not needed any more.\n", counted(n, "key was", "keys were"), a.master)
	return nil
}

// listKeys counts keys by purpose and names nobody.
func (a *App) listKeys(ctx context.Context, stdout io.Writer) error {
	counts, err := a.keys.Counts(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "Key store %s, keys by purpose:\n", config.Place(a.config.Keys))
	waiting := 0
	for _, c := range counts {
		fmt.Fprintf(stdout, "  %-20s %d in use, %d only to open what they sealed, %d destroyed\n", c.Purpose, c.InUse, c.Retired, c.Destroyed)
		waiting += c.Waiting
	}
	fmt.Fprintf(stdout, "%s still wrapped by another key than %s.\n", counted(waiting, "key is", "keys are"), a.master)
	return nil
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}
