// Package staff keeps the people who work for the marketplace: who they are,
// what they may do, how they are invited and how they get back in.
package staff
