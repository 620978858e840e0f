// Package privacy holds the closed list of purposes, the notices people were
// shown, their dated answers, and the register of where personal data lies.
package privacy
