// Package sellers holds the pages of a seller's way, from starting an
// application to its decision.
package sellers
