// Package experiments draws the register of tests.
package experiments
