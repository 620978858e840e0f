// Package layout holds the frames that pages stand in: Public for sellers and
// visitors, Console for the people who work here, Bare for signing in.
package layout
