// Package kit holds the parts that every page is made of: typed props in,
// accessible HTML out, no inline style, no inline script.
package kit
