// Package csvout streams tables as CSV that a spreadsheet cannot take for
// formulas.
package csvout
