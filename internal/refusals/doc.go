// Package refusals is the register of what the program refuses to do: each
// refusal has a check that looks at the running program and can fail.
package refusals
