// Package experiments is the register of tests of a new order or setting on a
// part of the sellers: who asked for it and why, what its arms change, whom two
// people let it run on, and how each arm went.
package experiments
