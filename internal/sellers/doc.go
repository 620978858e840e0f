// Package sellers is a seller's way to be verified: applications, the evidence
// and captures in them, the checks a machine makes and the decisions people take.
package sellers
