// Package lab shows what was measured: sets, runs, reports with their curves,
// the Congress drill, the thresholds in force and how live checks drift.
package lab
