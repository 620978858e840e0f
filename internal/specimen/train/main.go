// Command train makes the weights of the character network from rendered
// OCR-B alone: no picture of any document takes part.
//
//	go run ./internal/specimen/train -out internal/biometrics/document/glyph/weights.bin
package main

import (
	"flag"
	"fmt"
	"os"

	"truepenny/internal/biometrics/document/glyph"
	"truepenny/internal/specimen"
)

func main() {
	out := flag.String("out", "weights.bin", "file to write")
	from := flag.String("from", "", "weights to go on from; empty starts anew")
	steps := flag.Int("steps", 5000, "batches of 256 characters")
	rate := flag.Float64("rate", 0.002, "learning rate at the start; it falls to a hundredth")
	workers := flag.Int("workers", 2, "goroutines")
	seed := flag.Uint64("seed", 1, "seed of everything drawn by chance")
	flag.Parse()
	if err := run(*out, *from, *steps, *rate, *workers, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(out, from string, steps int, rate float64, workers int, seed uint64) error {
	net := glyph.New()
	randomize(net, specimen.NewChance(seed))
	if from != "" {
		b, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if err := net.Decode(b); err != nil {
			return err
		}
	}
	l := &learner{net: net, rate: rate, workers: workers, seed: seed, log: os.Stdout}
	if err := l.learn(steps, func() error { return os.WriteFile(out, net.Encode(), 0o644) }); err != nil {
		return err
	}
	// What is shipped is the rounded network, so that is what gets measured.
	if err := net.Decode(net.Encode()); err != nil {
		return err
	}
	right, of, err := l.measure(seed+1_000_000, 400)
	if err != nil {
		return err
	}
	fmt.Printf("fresh characters right: %d of %d (%.2f %%)\n", right, of, 100*float64(right)/float64(of))
	return nil
}
