package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"truepenny/internal/biometrics/face"
	"truepenny/internal/inference"
	"truepenny/internal/inference/convert"
	"truepenny/internal/lab"
	"truepenny/internal/laboratory"
	"truepenny/internal/specimen/sitter"
)

// openLab builds the lab. It measures with the networks as they came; what it
// puts in force governs the sellers' face check through governed.
func (a *App) openLab() (*laboratory.Service, error) {
	print, err := fingerprint(a.engine.runtime)
	if err != nil {
		return nil, err
	}
	return laboratory.New(laboratory.Parts{
		Store: a.store, Audit: a.audit, Vault: a.vault, Jobs: a.queue, Clock: a.clock,
		Faces: a.engine.faces, Fingerprint: print, Live: liveFaces{a},
		Liveness: a.livenessParts,
	}), nil
}

// livenessParts are those of the command: people who play beside the set's own
// come from the photographs that the face engine's package brings, where they
// are; without them a set must show two people itself.
func (a *App) livenessParts() (lab.LivenessParts, error) {
	p := lab.LivenessParts{Faces: a.engine.faces, Meshes: a.engine.meshes}
	if _, err := os.Stat(playersFolder); errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	people, err := sitter.Portraits(playersFolder, a.engine.faces)
	p.People = people
	return p, err
}

// playersFolder is where those photographs lie after set-up.
var playersFolder = filepath.Join("node_modules", "@vladmandic", "face-api", "demo")

// governed is the face engine as live checks use it: at the thresholds that two
// people have put in force, else at those that the network came with.
type governed struct {
	*face.Engine
	lab *laboratory.Service
}

// Thresholds are those in force.
func (g governed) Thresholds() face.Thresholds { return g.lab.Thresholds(context.Background()) }

// liveFaces tells the lab what live face checks came to.
type liveFaces struct{ app *App }

// FaceChecks asks the sellers' feature.
func (l liveFaces) FaceChecks(ctx context.Context, from, to time.Time) ([]laboratory.LiveCheck, error) {
	all, err := l.app.sellers.FaceChecks(ctx, from, to)
	out := make([]laboratory.LiveCheck, len(all))
	for i, c := range all {
		out[i] = laboratory.LiveCheck{At: c.At, Outcome: string(c.Outcome), Apart: c.Apart, Distance: c.Distance, Measured: c.Measured, Decision: string(c.Decision)}
	}
	return out, err
}

// fingerprint is one hash over the networks that find, align and describe a
// face: with one changed byte in any of them an earlier report speaks of
// something else.
func fingerprint(rt *inference.Runtime) (string, error) {
	h := sha256.New()
	manifest := rt.Manifest()
	for _, name := range []string{convert.Detector, convert.Landmarks, convert.Descriptor} {
		n, _ := manifest.Network(name)
		fmt.Fprintf(h, "%s %s\n", name, n.SHA256)
	}
	own := filepath.Join(rt.Dir(), face.OwnFile)
	if _, err := os.Stat(own); errors.Is(err, fs.ErrNotExist) {
		return hex.EncodeToString(h.Sum(nil)), nil
	}
	files, err := filepath.Glob(filepath.Join(rt.Dir(), "*.onnx"))
	if err != nil {
		return "", err
	}
	slices.Sort(files)
	for _, file := range append(files, own) {
		raw, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("fingerprint of the networks: %w", err)
		}
		fmt.Fprintf(h, "%s %x\n", filepath.Base(file), sha256.Sum256(raw))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
