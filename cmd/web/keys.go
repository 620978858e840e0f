package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"truepenny/internal/vault"
)

// keysCommand makes a master key, or wraps every key of the vault anew with the
// current one.
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
		return rotate(ctx, stdout, stderr)
	}
	return errors.New("usage: web keys new FILE | web keys rotate")
}

// rotate goes through all keys; it may be interrupted and run again.
func rotate(ctx context.Context, stdout, stderr io.Writer) error {
	app, err := start(ctx, stderr)
	if err != nil {
		return err
	}
	defer app.Close()
	n, err := app.vault.Rotate(ctx, app.master)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d keys were wrapped anew with %s. TRUEPENNY_MASTER_KEY_PREVIOUS is not needed any more.\n", n, app.master)
	return nil
}
