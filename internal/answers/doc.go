// Package answers says in public what the program does with what it holds: each
// answer is made from the live state, and every change of one is kept with its
// day.
package answers
