// Package signin shows the doors: signing in as a seller or as staff, mail
// links, invitations and recovery codes.
package signin
