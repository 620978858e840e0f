// Package sessions knows who is signed in: one cookie, limits by kind of
// person, a list to end sessions from, and values that wait for the second half
// of a sign-in ceremony.
package sessions
