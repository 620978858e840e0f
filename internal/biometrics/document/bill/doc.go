// Package bill finds in the words of a bill or letter who sent it, when, to whom,
// for how much and under which number, each with its place and why.
package bill
