// Package ratelimit counts attempts in the database, so that a limit holds over
// all processes together.
package ratelimit
