// Package search finds the descriptors of a gallery that lie within a distance
// of a probe, exactly: every one is compared.
package search
