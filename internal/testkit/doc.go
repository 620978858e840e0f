// Package testkit gives tests what is real: databases, clocks, builders and a
// browser.
package testkit
