// Package review shows reviewers their day: the list of cases and one case with
// its evidence, what the machine found and the decision.
package review
