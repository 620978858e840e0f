// Package interval says how sure a comparison of two groups of people is: shares
// and times with their 95 % intervals, from counts alone.
package interval
