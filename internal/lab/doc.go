// Package lab measures how well the machine does, on labelled data sets, and
// says how sure the figures are.
package lab
